"""What waits for an assessor: disputes, levels that a second one confirms, and finding somebody to assess."""

from datetime import date

import pytest

from lms.competencies.assessing import Judged
from lms.competencies.assessments import assess, latest_mark
from lms.competencies.facts import facts_of
from lms.competencies.models import Assessment, Basis
from lms.competencies.replies import reply
from lms.content import catalogue
from lms.core.database import db
from lms.people.models import Duty
from tests.support import build
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import submit
from tests.support.statements import statements

WAITS = "/team/assessments"
SEND = "Record this decision"


def assessor(world: World, name: str, *, elsewhere: bool = True) -> int:
    """Somebody who may assess the force’s people up to level 4, of another force unless told otherwise."""
    with world.app.app_context():
        somebody = build.person(name)
        home = build.team(another_force()) if elsewhere else world.team
        build.appointed(somebody, home, "senior-buyer")
        build.grant(somebody, Duty.ASSESSOR, world.team)
        return somebody.id


def disputed(world: World, person_id: int) -> int:
    """Let the manager assess a person, who disputes it; gives the evidence."""
    with world.app.app_context():
        shown = build.evidence(
            world.person(person_id), "law", 2, TODAY, basis=Basis.ASSESSMENT, by=world.manager
        )
        reply(shown.id, "I did more than that.", disputes=True, by=person_id)
        return shown.id


def waiting(world: World, person_id: int, by: int) -> int:
    """Let an assessor of the force see level 4 in a person; gives the assessment."""
    judged = Judged("law", 4, "Led the review of the rules.", None, date(2026, 9, 1), date(2026, 10, 1), 12)
    with world.app.app_context():
        mark = latest_mark(person_id, "law")
        settled = assess(person_id, judged, catalogue.current().framework, by=by, mark=mark)
        assert settled.evidence_id is None
        return settled.assessment_id


def test_the_navigation_names_one_place_for_each_page(world: World) -> None:
    for address, entry in ((WAITS, "Assessments"), ("/team", "Team"), ("/team/assignments", "Team")):
        assert world.open(address).select(".navigation__list a[aria-current]") == [entry]


def test_a_dispute_waits_for_a_third_person_and_its_decision_is_recorded(world: World) -> None:
    rowan, third = world.joins("Rowan Sample"), assessor(world, "Asha Third")
    disputed(world, rowan)
    assert "No dispute waits for you." in world.open(WAITS).text
    page = world.open(WAITS, by=third)
    page = page.follow("Rowan Sample disputes level 2 of Law")
    assert "I did more than that." in page.text
    after = submit(page, what="no", reason="the contract was of another person", button=SEND)
    assert "Your decision of the dispute is recorded" in after.text
    assert "No dispute waits for you." in after.text
    record = world.open("/record", by=rowan).text
    assert "Asha Third decided on" in record
    assert "Reason: the contract was of another person" in record


def test_a_dispute_is_hidden_from_whoever_assessed_and_from_the_person(world: World) -> None:
    rowan, third = world.joins("Rowan Sample"), assessor(world, "Asha Third")
    disputed(world, rowan)
    address = world.open(WAITS, by=third).links()["Rowan Sample disputes level 2 of Law"]
    world.open(address, 404)
    world.open(address, 403, by=rowan)


def test_a_level_4_counts_once_an_assessor_of_another_organisation_confirms_it(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    first, second = assessor(world, "Fay First", elsewhere=False), assessor(world, "Sam Second")
    third = assessor_of_the_force(world)
    waiting(world, rowan, first)
    for other in (first, third):
        assert "No level waits for you." in world.open(WAITS, by=other).text
    page = world.open(WAITS, by=second).follow("Rowan Sample, level 4 of Law")
    after = submit(page, what="yes", reason="I read the review", button=SEND)
    assert "Your decision about the level is recorded." in after.text
    with world.app.app_context():
        shown = [(each.level, each.until) for each in facts_of([rowan])[rowan].pieces["law"]]
        assert shown == [(4, date(2027, 11, 30))], "it counts for the months that the first assessor chose"
    record = world.open("/record", by=rowan).text
    assert "Confirmed by Sam Second." in record
    assert "Assessed by Fay First" in record


def assessor_of_the_force(world: World) -> int:
    return assessor(world, "Tess Third", elsewhere=False)


def test_one_that_is_not_confirmed_never_counts(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    number = waiting(world, rowan, assessor(world, "Fay First", elsewhere=False))
    page = world.open(f"{WAITS}/{number}", by=assessor(world, "Sam Second"))
    submit(page, what="no", reason="it shows level 3", button=SEND)
    with world.app.app_context():
        kept = db.session.get_one(Assessment, number)
        assert (kept.evidence_id, kept.settled_act_id is not None) == (None, True)
        assert "law" not in facts_of([rowan])[rowan].pieces


@pytest.mark.parametrize("fields", [{"what": "yes"}, {"reason": "Half of it"}])
def test_a_decision_needs_a_choice_and_a_reason(world: World, fields: dict[str, str]) -> None:
    rowan, third = world.joins("Rowan Sample"), assessor(world, "Asha Third")
    disputed(world, rowan)
    page = world.open(WAITS, by=third).follow("Rowan Sample disputes level 2 of Law")
    page = submit(page, fields, button=SEND)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert page.select("main textarea") == [fields.get("reason", "")]


def test_an_assessor_finds_only_people_whom_their_grant_covers(world: World) -> None:
    rowan, third = world.joins("Rowan Sample"), assessor(world, "Asha Third")
    with world.app.app_context():
        far = build.person("Rowan Distant")
        build.appointed(far, build.team(another_force("fellmoor")), "buyer")
        distant = far.id
    page = world.open(f"{WAITS}?q=rowan", by=third)
    assert "Rowan Sample" in page.links()
    assert "Rowan Distant" not in page.text
    assert f"/team/{rowan}/assess/law" in page.follow("Rowan Sample").links().values()
    world.open(f"{WAITS}?person={distant}", 404, by=third)
    assert "Nobody whom you may assess" in world.open(f"{WAITS}?q=nobody", by=third).text


def test_the_page_takes_the_same_statements_however_much_waits(world: World) -> None:
    third = assessor(world, "Asha Third")
    disputed(world, world.joins("Person 0"))
    world.open(WAITS, by=third)
    with statements() as few:
        world.open(WAITS, by=third, fragment=False)
    for number in range(1, 6):
        disputed(world, world.joins(f"Person {number}"))
    with statements() as many:
        assert len(world.open(WAITS, by=third, fragment=False).select("main ul li")) == 6
    assert len(few) == len(many)
