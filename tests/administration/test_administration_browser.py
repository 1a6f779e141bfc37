"""The pages of administrators in a real browser: wide and narrow, with and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest

from lms.people.models import Duty
from tests.administration.conftest import Offices
from tests.support.browser import demand_accessible, demand_no_sideways_scrolling

OpenPage = Callable[..., Any]
REASON = "Leads the buying team"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_is_accessible_and_fits_its_window(
    offices: Offices, page_at: OpenPage, width: int
) -> None:
    for duty, over in ((Duty.MANAGER, "Buying of aldermoor"), (Duty.ORGANISATION_LEAD, "aldermoor")):
        offices.give("Rowan Sample", duty, over)
    kit, person = offices.ids["Kit Draftwood"], f"/administration{offices.about('Rowan Sample')}"
    with offices.app.app_context():
        grant = offices.grants("Rowan Sample")[0].id
    page = page_at(width, person_id=kit)
    for path in (
        "/administration",
        "/administration?q=nobody",
        person,
        f"{person}/grants",
        f"{person}/grants/assessor",
        f"{person}/grants/{grant}/end",
        "/administration/organisations/aldermoor",
    ):
        page.goto(path)
        demand_accessible(page)
        demand_no_sideways_scrolling(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_form_with_mistakes_is_accessible(offices: Offices, page_at: OpenPage, width: int) -> None:
    path = f"/administration{offices.about('Rowan Sample', '/grants/assessor')}"
    page = page_at(width, path, person_id=offices.ids["Ada Adminton"])
    page.get_by_label("From").fill("31/02/2027")
    page.get_by_role("button", name="Give this grant").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    assert page.get_by_label("From").input_value() == "31/02/2027"
    demand_accessible(page)
    demand_no_sideways_scrolling(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_search_can_be_kept_as_an_address(offices: Offices, page_at: OpenPage, *, scripts: bool) -> None:
    page = page_at(1280, "/administration", person_id=offices.ids["Kit Draftwood"], scripts=scripts)
    page.get_by_label("Name or email address").fill("rowan")
    page.locator("#main").get_by_role("button", name="Search").click()
    page.get_by_text("1 person fits the search.").wait_for()
    assert page.url.endswith("/administration?q=rowan")
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("link", name="Bryn Mockford").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_grant_is_given_and_ended(offices: Offices, page_at: OpenPage, *, scripts: bool) -> None:
    path = f"/administration{offices.about('Rowan Sample')}"
    page = page_at(390, path, person_id=offices.ids["Ada Adminton"], scripts=scripts)
    page.locator("a", has_text="Give a grant").click()
    page.get_by_role("link", name="Manager").click()
    page.get_by_label("Over what").select_option(label="Commercial of aldermoor")
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Give this grant").click()
    page.get_by_text("The grant is given: Manager.").wait_for()
    page.get_by_role("link", name="End it").last.click()
    page.get_by_label("Reason").fill("Morgan is back")
    page.get_by_role("button", name="End this grant").click()
    page.get_by_text("The grant has ended: Manager.").wait_for()
