"""The calculators in a real browser: on their pages and in a part, with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.learning.conftest import FIRST_DAY, School
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling
from tests.support.samples import changed_samples, publish_samples

SENTENCE = "The standstill is [8 working days](figure:standstill)."
BLOCKS = "".join(f"/// calculator | {name}\n///\n\n" for name in ("standstill", "whole-life-cost"))
PART = "/courses/first-steps/standstill/how-long-to-wait"
RESULTS = (
    "/tools/",
    "/tools/standstill?published=26/11/2026",
    "/tools/standstill?published=soon",
    "/tools/threshold?value=60000&years=3&extension_1=1&option_1=5000",
    "/tools/whole-life-cost?years=10&rate=3.5&a_price=90000&b_price=70000&b_yearly=3000&c_price=95000",
    "/tools/saving?price=412&volume=1200&new_price=389&new_volume=1100&one_off=6000&running=1500&years=3&why=less",
)


@pytest.fixture
def learner(visitor: Visitor, school: School, tmp_path: Path) -> tuple[Visitor, int]:
    with school.on(FIRST_DAY):
        text = (SENTENCE, f"{SENTENCE}\n\n{BLOCKS}Then sign.")
        publish_samples(changed_samples(tmp_path, "first-steps/standstill.md", text))
    return visitor, school.buyer_id


def test_a_result_comes_into_the_part_and_the_page_stays(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(1280, PART, person_id=person_id)
    page.evaluate("window.stays = true")
    form = page.locator("#calculator-standstill")
    form.get_by_label("Day on which the notice is published").fill("soon")
    form.get_by_role("button", name="Work it out").click()
    expect(form.locator(".govuk-error-summary")).to_be_focused()
    demand_accessible(page)
    form.get_by_label("Day on which the notice is published").fill("26/11/2026")
    form.get_by_role("button", name="Work it out").click()
    expect(form.get_by_role("region", name="Result")).to_be_focused()
    expect(form).to_contain_text("may be entered into from Wednesday 9 December 2026")
    assert page.evaluate("window.stays") is True
    assert page.url.endswith(PART)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting after an award")
    demand_accessible(page)


def test_on_its_own_page_the_address_follows_the_result(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(1280, "/tools/standstill", person_id=person_id)
    page.get_by_label("Day on which the notice is published").fill("7/12/2026")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("region", name="Result")).to_be_focused()
    assert "published=7%2F12%2F2026" in page.url
    page.reload()
    expect(page.get_by_role("region", name="Result")).to_contain_text("Thursday 17 December 2026")


def test_without_scripts_the_form_of_a_part_leads_to_the_result(learner: tuple[Visitor, int]) -> None:
    visitor, person_id = learner
    page = visitor.page_at(390, PART, person_id=person_id, scripts=False)
    form = page.locator("#calculator-standstill")
    form.get_by_label("Day on which the notice is published").fill("18/12/2026")
    form.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Standstill")
    expect(page.get_by_role("region", name="Result")).to_contain_text("Friday 1 January 2027")


@pytest.mark.parametrize("width", [1280, 390])
def test_calculators_and_their_results_are_accessible(learner: tuple[Visitor, int], width: int) -> None:
    visitor, person_id = learner
    for path in (PART, *RESULTS):
        page = visitor.page_at(width, path, person_id=person_id)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)
        page.context.close()
