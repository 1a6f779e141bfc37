"""The pages of the standards in a browser: every width, by keyboard, without scripts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.core import clock
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling, demand_soon
from tests.support.catalogue import competency, module, publish, role, standard
from tests.support.learners import noon
from tests.support.service import ASKED, COMPETENCIES, TODAY

LIST, PAGE = "/reports/standards", "/reports/standards/buying"
TEACHING = ("law-basics", "law-applied", "a-module-with-a-longer-name", "another-with-a-long-name")
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service with a standard, served on today’s day."""
    app = make_app(gathered_service[0])
    with app.app_context(), clock.at(noon(TODAY)):
        publish(
            tuple(competency(key, {1: TEACHING} if key == "law" else None) for key in COMPETENCIES),
            tuple(role(key, levels) for key, levels in ASKED.items()),
            tuple(replace(module(key), clauses=("buying/1.1",)) for key in TEACHING),
            standards=(standard("buying", "1.1", "1.2"), standard("conduct", "1.1")),
        )
    return app


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("address", [LIST, PAGE])
@pytest.mark.parametrize("who", ["region-lead", "organisation-lead"])
def test_every_width_is_accessible_and_never_scrolls_sideways(
    page_at: OpenPage, gathered_service: tuple[str, dict[str, int], int], width: int, address: str, who: str
) -> None:
    page = page_at(width, address, person_id=gathered_service[1][who])
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_another_region_is_chosen_by_the_keyboard(
    page_at: OpenPage, gathered_service: tuple[str, dict[str, int], int]
) -> None:
    page = page_at(1280, PAGE, person_id=gathered_service[1]["region-lead"])
    page.locator("#region").focus()
    page.keyboard.type("North")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    demand_soon(page, "location.search.includes('region=north')")
    expect(page.locator(".lead")).to_contain_text("North East")


def test_the_gap_report_leads_to_the_standards_and_from_a_standard_to_its_regions_without_scripts(
    page_at: OpenPage, gathered_service: tuple[str, dict[str, int], int]
) -> None:
    page = page_at(1280, "/reports/gaps", person_id=gathered_service[1]["national-lead"], scripts=False)
    page.get_by_role("link", name="Current on the standards").click()
    page.get_by_role("link", name="The buying standard").click()
    page.locator("tbody").get_by_role("link", name="East Midlands").click()
    expect(page.locator(".lead")).to_contain_text("East Midlands")
    expect(page.get_by_role("heading", name="By organisation")).to_be_visible()
