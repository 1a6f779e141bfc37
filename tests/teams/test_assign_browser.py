"""The pages by which a manager assigns and changes posts, in a browser: accessible, and by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from lms.core.database import db
from lms.people.appointments import record_absence
from tests.support import build
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling
from tests.support.managers import World, world_of

OpenPage = Callable[..., Any]
MOST_STOPS = 60
LOOK = "/team/assign?look=1&what=course:one-course&team={team}&role=&due=18/12/2027&reason=We+buy+in+January"


@pytest.fixture
def busy(app: Flask) -> World:
    """Thirty people who could be asked, one of them away, on the day on which the browser is."""
    with app.app_context():
        world = world_of(app)
        db.session.remove()
    world.crowd(30)
    with app.app_context():
        record_absence(world.joins("Rowan Sample"), build.START, None, by=None)
    return world


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_STOPS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    message = f"{selector} is not reached by the keyboard"
    raise AssertionError(message)


def types(page: Page, selector: str, words: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(words)


def presses(page: Page, selector: str, address: str) -> None:
    """Press what is reached by the keyboard, and wait for the page that it leads to."""
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_and_never_scrolls_sideways(
    busy: World, page_at: OpenPage, width: int
) -> None:
    rowan = busy.ids["Rowan Sample"]
    page = page_at(width, LOOK.format(team=busy.team_id), person_id=busy.manager_id)
    demand_accessible(page)
    demand_no_sideways_scrolling(page)
    page.locator("main form[method=post] button").click()
    page.wait_for_url("**/team/assignments/1")
    about = ("post", "leave", "absence", "absence/1")
    for address in (
        "/team/assign",
        "/team/assign?look=1&what=&team=&due=31/2/2027&reason=",
        LOOK.format(team=busy.team_id),
        "/team/assignments",
        "/team/assignments/1",
        *(f"/team/{rowan}/{each}" for each in about),
        "/team/delegation",
    ):
        page.goto(address)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)


def test_learning_is_assigned_extended_excused_and_ended_by_the_keyboard_alone(
    busy: World, page_at: OpenPage
) -> None:
    page = page_at(1280, "/team/assign", person_id=busy.manager_id)
    types(page, "#what", "Course")
    types(page, "#team", "Commercial")
    types(page, "#due", "18/12/2027")
    types(page, "#reason", "We buy in January")
    presses(page, "main form button", "**/team/assign?look=1*")
    presses(page, "main form[method=post] button", "**/team/assignments/1")
    for choice, due in (("Give", "17/12/2027"), ("Excuse", ""), ("End", "")):
        tab_to(page, "[name=what]")
        for _ in range(("Give", "Excuse", "End").index(choice)):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        if due:
            types(page, "#due", due)
        types(page, "#reason", "The tender moved")
        tab_to(page, "form.entry button")
        page.keyboard.press("Enter")
        page.wait_for_selector(".govuk-notification-banner")
        page.goto("/team/assignments/1")
        if choice == "Excuse":
            assert page.locator("[name=what]").count() == 2
    assert "31 excused" in page.inner_text("main")
    assert "ended" in page.inner_text("main")


def test_posts_absences_and_teams_handed_over_are_recorded_by_the_keyboard_alone(
    busy: World, page_at: OpenPage
) -> None:
    person = busy.ids["Person 03"]
    page = page_at(1280, f"/team/{person}/absence", person_id=busy.manager_id)
    types(page, "#from_day", "1/6/2027")
    presses(page, "form.entry button", "**/absence")
    page.wait_for_selector("main table a")
    presses(page, "main table a", "**/absence/*")
    types(page, "#day", "8/6/2027")
    presses(page, "form.entry button", f"**/team/{person}/absence")
    page.goto(f"/team/{person}/post")
    types(page, "#role", "Contract")
    types(page, "#day", "5/7/2027")
    presses(page, "form.entry button", f"**/team/{person}/post")
    page.wait_for_selector(".govuk-notification-banner")
    page.goto(f"/team/{busy.ids['Person 04']}/leave")
    types(page, "#day", "5/7/2027")
    presses(page, "form.entry button", f"**/team/{busy.ids['Person 04']}/post")
    page.goto("/team/delegation")
    types(page, "#email", "nobody@example.org")
    tab_to(page, "form.entry button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    demand_accessible(page)
