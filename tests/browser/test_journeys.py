"""The one thing that each kind of user must be able to do, from the first page to the last."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SetOut, Walk
from tests.support.cast import NAMES, PASSWORD, Cast

MODULE = "Assessing a supplier"
PARTS = ("The test that passed the wrong firm", "Begin with what would stop")
SHOWN = "Supplier risk and resilience"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False])


@SCRIPTS
def test_a_learner_reads_leaves_comes_back_and_passes(set_out: SetOut, cast: Cast, *, scripts: bool) -> None:
    walk = set_out("learner", scripts=scripts)
    walk.see("Your next step, Rowan")
    walk.go(f"Start “{MODULE}”")
    part = walk.page.locator(".reader__part")
    expect(part).to_have_text(PARTS[0])
    walk.go(f"Next: {PARTS[1]}")
    expect(part).to_have_text(PARTS[1])
    walk.see(MODULE)
    walk.turn_to("Home")
    walk.go(f"Continue at “{PARTS[1]}”")
    expect(part).to_have_text(PARTS[1])
    walk.page.get_by_role("link", name="Check what you learned").first.click()
    walk.press("Begin the check")
    take_the_check(walk, cast)
    walk.see("You passed")
    expect(walk.page.locator(".result__score")).to_contain_text("6 of 7 right")
    walk.go("Go to my record")
    walk.see("My record")
    expect(walk.page.get_by_role("row", name=re.compile(f"^{SHOWN} level 2.*{MODULE}"))).to_be_visible()


def take_the_check(walk: Walk, cast: Cast) -> None:
    """Answer the first question wrongly and all others rightly."""
    expect(walk.page.locator("h1")).to_have_text("Question 1 of 7")
    for number, question in enumerate(walk.questions(cast.ids["learner"]), 1):
        walk.answer(question, right=number != 1)
        case = question.kind == "scenario"
        expected = "not right" if number == 1 else "right"
        expect(walk.page.locator("#over" if case else "#verdict")).to_have_text(
            f"The case is over: {expected}" if case else expected.capitalize()
        )
        if number == 1:
            walk.see("Question 1 of 7")
        walk.go("Next question" if number < 7 else "See your result")


@SCRIPTS
def test_a_manager_sees_what_somebody_has_passed(set_out: SetOut, *, scripts: bool) -> None:
    walk = set_out("manager", "/team", scripts=scripts)
    walk.see("Who can do what")
    walk.go(NAMES["learner"])
    walk.see(NAMES["learner"])
    main = walk.page.locator("main")
    expect(main).to_contain_text("Latest pass: What the Act asks of a force, edition 2")
    walk.page.get_by_label("As of").fill("1/2/2024")
    walk.press("Show this date")
    expect(main).to_contain_text("As of 1 February 2024, by what was known then.")
    expect(main).not_to_contain_text("Latest pass")


@SCRIPTS
def test_a_region_lead_goes_from_the_region_to_an_organisation(set_out: SetOut, *, scripts: bool) -> None:
    walk = set_out("region-lead", "/reports/gaps", scripts=scripts)
    walk.see("Skills gaps by organisation")
    walk.go("All regions")
    walk.see("Skills gaps by region")
    main = walk.page.locator("main")
    walk.page.locator(".heat-table thead").get_by_role("link", name="Negotiation").click()
    expect(main).to_contain_text("whose role asks for Negotiation")
    walk.page.locator(".heat-table tbody").get_by_role("link", name="East Midlands").click()
    walk.see("Skills gaps by organisation")
    walk.page.locator(".heat-table tbody").get_by_role("link", name="Aldermoor Police").click()
    walk.see("Skills gaps by role")
    walk.page.get_by_label("As of").fill("30/06/2025")
    walk.press("Show")
    expect(main).to_contain_text("Aldermoor Police, 30 June 2025")
    assert "as_of=30%2F06%2F2025" in walk.page.url
    with walk.page.expect_download() as downloading:
        walk.go("All groups and competencies (CSV)")
    assert downloading.value.suggested_filename == "skills-gaps-by-role-2025-06-30.csv"
    lines = downloading.value.path().read_text().splitlines()
    assert lines[0].startswith("group,competency,appointments,below,unrecorded")
    assert len(lines) > 10


@SCRIPTS
def test_an_author_finds_what_needs_them(set_out: SetOut, *, scripts: bool) -> None:
    walk = set_out("author", "/authoring", scripts=scripts)
    walk.see("Authors’ desk")
    walk.page.get_by_label("Module or file").fill("supplier")
    walk.press("Show")
    expect(walk.page.locator("tbody tr")).to_have_count(1)
    assert "q=supplier" in walk.page.url


@SCRIPTS
def test_an_administrator_gives_a_grant_and_ends_it(set_out: SetOut, *, scripts: bool) -> None:
    walk = set_out("administrator", "/administration", scripts=scripts)
    walk.see("Administration")
    walk.page.get_by_label("Name or email address").fill(NAMES["peer"])
    walk.press("Search")
    walk.go(NAMES["peer"])
    walk.see(NAMES["peer"])
    walk.page.locator("main a", has_text="Give a grant").click()
    walk.go("Lead of an organisation")
    walk.page.get_by_label("Over what").select_option(label="Aldermoor Police")
    walk.press("Give this grant")
    expect(walk.page.locator(".govuk-error-summary")).to_contain_text("Enter a reason")
    walk.inspect()
    walk.page.get_by_label("Reason").fill("Stands in until January")
    walk.press("Give this grant")
    walk.page.get_by_text("The grant is given: Lead of an organisation.").wait_for()
    walk.page.get_by_role("row", name="Lead of an organisation").get_by_role("link", name="End it").click()
    walk.page.get_by_label("Reason").fill("January has come")
    walk.press("End this grant")
    walk.page.get_by_text("The grant has ended: Lead of an organisation.").wait_for()


@SCRIPTS
def test_the_door_refuses_a_wrong_password_and_leads_back(set_out: SetOut, *, scripts: bool) -> None:
    walk = set_out(None, "/record?as_of=1/2/2025", scripts=scripts)
    walk.see("Sign in")
    walk.page.get_by_label("Email address").fill("rowan.sample@aldermoor.example")
    walk.page.get_by_label("Password").fill("open the door")
    walk.press("Sign in")
    expect(walk.page.locator(".govuk-error-summary")).to_contain_text("is not right")
    expect(walk.page).to_have_title("Error: Sign in, Commercial Learning")
    walk.inspect()
    walk.page.get_by_label("Password").fill(PASSWORD)
    walk.press("Sign in")
    walk.see("My record")
    expect(walk.page.locator("main")).to_contain_text("As of 1 February 2025")
