"""What must hold of the movements of one person; each rule gives what it finds to be wrong.

Sums alone prove little: a cause may be wrong and the sum right. So a second rule asks whether each
cause happened, and a third whether the count is right after each cause of a day.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from random import Random
from typing import TypeVar

from lms.competencies.movements import Cause, Lines
from lms.competencies.tally import Cell
from tests.support.second_count import DAY, GAINS, LOSSES, NOTHING, ORDER, Count, Numbers, SecondCount

HEADS = ("(away)", "(second post)")
GROUPINGS: dict[str, Callable[[Cell], object]] = {
    "region": lambda cell: cell.region,
    "organisation": lambda cell: cell.organisation,
    "team": lambda cell: cell.team,
    "role": lambda cell: cell.role_profile,
    "pillar": lambda cell: cell.pillar,
}
Key = TypeVar("Key")
Rule = Callable[[SecondCount, Lines], Iterator[str]]


def sums_are_counts(second: SecondCount, lines: Lines) -> Iterator[str]:
    """The sum of all lines up to a day is the count of that day, in every cell."""
    days = _days_to_ask(second, lines)
    for day, sums in _running(lines, days):
        if sums != second.on(day):
            yield f"{day}: the sum is {sums}, the count {second.on(day)}"


def causes_add_up(second: SecondCount, lines: Lines) -> Iterator[str]:
    """Between two days, the lines of each cause together are the change, whatever the groups."""
    days = _days_to_ask(second, lines)
    start = days[len(days) // 3]
    for end in (days[len(days) // 2], days[-1] + DAY):
        by_cause: dict[Cause, Lines] = defaultdict(dict)
        for line, tally in lines.items():
            if start < line[0] <= end:
                by_cause[line[3]][line] = tally
        for name, group_of in GROUPINGS.items():
            total = _grouped(second.on(start), group_of)
            for several in by_cause.values():
                of_cause = _added_up((line[1], line[2], tally.numbers) for line, tally in several.items())
                for key, numbers in _grouped(of_cause, group_of).items():
                    total[key] = _plus(total.get(key, NOTHING), numbers)
            if _without_zeros(total) != _grouped(second.on(end), group_of):
                yield f"{start} to {end} by {name}: {total}"


def each_cause_happened(second: SecondCount, lines: Lines) -> Iterator[str]:
    """A line names a cause that is a fact of its day, and its numbers have the sign of that cause."""
    for (day, _, competency, cause), tally in lines.items():
        if competency in HEADS:
            continue
        if not HAPPENED[str(cause)](second, competency, day):
            yield f"{day} {competency}: nothing that is called {cause}"
        if not _has_the_sign(str(cause), tally.numbers, now_away=second.away(day)):
            yield f"{day} {competency}: {cause} may not add {tally.numbers}"


def states_are_those_of_the_day_undone(second: SecondCount, lines: Lines) -> Iterator[str]:
    """After each cause of a day, the count is that of the day with every later cause undone."""
    told: dict[date, dict[str, list[tuple[Cell, str, Numbers]]]] = defaultdict(lambda: defaultdict(list))
    for (day, cell, competency, cause), tally in lines.items():
        if competency not in HEADS:
            told[day][str(cause)].append((cell, competency, tally.numbers))
    for day in sorted({*second.change_days(), *told}):
        state = {key: numbers for key, numbers in second.on(day - DAY).items() if key[1] not in HEADS}
        for last in ORDER:
            for cell, competency, numbers in told[day][last]:
                state[cell, competency] = _plus(state.get((cell, competency), NOTHING), numbers)
            undone = {k: numbers for k, numbers in second.after(day, last).items() if k[1] not in HEADS}
            if _without_zeros(state) != undone:
                yield f"{day} after {last}: {state}, and with all later undone {undone}"


RULES: tuple[Rule, ...] = (
    sums_are_counts,
    causes_add_up,
    each_cause_happened,
    states_are_those_of_the_day_undone,
)


# What must have happened on a day for a line to name a cause


def _onboarded(second: SecondCount, competency: str, day: date) -> bool:
    new = {organisation for organisation, first in second.structure.on_board.items() if first == day}
    seats = [second.seat(post, day) for post in second.posts]
    return any(seat.organisation in new for seat in seats if seat)


def _joined(second: SecondCount, competency: str, day: date) -> bool:
    return _begins(second, day) and not second.any_counts(day - DAY) and not second.away(day - DAY)


def _left(second: SecondCount, competency: str, day: date) -> bool:
    return _ends(second, day) and not second.any_counts(day) and not second.away(day)


def _away(second: SecondCount, competency: str, day: date) -> bool:
    return second.away(day) is not second.away(day - DAY)


def _role(second: SecondCount, competency: str, day: date) -> bool:
    began = _begins(second, day) and second.any_counts(day - DAY)
    ended = _ends(second, day) and second.any_counts(day)
    return began or ended


def _requirement(second: SecondCount, competency: str, day: date) -> bool:
    return any(
        second.asked(post.role_profile, competency, day)
        != second.asked(post.role_profile, competency, day - DAY)
        for post in second.posts
    )


def _reorganised(second: SecondCount, competency: str, day: date) -> bool:
    placements = second.structure.placements
    return any(start == day for post in second.posts for start, _ in placements.get(post.team_id, ()))


def _gained(basis: str) -> Callable[[SecondCount, str, date], bool]:
    return lambda second, competency, day: basis in second.begins(competency, day)


def _lost(cause: str) -> Callable[[SecondCount, str, date], bool]:
    return lambda second, competency, day: cause in second.ends(competency, day)


def _begins(second: SecondCount, day: date) -> bool:
    return any(post.span.start == day for post in second.posts)


def _ends(second: SecondCount, day: date) -> bool:
    return any(post.span.end == day for post in second.posts)


HAPPENED: dict[str, Callable[[SecondCount, str, date], bool]] = {
    "onboarded": _onboarded,
    "joined": _joined,
    "left": _left,
    "away": _away,
    "role": _role,
    "requirement": _requirement,
    "reorganised": _reorganised,
    **{basis: _gained(basis) for basis in GAINS},
    **{cause: _lost(cause) for cause in LOSSES},
}


def _has_the_sign(cause: str, numbers: Numbers, *, now_away: bool) -> bool:
    appointments, unrecorded, lapsed, short, missing, _, _ = numbers
    below = unrecorded + lapsed + short
    if cause in {"onboarded", "joined"} or (cause == "away" and not now_away):
        return min(numbers) >= 0
    if cause in {"left", "away"}:
        return max(numbers) <= 0
    if cause in GAINS:
        return appointments == 0 and max(unrecorded, lapsed, below, missing) <= 0
    if cause in LOSSES:
        return appointments == unrecorded == 0 and min(below, missing) >= 0
    return True


# Sums


def _days_to_ask(second: SecondCount, lines: Lines) -> list[date]:
    """Every day of change with the day before, and a few days in between; the same days each time."""
    changes = sorted({*second.change_days(), *(line[0] for line in lines)}) or [date(2024, 2, 29)]
    days = {*changes, *(day - DAY for day in changes)}
    chance = Random(len(changes))  # noqa: S311 any day will do
    days |= {early + DAY * chance.randrange(1 + (late - early).days) for early, late in pairwise(changes)}
    return sorted(days)


def _running(lines: Lines, days: list[date]) -> Iterator[tuple[date, Count]]:
    """The sums of all lines up to each of these days."""
    waiting = sorted(lines, key=lambda line: line[0], reverse=True)
    sums: Count = {}
    for day in days:
        while waiting and waiting[-1][0] <= day:
            line = waiting.pop()
            key = line[1], line[2]
            sums[key] = _plus(sums.get(key, NOTHING), lines[line].numbers)
        yield day, _without_zeros(sums)


def added_up(lines: Lines, day: date) -> Count:
    """The sum of all lines up to a day."""
    wanted = ((line[1], line[2], tally.numbers) for line, tally in lines.items() if line[0] <= day)
    return _without_zeros(_added_up(wanted))


def _added_up(rows: Iterable[tuple[Cell, str, Numbers]]) -> Count:
    sums: Count = {}
    for cell, competency, numbers in rows:
        sums[cell, competency] = _plus(sums.get((cell, competency), NOTHING), numbers)
    return sums


def _grouped(count: Count, group_of: Callable[[Cell], object]) -> dict[tuple[object, str], Numbers]:
    sums: dict[tuple[object, str], Numbers] = {}
    for (cell, competency), numbers in count.items():
        key = group_of(cell), competency
        sums[key] = _plus(sums.get(key, NOTHING), numbers)
    return sums


def _plus(one: Numbers, other: Numbers) -> Numbers:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _without_zeros(sums: dict[Key, Numbers]) -> dict[Key, Numbers]:
    return {key: numbers for key, numbers in sums.items() if any(numbers)}
