"""The ways through a scenario: none leads in a circle, none ends at once, and each step is on one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lms.content.mistakes import Mistakes, Span
from lms.content.questions.base import StepDraft


class End(NamedTuple):
    """Where a decision leads: the place of a step, or None for the end; and where that is written."""

    step: int | None
    span: Span


Ends = Sequence[Sequence[End]]


def check_ways(steps: Sequence[StepDraft], ends: Ends, mistakes: Mistakes) -> None:
    """Name circles, first decisions that end the case, and steps that nothing leads to."""
    if not steps:
        return
    for way, end in _circles(ends):
        circle = " → ".join(steps[place].id for place in way)
        mistakes.add("step-circle", end.span, circle=circle)
    for end in ends[0]:
        if end.step is None:
            mistakes.add("path-ends-at-once", end.span)
    reached = _reached(ends)
    for place, step in enumerate(steps):
        if place not in reached:
            mistakes.add("unreachable-step", step.line.span(), id=step.id)


def _reached(ends: Ends) -> set[int]:
    reached: set[int] = set()
    waiting = [0]
    while waiting:
        place = waiting.pop()
        if place not in reached:
            reached.add(place)
            waiting += [end.step for end in ends[place] if end.step is not None]
    return reached


def _circles(ends: Ends) -> Iterator[tuple[list[int], End]]:
    """Each decision that leads back to a step on the way to it, with the way round."""
    done: set[int] = set()
    for start in range(len(ends)):
        if start in done:
            continue
        way = [start]
        left = [iter(ends[start])]
        while way:
            end = next(left[-1], None)
            if end is None:
                done.add(way.pop())
                left.pop()
            elif end.step in way:
                yield [*way[way.index(end.step) :], end.step], end
            elif end.step is not None and end.step not in done:
                way.append(end.step)
                left.append(iter(ends[end.step]))
