"""The page of assessors in a real browser: readable at every width, and its form sent without a mouse."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.core.database import db
from lms.people.models import Duty, Organisation
from tests.support import build
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling

EMAIL = "asha.testwood@example.org"
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service with one assessor and somebody to name, served on today’s day."""
    app = make_app(gathered_service[0])
    with app.app_context():
        fellmoor = db.session.get_one(Organisation, "fellmoor")
        assessor = build.person("Carys Exemplar")
        build.appointed(assessor, build.team(fellmoor))
        build.grant(assessor, Duty.ASSESSOR, fellmoor)
        build.person("Asha Testwood", EMAIL)
    return app


@pytest.fixture
def lead(gathered_service: tuple[str, dict[str, int], int]) -> int:
    return gathered_service[1]["national-lead"]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_width_is_accessible_before_and_after_a_mistake_and_where_one_is_ended(
    page_at: OpenPage, lead: int, width: int
) -> None:
    page = page_at(width, "/reports/assessors", person_id=lead)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)
    page.get_by_role("button", name="Name this assessor").click()
    expect(page.locator(".govuk-error-summary li")).to_have_count(4)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)
    page.get_by_role("link", name="End it").click()
    expect(page.locator("h1")).to_have_text("End Carys Exemplar as an assessor")
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_an_assessor_is_named_with_the_keyboard_alone(page_at: OpenPage, lead: int) -> None:
    page = page_at(390, "/reports/assessors", person_id=lead)
    page.get_by_label("Email address").focus()
    page.keyboard.type(EMAIL)
    page.get_by_label("Over what").select_option("region:east")
    page.get_by_label("Level 3 Practitioner").focus()
    page.keyboard.press("Space")
    page.get_by_label("Ground").focus()
    page.keyboard.type("MCIPS since 2019")
    page.get_by_role("button", name="Name this assessor").press("Enter")
    expect(page.locator("main tbody tr", has_text="Asha Testwood")).to_contain_text("East Midlands")
