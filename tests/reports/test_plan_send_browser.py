"""Choosing the steps of a plan and sending it in a browser: every width, by keyboard, without scripts too."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.support.browser import demand_accessible, demand_no_sideways_scrolling

EAST = "?region=east&competency=cost"
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
def test_the_plan_so_far_follows_the_boxes_and_every_width_is_accessible(
    page_at: OpenPage, lead: int, width: int
) -> None:
    page = page_at(width, PLAN + EAST, person_id=lead)
    page.get_by_label("Plan step 1").focus()
    page.keyboard.press("Space")
    expect(page.locator("#so-far h2")).to_have_text("Your plan so far: step 1")
    expect(page.locator("#so-far-status")).to_have_text("Your plan so far: step 1")
    expect(page.get_by_label("Plan step 1")).to_be_focused()
    demand_accessible(page)
    demand_no_sideways_scrolling(page)
    page.keyboard.press("Space")
    expect(page.locator("#so-far h2")).to_have_text("Your plan so far: no step yet")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_plan_is_sent_with_and_without_scripts(page_at: OpenPage, lead: int, *, scripts: bool) -> None:
    page = page_at(1280, PLAN + EAST, person_id=lead, scripts=scripts)
    page.locator("label[for=step-1]").click()
    if not scripts:
        page.get_by_role("button", name="Show the plan so far").click()
        expect(page.locator("h1")).to_have_text("Send the plan")
    page.get_by_role("button", name="Send the plan to").click()
    expect(page.locator("h1")).to_have_text("Plan: Cost, East Midlands")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("The plan is sent: 1 step.")
    demand_no_sideways_scrolling(page)
    if scripts:
        demand_accessible(page)
