"""A person's record on a day: where they stand in each competency, and every entry behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from lms.competencies.facts import facts_of, requirements
from lms.competencies.standing import (
    AppointmentFacts,
    Below,
    PersonFacts,
    Requirements,
    Standing,
    State,
    standing_on,
)
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency, Framework
from lms.core import clock
from lms.core.database import db
from lms.learning.entries import Entry, entries_of
from lms.learning.starters import Starter, starters_of
from lms.people.models import Act, Appointment

LAPSES_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Post:
    """A role profile that a person holds, by its title, and since when.

    `role_profile` is its id, None when the framework no longer has it.
    """

    title: str
    since: date
    role_profile: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One competency: what is asked, what is held, and the entry that shows it."""

    competency: Competency
    state: State
    lapses_soon: bool
    entry: Entry | None

    @property
    def required(self) -> int:
        """The level that the person's role asks, 0 when it asks nothing."""
        return self.state.required

    @property
    def held(self) -> int:
        """The level that counts."""
        return self.state.standing.level

    @property
    def until(self) -> date | None:
        """The first day on which the level held no longer counts."""
        return self.state.standing.until

    @property
    def below(self) -> Below | None:
        """How the requirement is missed, or None."""
        return self.state.below


@dataclass(frozen=True, slots=True)
class AreaRows:
    """The rows of one area of the framework."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All of a person's record, as of a day, by what is known now or was known at an act."""

    person_id: int
    day: date
    known_no: int | None
    posts: tuple[Post, ...]
    away: bool
    areas: tuple[AreaRows, ...]
    entries: tuple[Entry, ...]
    titles: Mapping[str, str]
    begin: Starter | None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all areas."""
        return tuple(row for area in self.areas for row in area.rows)

    @property
    def asked(self) -> list[Row]:
        """The competencies that the person's role asks for."""
        return [row for row in self.rows if row.required]

    @property
    def met(self) -> int:
        """How many of those asked are held at the level that is asked."""
        return sum(1 for row in self.asked if not row.below)

    def count(self, below: Below) -> int:
        """How many of those asked are missed in this way."""
        return sum(1 for row in self.asked if row.below == below)

    @property
    def lapsing(self) -> list[Row]:
        """The competencies whose level ends within 60 days, the first of them first."""
        return sorted(
            (row for row in self.rows if row.lapses_soon),
            key=lambda row: (row.until or date.max, row.competency.id),
        )

    @property
    def places(self) -> dict[int, int]:
        """Where each piece of evidence stands in `entries`, from 0."""
        return {
            entry.evidence_id: n
            for n, entry in enumerate(self.entries)
            if entry.is_evidence and entry.evidence_id is not None
        }


def record_of(person_id: int, day: date, known_no: int | None) -> Record:
    """A person's record as of a day; `known_no` None: by what is known now, else as known at that act.

    Eight statements, however much the person has shown.
    """
    facts = facts_of([person_id], known_no)[person_id]
    return build_record(
        person_id,
        day,
        known_no,
        facts=facts,
        asked=requirements(known_no),
        published=catalogue.current(),
        entries=entries_of(person_id, known_no, facts),
    )


def build_record(
    person_id: int,
    day: date,
    known_no: int | None,
    *,
    facts: PersonFacts,
    asked: Requirements,
    published: Catalogue,
    entries: Sequence[Entry],
) -> Record:
    """Put a record together from plain values.

    It has the competencies that the person's role asks for, and all others in which they have shown
    something. `titles` gives the words of the competencies that entries name.
    """
    framework = published.framework
    held = appointments_on(facts, day)
    required = required_of(held, asked, day)
    by_evidence = {entry.evidence_id: entry for entry in entries if entry.is_evidence and entry.evidence_id}
    rows = [
        _row(competency, required.get(competency.id, 0), facts, day, by_evidence)
        for competency in framework.competencies
        if competency.id in required or _shown(facts, competency.id, day)
    ]
    return Record(
        person_id,
        day,
        known_no,
        posts=posts_of(held, framework),
        away=facts.away(day),
        areas=tuple(_areas(rows, framework)),
        entries=tuple(entries),
        titles={competency.id: competency.title for competency in framework.competencies},
        begin=None if entries else next(iter(starters_of(published, required or None)), None),
    )


def appointments_on(facts: PersonFacts, day: date) -> list[AppointmentFacts]:
    """The appointments that a person holds on a day."""
    return [each for each in facts.appointments if day in each.span]


def required_of(held: Iterable[AppointmentFacts], asked: Requirements, day: date) -> dict[str, int]:
    """The level asked in each competency; of two appointments the higher one."""
    required: dict[str, int] = {}
    for role in sorted({each.role_profile for each in held}):
        for competency, level in asked.on(role, day).items():
            required[competency] = max(level, required.get(competency, 0))
    return required


def posts_of(held: Iterable[AppointmentFacts], framework: Framework) -> tuple[Post, ...]:
    """The role profiles held, by their titles, the oldest first."""
    first: dict[str, date] = {}
    for each in held:
        first[each.role_profile] = min(each.span.start, first.get(each.role_profile, each.span.start))
    titles = {role.id: role.title for role in framework.roles}
    return tuple(
        Post(titles.get(role, role), since, role if role in titles else None)
        for role, since in sorted(first.items(), key=_by_day)
    )


def standing_in(facts: PersonFacts, competency: str, day: date) -> Standing:
    """The standing of a person in one competency."""
    return standing_on(facts.pieces.get(competency, ()), facts.absences, day)


def known_on(person_id: int, day: date) -> tuple[date, int]:
    """The first day of a person here, and the number of the last act that was known on a day; one statement.

    Without any appointment the first day is today.
    """
    joined = select(func.min(Appointment.from_day)).where(
        Appointment.person_id == person_id, Appointment.void_act_id.is_(None)
    )
    known = select(func.coalesce(func.max(Act.no), 0)).where(Act.at < clock.end_of_london_day(day))
    first, number = db.session.execute(select(joined.scalar_subquery(), known.scalar_subquery())).one()
    return first or clock.today(), number


def _shown(facts: PersonFacts, competency: str, day: date) -> bool:
    return any(piece.start <= day for piece in facts.pieces.get(competency, ()))


def _row(
    competency: Competency, required: int, facts: PersonFacts, day: date, entries: Mapping[int, Entry]
) -> Row:
    standing = standing_in(facts, competency.id, day)
    soon = standing.until is not None and standing.until <= day + LAPSES_SOON
    entry = entries.get(standing.by.id) if standing.by else None
    return Row(competency, State(required, standing), soon, entry)


def _areas(rows: list[Row], framework: Framework) -> Iterable[AreaRows]:
    for area in framework.areas:
        inside = tuple(row for row in rows if row.competency.area == area.id)
        if inside:
            yield AreaRows(area.title, inside)


def _by_day(pair: tuple[str, date]) -> tuple[date, str]:
    return pair[1], pair[0]
