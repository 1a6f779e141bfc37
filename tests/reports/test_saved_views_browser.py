"""Saved views in a browser: by keyboard, at every width, and for whoever cannot see the page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.reports.saved import save
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling

GAPS, VIEWS = "/reports/gaps", "/reports/views"
NAME = "Monthly board, East"
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service, served on today’s day."""
    return make_app(gathered_service[0])


@pytest.fixture
def lead(app: Flask, gathered_service: tuple[str, dict[str, int], int]) -> int:
    """The lead of a region, who has saved three views."""
    person = gathered_service[1]["region-lead"]
    with app.app_context():
        save(person, NAME, {"by": "role", "region": "east"})
        save(person, "A" * 80, {"by": "region", "as_of": "2026-06-01"})
        save(person, "Gone", {"by": "organisation", "region": "wales"})
    return person


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("address", [GAPS, VIEWS, f"{VIEWS}?by=role&region=east"])
def test_every_width_is_accessible_and_never_scrolls_sideways(
    page_at: OpenPage, lead: int, width: int, address: str
) -> None:
    page = page_at(width, address, person_id=lead)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_a_lead_saves_opens_renames_and_removes_by_keyboard(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, GAPS, person_id=lead)
    page.get_by_role("link", name="Save this view", exact=True).press("Enter")
    page.get_by_role("button", name="Save this view").press("Enter")
    expect(page).to_have_title("Error: Saved views, Commercial Learning")
    demand_accessible(page)
    page.get_by_role("link", name="Enter a name for this view").press("Enter")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").or_(page.locator(".govuk-notification-banner"))).to_contain_text(
        "is saved"
    )
    page.get_by_role("link", name="By keyboard", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"/reports/gaps\?by=organisation&region=east$"))
    page.get_by_role("link", name="Your 4 saved views", exact=True).press("Enter")
    page.get_by_role("link", name=re.compile("^Remove.*By keyboard$")).press("Enter")
    demand_accessible(page)
    page.get_by_role("button", name="Remove this view").press("Enter")
    expect(page.get_by_role("link", name="By keyboard", exact=True)).to_have_count(0)


def test_a_view_that_cannot_be_opened_is_accessible(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, GAPS, person_id=lead)
    page.get_by_role("link", name="Gone", exact=True).click()
    expect(page.get_by_text("“Gone” cannot be opened any more.")).to_be_visible()
    demand_accessible(page)
