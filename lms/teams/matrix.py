"""Who can do what: each person's level in each competency of the framework, from plain facts.

Nothing here knows a database. Days on which something ends are the first that no longer counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from lms.competencies.standing import PersonFacts, Piece, Requirements, Span, Standing, standing_on
from lms.content.framework import Area, Competency, Framework
from lms.learning.record import appointments_on, posts_of, required_of

NEW_FOR = timedelta(days=60)
CARD_GAPS = 3
NOTHING = Standing()
Look = tuple[int, int, date | None]
"""The level held, the level required, and the day on which the level held lapses."""


@dataclass(frozen=True)
class Cell:
    """A person in a competency: what they hold, what is asked, and which levels end in the window."""

    competency: Competency
    held: int
    required: int
    ends: Mapping[int, date]
    """Each level that is held today and ends in the window, with its day."""

    @cached_property
    def short(self) -> int:
        """Levels short of what the role requires, never below 0."""
        return max(0, self.required - self.held)

    @cached_property
    def lapses(self) -> date | None:
        """The day on which the level held ends, if that lies in the window."""
        return self.ends.get(self.held)

    @cached_property
    def look(self) -> Look:
        """All that decides how the cell is drawn; hundreds of people have few that differ."""
        return self.held, self.required, self.lapses


@dataclass(frozen=True)
class Row:
    """A person with their roles and one cell for each competency, in the order of the columns."""

    person_id: int
    name: str
    roles: tuple[str, ...]
    since: date | None
    """The first day in the role, of those who have been in it for under 60 days."""
    cells: tuple[Cell, ...]
    profiles: tuple[str, ...] = ()
    """The ids of the roles, those left out that the framework no longer has."""

    @cached_property
    def title(self) -> str:
        """The roles as one line."""
        return "; ".join(self.roles)

    @cached_property
    def asked(self) -> int:
        """How many competencies the role requires."""
        return sum(1 for cell in self.cells if cell.required)

    @cached_property
    def met(self) -> int:
        """How many of those are held at the level that is required."""
        return sum(1 for cell in self.cells if cell.required and not cell.short)

    @cached_property
    def gaps(self) -> list[Cell]:
        """The competencies that are short."""
        return [cell for cell in self.cells if cell.short]

    @cached_property
    def card(self) -> list[Cell]:
        """What a small card has room for: three gaps, and everything that lapses."""
        shown = {cell.competency.id for cell in self.gaps[:CARD_GAPS]}
        lapsing = [cell for cell in self.cells if cell.lapses and cell.competency.id not in shown]
        return self.gaps[:CARD_GAPS] + lapsing

    @cached_property
    def more_gaps(self) -> int:
        """How many gaps a card leaves out."""
        shown = {cell.competency.id for cell in self.card}
        return sum(1 for cell in self.gaps if cell.competency.id not in shown)


@dataclass(frozen=True, slots=True)
class Columns:
    """The competencies of one area."""

    area: Area
    competencies: tuple[Competency, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The people who are counted, by name, and those who are away; `until` is the window's last day."""

    day: date
    until: date
    columns: tuple[Columns, ...]
    rows: tuple[Row, ...]
    away: tuple[Row, ...]

    @property
    def competencies(self) -> list[Competency]:
        """The competencies of all columns."""
        return [each for group in self.columns for each in group.competencies]


def build_matrix(
    names: Mapping[int, str],
    facts: Mapping[int, PersonFacts],
    asked: Requirements,
    framework: Framework,
    *,
    day: date,
    until: date,
) -> Matrix:
    """Put the matrix of these people together; of two posts of a person the higher requirement counts."""
    columns = columns_of(framework)
    competencies = [each for group in columns for each in group.competencies]
    kept: dict[tuple[str, int, int], Cell] = {}
    rows: list[Row] = []
    away: list[Row] = []
    for person_id, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        person = facts.get(person_id, PersonFacts())
        held = appointments_on(person, day)
        required = required_of(held, asked, day)
        posts = posts_of(held, framework)
        row = Row(
            person_id,
            name,
            tuple(post.title for post in posts),
            newcomer_since([post.since for post in posts], day),
            tuple(_cell(each, required.get(each.id, 0), person, (day, until), kept) for each in competencies),
            tuple(post.role_profile for post in posts if post.role_profile),
        )
        (away if person.away(day) else rows).append(row)
    return Matrix(day, until, columns, tuple(rows), tuple(away))


def columns_of(framework: Framework) -> tuple[Columns, ...]:
    """The framework's competencies by area, areas without any left out."""
    found = (
        Columns(area, tuple(each for each in framework.competencies if each.area == area.id))
        for area in framework.areas
    )
    return tuple(each for each in found if each.competencies)


def newcomer_since(starts: Iterable[date], day: date) -> date | None:
    """The first day of somebody who has been in all of their roles for under 60 days."""
    first = min(starts, default=None)
    return first if first is not None and day - first < NEW_FOR else None


def _cell(
    competency: Competency,
    required: int,
    person: PersonFacts,
    window: tuple[date, date],
    kept: dict[tuple[str, int, int], Cell],
) -> Cell:
    """One person in one competency; cells that say the same are one, kept for the next person."""
    day, until = window
    pieces = person.pieces.get(competency.id, ())
    standing = standing_on(pieces, person.absences, day) if pieces else NOTHING
    if standing.until is not None and standing.until <= until:
        ends = {
            level: end
            for level in range(1, standing.level + 1)
            if (end := ends_on(level, pieces, person.absences, day, until))
        }
        if ends:
            return Cell(competency, standing.level, required, ends)
    key = competency.id, standing.level, required
    if key not in kept:
        kept[key] = Cell(competency, standing.level, required, {})
    return kept[key]


def ends_on(
    level: int, pieces: Sequence[Piece], absences: Sequence[Span], day: date, until: date
) -> date | None:
    """The first day after `day`, up to `until`, on which a level that is held is held no more.

    Evidence that lapses while other evidence of the level goes on counting ends nothing.
    """
    standing = standing_on(pieces, absences, day)
    while standing.level >= level:
        if standing.until is None or standing.until > until:
            return None
        day = standing.until
        standing = standing_on(pieces, absences, day)
    return day
