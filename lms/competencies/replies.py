"""What people say to assessments of theirs: a comment, or a dispute that a third person decides."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from lms.competencies.evidence import enter_in_error
from lms.competencies.models import Assessment, Basis, Evidence, Reply
from lms.core import clock
from lms.core.database import db
from lms.people import identity
from lms.people.access import highest_level
from lms.people.acts import act
from lms.people.models import Act, Duty, Person
from lms.people.subjects import person_subjects


class ReplyFault(StrEnum):
    """Why a reply, or a decision of one, is not kept."""

    NOT_THEIRS = "not-theirs"
    """It is not an assessment of the one who replies, or it was entered in error."""
    DISPUTED = "disputed"
    """It was disputed before; one assessment is disputed once."""
    NOT_ALLOWED = "not-allowed"
    """Who decides is an assessor of that level over the person, and neither of the two."""
    DECIDED = "decided"
    """It is decided already, or what it is about was entered in error meanwhile."""


class ReplyError(ValueError):
    """A reply or a decision is not kept; `fault` says why."""

    def __init__(self, fault: ReplyFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute that nobody has decided, with the assessment that it is about; `at` is in UTC."""

    id: int
    words: str
    at: datetime
    person_id: int
    person: str
    competency: str
    level: int
    evidence_id: int
    evidence_words: str
    assessors: frozenset[int]
    """Whoever recorded the level, and whoever judged it first."""
    assessor: str
    seen_from: date | None
    seen_to: date | None
    reference: str | None


def reply(evidence_id: int, words: str, *, disputes: bool, by: int) -> None:
    """Keep what a person says to an assessment of theirs; sent twice on one day it is kept once.

    Raises ReplyError.
    """
    with act("assessment-reply", by, people=[by]) as current:
        evidence = db.session.get(Evidence, evidence_id)
        if evidence is None or not may_reply(evidence, by):
            raise ReplyError(ReplyFault.NOT_THEIRS)
        earlier = db.session.execute(
            select(Reply.words, Reply.disputes, Act.at)
            .join(Act, Act.id == Reply.act_id)
            .where(Reply.evidence_id == evidence_id)
        ).all()
        said = words.strip()
        today = clock.end_of_london_day(clock.today() - timedelta(days=1))
        if any(each.words == said and each.disputes == disputes and each.at >= today for each in earlier):
            return
        if disputes and any(each.disputes for each in earlier):
            raise ReplyError(ReplyFault.DISPUTED)
        db.session.add(Reply(evidence_id=evidence_id, words=said, disputes=disputes, act_id=current.id))


def may_reply(evidence: Evidence, by: int) -> bool:
    """Whether this is an assessment of the one who asks, and not entered in error."""
    assessed = evidence.basis == Basis.ASSESSMENT and evidence.void_act_id is None
    return assessed and evidence.person_id == by


def disputed(evidence_id: int) -> bool:
    """Whether an assessment was disputed; one statement."""
    query = select(Reply.id).where(Reply.evidence_id == evidence_id, Reply.disputes)
    return db.session.scalar(query.limit(1)) is not None


def decide(reply_id: int, *, stands: bool, by: int, reason: str) -> None:
    """Decide a dispute: the assessment stands, or it is entered in error, with the reason.

    Raises ReplyError.
    """
    person_id = db.session.scalars(
        select(Evidence.person_id).join(Reply, Reply.evidence_id == Evidence.id).where(Reply.id == reply_id)
    ).one()
    with act("dispute-decided", by, reason=reason, people=[person_id]) as current:
        dispute = dispute_of(reply_id)
        if dispute is None:
            raise ReplyError(ReplyFault.DECIDED)
        if (
            by in {dispute.person_id, *dispute.assessors}
            or reach_over(by, [dispute.person_id])[dispute.person_id] < dispute.level
        ):
            raise ReplyError(ReplyFault.NOT_ALLOWED)
        kept = db.session.get_one(Reply, reply_id)
        kept.decided_act_id, kept.stands = current.id, stands
        if not stands:
            enter_in_error(dispute.evidence_id, by=by, reason=reason)


def dispute_of(reply_id: int) -> Dispute | None:
    """One dispute that nobody has decided."""
    rows = db.session.execute(_open().where(Reply.id == reply_id)).all()
    return _dispute(rows[0]) if rows else None


def decider_of(reply_id: int) -> int | None:
    """Who decided a dispute; None while nobody has."""
    query = select(Act.by_id).join(Reply, Reply.decided_act_id == Act.id).where(Reply.id == reply_id)
    return db.session.scalar(query)


def disputes_for(assessor_id: int) -> list[Dispute]:
    """The disputes that somebody may decide today, the oldest first; four statements."""
    rows = db.session.execute(_open().order_by(Reply.id)).all()
    found = [each for each in map(_dispute, rows) if assessor_id not in {each.person_id, *each.assessors}]
    reach = reach_over(assessor_id, {each.person_id for each in found})
    return [each for each in found if reach.get(each.person_id, 0) >= each.level]


def reach_over(assessor_id: int, people: Collection[int]) -> dict[int, int]:
    """Up to which level somebody may assess each of these people today as an assessor; three statements."""
    who = identity.load(assessor_id, clock.today())
    if who is None:
        return dict.fromkeys(people, 0)
    only = replace(who, grants=who.held(Duty.ASSESSOR))
    return {key: highest_level(only, subject) for key, subject in person_subjects(people).items()}


def _open() -> Select[*tuple[Any, ...]]:
    written, said, person, writer = aliased(Act), aliased(Act), aliased(Person), aliased(Person)
    return (
        select(
            Reply.id,
            Reply.words,
            said.at,
            Evidence.person_id,
            person.name.label("person"),
            Evidence.competency_id,
            Evidence.level,
            Evidence.id.label("evidence_id"),
            Evidence.words.label("evidence_words"),
            written.by_id,
            Assessment.by_id.label("first_id"),
            writer.name.label("assessor"),
            Assessment.seen_from,
            Assessment.seen_to,
            Assessment.reference,
        )
        .join(Evidence, Evidence.id == Reply.evidence_id)
        .join(said, said.id == Reply.act_id)
        .join(person, person.id == Evidence.person_id)
        .join(written, written.id == Evidence.act_id)
        .outerjoin(Assessment, Assessment.evidence_id == Evidence.id)
        .outerjoin(writer, writer.id == written.by_id)
        .where(Reply.disputes, Reply.decided_act_id.is_(None), Evidence.void_act_id.is_(None))
    )


def _dispute(row: Any) -> Dispute:  # noqa: ANN401 a row of _open
    return Dispute(
        row.id,
        row.words,
        row.at,
        row.person_id,
        row.person,
        row.competency_id,
        row.level,
        row.evidence_id,
        row.evidence_words,
        frozenset({row.by_id, row.first_id} - {None}),
        row.assessor or "",
        row.seen_from,
        row.seen_to,
        row.reference,
    )
