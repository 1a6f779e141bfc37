import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.people.grants import end_grant
from lms.people.models import Grant
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling, demand_soon

PAGE = "/reports/gaps"
A4 = 703
"""The width of the paper between its margins, in pixels."""
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service, served on today’s day."""
    return make_app(gathered_service[0])


@pytest.fixture
def lead(gathered_service: tuple[str, dict[str, int], int]) -> int:
    return gathered_service[1]["region-lead"]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize(
    "choice", ["", "?by=organisation", "?as_of=soon", "?measure=missing", "?columns=area&measure=cover"]
)
def test_every_width_is_accessible_and_never_scrolls_sideways(
    page_at: OpenPage, lead: int, width: int, choice: str
) -> None:
    page = page_at(width, f"{PAGE}{choice}", person_id=lead)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_a_filter_swaps_the_page_and_keeps_the_focus_and_the_title_follows_the_rows(
    page_at: OpenPage, lead: int
) -> None:
    page = page_at(1280, PAGE, person_id=lead)
    page.locator(".filters__more summary").click()
    page.select_option("#by", "role")
    page.locator("#show").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/gaps?*by=role*")
    expect(page).to_have_title(re.compile("^Skills gaps by role, "))
    expect(page.locator("h1")).to_have_text("Skills gaps by role")
    demand_soon(page, "document.activeElement.id === 'show'")


def test_a_refused_day_is_shown_in_place_with_its_title(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, PAGE, person_id=lead)
    page.fill("#as_of", "31/02/2026")
    page.locator("#show").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page).to_have_title(re.compile("^Error: Skills gaps by organisation, "))
    expect(page.locator("#as_of")).to_have_value("31/02/2026")
    expect(page.locator(".trouble")).to_be_hidden()


def test_the_table_scrolls_by_keyboard_in_a_region_of_its_own(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, PAGE, person_id=lead)
    region = page.locator(".scroll").first
    region.focus()
    page.keyboard.press("ArrowRight")
    demand_soon(page, "document.querySelector('.scroll').scrollLeft > 0")
    first = page.locator(".heat-table tbody th").first.bounding_box()
    assert first["x"] >= region.bounding_box()["x"] - 1


def test_a_phone_gets_the_widest_gaps_first_and_a_wide_window_the_table(page_at: OpenPage, lead: int) -> None:
    phone = page_at(390, PAGE, person_id=lead)
    expect(phone.locator(".gap-list")).to_be_visible()
    assert phone.locator(".gap-list").bounding_box()["y"] < phone.locator(".heat-table").bounding_box()["y"]
    assert phone.locator(".heat-table").bounding_box()["y"] < phone.locator(".tile-map").bounding_box()["y"]
    expect(page_at(1280, PAGE, person_id=lead).locator(".gap-list")).to_be_hidden()


def test_without_scripts_the_filters_work_as_well(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, PAGE, person_id=lead, scripts=False)
    page.select_option("#pillar", "energy")
    page.locator("#show").click()
    page.wait_for_url("**/reports/gaps?*pillar=energy*")
    expect(page.locator(".heat-table")).to_be_visible()


def test_the_keyboard_can_pass_by_the_figures_of_the_table(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, PAGE, person_id=lead)
    skip = page.get_by_role("link", name="Skip the table")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.heat-table') === null")
    assert page.evaluate(
        "!!(document.activeElement.compareDocumentPosition(document.querySelector('.heat-table')) & 2)"
    )


def test_a_figure_leads_on_by_the_keyboard_and_shows_its_focus(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, f"{PAGE}?by=region&competency=law", person_id=lead)
    cell = page.locator(".heat-table tbody .heat--chosen a").first
    cell.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Skills gaps by organisation")
    expect(page.locator(".sentence")).to_contain_text("East Midlands, ")


@pytest.mark.parametrize(("width", "drawn"), [(1280, 720), (768, 720), (390, 358), (320, 288)])
def test_the_line_is_drawn_for_each_width_and_never_shrunk(
    page_at: OpenPage, lead: int, width: int, drawn: int
) -> None:
    page = page_at(width, f"{PAGE}?competency=law", person_id=lead)
    charts = page.locator(".chart:visible")
    expect(charts).to_have_count(1)
    assert charts.first.bounding_box()["width"] == drawn
    demand_no_sideways_scrolling(page)


def test_paper_has_the_sentence_the_table_and_the_line(page_at: OpenPage, lead: int) -> None:
    page = page_at(A4, f"{PAGE}?competency=law", person_id=lead)
    page.emulate_media(media="print")
    expect(page.locator(".sentence")).to_contain_text("East Midlands, ")
    expect(page.locator(".sentence")).to_contain_text("4 of 4 organisations counted.")
    for shown in (".sentence", ".heat-table", ".tile-map", ".chart--wide", ".table--trend"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".filters", ".downloads", ".actions", ".ways", ".leads-on", ".chart--phone", ".gap-list"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_colours_of_ours_every_figure_keeps_its_ground_and_its_number(
    visitor: Visitor, lead: int
) -> None:
    page = visitor.page_at(1280, f"{PAGE}?competency=law", person_id=lead, forced_colours=True)
    cell = page.locator(".heat-table tbody .heat--chosen").first
    expect(cell).to_have_text(re.compile(r"\d+"))
    expect(cell.locator("rect").first).to_be_visible()


def test_a_grant_that_ended_while_the_page_was_open_shows_when_and_whom_to_ask(
    page_at: OpenPage, app: Flask, lead: int
) -> None:
    page = page_at(1280, PAGE, person_id=lead)
    with app.app_context():
        (grant,) = db.session.scalars(select(Grant).where(Grant.person_id == lead)).all()
        end_grant(grant.id, clock.today(), by=None, reason="they work elsewhere")
    page.locator(".filters__more summary").click()
    page.select_option("#measure", "lapsed")
    page.locator("#show").click()
    expect(page.locator("h1")).to_have_text("You may not open this page")
    expect(page.locator("main")).to_contain_text("Your access to it ended on")
