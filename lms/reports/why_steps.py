"""A bridge as it is read: causes that opened a gap, small changes together, causes that closed one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.competencies.bridges import Bridge
from lms.competencies.disclosure import NOBODY, Shown
from lms.competencies.movements import Cause

SMALL = "small"
SMALLEST_STEP = 5
"""Causes with a smaller net are joined, so that the others can be read."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a cause moved, and how many were below before and after it; `parts` are causes joined in it."""

    cause: str
    moved: Shown
    before: int
    parts: tuple[tuple[str, Shown], ...] = ()

    @property
    def after(self) -> int:
        """How many are below after it."""
        return self.before + self.moved.below

    @property
    def gross(self) -> int:
        """By how many the joined causes moved it, each without its sign."""
        return sum(abs(tally.below) for _, tally in self.parts)


def steps_of(bridge: Bridge) -> tuple[Step, ...]:
    """The steps from the start to the end: what opened, the largest first, then what closed, likewise."""
    return tuple(_walk(bridge.start.below, _ordered(_felt(bridge.moved))))


def net(bridge: Bridge) -> int:
    """By how many more people are below at the end."""
    return bridge.end.below - bridge.start.below


def closed_by_showing(bridge: Bridge) -> int:
    """How many gaps learning and assessment closed; 0 when there were none."""
    shown = (bridge.moved.get(cause, NOBODY).below for cause in (Cause.LEARNING, Cause.ASSESSMENT))
    return max(0, -sum(shown))


def biggest(bridge: Bridge) -> tuple[str, Shown] | None:
    """The cause that moved most in the direction of the net; of all, where that is zero."""
    sign = (net(bridge) > 0) - (net(bridge) < 0)
    weights = {
        cause: tally.below * sign if sign else abs(tally.below) for cause, tally in bridge.moved.items()
    }
    cause = max(weights, key=lambda each: weights[each], default=None)
    return None if cause is None or weights[cause] <= 0 else (cause, bridge.moved[cause])


def _felt(moved: Mapping[str, Shown]) -> dict[str, Shown]:
    """Causes that changed who is counted or below; others changed only how far, or the levels above."""
    return {
        cause: tally
        for cause, tally in moved.items()
        if tally.appointments or tally.below or tally.unrecorded or tally.lapsed or tally.short
    }


def _ordered(moved: Mapping[str, Shown]) -> Iterator[tuple[str, Shown, tuple[tuple[str, Shown], ...]]]:
    small = {cause: tally for cause, tally in moved.items() if abs(tally.below) < SMALLEST_STEP}
    joined = small if len(small) > 1 else {}
    alone = [(cause, tally) for cause, tally in moved.items() if cause not in joined]
    opened = sorted((each for each in alone if each[1].below >= 0), key=lambda each: -each[1].below)
    closed = sorted((each for each in alone if each[1].below < 0), key=lambda each: each[1].below)
    yield from ((*each, ()) for each in opened)
    if joined:
        total = NOBODY
        for tally in joined.values():
            total += tally
        yield SMALL, total, tuple(joined.items())
    yield from ((*each, ()) for each in closed)


def _walk(below: int, ordered: Iterator[tuple[str, Shown, tuple[tuple[str, Shown], ...]]]) -> Iterator[Step]:
    for cause, moved, parts in ordered:
        yield Step(cause, moved, below, parts)
        below += moved.below
