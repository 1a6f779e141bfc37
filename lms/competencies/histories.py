"""Facts with the acts that wrote them and found them to be errors: all that was ever known of people.

From one loading follow the facts as they were known at any act, which is what the ledger compares.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from sys import maxsize
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, inspect, select
from sqlalchemy.orm import Mapper

from lms.competencies.facts import BASES
from lms.competencies.models import Ending, EndingKind, Evidence, Requirement
from lms.competencies.movements import Structure
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Requirements, Span
from lms.core.database import db
from lms.people.models import Absence, Act, Appointment, Closing, Fact, Onboarding, Placement
from lms.people.structure import Place

NEVER = maxsize
"""The number at which a fact that holds is found to be an error."""
PENDING = maxsize - 1
"""Stands for the number of the act that is being written, until it has one."""


class Entry(NamedTuple):
    """A fact, known from the act that wrote it to the one that found it to be an error."""

    written: int
    voided: int
    row: Any

    def known(self, no: int) -> bool:
        """Whether it was known at an act."""
        return self.written <= no < self.voided


@dataclass(slots=True)
class PersonHistory:
    """All that was ever known of one person; evidence by competency, as pieces that have no ending yet."""

    appointments: list[Entry] = field(default_factory=list)
    absences: list[Entry] = field(default_factory=list)
    closings: list[Entry] = field(default_factory=list)
    evidence: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    endings: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def at(self, no: int, competencies: Collection[str] | None = None) -> PersonFacts:
        """The facts as they were known at an act, with evidence for these competencies, or (None) for all."""
        facts = self.posts_at(no)
        for competency in self.evidence if competencies is None else competencies:
            if pieces := self.pieces_at(no, competency):
                facts.pieces[competency] = pieces
        return facts

    def posts_at(self, no: int) -> PersonFacts:
        """The appointments and absences as they were known at an act, without evidence."""
        closed: dict[tuple[int | None, int | None], date] = {}
        for row in _known(self.closings, no):
            key = (row.appointment_id, row.absence_id)
            closed[key] = min(row.day, closed.get(key, row.day))
        facts = PersonFacts()
        for row in _known(self.appointments, no):
            if span := _span(row, closed.get((row.id, None))):
                facts.appointments.append(
                    AppointmentFacts(
                        row.id, row.person_id, row.team_id, row.role_profile_id, row.pillar_id, span
                    )
                )
        for row in _known(self.absences, no):
            if span := _span(row, closed.get((None, row.id))):
                facts.absences.append(span)
        return facts

    def pieces_at(self, no: int, competency: str) -> list[Piece]:
        """The evidence for a competency as it was known at an act."""
        found: list[Piece] = list(_known(self.evidence.get(competency, ()), no))
        if self.endings:
            for place, piece in enumerate(found):
                ended = _known(self.endings.get(piece.id, ()), no)
                if endings := sorted((row.day, EndingKind(row.kind)) for row in ended):
                    found[place] = replace(piece, endings=tuple(endings))
        return found

    def touched(self) -> dict[int, set[str] | None]:
        """The acts that changed what is known, each with the competencies touched; None: all of them."""
        found: dict[int, set[str] | None] = {}
        for competency, entries in self.evidence.items():
            for entry in entries:
                _touch(found, entry, competency)
                for ending in self.endings.get(entry.row.id, ()):
                    _touch(found, ending, competency)
        for entry in (*self.appointments, *self.absences, *self.closings):
            _touch(found, entry, None)
        return found


@dataclass(slots=True)
class StructureHistory:
    """All that was ever known of what roles ask and where teams stand."""

    requirements: list[Entry]
    placements: list[Entry]
    onboardings: list[Entry]

    def at(self, no: int) -> Structure:
        """The structure as it was known at an act."""
        rows: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
        for row in _known(self.requirements, no):
            rows[row.role_profile_id, row.competency_id].append((row.from_day, row.level))
        placements: dict[int, list[tuple[date, Place]]] = defaultdict(list)
        for row in _known(self.placements, no):
            place = Place(row.organisation_id, row.region_id)
            placements[row.team_id].append((row.from_day, place))
        on_board: dict[str, date] = {}
        for row in _known(self.onboardings, no):
            day = on_board.get(row.organisation_id, row.from_day)
            on_board[row.organisation_id] = min(day, row.from_day)
        return Structure(placements, on_board, Requirements(rows))

    def entries(self) -> Iterator[Entry]:
        """All that was ever known."""
        yield from (*self.requirements, *self.placements, *self.onboardings)

    def touched(self, roles: set[str], teams: set[int]) -> dict[int, set[str] | None]:
        """The acts that changed what these roles ask (with the competencies), or where these teams stand."""
        found: dict[int, set[str] | None] = {}
        for entry in self.requirements:
            if entry.row.role_profile_id in roles:
                _touch(found, entry, entry.row.competency_id)
        placed = [entry for entry in self.placements if entry.row.team_id in teams]
        organisations = {entry.row.organisation_id for entry in placed}
        joined = [entry for entry in self.onboardings if entry.row.organisation_id in organisations]
        for entry in (*placed, *joined):
            _touch(found, entry, None)
        return found


def histories(
    people: Collection[int], competencies: Collection[str] | None = None
) -> dict[int, PersonHistory]:
    """The histories of these people, with their evidence for these competencies, or (None) for all.

    At most six statements: where there is nothing to ask for, none is sent.
    """
    found = {person: PersonHistory() for person in people}
    for entry in _entries(Appointment, person_id=people):
        found[entry.row.person_id].appointments.append(entry)
    for entry in _entries(Absence, person_id=people):
        found[entry.row.person_id].absences.append(entry)
    if posts := {entry.row.id: each for each in found.values() for entry in each.appointments}:
        for entry in _entries(Closing, Appointment, person_id=people):
            posts[entry.row.appointment_id].closings.append(entry)
    if absences := {entry.row.id: each for each in found.values() for entry in each.absences}:
        for entry in _entries(Closing, Absence, person_id=people):
            absences[entry.row.absence_id].closings.append(entry)
    wanted: dict[str, Collection[str]] = {} if competencies is None else {"competency_id": competencies}
    owners: dict[int, PersonHistory] = {}
    for entry in _entries(Evidence, person_id=people, **wanted):
        row, owner = entry.row, found[entry.row.person_id]
        owner.evidence[row.competency_id].append(Entry(entry.written, entry.voided, _piece(row)))
        owners[row.id] = owner
    for entry in _entries(Ending, Evidence, person_id=people, **wanted) if owners else ():
        owners[entry.row.evidence_id].endings[entry.row.evidence_id].append(entry)
    return found


def structure_history(
    roles: Collection[str], teams: Collection[int], competencies: Collection[str] | None = None
) -> StructureHistory:
    """What these roles ask and where these teams stand; at most three statements."""
    wanted: dict[str, Collection[str]] = {} if competencies is None else {"competency_id": competencies}
    placements = list(_entries(Placement, team_id=teams))
    organisations = {entry.row.organisation_id for entry in placements}
    return StructureHistory(
        list(_entries(Requirement, role_profile_id=roles, **wanted)),
        placements,
        list(_entries(Onboarding, organisation_id=organisations)),
    )


def roles_and_teams(found: Iterable[PersonHistory]) -> tuple[set[str], set[int]]:
    """The roles and teams of all posts that were ever known."""
    rows = [entry.row for each in found for entry in each.appointments]
    return {row.role_profile_id for row in rows}, {row.team_id for row in rows}


def _touch(found: dict[int, set[str] | None], entry: Entry, competency: str | None) -> None:
    """Note both acts of a fact: they touch one competency, or (None) all."""
    for no in {entry.written, entry.voided} - {NEVER}:
        kept = found.setdefault(no, set())
        if competency is None:
            found[no] = None
        elif kept is not None:
            kept.add(competency)


def _known(entries: Iterable[Entry], no: int) -> Iterator[Any]:
    return (entry.row for entry in entries if entry.known(no))


def _entries(
    table: type[Fact], about: type[Fact] | None = None, /, **keys: Collection[int | str]
) -> Iterator[Entry]:
    """The facts with these keys, or about facts with them, in the order that decides for a day."""
    if not all(keys.values()):
        return
    query = _query(inspect(table), inspect(about or table), tuple(keys))
    rows = db.session.execute(query, {key: list(values) for key, values in keys.items()})
    for row in rows:
        end = NEVER if row.void is None else PENDING if row.voided is None else row.voided
        yield Entry(PENDING if row.written is None else row.written, end, row)


@cache
def _query(table: Mapper[Fact], about: Mapper[Fact], keys: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Facts with the numbers of their acts; built once, not each time."""
    columns = table.columns
    own = [each for each in columns if each.key not in {"act_id", "void_act_id"}]
    written, void = columns["act_id"], columns["void_act_id"]
    numbers = (_no_of(written).label("written"), void.label("void"), _no_of(void).label("voided"))
    query = select(*own, *numbers).select_from(table)
    if about is not table:
        subject = next(each for each in columns if each.references(about.columns["id"]))
        query = query.join(about.class_, subject == about.columns["id"])
    query = query.where(*(about.columns[key].in_(bindparam(key, expanding=True)) for key in keys))
    return query.order_by(*(columns[key] for key in ("from_day", "id") if key in columns))


def _no_of(act: ColumnElement[int]) -> ScalarSelect[int | None]:
    """The number of an act, looked up for each row.

    PostgreSQL would join all acts in order of id where it believes that facts have but early ones, and
    go through millions for the one that is being written.
    """
    return select(Act.no).where(Act.id == act).scalar_subquery()


def _span(row: Any, closed: date | None) -> Span | None:  # noqa: ANN401 a row of two tables
    last = min((day for day in (row.to_day, closed) if day is not None), default=None)
    return None if last is not None and last <= row.from_day else Span(row.from_day, last)


def _piece(row: Any) -> Piece:  # noqa: ANN401 a row of the query
    return Piece(row.id, row.competency_id, row.level, BASES[row.basis], row.from_day, row.until_day)
