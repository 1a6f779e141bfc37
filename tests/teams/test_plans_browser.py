"""The pages on which a manager answers a plan, in a browser: accessible at every width, and by keyboard."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.sent_plans import Order, PlannedStep, send_plan
from lms.learning.to_do import Need, Task, TaskKind
from tests.support import build
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling
from tests.support.managers import World, world_of

OpenPage = Callable[..., Any]


@pytest.fixture
def planned(app: Flask) -> World:
    """Two of the manager’s people are proposed for a module, one of them for an assessment."""
    with app.app_context():
        world = world_of(app)
        db.session.remove()
    people = tuple(world.joins(name) for name in ("Rowan Sample", "Asha Testwood"))
    learn, assess = Task(TaskKind.MODULE, "standstill", 20), Task(TaskKind.ASSESSMENT, "law", 90, 3)
    steps = [
        PlannedStep(Need("law", 0, 1, (learn,)), people),
        PlannedStep(Need("law", 2, 3, (assess,)), people[:1]),
    ]
    with app.app_context():
        lead = build.person("Lee Mockridge", learner=False)
        order = Order(None, "law", clock.today() + timedelta(days=60), "Before the new platform.")
        send_plan(order, steps, by=lead.id, smallest=1, published=catalogue.current())
    return world


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_is_accessible_and_never_scrolls_sideways(
    planned: World, page_at: OpenPage, width: int
) -> None:
    for address in ("/team/plans", "/team/plans/1", "/team/plans/1/1"):
        page = page_at(width, address, person_id=planned.manager_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)


def test_one_is_refused_and_the_rest_accepted_by_the_keyboard_alone(
    planned: World, page_at: OpenPage
) -> None:
    page = page_at(1280, "/team/plans/1", person_id=planned.manager_id)
    page.get_by_role("link", name="Answer for Asha Testwood").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Refuse: ask for nothing").focus()
    page.keyboard.press("Space")
    page.get_by_label("No time for it by then").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Record this answer").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Asha Testwood is not asked for it")
    page.get_by_role("button", name="Accept for the 1 person who waits").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("1 person is asked.")
    expect(page.get_by_role("link", name="Assess Rowan Sample")).to_be_visible()
    demand_accessible(page)
