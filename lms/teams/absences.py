"""Absences of one person as their manager records them: the rules, and the acts that ask permission again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Subquery, func, or_, select

from lms.core import clock
from lms.core.database import db
from lms.people.access import allowed
from lms.people.acts import act
from lms.people.appointments import absence_in_error, end_absence, record_absence
from lms.people.identity import load
from lms.people.models import Absence, Appointment, Closing
from lms.people.subjects import person_subject


class Fault(StrEnum):
    """Why something about an absence is not recorded."""

    NOT_ALLOWED = "not-allowed"
    GONE = "gone"
    WRONG_ORDER = "wrong-order"
    OVERLAPS = "overlaps"
    BEFORE_JOINING = "before-joining"
    RETURN_TOO_EARLY = "return-too-early"
    RETURN_TOO_LATE = "return-too-late"


class AbsenceError(ValueError):
    """It is not recorded, for the reason `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Away:
    """One absence, from a day to the first day back (None: open)."""

    id: int
    from_day: date
    to_day: date | None

    def meets(self, from_day: date, to_day: date | None) -> bool:
        """Whether the two spans share a day."""
        return (to_day is None or self.from_day < to_day) and (self.to_day is None or from_day < self.to_day)


def fault_of(
    from_day: date, to_day: date | None, joined: date | None, others: Iterable[Away]
) -> Fault | None:
    """Why an absence cannot be: `to_day` is the first day back, `joined` the first day of the first post."""
    if to_day is not None and to_day <= from_day:
        return Fault.WRONG_ORDER
    if joined is None or from_day < joined:
        return Fault.BEFORE_JOINING
    if any(each.meets(from_day, to_day) for each in others):
        return Fault.OVERLAPS
    return None


def fault_of_return(away: Away, day: date) -> Fault | None:
    """Why a day cannot be the first day back; a recorded one is brought forward only."""
    if day <= away.from_day:
        return Fault.RETURN_TOO_EARLY
    if away.to_day is not None and day > away.to_day:
        return Fault.RETURN_TOO_LATE
    return None


def absences_of(person_id: int) -> list[Away]:
    """The absences that hold by what is known now, the latest first; one statement."""
    closed = _closed()
    rows = db.session.execute(
        select(Absence.id, Absence.from_day, Absence.to_day, closed.c.day)
        .outerjoin(closed, closed.c.absence_id == Absence.id)
        .where(Absence.person_id == person_id, Absence.void_act_id.is_(None))
        .order_by(Absence.from_day.desc(), Absence.id.desc())
    )
    return [
        Away(key, begins, min((day for day in (ends, back) if day is not None), default=None))
        for key, begins, ends, back in rows
    ]


def away_on(people: Iterable[int], day: date) -> frozenset[int]:
    """Who of these people is away on a day; one statement."""
    closed = _closed()
    query = (
        select(Absence.person_id)
        .outerjoin(closed, closed.c.absence_id == Absence.id)
        .where(
            Absence.person_id.in_(sorted(people)),
            Absence.void_act_id.is_(None),
            Absence.from_day <= day,
            or_(Absence.to_day.is_(None), Absence.to_day > day),
            or_(closed.c.day.is_(None), closed.c.day > day),
        )
    )
    return frozenset(db.session.scalars(query))


def absent(person_id: int, from_day: date, to_day: date | None, *, by: int) -> None:
    """Record that a person is away from a day to the first day back, which may be open.

    Raises AbsenceError.
    """
    with act("absence", by, people=[person_id]):
        _demand(person_id, by)
        joined = db.session.scalar(
            select(func.min(Appointment.from_day)).where(
                Appointment.person_id == person_id, Appointment.void_act_id.is_(None)
            )
        )
        if fault := fault_of(from_day, to_day, joined, absences_of(person_id)):
            raise AbsenceError(fault)
        record_absence(person_id, from_day, to_day, by=by)


def returned(person_id: int, absence_id: int, day: date, *, by: int) -> None:
    """Record the first day back. Raises AbsenceError."""
    with act("absence-end", by, people=[person_id]):
        away, absence = _found(person_id, absence_id, by)
        if fault := fault_of_return(away, day):
            raise AbsenceError(fault)
        end_absence(absence, day, by=by)


def never_away(person_id: int, absence_id: int, *, by: int) -> None:
    """Mark an absence as entered in error. Raises AbsenceError."""
    with act("absence-error", by, people=[person_id]):
        _away, absence = _found(person_id, absence_id, by)
        absence_in_error(absence, by=by)


def _closed() -> Subquery:
    """Each absence with a first day back that was written for it."""
    return (
        select(Closing.absence_id, func.min(Closing.day).label("day"))
        .where(Closing.absence_id.is_not(None), Closing.void_act_id.is_(None))
        .group_by(Closing.absence_id)
        .subquery()
    )


def _found(person_id: int, absence_id: int, by: int) -> tuple[Away, Absence]:
    _demand(person_id, by)
    away = next((each for each in absences_of(person_id) if each.id == absence_id), None)
    if away is None:
        raise AbsenceError(Fault.GONE)
    return away, db.session.get_one(Absence, absence_id)


def _demand(person_id: int, by: int) -> None:
    """Ask permission as it is now that the rows are locked."""
    if not allowed(load(by, clock.today()), "team.person", person_subject(person_id)):
        raise AbsenceError(Fault.NOT_ALLOWED)
