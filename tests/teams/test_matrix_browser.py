from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page as BrowserPage

from lms.core import clock
from lms.core.database import db
from lms.people import appointments
from lms.people.models import Appointment, Duty
from tests.support import build
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling, demand_soon
from tests.support.managers import World, another_force, world_of

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


def every_focus_is_seen(page: BrowserPage, key: str, among: str = "table.matrix tbody a") -> bool:
    links = page.locator(among)
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


def test_at_320_px_nothing_covers_the_link_of_a_card_that_has_the_focus(
    busy: World, page_at: OpenPage
) -> None:
    page = page_at(320, "/team", person_id=busy.manager_id)
    page.locator(".person-card a").first.focus()
    assert every_focus_is_seen(page, "Tab", ".person-card a")


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


def test_at_320_px_neither_page_scrolls_sideways(busy: World, page_at: OpenPage) -> None:
    for address in ("/team", f"/team/{busy.ids['Person 03']}"):
        page = page_at(320, address, person_id=busy.manager_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_state_of_both_pages_is_accessible_and_never_scrolls_sideways(
    busy: World, page_at: OpenPage, width: int
) -> None:
    for address in states(busy):
        page = page_at(width, address, person_id=busy.manager_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
        page.context.close()


def test_a_manager_of_nobody_gets_an_accessible_page(busy: World, page_at: OpenPage) -> None:
    with busy.app.app_context():
        lonely = build.person("Lee Lonely")
        build.grant(lonely, Duty.MANAGER, build.team(another_force()))
        lonely_id = lonely.id
    for width in (1280, 390):
        demand_accessible(page_at(width, "/team", person_id=lonely_id))


def states(busy: World) -> list[str]:
    """The team with filters, no match, a wrong day; people with nothing, away, moved, of two posts."""
    nothing = busy.joins("Asha Testwood")
    away = busy.joins("Bryn Mockford", {"law": 2}, until=clock.today() + timedelta(days=20))
    moved = busy.joins("Carys Exemplar", {"law": 3})
    two = busy.joins("Daniel Quarto", {"law": 1, "risk": 2}, team=busy.below_id)
    with busy.app.app_context():
        appointments.record_absence(away, clock.today(), None, by=None)
        held = db.session.query(Appointment).filter_by(person_id=moved).one()
        appointments.close_appointment(held, clock.today(), by=None)
        build.appointed(busy.person(moved), busy.below, from_day=clock.today())
        build.appointed(busy.person(two), busy.team, "contract-manager")
    lists = ("", "?only=short&about=law&size=100&on=2027-06-01", "?only=overdue", "?on=tomorrow")
    return [
        *(f"/team{asked}" for asked in lists),
        *(f"/team/{each}" for each in (nothing, away, moved, two)),
        f"/team/{two}?as_of=x",
    ]


def test_a_phone_gets_cards_and_no_table(busy: World, page_at: OpenPage) -> None:
    page = page_at(390, "/team", person_id=busy.manager_id)
    assert page.locator(".person-card").first.is_visible()
    assert not page.locator("table.matrix").is_visible()


def test_a_filter_swaps_the_page_pushes_the_address_and_keeps_the_focus_in_sight(
    busy: World, page_at: OpenPage
) -> None:
    page = page_at(1280, "/team", person_id=busy.manager_id)
    page.set_viewport_size({"width": 1280, "height": 500})
    page.select_option("#within", "180")
    page.locator("#show").focus()
    page.evaluate("document.getElementById('everyone').dataset.old = 'yes'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/team?*within=180*")
    demand_soon(page, "!document.getElementById('everyone').dataset.old")
    demand_soon(page, "document.activeElement.id === 'show'")
    assert page.evaluate(f"({ON_TOP})(document.getElementById('show'))")


def test_without_scripts_the_filter_works_as_well(busy: World, page_at: OpenPage) -> None:
    page = page_at(390, "/team", person_id=busy.manager_id, scripts=False)
    page.select_option("#order", "role")
    page.locator("#show").click()
    page.wait_for_url("**/team?*order=role*")
    assert page.locator(".person-card").first.is_visible()
