"""Who is ready, meaning who meets all of what is asked, from one day to the next: pure rules.

Whether a post is counted, and whether its holder is ready, is the same from one change of their facts
to the next, and later lapses are known already. So one walk says it of every day, past or coming, as
things are known now and as if nothing more were done. Days are counted as in the gap report.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from lms.competencies.movements import Presence, Structure
from lms.competencies.sheets import Atom
from lms.competencies.standing import PersonFacts, Piece, Span, after_absence, end_of
from lms.competencies.suppression import NO_PILLAR
from lms.competencies.tally import Cell
from lms.content.catalogue import ModuleEntry
from lms.learning.module_states import Pass
from lms.learning.passes import counts_until

Days = tuple[tuple[date, date], ...]
"""Spans of days in their order, apart from each other: the first day of each, and the first after it."""
Passes = Mapping[str, Collection[Pass]]
"""The passes of one person, by the present id of the module."""
Need = str | tuple[str, int]
"""One thing that is asked: a module, or a competency with its level."""
ALWAYS: Days = ((date.min, date.max),)


class Needs(NamedTuple):
    """The modules that have to be passed and in date, and the levels that have to be held."""

    modules: frozenset[str] = frozenset()
    levels: frozenset[tuple[str, int]] = frozenset()

    @property
    def each(self) -> tuple[Need, ...]:
        """Each thing that is asked, modules first."""
        return (*sorted(self.modules), *sorted(self.levels))


class Asked(NamedTuple):
    """What is asked of some role profiles, and of all others; None asks nothing, and counts nobody."""

    of_roles: frozenset[tuple[str, Needs]] = frozenset()
    of_others: Needs | None = None

    def of(self, role: str) -> Needs | None:
        """What is asked of a role profile."""
        return next((needs for key, needs in self.of_roles if key == role), self.of_others)

    @property
    def modules(self) -> frozenset[str]:
        """Every module that is asked of anybody."""
        return frozenset().union(*(each.modules for each in self._all))

    @property
    def competencies(self) -> frozenset[str]:
        """Every competency of which a level is asked of anybody."""
        return frozenset(competency for each in self._all for competency, _ in each.levels)

    @property
    def _all(self) -> tuple[Needs, ...]:
        others = () if self.of_others is None else (self.of_others,)
        return (*(needs for _, needs in self.of_roles), *others)


class Part(NamedTuple):
    """A time in which a post is counted in one place, and the days on which its holder is ready.

    `each` has the days on which they have each thing that is asked.
    """

    atom: Atom
    team: int
    start: date
    end: date
    ready: Days
    each: Mapping[Need, Days]

    def counted(self, day: date) -> bool:
        """Whether the post is counted on a day."""
        return self.start <= day < self.end

    def is_ready(self, day: date) -> bool:
        """Whether the holder is ready on a day."""
        return within(day, self.ready)


def parts_of(
    person: PersonFacts,
    structure: Structure,
    asked: Asked,
    passes: Passes,
    modules: Mapping[str, ModuleEntry | None],
) -> tuple[Part, ...]:
    """When and where the posts of a person are counted, and when the person is ready for what they ask."""
    found: list[Part] = []
    for spell in Presence(person, structure).spells:
        needs = asked.of(spell.role_profile)
        if needs is not None:
            each = {need: _days_of(need, person, passes, modules) for need in needs.each}
            ready = reduce(_both, each.values(), ALWAYS)
            for cell, start, end in _stays(spell.places, spell.end):
                found.append(Part(_atom(cell), cell.team, start, end, ready, each))
    return tuple(found)


def within(day: date, days: Days) -> bool:
    """Whether a day is one of these."""
    return any(start <= day < end for start, end in days)


def until(day: date, days: Days) -> date | None:
    """The first day after the span in which a day lies, date.max without an end; None outside of all."""
    return next((end for start, end in days if start <= day < end), None)


def _days_of(
    need: Need, person: PersonFacts, passes: Passes, modules: Mapping[str, ModuleEntry | None]
) -> Days:
    """The days on which somebody has one thing that is asked, whether counted or not."""
    if isinstance(need, str):
        return passed_days(passes.get(need, ()), modules.get(need), person.absences)
    competency, level = need
    return held_days(person.pieces.get(competency, ()), level, person.absences)


def passed_days(passes: Iterable[Pass], module: ModuleEntry | None, absences: Sequence[Span]) -> Days:
    """The days on which a pass of a module counts; a module that was retired (None) ends no pass."""
    ends = ((each.passed_on, counts_until(each, module)) for each in passes)
    return _joined((start, end and after_absence(end, absences)) for start, end in ends)


def held_days(pieces: Sequence[Piece], level: int, absences: Sequence[Span]) -> Days:
    """The days on which a level, or a higher one, is held."""
    enough = (piece for piece in pieces if piece.level >= level)
    ends = ((piece.start, end_of(piece, pieces, absences)) for piece in enough)
    return _joined((start, end.day if end else None) for start, end in ends)


def _stays(places: Mapping[date, Cell], last: date) -> Iterator[tuple[Cell, date, date]]:
    """One place after the other, from its first day to the first day after it."""
    days: list[date] = []
    for day in sorted(places):
        if not days or places[day] != places[days[-1]]:
            days.append(day)
    for start, end in pairwise([*days, last]):
        yield places[start], start, end


def _joined(spans: Iterable[tuple[date, date | None]]) -> Days:
    """The same days as spans apart from each other; None is no end."""
    found: list[tuple[date, date]] = []
    for start, end in sorted((start, end or date.max) for start, end in spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _both(one: Days, other: Days) -> Days:
    """The days that are in both."""
    met = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((start, end) for start, end in met if start < end))


def _atom(cell: Cell) -> Atom:
    return Atom(cell.region, cell.organisation, cell.role_profile, cell.pillar or NO_PILLAR)
