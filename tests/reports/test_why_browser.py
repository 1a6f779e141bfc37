import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.support.browser import demand_accessible, demand_no_sideways_scrolling, demand_soon

WHY, COMPARE = "/reports/gaps/why", "/reports/gaps/compare"
MOVED = f"{WHY}?competency=law&from=2026-06-01"
ADDRESSES = (
    MOVED,
    f"{WHY}?from=soon",
    f"{WHY}?organisation=fire-aldermoor&competency=law",
    COMPARE,
    f"{COMPARE}?region=east&with_region=north",
    f"{COMPARE}?with_day=soon",
)
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service, served on today’s day."""
    return make_app(gathered_service[0])


@pytest.fixture
def lead(gathered_service: tuple[str, dict[str, int], int]) -> int:
    return gathered_service[1]["region-lead"]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_width_is_accessible_and_never_scrolls_sideways(
    page_at: OpenPage, lead: int, width: int, address: str
) -> None:
    page = page_at(width, address, person_id=lead)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_a_wide_window_draws_the_bars_upright_and_all_others_flat_in_the_same_size(
    page_at: OpenPage, lead: int
) -> None:
    wide = page_at(1280, MOVED, person_id=lead)
    expect(wide.locator(".waterfall--upright")).to_be_visible()
    expect(wide.locator(".waterfall--flat")).to_be_hidden()
    for width in (1000, 390, 320):
        page = page_at(width, MOVED, person_id=lead)
        expect(page.locator(".waterfall--upright")).to_be_hidden()
        bars = page.locator(".waterfall--flat rect:last-child")
        assert {round(bar.bounding_box()["height"]) for bar in bars.all()} <= {18, 20}
        assert page.locator(".waterfall--flat svg").first.bounding_box()["width"] > width * 0.85


def test_the_bars_have_one_scale(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, MOVED, person_id=lead)
    numbers = page.locator(".waterfall--flat .number")
    rects = page.locator(".waterfall--flat rect:last-child")
    start, end = (int(numbers.nth(place).inner_text()) for place in (0, numbers.count() - 1))
    widths = [rects.nth(place).bounding_box()["width"] for place in (0, numbers.count() - 1)]
    assert widths[0] / start == pytest.approx(widths[1] / end, rel=0.02)


def test_the_form_swaps_the_page_and_keeps_the_focus(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, WHY, person_id=lead)
    page.select_option("#competency", "tendering")
    page.locator("#show").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/gaps/why?*competency=tendering*")
    expect(page.locator(".lead")).to_have_text(re.compile("^Tendering, "))
    demand_soon(page, "document.activeElement.id === 'show'")


def test_a_refused_day_is_shown_in_place_with_its_title(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, WHY, person_id=lead)
    page.fill("#from", "31/02/2026")
    page.locator("#show").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page).to_have_title(re.compile("^Error: Why it moved, "))
    expect(page.locator("#from")).to_have_value("31/02/2026")
    expect(page.locator(".trouble")).to_be_hidden()


def test_each_small_change_opens_by_keyboard(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, f"{MOVED}&region=east", person_id=lead)
    page.locator(".bridge__small summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bridge__small li").first).to_be_visible()


def test_places_are_compared_by_keyboard_and_the_address_follows(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, f"{COMPARE}?region=east", person_id=lead)
    page.select_option("#with_region", "north")
    page.locator("#places").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/gaps/compare?*with_region=north*")
    expect(page).to_have_title(re.compile("^Compare two places, "))
    demand_soon(page, "document.activeElement.id === 'places'")


def test_without_scripts_both_pages_work_as_well(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, f"{WHY}?region=east", person_id=lead, scripts=False)
    page.fill("#from", "1/6/2026")
    page.locator("#show").click()
    page.wait_for_url("**/reports/gaps/why?*from=1%2F6%2F2026*")
    expect(page.locator(".bridge")).to_be_visible()
    page.locator("text=Compare the two days").click()
    expect(page.locator("[aria-labelledby=compared]")).to_be_visible()
    page.fill("#with_day", "1/7/2026")
    page.locator("#days").click()
    expect(page.locator("h1")).to_have_text("Compare two days")
    expect(page.locator("[aria-labelledby=compared]")).to_contain_text("1 July 2026", use_inner_text=False)


def test_paper_has_the_bars_flat_with_their_numbers_and_the_table(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, MOVED, person_id=lead)
    page.emulate_media(media="print")
    expect(page.locator(".waterfall--upright")).to_be_hidden()
    expect(page.locator(".waterfall--flat .number").first).to_be_visible()
    expect(page.locator(".bridge")).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".actions")).to_be_hidden()
    expect(page.locator(".lead")).to_contain_text("all regions, all roles")


@pytest.mark.parametrize("address", [f"{WHY}?region=east", f"{COMPARE}?region=east"])
def test_on_paper_tables_stay_tables_of_the_whole_width(page_at: OpenPage, lead: int, address: str) -> None:
    page = page_at(703, address, person_id=lead)
    page.emulate_media(media="print")
    expect(page.locator("main thead").first).to_be_visible()
    look = "getComputedStyle(document.querySelector('main tbody tr')).display"
    assert page.evaluate(look) == "table-row"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".filters").first).to_be_hidden()


def test_the_way_back_follows_a_swapped_choice(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, f"{WHY}?region=east", person_id=lead)
    page.fill("#to", "31/8/2026")
    page.fill("#from", "1/6/2026")
    page.locator("#show").click()
    page.wait_for_url("**/reports/gaps/why?*to=31%2F8%2F2026*")
    expect(page.locator("#way-back a")).to_have_attribute("href", re.compile("as_of=2026-08-31"))
    expect(page.locator(".way-back")).to_have_count(1)


def test_people_are_chosen_and_dates_are_swapped_by_keyboard_alone(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, f"{WHY}?region=east&from=2026-11-01&to=2026-06-01", person_id=lead)
    page.get_by_role("link", name="Swap the dates").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#from")).to_have_value("01/06/2026")
    page.locator(".filters summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#role")).to_be_visible()
    page.locator("#role").focus()
    page.keyboard.type("Buyer")
    page.locator("#show").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_contain_text("East Midlands, Buyer")
    demand_soon(page, "document.activeElement.id === 'show'")
