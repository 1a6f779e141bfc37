"""“What would close it” in a browser: every width, by keyboard, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.support.browser import demand_accessible, demand_no_sideways_scrolling, demand_soon

PLAN = "/reports/gaps/plan"
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service, served on today’s day."""
    return make_app(gathered_service[0])


@pytest.fixture
def lead(gathered_service: tuple[str, dict[str, int], int]) -> int:
    return gathered_service[1]["region-lead"]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("choice", ["", "?competency=law&hours=5", "?ready_by=soon&hours=0"])
def test_every_width_is_accessible_and_never_scrolls_sideways(
    page_at: OpenPage, lead: int, width: int, choice: str
) -> None:
    page = page_at(width, PLAN + choice, person_id=lead)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_hours_typed_and_sent_by_the_keyboard_change_the_page_and_its_address(
    page_at: OpenPage, lead: int
) -> None:
    page = page_at(1280, PLAN, person_id=lead)
    page.locator("#hours").focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    demand_soon(page, "location.search.includes('hours=5')")
    expect(page.locator(".sentence")).to_contain_text("close in 5 staff hours")


def test_the_gap_report_leads_to_the_plan_of_its_competency_and_place_without_scripts(
    page_at: OpenPage, lead: int
) -> None:
    page = page_at(1280, "/reports/gaps?region=east&competency=law", person_id=lead, scripts=False)
    page.get_by_role("button", name="What would close it").or_(
        page.get_by_role("link", name="What would close it")
    ).click()
    expect(page.locator(".lead")).to_have_text("Law, East Midlands")
