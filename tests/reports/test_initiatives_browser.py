"""Initiatives in a browser: every width, the form by keyboard, without scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.competencies.suppression import Group
from lms.core import clock
from lms.core.database import db
from lms.learning.initiatives.keeping import Wanted, begin
from lms.learning.readiness import Needs
from lms.people.models import Person
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling
from tests.support.learners import passed

LIST = "/reports/initiatives"
OpenPage = Callable[..., Any]


@pytest.fixture
def app(make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]) -> Flask:
    """The service with one initiative, of which some are ready, served on today’s day."""
    made = make_app(gathered_service[0])
    with made.app_context():
        today = clock.today()
        people = db.session.query(Person).filter(Person.name.like("Person %")).order_by(Person.id).all()
        for number, each in enumerate(people[::3]):
            passed(each, "standstill", today - timedelta(days=3 * number), until=today + timedelta(days=400))
        needs = Needs(frozenset({"standstill"}))
        wanted = Wanted("One platform", "We all buy there.", needs, Group(), today + timedelta(days=90))
        begin(wanted, by=gathered_service[1]["national-lead"])
    return made


@pytest.fixture
def lead(gathered_service: tuple[str, dict[str, int], int]) -> int:
    return gathered_service[1]["national-lead"]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("page", ["", "/1", "/1?region=east", "/new", "/1/change", "/1/end"])
def test_every_width_is_accessible_and_never_scrolls_sideways(
    page_at: OpenPage, lead: int, width: int, page: str
) -> None:
    opened = page_at(width, LIST + page, person_id=lead)
    demand_accessible(opened)
    demand_no_sideways_scrolling(opened)


def test_the_line_has_a_table_behind_it_that_the_keyboard_opens(page_at: OpenPage, lead: int) -> None:
    page = page_at(1280, f"{LIST}/1", person_id=lead)
    expect(page.locator(".chart--wide")).to_be_visible()
    page.locator("section[aria-labelledby=line] summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("likely between")).to_be_visible()
    demand_accessible(page)


def test_a_form_with_mistakes_keeps_what_was_typed_and_leads_to_the_field_without_scripts(
    page_at: OpenPage, lead: int
) -> None:
    page = page_at(390, f"{LIST}/new", person_id=lead, scripts=False)
    page.get_by_label("Name").fill("New thresholds")
    page.get_by_label("Go-live day").fill("1/1/2020")
    page.get_by_role("button", name="Begin this initiative").click()
    expect(page.get_by_role("link", name="Enter a date after today")).to_have_attribute("href", "#go_live")
    expect(page.get_by_label("Name")).to_have_value("New thresholds")
    demand_no_sideways_scrolling(page)
