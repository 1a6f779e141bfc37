"""Search in a real browser: while somebody types, by the keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.learning.conftest import School
from tests.support.browser import (
    Visitor,
    demand_accessible,
    demand_no_sideways_scrolling,
    demand_soon,
)

FOCUSED = "document.activeElement.id"


@pytest.fixture
def learner(visitor: Visitor, school: School) -> tuple[Visitor, int]:
    return visitor, school.buyer_id


def test_typing_finds_says_how_many_and_keeps_the_focus(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(1280, "/search", person_id=person_id)
    page.evaluate("window.stays = true")
    page.evaluate("window.spoken = document.getElementById('found-count')")
    field = page.get_by_role("searchbox")
    field.click()
    page.keyboard.type("order of the noti")
    expect(page.get_by_role("status")).to_have_text("3 sections found.")
    expect(page.locator(".found__title").first).to_have_text("Notices in order")
    expect(field).to_be_focused()
    expect(field).to_have_value("order of the noti")
    demand_soon(page, "location.search === '?q=order%20of%20the%20noti'")
    page.keyboard.type("ces zebra")
    expect(page.get_by_role("status")).to_have_text("Nothing found.")
    expect(field).to_be_focused()
    assert page.evaluate("window.stays && window.spoken === document.getElementById('found-count')")
    demand_accessible(page)
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("order of the noti")
    expect(page.get_by_role("status")).to_have_text("3 sections found.")


def test_the_keyboard_alone_goes_from_any_page_to_a_part(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(1280, "/courses/", person_id=person_id)
    tab_until(page, "find-wide")
    page.keyboard.type("same day")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_role("searchbox")).to_have_value("same day")
    tab_until(page, "q")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Before you publish")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".reader__part")).to_have_text("Before you publish")


def tab_until(page: Page, identity: str) -> None:
    """Press Tab until the element with this id has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == identity:
            return
    pytest.fail(f"{identity} is never reached")


def test_on_a_phone_the_field_is_in_the_menu_and_works_without_scripts(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(390, "/courses/", person_id=person_id, scripts=False)
    assert not page.locator("#find-phone").is_visible()
    page.get_by_text("Menu").click()
    page.locator("#find-phone").fill("pipeline")
    page.locator("#find-phone").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Nothing found.")
    page.get_by_role("searchbox").fill("same day")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 section found.")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_search_is_accessible_at_every_width(learner: tuple[Visitor, int], width: int) -> None:
    visitor, person_id = learner
    page = visitor.page_at(width, person_id=person_id)
    for address in ("/search", "/search?q=notice", "/search?q=zebra", "/search?q=the", "/nowhere"):
        page.goto(address)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
    page.goto(f"/search?q={'n' * 201}")
    demand_accessible(page)
    if width < 760:
        page.goto("/courses/")
        page.get_by_text("Menu").click()
        demand_accessible(page)
