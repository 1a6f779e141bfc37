"""Saying where something was used, in a browser: on every width, with scripts and without."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.learning.conftest import School
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling
from tests.support.samples import take

PASSED = date(2026, 11, 2)
"""A day before the present one: the server of a browser test has no other clock."""


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_is_asked_said_and_listed_on_every_width(visitor: Visitor, school: School, width: int) -> None:
    with school.on(PASSED):
        attempt = take(school.buyer_id, "notices")
    result = f"/courses/first-steps/notices/check/result/{attempt}"
    page = visitor.page_at(width, result, person_id=school.buyer_id)
    page.get_by_role("button", name="Perhaps").click()
    expect(page.locator(".reaction")).to_contain_text("You answered “Perhaps”.")
    demand_accessible(page)
    page.get_by_role("link", name="Say where you used it").click()
    page.get_by_role("button", name="Send it to my manager").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    demand_accessible(page)
    demand_no_sideways_scrolling(page)
    page.locator("#words").fill("Contract C-118: planned the notices before the talks.")
    page.locator("#reference").fill("BR-2026-0147")
    page.locator("#used_on").fill("2/11/2026")
    page.get_by_role("button", name="Send it to my manager").click()
    expect(page.locator(".used")).to_contain_text("Waits for the manager")
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


def test_it_is_said_without_scripts(visitor: Visitor, school: School) -> None:
    with school.on(PASSED):
        take(school.buyer_id, "notices")
    address = "/record/applied/new?module=notices"
    page = visitor.page_at(390, address, person_id=school.buyer_id, scripts=False)
    page.locator("#words").fill("Contract C-118: it saved £12,000.")
    page.locator("#reference").fill("BR-2026-0147")
    page.locator("#used_on").fill("2/11/2026")
    page.get_by_role("button", name="Send it to my manager").click()
    expect(page.locator(".govuk-error-message")).to_contain_text("Take out “£12,000”")
    page.locator("#words").fill("Contract C-118: planned the notices before the talks.")
    page.get_by_role("button", name="Send it to my manager").click()
    expect(page.locator(".used")).to_contain_text("Waits for the manager")
