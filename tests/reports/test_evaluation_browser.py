"""The evaluation of learning in a browser: every width, by keyboard, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.core import clock
from tests.reports.test_evaluation_page import PAGE, draws
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling, demand_soon
from tests.support.learners import noon
from tests.support.service import TODAY, Service

OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service with a course that most have begun."""
    address, ids, team = gathered_service
    app = make_app(address)
    with clock.at(noon(TODAY)):
        draws(Service(app, ids, team))
    return app


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_width_is_accessible_and_never_scrolls_sideways(
    page_at: OpenPage, gathered_service: tuple[str, dict[str, int], int], width: int
) -> None:
    page = page_at(width, PAGE, person_id=gathered_service[1]["region-lead"])
    demand_accessible(page)
    demand_no_sideways_scrolling(page)
    page.locator("tbody").get_by_role("link", name="One course").click()
    expect(page.locator("tbody")).to_contain_text("East Midlands")
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_a_course_is_chosen_by_the_keyboard(
    page_at: OpenPage, gathered_service: tuple[str, dict[str, int], int]
) -> None:
    page = page_at(1280, PAGE, person_id=gathered_service[1]["national-lead"])
    page.locator("#course").focus()
    page.keyboard.type("One")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    demand_soon(page, "location.search.includes('course=one-course')")
    expect(page.locator(".lead")).to_contain_text("One course")


def test_a_region_of_a_course_is_opened_without_scripts(
    page_at: OpenPage, gathered_service: tuple[str, dict[str, int], int]
) -> None:
    page = page_at(1280, PAGE, person_id=gathered_service[1]["national-lead"], scripts=False)
    page.locator("tbody").get_by_role("link", name="One course").click()
    page.locator("tbody").get_by_role("link", name="East Midlands").click()
    expect(page.locator(".lead")).to_contain_text("East Midlands")
