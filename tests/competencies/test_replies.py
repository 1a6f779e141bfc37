"""What people say to assessments of theirs, and who decides a dispute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from lms.competencies.evidence import enter_in_error
from lms.competencies.facts import facts_of
from lms.competencies.models import Basis, Evidence, Reply
from lms.competencies.replies import ReplyError, ReplyFault, decide, disputed, disputes_for, reply
from lms.core import clock
from lms.core.database import db
from lms.people import grants
from lms.people.grants import Reach
from lms.people.models import Duty, Grant, Person, Scope, Team
from tests.support import build
from tests.support.statements import statements


@dataclass
class Scene:
    """Rowan, whom Morgan assessed at level 3 of law, and assessors of several reaches over them."""

    team: Team
    rowan: Person
    morgan: Person
    third: Person
    evidence: Evidence

    def assessor(self, name: str, highest: int | None, team: Team | None = None) -> Person:
        """Somebody who may assess the people of a team up to a level."""
        somebody = build.person(name)
        reach = Reach(Scope.TEAM, team_id=(team or self.team).id, highest_level=highest)
        grants.give_grant(
            somebody.id, Duty.ASSESSOR, reach, from_day=build.START, by=None, reason="the work asks for it"
        )
        return somebody

    def dispute(self) -> int:
        """Let Rowan dispute it; gives the reply."""
        reply(self.evidence.id, "I led the evaluation and it is recorded.", disputes=True, by=self.rowan.id)
        return db.session.query(Reply).order_by(Reply.id.desc()).first().id  # type: ignore[union-attr]


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        team = build.team(build.organisation())
        rowan, morgan, third = (
            build.person(name) for name in ("Rowan Sample", "Morgan Example", "Asha Third")
        )
        build.appointed(rowan, team)
        for each in (morgan, third):
            build.grant(each, Duty.ASSESSOR, team)
        shown = build.evidence(rowan, "law", 3, basis=Basis.ASSESSMENT, by=morgan)
        yield Scene(team, rowan, morgan, third, shown)


def fault(of: pytest.ExceptionInfo[ReplyError]) -> ReplyFault:
    return of.value.fault


def test_a_dispute_reaches_an_assessor_who_is_neither_and_no_other(scene: Scene) -> None:
    low = scene.assessor("Lee Low", 2)
    elsewhere = scene.assessor(
        "Ellis Else", None, build.team(build.organisation("thornmere", region_id="north"))
    )
    manager = build.person("Max Manager")
    build.grant(manager, Duty.MANAGER, scene.team)
    number = scene.dispute()
    assert [each.id for each in disputes_for(scene.third.id)] == [number]
    for other in (scene.rowan, scene.morgan, low, elsewhere, manager):
        assert disputes_for(other.id) == []
        with pytest.raises(ReplyError) as refused:
            decide(number, stands=True, by=other.id, reason="seen")
        assert fault(refused) is ReplyFault.NOT_ALLOWED


def test_an_assessment_that_stands_goes_on_counting_with_the_reason_kept(scene: Scene) -> None:
    number = scene.dispute()
    decide(number, stands=True, by=scene.third.id, reason="the record of the evaluation says it")
    kept = db.session.get_one(Reply, number)
    assert (kept.stands, kept.decided_act_id is not None) == (True, True)
    assert facts_of([scene.rowan.id])[scene.rowan.id].pieces["law"] != []
    assert disputes_for(scene.third.id) == []


def test_one_that_was_not_right_is_entered_in_error_and_counts_no_more(scene: Scene) -> None:
    number = scene.dispute()
    decide(number, stands=False, by=scene.third.id, reason="it was another person’s work")
    assert db.session.get_one(Evidence, scene.evidence.id).void_act_id is not None
    assert facts_of([scene.rowan.id])[scene.rowan.id].pieces.get("law", []) == []


def test_a_dispute_is_decided_once(scene: Scene) -> None:
    number = scene.dispute()
    decide(number, stands=True, by=scene.third.id, reason="seen")
    with pytest.raises(ReplyError) as refused:
        decide(number, stands=False, by=scene.third.id, reason="seen again")
    assert fault(refused) is ReplyFault.DECIDED
    assert db.session.get_one(Evidence, scene.evidence.id).void_act_id is None


def test_a_grant_that_ended_while_the_page_was_open_decides_nothing(scene: Scene) -> None:
    number = scene.dispute()
    given = db.session.query(Grant).filter_by(person_id=scene.third.id, duty=Duty.ASSESSOR).one()
    grants.end_grant(given.id, clock.today() - timedelta(days=1), by=None, reason="moved on")
    with pytest.raises(ReplyError) as refused:
        decide(number, stands=False, by=scene.third.id, reason="seen")
    assert fault(refused) is ReplyFault.NOT_ALLOWED


def test_what_was_entered_in_error_meanwhile_waits_no_longer(scene: Scene) -> None:
    number = scene.dispute()
    enter_in_error(scene.evidence.id, by=scene.morgan.id, reason="wrong person")
    assert disputes_for(scene.third.id) == []
    with pytest.raises(ReplyError) as refused:
        decide(number, stands=True, by=scene.third.id, reason="seen")
    assert fault(refused) is ReplyFault.DECIDED


def test_a_reply_sent_twice_is_kept_once_and_an_assessment_is_disputed_once(scene: Scene) -> None:
    assert not disputed(scene.evidence.id)
    scene.dispute()
    scene.dispute()
    assert db.session.query(Reply).count() == 1
    assert disputed(scene.evidence.id)
    with pytest.raises(ReplyError) as refused:
        reply(scene.evidence.id, "In other words.", disputes=True, by=scene.rowan.id)
    assert fault(refused) is ReplyFault.DISPUTED
    reply(scene.evidence.id, "In other words.", disputes=False, by=scene.rowan.id)
    assert db.session.query(Reply).count() == 2


def test_nobody_replies_for_another_nor_to_what_is_no_assessment(scene: Scene) -> None:
    learned = build.evidence(scene.rowan, "law", 1, basis=Basis.LEARNING)
    for evidence_id, by in (
        (scene.evidence.id, scene.third.id),
        (learned.id, scene.rowan.id),
        (10**6, scene.rowan.id),
    ):
        with pytest.raises(ReplyError) as refused:
            reply(evidence_id, "It was so.", disputes=False, by=by)
        assert fault(refused) is ReplyFault.NOT_THEIRS


def test_what_waits_takes_the_same_number_of_statements_for_many(scene: Scene) -> None:
    def add(number: int) -> None:
        somebody = build.person(f"Person {number}")
        build.appointed(somebody, scene.team)
        shown = build.evidence(somebody, "law", 2, basis=Basis.ASSESSMENT, by=scene.morgan)
        reply(shown.id, "It was level 3.", disputes=True, by=somebody.id)

    add(1)
    third = scene.third.id
    with statements() as few:
        assert len(disputes_for(third)) == 1
    for number in range(2, 7):
        add(number)
    with statements() as many:
        assert len(disputes_for(third)) == 6
    assert len(few) == len(many) == 4
