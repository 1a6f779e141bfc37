import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.support.browser import demand_accessible, demand_no_sideways_scrolling, demand_soon

PAGE = "/reports/gaps"
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service, served on today’s day."""
    return make_app(gathered_service[0])


@pytest.fixture
def lead(gathered_service: tuple[str, dict[str, int], int]) -> int:
    return gathered_service[1]["region-lead"]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("choice", ["", "?by=organisation", "?as_of=soon"])
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
    expect(page).to_have_title(re.compile("^Error: Skills gaps by region, "))
    expect(page.locator("#as_of")).to_have_value("31/02/2026")
    expect(page.locator(".trouble")).to_be_hidden()


def test_the_table_scrolls_by_keyboard_in_a_region_of_its_own(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, PAGE, person_id=lead)
    region = page.locator(".scroll")
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
