"""Accreditations of people: entered by them, seen by their manager, counted by their own rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import exists, or_, select

from lms.competencies.accreditations import Hours, Stretch, hours_of, stretches
from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis, Ending, Evidence, Qualification, QualificationEvidence
from lms.content import catalogue
from lms.content.framework import Accreditation, Framework
from lms.core import clock
from lms.core.database import db
from lms.learning.models import CpdEntry
from lms.people.access import allowed
from lms.people.acts import act
from lms.people.identity import load
from lms.people.models import Act, Person
from lms.people.subjects import person_subject


class Fault(StrEnum):
    """Why a qualification is not recorded."""

    NOT_ALLOWED = "not-allowed"
    UNKNOWN = "unknown"
    """The framework has no such accreditation any more."""
    IN_FUTURE = "in-future"
    TWICE = "twice"
    """It was entered with the same number and day already, and was not sent back."""
    SETTLED = "settled"
    """Somebody confirmed it or sent it back meanwhile."""


class QualificationError(ValueError):
    """It is not recorded; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Held:
    """A qualification as a page shows it; `settled_by` saw it or sent it back, for `reason`."""

    id: int
    title: str
    number: str
    awarded_on: date
    seen: bool | None
    settled_by: str | None
    reason: str | None
    until: date | None
    counted: bool


def accreditation_of(framework: Framework, key: str) -> Accreditation | None:
    """The accreditation with an id, None when the framework has none."""
    return next((each for each in framework.accreditations if each.id == key), None)


def enter(person_id: int, accreditation_id: str, number: str, awarded_on: date) -> None:
    """Keep what a person says they hold; it counts once it was seen. Raises QualificationError."""
    with act("qualification", person_id, people=[person_id]) as current:
        if accreditation_of(catalogue.current().framework, accreditation_id) is None:
            raise QualificationError(Fault.UNKNOWN)
        if awarded_on > clock.today():
            raise QualificationError(Fault.IN_FUTURE)
        same = select(Qualification.id).where(
            Qualification.person_id == person_id,
            Qualification.accreditation_id == accreditation_id,
            Qualification.number == number,
            Qualification.awarded_on == awarded_on,
            or_(Qualification.seen.is_(None), Qualification.seen.is_(True)),
        )
        if db.session.scalar(same.limit(1)):
            raise QualificationError(Fault.TWICE)
        db.session.add(
            Qualification(
                person_id=person_id,
                accreditation_id=accreditation_id,
                number=number,
                awarded_on=awarded_on,
                act_id=current.id,
            )
        )


def confirm(person_id: int, qualification_id: int, number: str, awarded_on: date, *, by: int) -> None:
    """Record the number and day of a paper that was seen, and let it count. Raises QualificationError."""
    with act("qualification-seen", by, people=[person_id]) as current:
        kept = _waiting(person_id, qualification_id, by)
        if awarded_on > clock.today():
            raise QualificationError(Fault.IN_FUTURE)
        accreditation = accreditation_of(catalogue.current().framework, kept.accreditation_id)
        if accreditation is None:
            raise QualificationError(Fault.UNKNOWN)
        kept.number, kept.awarded_on, kept.seen, kept.settled_act_id = number, awarded_on, True, current.id
        _write(kept, accreditation, _missing(kept, accreditation), by)


def send_back(person_id: int, qualification_id: int, *, by: int, reason: str) -> None:
    """Do not confirm a qualification; the reason is kept and shown. Raises QualificationError."""
    with act("qualification-back", by, reason=reason, people=[person_id]) as current:
        kept = _waiting(person_id, qualification_id, by)
        kept.seen, kept.settled_act_id = False, current.id


def continue_years(person_id: int) -> None:
    """Let the next year of a person’s accreditations count, where the CPD of the year before is reached."""
    framework = catalogue.current().framework
    query = select(Qualification).where(Qualification.person_id == person_id, Qualification.seen.is_(True))
    due = [
        (kept, accreditation)
        for kept in db.session.scalars(query)
        if (accreditation := accreditation_of(framework, kept.accreditation_id))
        and accreditation.cpd_hours_a_year
        and _missing(kept, accreditation)
    ]
    if due:
        with act("qualification-year", None, people=[person_id]):
            for kept, accreditation in due:
                _write(kept, accreditation, _missing(kept, accreditation), None)


def qualifications_of(person_id: int) -> list[Held]:
    """What a person has entered, the newest first; two statements."""
    titles = {each.id: each.title for each in catalogue.current().framework.accreditations}
    ends: dict[int, list[date | None]] = {}
    for key, until in db.session.execute(
        select(QualificationEvidence.qualification_id, Evidence.until_day)
        .join(Evidence, Evidence.id == QualificationEvidence.evidence_id)
        .where(Evidence.person_id == person_id, Evidence.void_act_id.is_(None))
    ):
        ends.setdefault(key, []).append(until)
    rows = db.session.execute(
        select(Qualification, Person.name, Act.reason)
        .outerjoin(Act, Act.id == Qualification.settled_act_id)
        .outerjoin(Person, Person.id == Act.by_id)
        .where(Qualification.person_id == person_id)
        .order_by(Qualification.id.desc())
    )
    return [
        Held(
            kept.id,
            titles.get(kept.accreditation_id, kept.accreditation_id),
            kept.number,
            kept.awarded_on,
            kept.seen,
            name,
            reason,
            _latest(ends.get(kept.id, [])),
            kept.id in ends,
        )
        for kept, name, reason in rows
    ]


def cpd_of(
    person_id: int, today: date, minutes: Iterable[tuple[date, int]] | None = None
) -> dict[int, Hours]:
    """The CPD of each accreditation that asks for hours and counts or counted, by its qualification.

    `minutes` are those that the person kept, when they are loaded already; two statements, else one.
    """
    query = select(Qualification).where(Qualification.person_id == person_id, Qualification.seen.is_(True))
    framework = catalogue.current().framework
    spent = list(_minutes(person_id) if minutes is None else minutes)
    return {
        kept.id: found
        for kept in db.session.scalars(query.order_by(Qualification.id))
        if (accreditation := accreditation_of(framework, kept.accreditation_id))
        and (found := hours_of(accreditation, kept.awarded_on, spent, today))
    }


def waiting_of(person_id: int) -> list[int]:
    """The qualifications of a person that nobody has seen yet, the oldest first; one statement."""
    query = select(Qualification.id).where(Qualification.person_id == person_id, Qualification.seen.is_(None))
    return list(db.session.scalars(query.order_by(Qualification.id)))


def _latest(ends: list[date | None]) -> date | None:
    return None if None in ends else max((day for day in ends if day), default=None)


def _waiting(person_id: int, qualification_id: int, by: int) -> Qualification:
    if not allowed(load(by, clock.today()), "team.person", person_subject(person_id)):
        raise QualificationError(Fault.NOT_ALLOWED)
    kept = db.session.get_one(Qualification, qualification_id, with_for_update=True, populate_existing=True)
    if kept.seen is not None or kept.person_id != person_id:
        raise QualificationError(Fault.SETTLED)
    return kept


def _missing(kept: Qualification, accreditation: Accreditation) -> list[Stretch]:
    """The stretches that are certain and not written; none once an entry was withdrawn or was never true."""
    written = select(
        Evidence.from_day,
        or_(Evidence.void_act_id.is_not(None), exists().where(Ending.evidence_id == Evidence.id)),
    ).where(
        Evidence.id.in_(
            select(QualificationEvidence.evidence_id).where(QualificationEvidence.qualification_id == kept.id)
        )
    )
    rows = db.session.execute(written).all()
    if any(over for _, over in rows):
        return []
    begun = {day for day, _ in rows}
    certain = stretches(accreditation, kept.awarded_on, _minutes(kept.person_id), clock.today())
    return [each for each in certain if each.start not in begun]


def _minutes(person_id: int) -> list[tuple[date, int]]:
    """The minutes of development that a person kept, on their days."""
    query = select(CpdEntry.day, CpdEntry.kept_at, CpdEntry.minutes).where(
        CpdEntry.person_id == person_id, CpdEntry.kept_at.is_not(None)
    )
    return [
        (day or clock.london_day(kept_at), minutes or 0)
        for day, kept_at, minutes in db.session.execute(query)
        if kept_at
    ]


def _write(
    kept: Qualification, accreditation: Accreditation, missing: Iterable[Stretch], by: int | None
) -> None:
    for stretch in missing:
        for competency, level in accreditation.shows.items():
            evidence = record_evidence(
                kept.person_id,
                competency,
                level,
                Basis.QUALIFICATION,
                from_day=stretch.start,
                until_day=stretch.end,
                words=f"{accreditation.title}, {kept.number}",
                by=by,
            )
            db.session.add(QualificationEvidence(qualification_id=kept.id, evidence_id=evidence.id))
