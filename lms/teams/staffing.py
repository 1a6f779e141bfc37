"""Who is ready to run a piece of work: evidence and presence counted on each day of its period.

Nothing here knows a database. A cover is a number with one bit for each need in each stretch of days
on which nothing changes, so that people together cover what their numbers joined cover.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from lms.competencies.standing import Piece
from lms.teams.ahead import Ahead

MOST_TOGETHER = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """What a piece of work needs of somebody on every day from `first` to `last`, both included."""

    needs: Mapping[str, int]
    first: date
    last: date


@dataclass(frozen=True)
class Candidate:
    """A person against a piece of work."""

    ahead: Ahead
    period: Period

    @cached_property
    def days(self) -> list[date]:
        """The days of the period on which anything of theirs may change, with its first."""
        first, last = self.period.first, self.period.last
        found = {day for key in self.period.needs for day in self.ahead.changes(key)}
        return sorted({first, *(day for day in found if first < day <= last)})

    @cached_property
    def short(self) -> dict[str, list[date]]:
        """Of each need that is not held throughout, the days from which it is not, until the next change."""
        found = {
            key: [day for day in self.days if not self.ahead.holds(key, level, day)]
            for key, level in self.period.needs.items()
        }
        return {key: days for key, days in found.items() if days}

    @cached_property
    def until(self) -> date | None:
        """The first day on which a level is not held; None when all are held to the end."""
        return min((days[0] for days in self.short.values()), default=None)

    @property
    def ready(self) -> bool:
        """Whether they hold every level on every day."""
        return self.until is None

    @property
    def starts(self) -> bool:
        """Whether they hold every level on the first day."""
        return self.until is None or self.until > self.period.first

    def lacking(self, key: str) -> int:
        """How many levels they are short of in a need on the first day, there or not."""
        return max(0, self.period.needs[key] - self.ahead.level(key, self.period.first))

    @property
    def levels_short(self) -> int:
        """How many levels they are short of on the first day, over all needs."""
        return sum(self.lacking(key) for key in self.period.needs)

    def with_pieces(self, pieces: Iterable[Piece]) -> "Candidate":
        """The same person, had they this evidence too."""
        shown = {key: list(found) for key, found in self.ahead.pieces.items()}
        for piece in pieces:
            shown.setdefault(piece.competency, []).append(piece)
        return Candidate(replace(self.ahead, pieces=shown), self.period)

    def back_on(self) -> date | None:
        """The first day back after an absence from which on they are ready to the end of the period."""
        for day in self.days[1:]:
            if Candidate(self.ahead, replace(self.period, first=day)).ready:
                before = day - ONE_DAY
                away = any(before in span for span in self.ahead.absences)
                return day if away else None
        return None


def candidates_of(people: Iterable[Ahead], period: Period) -> list[Candidate]:
    """Everybody who is there on a day of the period, the closest first."""
    found = [Candidate(each, period) for each in people]
    there = [each for each in found if any(each.ahead.counts(day) for day in each.days)]
    return sorted(there, key=_distance)


def _distance(each: Candidate) -> tuple[bool, bool, int, int, str, int]:
    """Ready to the end, then the longest, then by levels short, then by name."""
    row = each.ahead.row
    lasts = -(each.until or date.max).toordinal()
    return not each.ready, not each.starts, each.levels_short, lasts, row.name.casefold(), row.person_id


def smallest(found: Sequence[Candidate], most: int = MOST_TOGETHER) -> tuple[Candidate, ...]:
    """The fewest people who together hold every level on every day, at most so many; empty when none do."""
    if not found:
        return ()
    days = sorted({day for each in found for day in each.days})
    covers = [_cover(each, days) for each in found]
    best = _largest(covers)
    few, wanted = _distinct([covers[place] for place in best], len(days) * len(found[0].period.needs))
    for size in range(1, most + 1):
        chosen = _search(few, wanted, size, {})
        if chosen is not None:
            return tuple(found[best[place]] for place in chosen)
    return ()


def _cover(each: Candidate, days: Sequence[date]) -> int:
    """The cover of one person: a bit for each need on each of all the days."""
    bits = 0
    for key in each.period.needs:
        missing, own, held = set(each.short.get(key, ())), set(each.days), True
        for day in days:
            if day in own:
                held = day not in missing
            bits = bits << 1 | held
    return bits


def _largest(covers: Sequence[int]) -> list[int]:
    """The places of covers that no other one includes, each once."""
    kept: list[int] = []
    for place in sorted(range(len(covers)), key=lambda each: (-covers[each].bit_count(), each)):
        if not any(covers[place] & ~covers[other] == 0 for other in kept):
            kept.append(place)
    return kept


def _distinct(covers: Sequence[int], width: int) -> tuple[list[int], int]:
    """The same covers with each set of bits that the same people hold once, and all bits of these."""
    columns = sorted(set(zip(*(format(each, f"0{width}b") for each in covers), strict=True)))
    few = [int("".join(row), 2) for row in zip(*columns, strict=True)]
    return few, (1 << len(columns)) - 1


def _search(covers: Sequence[int], wanted: int, most: int, failed: dict[int, int]) -> tuple[int, ...] | None:
    """The places of at most so many covers that hold all that is wanted.

    `failed` keeps what so many could not hold.
    """
    if not wanted:
        return ()
    if not most or failed.get(wanted, 0) >= most:
        return None
    if max((each & wanted).bit_count() for each in covers) * most >= wanted.bit_count():
        for place in _rarest(covers, wanted):
            rest = _search(covers, wanted & ~covers[place], most - 1, failed)
            if rest is not None:
                return (place, *rest)
    failed[wanted] = most
    return None


def _rarest(covers: Sequence[int], wanted: int) -> list[int]:
    """Who holds the wanted bit that the fewest hold; one of them must be chosen."""
    once = _bits(wanted)
    return min(
        ([place for place, each in enumerate(covers) if each & bit] for bit in once), key=len, default=[]
    )


def _bits(number: int) -> Iterator[int]:
    while number:
        bit = number & -number
        yield bit
        number ^= bit
