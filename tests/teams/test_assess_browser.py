"""The pages of assessing in a browser: accessible in each state, and the keyboard alone is enough."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.competencies.assessing import Judged
from lms.competencies.assessments import assess, latest_mark
from lms.competencies.models import Assessment, Basis, Reply
from lms.competencies.replies import reply
from lms.content import catalogue
from lms.core.database import db
from lms.people.models import Duty
from tests.support import build
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling
from tests.support.managers import World, another_force, world_of

OpenPage = Callable[..., Any]
WORDS = "ALD-2026-0147. Rowan tested a request for a direct award, found no ground and wrote the refusal."
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
MOST_STOPS = 60


@dataclass(frozen=True)
class Scene:
    """A manager, a person whom they assessed and who disputes it, and an assessor of another force."""

    world: World
    rowan: int
    elsewhere: int
    addresses: dict[str, str]
    """Pages by who opens them."""


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context():
        world = world_of(app)
        rowan, assessor, second = (build.person(name) for name in ("Rowan Sample", "Fay First", "Sam Second"))
        build.appointed(rowan, world.team)
        build.appointed(assessor, world.team)
        build.appointed(second, build.team(another_force()))
        for person in (assessor, second):
            build.grant(person, Duty.ASSESSOR)
        build.evidence(rowan, "risk", 2, basis=Basis.LEARNING)
        framework, days = catalogue.current().framework, (date(2026, 3, 2), date(2026, 10, 30))
        for competency, level, by in (("law", 2, world.manager_id), ("law", 4, assessor.id)):
            judged = Judged(competency, level, WORDS, None, *days, 12)
            assess(rowan.id, judged, framework, by=by, mark=latest_mark(rowan.id, competency))
        seen, waits = db.session.query(Assessment).order_by(Assessment.id)
        assert seen.evidence_id
        reply(seen.evidence_id, "I led the whole of it.", disputes=True, by=rowan.id)
        addresses = {
            "assess": f"/team/{rowan.id}/assess/risk",
            "back": f"/team/{rowan.id}/assessments/{seen.evidence_id}/back",
            "second": f"/team/assessments/{waits.id}",
            "dispute": f"/team/assessments/disputes/{db.session.query(Reply).one().id}",
            "waiting": f"/team/assessments?person={rowan.id}",
        }
        found = Scene(world, rowan.id, second.id, addresses)
        db.session.remove()
    return found


@WIDTHS
@pytest.mark.parametrize("name", ["assess", "back", "second", "dispute", "waiting"])
def test_each_page_is_accessible_as_it_opens_and_with_mistakes(
    scene: Scene, page_at: OpenPage, name: str, width: int
) -> None:
    by = scene.world.manager_id if name in {"assess", "back"} else scene.elsewhere
    page: Page = page_at(width, scene.addresses[name], person_id=by)
    for wrong in (False, True):
        if wrong:
            if name == "waiting":
                return
            page.locator("main form button").last.click()
            expect(page.locator(".govuk-error-summary")).to_be_focused()
            expect(page).to_have_title(page.title())
        demand_accessible(page)
        demand_no_sideways_scrolling(page)


def test_a_level_is_assessed_by_the_keyboard_alone(scene: Scene, page_at: OpenPage) -> None:
    page: Page = page_at(1280, scene.addresses["assess"], person_id=scene.world.manager_id)
    _tab_to(page, "input[name=level]")
    for _level in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#record-level")).to_have_text("Record level 3 Practitioner")
    for field, words in (("#words", WORDS), ("#seen_from", "2/3/2026"), ("#seen_to", "30/10/2026")):
        _tab_to(page, field)
        page.keyboard.type(words)
    _tab_to(page, "#record-level")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Level 3 of Risk is recorded")


def test_an_error_leads_to_the_first_level_and_the_gaps_fold_on_a_phone(
    scene: Scene, page_at: OpenPage
) -> None:
    page: Page = page_at(390, scene.addresses["assess"], person_id=scene.world.manager_id)
    expect(page.locator("aside")).to_be_hidden()
    assert page.locator("main details.phone-only").get_attribute("open") is None
    page.locator("#record-level").click()
    page.get_by_role("link", name="Choose the level that you saw").click()
    expect(page.locator("input[name=level]").first).to_be_focused()


def _tab_to(page: Page, selector: str) -> None:
    """Go on by the keyboard until a control has the focus; each stop on the way has a ring."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """selector => {
              const focused = document.activeElement;
              const drawn = getComputedStyle(focused);
              return [focused.matches(selector), drawn.outlineStyle !== "none" || drawn.boxShadow !== "none"];
            }""",
            selector,
        )
        assert stop[1], page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if stop[0]:
            return
    message = f"{selector} is not reached by the keyboard"
    raise AssertionError(message)
