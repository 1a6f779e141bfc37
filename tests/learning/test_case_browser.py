"""A case, a reflection, the standards and the glossary in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.learning.conftest import FIRST_DAY, School
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling
from tests.support.cases import samples_with_a_case
from tests.support.samples import publish_samples

MODULE = "/courses/first-steps/standstill"
WAY = (
    ("Record it with an owner", "Next: Thursday, 16:10"),
    ("Ask for a cash forecast", "Next: Friday"),
    ("The contract manager", "Next question"),
)


@pytest.fixture
def learner(visitor: Visitor, school: School, tmp_path: Path) -> tuple[Visitor, int]:
    with school.on(FIRST_DAY):
        publish_samples(samples_with_a_case(tmp_path))
    return visitor, school.buyer_id


def test_a_decision_swaps_in_place_and_the_focus_goes_to_what_follows(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(1280, f"{MODULE}/check", person_id=person_id)
    page.get_by_role("button", name="Begin the check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A case: the profit warning")
    demand_accessible(page)
    page.evaluate("window.stays = true")
    page.get_by_label("Wait for a second sign").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("#verdict")).to_be_focused()
    assert page.evaluate("window.stays") is True
    expect(page.locator("#verdict")).to_have_text("Not a sound decision")
    demand_accessible(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_case_is_walked_through_on_a_phone(learner: tuple[Visitor, int], *, scripts: bool) -> None:
    visitor, person_id = learner
    page = visitor.page_at(390, f"{MODULE}/check", person_id=person_id, scripts=scripts)
    page.get_by_role("button", name="Begin the check").click()
    for option, further in WAY:
        page.get_by_label(option).check()
        demand_no_sideways_scrolling(page)
        page.get_by_role("button", name="Decide").click()
        expect(page.locator(".verdict__title").first).to_have_text("A sound decision")
        page.get_by_role("link", name=further).click()
        if further.startswith("Next:"):
            page.get_by_text("The case so far: Tuesday").click()
            expect(page.locator(".case__folded .timeline")).to_be_visible()
            expect(page.locator(".split__side .timeline")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 4")


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_reflections_standards_and_terms_are_accessible(
    learner: tuple[Visitor, int], width: int
) -> None:
    visitor, person_id = learner
    for path in (
        f"{MODULE}/how-long-to-wait",
        f"{MODULE}/reflections/on-monday",
        "/standards/",
        "/standards/sample",
        "/glossary",
    ):
        page = visitor.page_at(width, path, person_id=person_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
        page.context.close()
