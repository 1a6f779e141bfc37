"""The pages on which a manager sees who will miss an initiative, in a browser: accessible at every width."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lms.competencies.suppression import Group
from lms.core import clock
from lms.core.database import db
from lms.learning.initiatives.keeping import Wanted, begin
from lms.learning.readiness import Needs
from lms.people.models import Duty
from tests.support import build
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling
from tests.support.learners import passed
from tests.support.managers import World, world_of

OpenPage = Callable[..., Any]


@pytest.fixture
def awaited(app: Flask) -> World:
    """Of the manager’s people one is ready, one lapses before the day, and one is not ready."""
    with app.app_context():
        world = world_of(app)
        db.session.remove()
    ready, lapsing, _ = (world.joins(name) for name in ("Asha Testwood", "Rowan Sample", "Bryn Mockford"))
    with app.app_context():
        today = clock.today()
        for who, days in ((ready, 400), (lapsing, 30)):
            passed(
                world.person(who), "standstill", today - timedelta(days=9), until=today + timedelta(days=days)
            )
        lead = build.person("Nia Samplewell", learner=False)
        build.grant(lead, Duty.NATIONAL_LEAD)
        needs = Needs(frozenset({"standstill"}))
        begin(
            Wanted("One platform", "We all buy there.", needs, Group(), today + timedelta(days=90)),
            by=lead.id,
        )
    return world


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_is_accessible_and_never_scrolls_sideways(
    awaited: World, page_at: OpenPage, width: int
) -> None:
    for address in ("/team/initiatives", "/team/initiatives/1"):
        page = page_at(width, address, person_id=awaited.manager_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
