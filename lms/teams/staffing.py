"""Who is ready to run a piece of work: evidence and presence counted on each day of its period.

Nothing here knows a database. A set of days is a number, bit 0 of which is the first day of the
period; a set of people is a number with a bit for each of them. Such sets join and meet in one step.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import and_, or_

from lms.competencies.standing import Piece, Span, end_of
from lms.teams.ahead import Ahead

MOST_TOGETHER = 3


@dataclass(frozen=True)
class Period:
    """What a piece of work needs of somebody on every day from `first` to `last`, both included."""

    needs: Mapping[str, int]
    first: date
    last: date

    @cached_property
    def count(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @cached_property
    def every(self) -> int:
        """All its days."""
        return (1 << self.count) - 1

    def days(self, start: date, end: date | None) -> int:
        """Its days from `start` to before `end`."""
        begins = 0 if start <= self.first else (start - self.first).days
        ends = self.count if end is None or end > self.last else (end - self.first).days
        return (1 << ends) - (1 << begins) if begins < ends else 0

    def first_of(self, days: int) -> date | None:
        """The first day of a set; None of an empty one."""
        return self.first + timedelta(days=lowest(days)) if days else None


@dataclass(frozen=True, eq=False)
class Candidate:
    """A person against a piece of work."""

    ahead: Ahead
    period: Period

    @cached_property
    def there(self) -> int:
        """The days on which they hold a post in the team and are not away."""
        return self._within(self.ahead.posts) & ~self._within(self.ahead.absences)

    @cached_property
    def shown(self) -> dict[str, list[tuple[int, int]]]:
        """Of each need the levels that evidence shows, each with its days, there or not."""
        return {key: [*self._shown(self.ahead.pieces.get(key, ()))] for key in self.period.needs}

    @cached_property
    def held(self) -> dict[str, int]:
        """Of each need the days on which they are there and hold it."""
        held = {}
        for key, need in self.period.needs.items():
            days = 0
            for level, shown in self.shown[key]:
                if level >= need:
                    days |= shown
            held[key] = days & self.there
        return held

    @cached_property
    def missing(self) -> dict[str, int]:
        """Of each need that is not held throughout the days on which it is not."""
        every = self.period.every
        return {key: every & ~held for key, held in self.held.items() if held != every}

    @cached_property
    def until(self) -> date | None:
        """The first day on which a level is not held; None when all are held to the end."""
        return self.period.first_of(reduce(or_, self.missing.values(), 0))

    def lapses(self, key: str) -> date | None:
        """The first day on which one need is not held; None when it is held to the end."""
        return self.period.first_of(self.missing.get(key, 0))

    @property
    def ready(self) -> bool:
        """Whether they hold every level on every day."""
        return not self.missing

    @property
    def starts(self) -> bool:
        """Whether they hold every level on the first day."""
        return self.until is None or self.until > self.period.first

    def lacking(self, key: str) -> int:
        """How many levels they are short of in a need on the first day, there or not."""
        level = max((level for level, days in self.shown[key] if days & 1), default=0)
        return max(0, self.period.needs[key] - level)

    @cached_property
    def levels_short(self) -> int:
        """How many levels they are short of on the first day, over all needs."""
        return sum(self.lacking(key) for key in self.missing)

    def with_pieces(self, pieces: Iterable[Piece]) -> "Candidate":
        """The same person, had they this evidence too."""
        shown = {key: list(found) for key, found in self.ahead.pieces.items()}
        for piece in pieces:
            shown.setdefault(piece.competency, []).append(piece)
        return Candidate(replace(self.ahead, pieces=shown), self.period)

    def back_on(self) -> date | None:
        """The first day back after an absence from which on they are ready to the end of the period."""
        last = reduce(or_, self.missing.values(), 0).bit_length()
        if last in {0, self.period.count}:
            return None
        day = self.period.first + timedelta(days=last)
        return day if any(day - timedelta(days=1) in span for span in self.ahead.absences) else None

    def _shown(self, pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
        for piece in pieces:
            end = end_of(piece, pieces, self.ahead.absences)
            yield piece.level, self.period.days(piece.start, end.day if end else None)

    def _within(self, spans: Iterable[Span]) -> int:
        return reduce(or_, (self.period.days(each.start, each.end) for each in spans), 0)


def candidates_of(people: Iterable[Ahead], period: Period) -> list[Candidate]:
    """Everybody who is there on a day of the period, the closest first."""
    found = (Candidate(each, period) for each in people)
    return sorted((each for each in found if each.there), key=_distance)


def _distance(each: Candidate) -> tuple[bool, bool, int, int, str, int]:
    """Ready to the end, then the longest, then by levels short, then by name."""
    row = each.ahead.row
    lasts = -(each.until or date.max).toordinal()
    return not each.ready, not each.starts, each.levels_short, lasts, row.name.casefold(), row.person_id


def smallest(found: Sequence[Candidate], most: int = MOST_TOGETHER) -> tuple[Candidate, ...]:
    """The fewest people who together hold every level on every day, at most so many; empty when none do."""
    asked = _holders(found)
    chosen = (_one_of_each(asked, size) for size in range(1, most + 1) if asked)
    return tuple(found[place] for place in next(filter(None, chosen), ()))


def _holders(found: Sequence[Candidate]) -> list[int]:
    """Of each need on each day the people who hold it, the fewest first.

    A set that includes another is left out: whoever has somebody of the smaller one has one of it too.
    """
    sets = {each for key in (found[0].period.needs if found else ()) for each in _holders_of(key, found)}
    kept: list[int] = []
    for each in sorted(sets, key=int.bit_count):
        if not any(smaller & each == smaller for smaller in kept):
            kept.append(each)
    return kept


def _holders_of(key: str, found: Sequence[Candidate]) -> Iterator[int]:
    """Who holds one need, whenever that is fewer than before and after."""
    changes: defaultdict[int, int] = defaultdict(int, {0: 0})
    for place, each in enumerate(found):
        held = each.held[key]
        for day in places((held ^ held << 1) & each.period.every):
            changes[day] |= 1 << place
    people = changes.pop(0)
    for _, changed in sorted(changes.items()):
        if changed & ~people:  # somebody begins: those before are the fewest for a while
            yield people
        people ^= changed
    yield people


def _one_of_each(asked: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many people with one of each set, as places; empty when there are none."""
    if most == 1:
        everywhere = reduce(and_, asked)
        return (lowest(everywhere),) if everywhere else ()
    for place in places(asked[0]):
        left = [each for each in asked if not each >> place & 1]
        rest = _one_of_each(left, most - 1) if left else ()
        if rest or not left:
            return (place, *rest)
    return ()


def places(number: int) -> Iterator[int]:
    """The places of the bits of a number, the lowest first."""
    while number:
        yield lowest(number)
        number &= number - 1


def lowest(number: int) -> int:
    """The place of the lowest bit of a number that has one."""
    return (number & -number).bit_length() - 1
