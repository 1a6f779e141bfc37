"""Reading and the check in a real browser, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.learning.conftest import FIRST_DAY, School
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling
from tests.support.samples import take

MODULE = "/courses/first-steps/notices"


@pytest.fixture
def learner(visitor: Visitor, school: School) -> tuple[Visitor, int]:
    return visitor, school.buyer_id


def answer_one(page: Page) -> None:
    """Answer the question on the page in whatever way it asks."""
    if page.locator("select").count():
        for number in range(page.locator("select").count()):
            page.locator("select").nth(number).select_option(index=number + 1)
    elif page.locator("input[inputmode=decimal]").count():
        page.locator("input[inputmode=decimal]").fill("3")
    else:
        page.locator(".options input").first.check()
    page.get_by_role("button", name="Check my answer").click()


def test_an_answer_swaps_in_place_and_the_focus_goes_to_the_verdict(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(1280, f"{MODULE}/check", person_id=person_id)
    page.get_by_role("button", name="Begin the check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 1 of 4")
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page).to_have_title("Error: Question 1 of 4, Commercial Learning")
    demand_accessible(page)
    answer_one(page)
    expect(page.locator("#verdict")).to_be_focused()
    expect(page).to_have_title("Question 1 of 4, Commercial Learning")
    assert page.evaluate("window.stays") is True
    assert page.url.endswith("/check/1")
    demand_accessible(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_check_is_taken_with_scripts_and_without(learner: tuple[Visitor, int], *, scripts: bool) -> None:
    visitor, person_id = learner
    page = visitor.page_at(390, f"{MODULE}/check", person_id=person_id, scripts=scripts)
    page.get_by_role("button", name="Begin the check").click()
    for number in range(1, 5):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {number} of 4")
        answer_one(page)
        page.get_by_role("link", name="Next question" if number < 4 else "See your result").click()
    expect(page.locator(".result h1")).to_be_visible()


def test_the_next_part_comes_in_place_with_its_address_and_the_focus_on_its_heading(
    learner: tuple[Visitor, int],
) -> None:
    visitor, person_id = learner
    page = visitor.page_at(1280, MODULE, person_id=person_id)
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Next: The order of the notices").click()
    expect(page.locator(".reader__part")).to_have_text("The order of the notices")
    expect(page.locator(".reader__part")).to_be_focused()
    assert page.url.endswith("/the-order-of-the-notices")
    assert page.evaluate("window.stays") is True
    page.go_back()
    expect(page.locator(".reader__part")).to_have_text("Before you publish")
    expect(page.locator("header.header")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_are_accessible_at_every_width(
    learner: tuple[Visitor, int], school: School, width: int
) -> None:
    visitor, person_id = learner
    with school.on(FIRST_DAY):
        results = [take(person_id, "notices", wrong=wrong) for wrong in (4, 1)]
    addresses = ["/courses/", "/courses/first-steps/", f"{MODULE}/before-you-publish", f"{MODULE}/check"]
    addresses += [f"{MODULE}/check/{position}" for position in (1, 2, 3, 4)]
    addresses += [f"{MODULE}/check/result/{each}" for each in results]
    page = visitor.page_at(width, person_id=person_id)
    for address in addresses:
        page.goto(address)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
