"""Which numbers of the evaluation may be shown of each part of a whole, so that none tells of a few people.

Parts add up to the whole, of which everybody knows the numbers that are shown. A number is hidden that is
small, or that differs by a small number from a step beside it. Then more parts hide that step until what
is hidden of it together is not small, nor what it differs from the steps beside it, and no reckoning
between none and all gives a number, or tells that it is small.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from lms.learning.evaluation import NEXT, ORDER, Numbers, Step, is_small, showable

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
    table = _Table(parts, may, told, smallest)
    for step in ORDER:
        while step in told and table.tells(step):
            more = table.least(step)
            if more is None:
                break
            may[more] -= {step, *_below(step)}
    return {key: frozenset(steps) for key, steps in may.items()}


@dataclass(frozen=True)
class _Table(Generic[Key]):
    """The parts, and what may be shown of them so far."""

    parts: Mapping[Key, Numbers]
    may: Mapping[Key, Collection[Step]]
    told: Collection[Step]
    smallest: int

    def tells(self, step: Step) -> bool:
        """Whether what is hidden of a step can be worked out from the whole and from what is shown."""
        hidden = self._hidden(step)
        together = self._sum(hidden, step)
        if together and (len(hidden) == 1 or is_small(together, self.smallest)):
            return True
        beside = [each for each in NEXT.get(step, ()) if each in self.told]
        return any(self._tells_apart(step, each) for each in beside)

    def least(self, step: Step) -> Key | None:
        """The part that loses least by hiding a step: one with somebody in it, of these the smallest."""
        shown = [key for key in self.parts if step in self.may[key]]
        return min(
            shown, key=lambda key: (self.parts[key][step] == 0, self.parts[key][step], str(key)), default=None
        )

    def _tells_apart(self, step: Step, beside: Step) -> bool:
        """Whether it is told by how much two steps differ, or one of them by the bounds of the other."""
        inner, outer = (beside, step) if step is Step.BEGAN else (step, beside)
        apart = [key for key in self.parts if not {inner, outer} <= set(self.may[key])]
        if is_small(self._sum(apart, outer) - self._sum(apart, inner), self.smallest):
            return True
        return any(map(self._narrow, self._bounds(inner, outer))) or any(
            map(self._narrow, self._bounds_above(inner, outer))
        )

    def _bounds(self, inner: Step, outer: Step) -> Iterator[tuple[int, int]]:
        """Between which numbers each hidden one lies that is part of another, and what it lacks to it."""
        hidden = self._hidden(inner)
        together = self._sum(hidden, inner)
        tops = {key: self.parts[key][outer] for key in hidden if outer in self.may[key]}
        unknown = self._sum(hidden, outer) - sum(tops.values())
        several = len(hidden) - len(tops) > 1
        for key in hidden:
            others = sum(top for other, top in tops.items() if other != key)
            if key in tops:
                low, high = max(0, together - others - unknown), min(tops[key], together)
                yield low, high
                yield tops[key] - high, tops[key] - low
            else:
                yield 0 if several else max(0, together - others), min(unknown, together)

    def _bounds_above(self, inner: Step, outer: Step) -> Iterator[tuple[int, int]]:
        """The same of hidden ones of which another that is shown is part."""
        hidden = self._hidden(outer)
        bottoms = {key: self.parts[key][inner] for key in hidden if inner in self.may[key]}
        more = self._sum(hidden, outer) - sum(bottoms.values())
        for key in hidden:
            bottom = bottoms.get(key, 0)
            yield bottom, bottom + more

    def _hidden(self, step: Step) -> list[Key]:
        return [key for key in self.parts if step not in self.may[key]]

    def _sum(self, keys: Collection[Key], step: Step) -> int:
        return sum(self.parts[key][step] for key in keys)

    def _narrow(self, span: tuple[int, int]) -> bool:
        """Whether a number of this span is known, or known to be small; nought may be known."""
        low, high = span
        return low >= 1 and (low == high or high < self.smallest)


def _below(step: Step) -> Iterator[Step]:
    """The steps of which nothing is said without this one."""
    for each, beside in NEXT.items():
        if step in beside and each is not Step.BEGAN:
            yield each
            yield from _below(each)
