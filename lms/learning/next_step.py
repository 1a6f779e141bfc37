"""What a person is asked to do, and what of it comes first: pure rules over plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Why(IntEnum):
    """Why a module is asked for; the first reason of those that hold is the one that is shown."""

    ASSIGNED = 1
    """Somebody else asked for it."""
    UPDATE = 2
    """An earlier edition was passed, and the present one asks something more."""
    LAPSE = 3
    """What it once showed lapses soon, and a pass keeps it."""
    GAP = 4
    """The role asks for a level that it shows, alone or with others."""
    CHOSEN = 5
    """The person has chosen it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One module that is asked for.

    `day` is when it is due, or the first day on which what was shown no longer counts. `minutes` are
    those left. `levels` are the missing levels that learning closes in the competency at stake,
    `position` is that competency's place in the framework.
    """

    why: Why
    module: str
    minutes: int
    day: date | None = None
    competency: str | None = None
    levels: int = 0
    position: int = 0


def in_order(items: Iterable[Item]) -> list[Item]:
    """One item for each module, the one to do first at the head.

    An assignment that is due soonest, else an update, else what lapses, else the largest gap that
    learning can close, the quickest first; what a person chose for themselves comes last.
    """
    kept: dict[str, Item] = {}
    for item in sorted(items, key=_rank):
        kept.setdefault(item.module, item)
    return list(kept.values())


def by_day(items: Iterable[Item]) -> list[Item]:
    """What else is asked, in order of the day by which; what has none comes last."""
    return sorted(items, key=lambda item: (item.day or date.max, _rank(item)))


def _rank(item: Item) -> tuple[int, date, int, int, int, str]:
    return (
        item.why,
        item.day or date.max,
        -item.levels,
        item.minutes,
        item.position,
        item.module,
    )
