"""Which numbers of the evaluation may be shown of each part of a whole, so that none tells of a few people.

Parts add up to the whole, of which everybody knows the numbers that are shown. A number is hidden that is
small, or that differs from that of its parent by a small number. Then more parts hide that step until what
is hidden of it together is not small, nor what is missing to its parent, and no reckoning between none and
all of the parent gives a number, or tells that it is small.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import TypeVar

from lms.learning.evaluation import PARENT, Numbers, Step, is_small, showable

Key = TypeVar("Key", bound=Hashable)


def protected(
    parts: Mapping[Key, Numbers], told: Collection[Step], smallest: int, kept: Collection[Key] = ()
) -> dict[Key, frozenset[Step]]:
    """The steps that may be shown of each part; `told` are those shown of the whole.

    Of the parts in `kept` nothing is shown. A part alone is the whole, and shows what that does.
    """
    if len(parts) == 1:
        return {key: frozenset() if key in kept else frozenset(told) for key in parts}
    may = {key: set[Step]() if key in kept else set(showable(parts[key], smallest)) for key in parts}
    for step in Step:
        if step not in told:
            continue
        while _tells(parts, may, step, smallest):
            more = _least(parts, may, step)
            if more is None:
                break
            may[more] -= {step, *_below(step)}
    return {key: frozenset(steps) for key, steps in may.items()}


def _tells(
    parts: Mapping[Key, Numbers], may: Mapping[Key, Collection[Step]], step: Step, smallest: int
) -> bool:
    """Whether what is hidden of a step can be worked out from the whole and from what is shown."""
    hidden = [key for key in parts if step not in may[key]]
    together = sum(parts[key][step] for key in hidden)
    if not together:
        return False
    if len(hidden) == 1 or is_small(together, smallest):
        return True
    parent = PARENT.get(step)
    if parent is None:
        return False
    tops = {key: parts[key][parent] if parent in may[key] else None for key in hidden}
    whole = sum(parts[key][parent] for key in hidden)
    if is_small(whole - together, smallest):
        return True
    return any(
        _narrow(low, high, smallest) or (top is not None and _narrow(top - high, top - low, smallest))
        for top, low, high in _bounds(tops, together, whole)
    )


def _bounds(
    tops: Mapping[Key, int | None], together: int, whole: int
) -> Iterator[tuple[int | None, int, int]]:
    """Between which numbers each hidden one lies; with its parent’s number where that is shown.

    Parents that are hidden are known together alone.
    """
    unknown = whole - sum(top for top in tops.values() if top is not None)
    several = sum(top is None for top in tops.values()) > 1
    for key, top in tops.items():
        others = sum(each for other, each in tops.items() if each is not None and other != key)
        if top is not None:
            yield top, max(0, together - others - unknown), min(top, together)
        else:
            yield None, 0 if several else max(0, together - others), min(unknown, together)


def _narrow(low: int, high: int, smallest: int) -> bool:
    """Whether a number between these two is known, or known to be small; nought may be known."""
    return low >= 1 and (low == high or high < smallest)


def _least(parts: Mapping[Key, Numbers], may: Mapping[Key, Collection[Step]], step: Step) -> Key | None:
    """The part that loses least by hiding a step: one with somebody in it, of these the smallest."""
    shown = [key for key in parts if step in may[key]]
    return min(shown, key=lambda key: (parts[key][step] == 0, parts[key][step], str(key)), default=None)


def _below(step: Step) -> Iterator[Step]:
    for each, parent in PARENT.items():
        if parent is step:
            yield each
            yield from _below(each)
