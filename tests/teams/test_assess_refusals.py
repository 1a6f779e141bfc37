"""What nobody may assess, and what becomes of a form whose ground has gone while it was open."""

from dataclasses import replace
from datetime import date

import pytest

from lms.competencies.assessing import Judged
from lms.competencies.assessments import assess, latest_mark
from lms.competencies.models import Assessment, Evidence, Reply
from lms.competencies.replies import reply
from lms.content import catalogue
from lms.core.database import db
from lms.people.appointments import close_appointment
from lms.people.grants import end_grant
from lms.people.models import Appointment, Duty, Grant
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.managers import ASKED, TODAY, World, another_force
from tests.support.pages import Page, submit

WORDS = "ALD-2026-0147. Rowan tested a request for a direct award, found no ground and wrote the refusal."
REFERENCE = "ALD-2026-0147"
DAYS = (date(2026, 9, 1), date(2026, 10, 1))


def address(person_id: int, competency_id: str = "law") -> str:
    return f"/team/{person_id}/assess/{competency_id}"


def record(page: Page, level: int = 2) -> Page:
    fields = {"words": WORDS, "reference": REFERENCE, "seen_from": "2/3/2026", "seen_to": "30/10/2026"}
    return submit(page, {**fields, "level": str(level)}, action=page.path)


def end_duty(world: World, person_id: int, duty: Duty) -> None:
    with world.app.app_context():
        grant = db.session.query(Grant).filter_by(person_id=person_id, duty=duty).one()
        end_grant(grant.id, TODAY, by=None, reason="moved")


def leaves(world: World, person_id: int) -> None:
    """Let somebody hold no post any more from today."""
    with world.app.app_context():
        post = db.session.query(Appointment).filter_by(person_id=person_id).one()
        close_appointment(post, TODAY, by=None)


def assessor(world: World, name: str, *, elsewhere: bool = True) -> int:
    """Somebody who may assess everybody up to level 4, of another force unless told otherwise."""
    with world.app.app_context():
        somebody = build.person(name)
        build.appointed(somebody, build.team(another_force()) if elsewhere else world.team, "senior-buyer")
        build.grant(somebody, Duty.ASSESSOR)
        return somebody.id


def waiting(world: World, person_id: int, by: int) -> int:
    """Let an assessor see level 4 in a person, which waits; gives the assessment."""
    with world.app.app_context():
        judged = Judged("law", 4, "Led the review of the rules.", None, *DAYS, 12)
        framework, mark = catalogue.current().framework, latest_mark(person_id, "law")
        settled = assess(person_id, judged, framework, by=by, mark=mark)
        assert not settled.counts
        return settled.assessment_id


def kept(world: World) -> int:
    with world.app.app_context():
        return db.session.query(Assessment).count()


def written(page: Page) -> list[str]:
    """What an error page shows to be copied."""
    return [each.text_content().strip() for each in page.tree.cssselect("main textarea[readonly]")]


def test_what_was_written_is_shown_for_copying_when_the_grant_ended_meanwhile(world: World) -> None:
    page = world.open(address(world.joins("Rowan Sample")))
    end_duty(world, world.manager_id, Duty.MANAGER)
    after = record(page)
    assert after.status == 403
    assert "What you wrote is not recorded" in after.text
    assert sorted(written(after)) == [REFERENCE, WORDS]
    assert kept(world) == 0


def test_what_was_written_is_shown_for_copying_when_the_person_moved_meanwhile(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page, baseline = world.open(address(rowan)), world.open(f"/team/{rowan}/baseline")
    leaves(world, rowan)
    after = record(page)
    assert (after.status, sorted(written(after))) == (404, [REFERENCE, WORDS])
    fields = {"level-law": "1", "words-law": "Reads notices."}
    after = submit(baseline, fields, button="Record this baseline")
    assert (after.status, written(after)) == (404, ["Reads notices."])
    assert "Rowan" not in after.text
    assert kept(world) == 0


def test_an_error_page_of_a_plain_address_asks_nobody_to_copy_anything(world: World) -> None:
    assert written(world.open("/team/1000000", 404)) == []
    assert "is not recorded" not in world.open("/team/1000000", 404).text


def test_a_level_that_the_framework_dropped_meanwhile_is_refused_and_the_words_stay(world: World) -> None:
    page = world.open(address(world.joins("Rowan Sample")))
    whole = competency("law")
    fewer = replace(whole, levels={level: whole.levels[level] for level in (1, 2)})
    with world.app.app_context():
        others = tuple(competency(key) for key in ASKED["buyer"] if key != "law")
        roles = tuple(role(key, asks) for key, asks in ASKED.items())
        publish((fewer, *others), roles, (module("standstill"),))
    after = record(page, 3)
    assert after.status == 422
    assert "The framework does not have this level any more: choose another" in after.text
    assert WORDS in after.text
    assert record(after, 2).status == 200


def test_a_competency_that_the_framework_dropped_meanwhile_shows_the_words_for_copying(world: World) -> None:
    page = world.open(address(world.joins("Rowan Sample")))
    with world.app.app_context():
        others = tuple(competency(key) for key in ASKED["buyer"] if key != "law")
        left = {key: {each: n for each, n in asks.items() if each != "law"} for key, asks in ASKED.items()}
        publish(others, tuple(role(key, asks) for key, asks in left.items()), (module("standstill"),))
    after = record(page)
    assert (after.status, sorted(written(after))) == (404, [REFERENCE, WORDS])


def test_nobody_assesses_themselves_whatever_grant_they_hold(world: World) -> None:
    """By the own team’s tree, by a duty that was handed over, and by an assessor’s grant over the nation."""
    bryn = world.joins("Bryn Mockford")
    open_form = world.open(address(world.joins("Rowan Sample")))
    with world.app.app_context():
        build.grant(world.person(bryn), Duty.MANAGER, world.team)
        build.grant(world.person(bryn), Duty.ASSESSOR)
    for each in (world.manager_id, bryn):
        for path in (address(each), f"/team/{each}/baseline", f"/team/assessments?person={each}"):
            world.open(path, 404, by=each)
        open_form.tree.cssselect("form.entry")[0].set("action", address(each))
        assert submit(open_form, {"level": "2", "words": WORDS}, action=address(each)).status == 404
    assert kept(world) == 0


def test_nobody_assesses_somebody_outside_their_teams_or_in_what_there_is_not(world: World) -> None:
    with world.app.app_context():
        there = build.team(another_force()).id
    world.open(address(world.joins("Tess Elsewhere", team=there)), 404)
    world.open(address(world.joins("Rowan Sample"), "nothing"), 404)


@pytest.mark.parametrize("party", ["person", "assessor", "second"])
def test_no_party_decides_a_dispute_whatever_grant_they_hold(world: World, party: str) -> None:
    rowan, first = world.joins("Rowan Sample"), assessor(world, "Fay First", elsewhere=False)
    second = assessor(world, "Sam Second")
    third = assessor(world, "Tess Third", elsewhere=False)
    number = waiting(world, rowan, first)
    page = world.open(f"/team/assessments/{number}", by=second)
    submit(page, what="yes", reason="I read the review", button="Record this decision")
    with world.app.app_context():
        build.grant(world.person(rowan), Duty.ASSESSOR)
        shown = db.session.query(Evidence).filter_by(person_id=rowan).one()
        reply(shown.id, "I was not there.", disputes=True, by=rowan)
        dispute = db.session.query(Reply).one().id
    path = f"/team/assessments/disputes/{dispute}"
    form = world.open(path, by=third)
    world.open(path, 404, by={"person": rowan, "assessor": first, "second": second}[party])
    after = submit(form, what="yes", reason="Mine is right", button="Record this decision")
    assert (after.status, written(after)) == (404, ["Mine is right"])
    with world.app.app_context():
        assert db.session.query(Reply).one().decided_act_id is None


def test_a_decision_sent_twice_is_one_and_says_so(world: World) -> None:
    rowan, first = world.joins("Rowan Sample"), assessor(world, "Fay First", elsewhere=False)
    number = waiting(world, rowan, first)
    page = world.open(f"/team/assessments/{number}", by=assessor(world, "Sam Second"))
    for words in ("Your decision about the level is recorded.", "Your decision was recorded already"):
        assert words in submit(page, what="yes", reason="I read it", button="Record this decision").text
    with world.app.app_context():
        assert db.session.query(Evidence).filter_by(person_id=rowan).count() == 1


def test_an_assessment_taken_back_twice_is_taken_back_once_and_says_so(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    record(world.open(address(rowan)))
    with world.app.app_context():
        number = db.session.query(Assessment).one().evidence_id
    page = world.open(f"/team/{rowan}/assessments/{number}/back")
    for words in ("is taken back.", "You had taken it back already"):
        assert words in submit(page, what="never", reason="Another’s work").text


def test_whoever_holds_no_post_confirms_no_level_and_reads_why(world: World) -> None:
    rowan, first = world.joins("Rowan Sample"), assessor(world, "Fay First", elsewhere=False)
    second = assessor(world, "Sam Second")
    number = waiting(world, rowan, first)
    path = f"/team/assessments/{number}"
    page = world.open(path, by=second)
    leaves(world, second)
    after = submit(page, what="yes", reason="I read the review", button="Record this decision")
    assert after.status == 422
    assert "ask your administrator to record your post" in after.text
    assert after.select("main textarea") == ["I read the review"]
    for each in (path, "/team/assessments"):
        assert "You hold no post today" in world.open(each, by=second).text
    assert world.open(path, by=second).tree.cssselect("main form") == []
    with world.app.app_context():
        assert db.session.query(Evidence).filter_by(person_id=rowan).count() == 0


def test_level_four_by_somebody_without_a_post_waits_and_the_page_says_why(world: World) -> None:
    rowan, away = world.joins("Rowan Sample"), assessor(world, "Asa Farwell")
    leaves(world, away)
    page = world.open(address(rowan), by=away)
    assert "You hold no post today, so it cannot be said that you are of another one" in page.text
    assert "waits for an assessor of another organisation" in record(page, 4).text


def test_a_level_that_waited_and_was_not_confirmed_stands_in_the_record(world: World) -> None:
    rowan, first = world.joins("Rowan Sample"), assessor(world, "Fay First", elsewhere=False)
    number = waiting(world, rowan, first)
    page = world.open("/record", by=rowan)
    assert "Law, level 4 Expert. Assessment. Waits" in page.text
    assert "once an assessor of another organisation confirms it" in page.text
    assert "Led the review of the rules." in world.open(address(rowan)).text
    page = world.open(f"/team/assessments/{number}", by=assessor(world, "Sam Second"))
    submit(page, what="no", reason="It shows level 3", button="Record this decision")
    page = world.open("/record", by=rowan)
    assert "Law, level 4 Expert. Assessment. Not confirmed" in page.text
    assert "for Law, level 4, was not confirmed. Reason: It shows level 3" in page.text
    held = world.client.get("/record.json").get_json()["assessments"]
    assert [(each["evidence"], each["settled_reason"]) for each in held] == [(None, "It shows level 3")]


def test_whoever_judged_a_level_that_waits_may_withdraw_it_and_it_stands_in_the_record(world: World) -> None:
    rowan, first = world.joins("Rowan Sample"), assessor(world, "Fay First", elsewhere=False)
    number, second = waiting(world, rowan, first), assessor(world, "Sam Second")
    path = f"/team/{rowan}/assessments/waiting/{number}/back"
    assert path in world.open(address(rowan), by=first).links().values()
    assert path not in world.open(address(rowan), by=second).links().values()
    world.open(path, 404, by=second)
    page = world.open(path, by=first)
    refused = submit(page, reason="", button="Withdraw this level")
    assert (refused.status, refused.title.startswith("Error:")) == (422, True)
    for words in ("is withdrawn before it counted.", "You had taken it back already"):
        assert words in submit(page, reason="It belongs to another", button="Withdraw this level").text
    world.open(f"/team/assessments/{number}", 404, by=second)
    text = world.open("/record", by=rowan).text
    assert "Law, level 4 Expert. Assessment. Not confirmed" in text
    assert "was not confirmed. Reason: It belongs to another" in text
    with world.app.app_context():
        assert db.session.query(Evidence).filter_by(person_id=rowan).count() == 0


def test_a_level_that_was_confirmed_cannot_be_withdrawn_as_one_that_waits(world: World) -> None:
    rowan, first = world.joins("Rowan Sample"), assessor(world, "Fay First", elsewhere=False)
    number, second = waiting(world, rowan, first), assessor(world, "Sam Second")
    path = f"/team/{rowan}/assessments/waiting/{number}/back"
    page = world.open(path, by=first)
    confirming = world.open(f"/team/assessments/{number}", by=second)
    submit(confirming, what="yes", reason="I read the review", button="Record this decision")
    world.open(path, 404, by=first)
    assert submit(page, reason="It belongs to another", button="Withdraw this level").status == 404
    with world.app.app_context():
        assert db.session.query(Evidence).filter_by(person_id=rowan, void_act_id=None).count() == 1


def test_a_level_that_was_confirmed_is_one_entry(world: World) -> None:
    rowan, first = world.joins("Rowan Sample"), assessor(world, "Fay First", elsewhere=False)
    number = waiting(world, rowan, first)
    page = world.open(f"/team/assessments/{number}", by=assessor(world, "Sam Second"))
    submit(page, what="yes", reason="I read the review", button="Record this decision")
    text = world.open("/record", by=rowan).text
    assert text.count("Led the review of the rules.") == 1
    assert "Confirmed by Sam Second." in text
