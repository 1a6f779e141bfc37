"""How many of a team can lead or do what a competency asks, and where that is thin; plain values only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lms.content.framework import Competency
from lms.teams.matrix import Matrix, Row

LEAD, DO = 3, 2
FEW_LEAD = 2
"""Of so many who can lead, one whose evidence lapses makes cover thin."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """Somebody whose level ends in the window, and the first day without it."""

    row: Row
    day: date


@dataclass(frozen=True, slots=True)
class Cover:
    """Who of the people counted holds a level of a competency, whose ends, and how many roles ask for it."""

    competency: Competency
    level: int
    people: int
    holders: tuple[Row, ...]
    lapsing: tuple[Lapse, ...]
    asking: int
    nearly: int = 0
    """How many whose role asks for the level hold the one before it."""

    @property
    def number(self) -> int:
        """How many hold the level."""
        return len(self.holders)

    @property
    def thin(self) -> bool:
        """At most one holds it and more roles ask for it, or of at most two somebody's lapses."""
        wanting = self.number < FEW_LEAD and self.asking > self.number
        return wanting or (self.number <= FEW_LEAD and bool(self.lapsing))


def cover_of(matrix: Matrix, level: int) -> tuple[Cover, ...]:
    """The cover at a level, one for each column; people who are away are not in it."""
    return tuple(
        _cover(competency, place, matrix.rows, level) for place, competency in enumerate(matrix.competencies)
    )


def thin_of(lead: Iterable[Cover]) -> list[Cover]:
    """Where too few could lead: first what lapses, the soonest first, then where most are missing."""
    return sorted((each for each in lead if each.thin), key=_urgency)


def _cover(competency: Competency, place: int, rows: Sequence[Row], level: int) -> Cover:
    holders = tuple(row for row in rows if row.cells[place].held >= level)
    lapsing = [Lapse(row, day) for row in holders if (day := row.cells[place].ends.get(level))]
    return Cover(
        competency,
        level,
        len(rows),
        holders,
        tuple(sorted(lapsing, key=lambda lapse: (lapse.day, lapse.row.name, lapse.row.person_id))),
        sum(1 for row in rows if row.cells[place].required >= level),
        sum(1 for row in rows if row.cells[place].held + 1 == level <= row.cells[place].required),
    )


def _urgency(cover: Cover) -> tuple[date, int]:
    first = cover.lapsing[0].day if cover.lapsing else date.max
    return first, cover.number - cover.asking
