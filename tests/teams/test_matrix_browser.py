from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page as BrowserPage

from lms.core.database import db
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling, demand_soon
from tests.support.managers import World, world_of

OpenPage = Callable[..., Any]
ON_TOP = """link => {
  const { x, y, width, height } = link.getBoundingClientRect();
  return link.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.fixture
def busy(app: Flask) -> World:
    """A team of twenty, who are short, lapse and are new."""
    with app.app_context():
        made = world_of(app)
        db.session.remove()
    made.crowd(20, {"law": 2, "tendering": 1})
    return made


def every_focus_is_seen(page: BrowserPage, key: str) -> bool:
    links = page.locator("table.matrix tbody a")
    seen = []
    for _ in range(links.count()):
        seen.append(page.evaluate(f"({ON_TOP})(document.activeElement)"))
        page.keyboard.press(key)
    return all(seen)


@pytest.mark.parametrize("width", [1280, 800])
def test_the_head_and_the_first_column_never_cover_what_has_the_focus(
    busy: World, page_at: OpenPage, width: int
) -> None:
    page = page_at(width, "/team", person_id=busy.manager_id)
    page.locator(".scroll").evaluate("region => region.scrollLeft = region.scrollWidth")
    page.locator("table.matrix tbody a").last.focus()
    assert every_focus_is_seen(page, "Shift+Tab")
    page.locator("table.matrix tbody a").first.focus()
    assert every_focus_is_seen(page, "Tab")


def test_the_head_stays_in_sight_while_a_long_table_scrolls(busy: World, page_at: OpenPage) -> None:
    page = page_at(1280, "/team", person_id=busy.manager_id)
    region = page.locator(".scroll")
    region.evaluate("region => region.scrollTop = region.scrollHeight")
    top = region.evaluate("region => region.getBoundingClientRect().top")
    assert page.locator("thead .matrix__area").first.bounding_box()["y"] >= top


def test_the_table_scrolls_by_keyboard_in_a_region_of_its_own(busy: World, page_at: OpenPage) -> None:
    page = page_at(800, "/team", person_id=busy.manager_id)
    demand_no_sideways_scrolling(page)
    region = page.locator(".scroll")
    region.focus()
    page.keyboard.press("ArrowRight")
    demand_soon(page, "document.querySelector('.scroll').scrollLeft > 0")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_both_widths_are_accessible_and_never_scroll_sideways(
    busy: World, page_at: OpenPage, width: int
) -> None:
    for address in ("/team", f"/team/{busy.ids['Person 03']}"):
        page = page_at(width, address, person_id=busy.manager_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)


def test_a_phone_gets_cards_and_no_table(busy: World, page_at: OpenPage) -> None:
    page = page_at(390, "/team", person_id=busy.manager_id)
    assert page.locator(".person-card").first.is_visible()
    assert not page.locator("table.matrix").is_visible()


def test_a_filter_swaps_the_page_pushes_the_address_and_keeps_the_focus(
    busy: World, page_at: OpenPage
) -> None:
    page = page_at(1280, "/team", person_id=busy.manager_id)
    page.select_option("#within", "180")
    page.locator("#show").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/team?*within=180*")
    demand_soon(page, "document.activeElement.id === 'show'")


def test_without_scripts_the_filter_works_as_well(busy: World, page_at: OpenPage) -> None:
    page = page_at(390, "/team", person_id=busy.manager_id, scripts=False)
    page.select_option("#order", "role")
    page.locator("#show").click()
    page.wait_for_url("**/team?*order=role*")
    assert page.locator(".person-card").first.is_visible()
