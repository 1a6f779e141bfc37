"""Loads the facts of people in a fixed number of statements, as known now or at an earlier act."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, TypeVarTuple

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    Row,
    Select,
    String,
    Subquery,
    bindparam,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.competencies.models import Basis, Ending, EndingKind, Evidence, Requirement
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Requirements, Span
from lms.core.database import db
from lms.people.models import Absence, Act, Appointment, Closing, Fact

Columns = TypeVarTuple("Columns")
No = int | BindParameter[int] | None
"""The act up to which something is known; None: as known now."""
BASES = {str(basis): basis for basis in Basis}


def known(query: Select[*Columns], table: type[Fact], no: No) -> Select[*Columns]:
    """Keep the facts of a table that were known at an act, or (None) are known now."""
    if no is None:
        return query.where(table.void_act_id.is_(None))
    written, voided = aliased(Act), aliased(Act)
    return (
        query.join(written, written.id == table.act_id)
        .outerjoin(voided, voided.id == table.void_act_id)
        .where(written.no <= no, or_(voided.no.is_(None), voided.no > no))
    )


def facts_of(
    people: Iterable[int] | None = None, no: int | None = None, about: Iterable[str] | None = None
) -> dict[int, PersonFacts]:
    """The facts of these people, or of everybody (None); two statements.

    With `about`, of all evidence only that of these competencies.
    """
    values: dict[str, Any] = {"no": no, "people": sorted(set(people or ())), "about": sorted(about or ())}
    chosen, then = people is not None, no is not None
    facts: dict[int, PersonFacts] = defaultdict(PersonFacts)
    for row in db.session.execute(_spans(chosen=chosen, then=then), values):
        span = _span(row.from_day, row.to_day, row.closed)
        if span is None:
            continue
        if row.team_id is None:
            facts[row.person_id].absences.append(span)
        else:
            facts[row.person_id].appointments.append(
                AppointmentFacts(row.id, row.person_id, row.team_id, row.role_profile_id, row.pillar_id, span)
            )
    evidence = _evidence(chosen=chosen, then=then, some=about is not None)
    for person_id, piece in _pieces(db.session.execute(evidence, values)):
        facts[person_id].pieces.setdefault(piece.competency, []).append(piece)
    return facts


def requirements(no: int | None = None) -> Requirements:
    """All requirements in order of day, then of id: of two for one day the later written holds."""
    query = known(
        select(
            Requirement.role_profile_id, Requirement.competency_id, Requirement.from_day, Requirement.level
        ).order_by(Requirement.from_day, Requirement.id),
        Requirement,
        no,
    )
    rows: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    for role_profile, competency, start, level in db.session.execute(query):
        rows[role_profile, competency].append((start, level))
    return Requirements(dict(rows))


@cache
def _spans(*, chosen: bool, then: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """Appointments and absences, of the people `chosen` or of all; built once, not each time."""
    no = _no(then=then)
    both = union_all(
        _of(_appointments(no), Appointment, chosen=chosen), _of(_absences(no), Absence, chosen=chosen)
    )
    return both.order_by("from_day", "id")


@cache
def _evidence(*, chosen: bool, then: bool, some: bool) -> Select[*tuple[Any, ...]]:
    """Evidence with its endings, of the people `chosen` or of all, of `some` competencies or of all."""
    no = _no(then=then)
    ended = known(select(Ending.evidence_id, Ending.day, Ending.kind), Ending, no).subquery()
    query = select(
        Evidence.id,
        Evidence.person_id,
        Evidence.competency_id,
        Evidence.level,
        Evidence.basis,
        Evidence.from_day,
        Evidence.until_day,
        Evidence.words,
        ended.c.day.label("ended"),
        ended.c.kind,
    ).outerjoin(ended, ended.c.evidence_id == Evidence.id)
    if some:
        query = query.where(Evidence.competency_id.in_(bindparam("about", expanding=True)))
    return _of(known(query, Evidence, no), Evidence, chosen=chosen).order_by(Evidence.id, ended.c.day)


def _no(*, then: bool) -> BindParameter[int] | None:
    return bindparam("no", type_=Integer) if then else None


def _closed(column: InstrumentedAttribute[int | None], no: No) -> Subquery:
    query = select(column.label("subject"), func.min(Closing.day).label("day"))
    return known(query.where(column.is_not(None)).group_by(column), Closing, no).subquery()


def _appointments(no: No) -> Select[*tuple[Any, ...]]:
    closed = _closed(Closing.appointment_id, no)
    query = select(
        Appointment.id.label("id"),
        Appointment.person_id,
        Appointment.team_id,
        Appointment.role_profile_id,
        Appointment.pillar_id,
        Appointment.from_day.label("from_day"),
        Appointment.to_day,
        closed.c.day.label("closed"),
    ).outerjoin(closed, closed.c.subject == Appointment.id)
    return known(query, Appointment, no)


def _absences(no: No) -> Select[*tuple[Any, ...]]:
    """The same columns as appointments, without a team."""
    closed = _closed(Closing.absence_id, no)
    query = select(
        Absence.id.label("id"),
        Absence.person_id,
        null().cast(Integer).label("team_id"),
        null().cast(String).label("role_profile_id"),
        null().cast(String).label("pillar_id"),
        Absence.from_day.label("from_day"),
        Absence.to_day,
        closed.c.day.label("closed"),
    ).outerjoin(closed, closed.c.subject == Absence.id)
    return known(query, Absence, no)


def _pieces(rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[tuple[int, Piece]]:
    """Each piece of evidence with its person; a row for each ending, those of one piece together."""
    kept: dict[int, tuple[tuple[Any, ...], list[tuple[date, EndingKind]]]] = {}
    for *row, ended_on, kind in rows:
        _, endings = kept.setdefault(row[0], (tuple(row), []))
        if ended_on is not None:
            endings.append((ended_on, EndingKind(kind)))
    for (id_, person_id, competency, level, basis, start, until, words), endings in kept.values():
        yield (
            person_id,
            Piece(id_, competency, level, BASES[basis], start, until, words, tuple(endings)),
        )


def _of(
    query: Select[*tuple[Any, ...]], table: type[Appointment | Absence | Evidence], *, chosen: bool
) -> Select[*tuple[Any, ...]]:
    return query.where(table.person_id.in_(bindparam("people", expanding=True))) if chosen else query


def _span(start: date, end: date | None, closed: date | None) -> Span | None:
    last = min((day for day in (end, closed) if day is not None), default=None)
    return None if last is not None and last <= start else Span(start, last)
