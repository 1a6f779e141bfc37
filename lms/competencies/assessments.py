"""Assessments: recorded by a manager or an assessor, confirmed by a second one where level 4 asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, or_, select

from lms.competencies.assessing import (
    NEEDS_A_SECOND,
    Fault,
    Judged,
    Situation,
    assessed_level,
    counting,
    elsewhere,
    fault_of,
)
from lms.competencies.evidence import enter_in_error, record_evidence, withdraw
from lms.competencies.facts import facts_of
from lms.competencies.models import Assessment, AssessmentKind, Basis, Ending, Evidence
from lms.competencies.standing import PersonFacts, Piece
from lms.content.framework import Framework
from lms.core import clock
from lms.core.database import db
from lms.core.dates import add_months
from lms.people import identity
from lms.people.access import highest_level
from lms.people.acts import act
from lms.people.models import Act
from lms.people.subjects import person_subject, person_subjects


class AssessmentError(ValueError):
    """What was judged is not recorded; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a judgement: `counts` is False while level 4 waits for a second assessor.

    `before` says that it was recorded already, from this page or another tab.
    """

    assessment_id: int
    evidence_id: int | None
    until: date
    before: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is evidence already."""
        return self.evidence_id is not None


def latest_mark(person_id: int, competency: str) -> int:
    """A number that grows with whatever is written of a person in a competency; a form carries it."""
    query = select(func.coalesce(func.max(Evidence.id), 0)).where(
        Evidence.person_id == person_id, Evidence.competency_id == competency
    )
    waiting = select(func.coalesce(func.max(Assessment.id), 0)).where(
        Assessment.person_id == person_id, Assessment.competency_id == competency
    )
    return db.session.scalar(select(query.scalar_subquery() + waiting.scalar_subquery())) or 0


def assess(person_id: int, judged: Judged, framework: Framework, *, by: int, mark: int) -> Settled:
    """Record what somebody judged today, in one act; level 4 waits where no other organisation has seen it.

    `mark` is that of the page on which it was written. The same judgement sent twice is recorded
    once, and the first is given back. Raises AssessmentError.
    """
    with act("assessment", by, people=[person_id]) as current:
        found = highest_for(by, person_id)
        if found and (again := _same(person_id, judged, by)):
            return again
        facts = facts_of([person_id])[person_id]
        fault = fault_of(judged, situation_of(person_id, judged.competency, facts, framework, highest=found))
        if fault is None and latest_mark(person_id, judged.competency) != mark:
            fault = Fault.MEANWHILE
        if fault:
            raise AssessmentError(fault)
        kept = Assessment(
            person_id=person_id,
            competency_id=judged.competency,
            level=judged.level,
            kind=AssessmentKind.ASSESSMENT,
            words=judged.words.strip(),
            reference=judged.reference,
            seen_from=judged.seen_from,
            seen_to=judged.seen_to,
            months=judged.months,
            by_id=by,
            act_id=current.id,
        )
        until = add_months(clock.today(), judged.months)
        if judged.level < NEEDS_A_SECOND or from_elsewhere(by, person_id):
            kept.evidence_id = _write(kept, until, by)
        db.session.add(kept)
        db.session.flush()
        return Settled(kept.id, kept.evidence_id, until)


def confirm(assessment_id: int, *, by: int) -> None:
    """Let a level that waited count from today, as a second assessor, of another organisation, sees it.

    Raises AssessmentError when this is not theirs to confirm, was settled meanwhile, or they hold no post.
    """
    with act("assessment-confirmed", by, people=[_person_of(assessment_id)]) as current:
        kept = _waiting(assessment_id, by)
        kept.evidence_id = _write(kept, add_months(clock.today(), kept.months), by)
        kept.settled_act_id = current.id


def refuse(assessment_id: int, *, by: int, reason: str) -> None:
    """Do not confirm a level that waited; the reason is kept and shown.

    Raises AssessmentError as `confirm` does.
    """
    with act("assessment-refused", by, reason=reason, people=[_person_of(assessment_id)]) as current:
        _waiting(assessment_id, by).settled_act_id = current.id


def withdraw_waiting(assessment_id: int, *, by: int, reason: str) -> None:
    """Withdraw a level that waits, as the one who judged it; it never counts, and the reason is shown.

    Raises AssessmentError when it is not theirs, or was settled meanwhile.
    """
    with act("assessment-withdrawn", by, reason=reason, people=[_person_of(assessment_id)]) as current:
        kept = _locked(assessment_id)
        if kept.by_id != by or not highest_for(by, kept.person_id):
            raise AssessmentError(Fault.NOT_ALLOWED)
        _demand_waiting(kept).settled_act_id = current.id


def waiting_by(assessor_id: int, person_id: int) -> frozenset[int]:
    """The levels that somebody judged of a person and that wait for a second assessor; one statement."""
    query = select(Assessment.id).where(Assessment.by_id == assessor_id, Assessment.person_id == person_id)
    open_ones = Assessment.evidence_id.is_(None), Assessment.settled_act_id.is_(None)
    return frozenset(db.session.scalars(query.where(*open_ones)))


def settler_of(assessment_id: int) -> int | None:
    """Who confirmed a level that waited, or did not; None while it waits."""
    query = select(Act.by_id).join(Assessment, Assessment.settled_act_id == Act.id)
    return db.session.scalar(query.where(Assessment.id == assessment_id))


def take_back(evidence_id: int, *, by: int, reason: str, never_true: bool) -> None:
    """Withdraw one's own assessment from today, or mark it as entered in error.

    Raises AssessmentError when it is not theirs, or counts no longer.
    """
    with act("assessment-back", by, reason=reason, people=[_evidence(evidence_id).person_id]):
        if not may_take_back(evidence_id, by):
            raise AssessmentError(Fault.NOT_ALLOWED)
        if never_true:
            enter_in_error(evidence_id, by=by, reason=reason)
        else:
            withdraw(evidence_id, clock.today(), by=by, reason=reason)


def may_take_back(evidence_id: int, by: int) -> bool:
    """Whether somebody recorded this assessment, may still assess the person, and it still counts."""
    evidence = _evidence(evidence_id)
    facts = facts_of([evidence.person_id])[evidence.person_id]
    live = counting(facts.pieces.get(evidence.competency_id, ()), facts.absences, clock.today())
    return evidence_id in recorded_by(by, live) and highest_for(by, evidence.person_id) > 0


def was_taken_back(evidence_id: int, by: int) -> bool:
    """Whether somebody has withdrawn this evidence, or marked it as entered in error; one statement."""
    ended = select(Ending.act_id).where(Ending.evidence_id == evidence_id)
    voided = select(Evidence.void_act_id).where(Evidence.id == evidence_id)
    query = select(Act.id).where(Act.by_id == by, or_(Act.id.in_(ended), Act.id.in_(voided)))
    return db.session.scalar(query.limit(1)) is not None


def recorded_by(assessor_id: int, pieces: Iterable[Piece]) -> frozenset[int]:
    """Which of these entries are assessments that somebody recorded; one statement."""
    ids = [piece.id for piece in pieces if piece.basis is Basis.ASSESSMENT]
    query = select(Evidence.id).join(Act, Act.id == Evidence.act_id)
    return frozenset(db.session.scalars(query.where(Evidence.id.in_(ids), Act.by_id == assessor_id)))


def highest_for(assessor_id: int, person_id: int) -> int:
    """The highest level to which somebody may assess a person today, by the grants of this moment."""
    who = identity.load(assessor_id, clock.today())
    return highest_level(who, person_subject(person_id)) if who else 0


def from_elsewhere(assessor_id: int, person_id: int) -> bool:
    """Whether an assessor is of another organisation than the person today; two statements."""
    where = person_subjects([assessor_id, person_id])
    return elsewhere(where[assessor_id].organisations, where[person_id].organisations)


def situation_of(
    person_id: int, competency: str, facts: PersonFacts, framework: Framework, *, highest: int
) -> Situation:
    """What a judgement of a person in a competency is measured against today; one statement."""
    today = clock.today()
    described = framework.competency(competency)
    live = counting(facts.pieces.get(competency, ()), facts.absences, today)
    last = select(func.max(Assessment.seen_to)).where(
        Assessment.person_id == person_id,
        Assessment.competency_id == competency,
        Assessment.evidence_id.in_([piece.id for piece in live]),
    )
    joined = min((each.span.start for each in facts.appointments), default=today)
    return Situation(
        today=today,
        highest=highest,
        levels=frozenset(described.levels if described else ()),
        joined=joined,
        assessed=assessed_level(live),
        last_seen=db.session.scalar(last),
    )


def _write(kept: Assessment, until: date, by: int) -> int:
    return record_evidence(
        kept.person_id,
        kept.competency_id,
        kept.level,
        Basis.ASSESSMENT,
        from_day=clock.today(),
        until_day=until,
        words=kept.words,
        by=by,
    ).id


def _locked(assessment_id: int) -> Assessment:
    return db.session.get_one(Assessment, assessment_id, with_for_update=True, populate_existing=True)


def _demand_waiting(kept: Assessment) -> Assessment:
    if kept.evidence_id is not None or kept.settled_act_id is not None:
        raise AssessmentError(Fault.MEANWHILE)
    return kept


def _waiting(assessment_id: int, by: int) -> Assessment:
    kept = _locked(assessment_id)
    mine = kept.by_id != by and highest_for(by, kept.person_id) >= kept.level
    if not mine:
        raise AssessmentError(Fault.NOT_ALLOWED)
    if not from_elsewhere(by, kept.person_id):
        homeless = not person_subject(by).organisations
        raise AssessmentError(Fault.NO_POST if homeless else Fault.NOT_ALLOWED)
    return _demand_waiting(kept)


def _same(person_id: int, judged: Judged, by: int) -> Settled | None:
    """What was recorded today of the very same judgement: a button pressed twice, or the page in two tabs."""
    query = (
        select(Assessment.id, Assessment.evidence_id, Evidence.until_day)
        .join(Act, Act.id == Assessment.act_id)
        .outerjoin(Evidence, Evidence.id == Assessment.evidence_id)
        .where(
            Assessment.person_id == person_id,
            Assessment.competency_id == judged.competency,
            Assessment.level == judged.level,
            Assessment.by_id == by,
            Assessment.words == judged.words.strip(),
            Assessment.seen_from == judged.seen_from,
            Assessment.seen_to == judged.seen_to,
            Act.at >= clock.end_of_london_day(clock.today() - timedelta(days=1)),
            Evidence.void_act_id.is_(None),
            ~exists().where(Ending.evidence_id == Evidence.id),
        )
    )
    row = db.session.execute(query.order_by(Assessment.id.desc()).limit(1)).first()
    if row is None:
        return None
    until = row.until_day or add_months(clock.today(), judged.months)
    return Settled(row.id, row.evidence_id, until, before=True)


def _evidence(evidence_id: int) -> Evidence:
    return db.session.get_one(Evidence, evidence_id)


def _person_of(assessment_id: int) -> int:
    return db.session.scalars(select(Assessment.person_id).where(Assessment.id == assessment_id)).one()
