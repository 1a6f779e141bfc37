"""The four levels of the evaluation of a course, as counts: reaction, pass, assessment, applied.

Each is of people, who are part of the people of the step before; small numbers are not shown, nor
those that differ from the step before by a small number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.learning.evaluation_counts import Asked, Place, counted
from lms.people.models import Sharing


class Step(StrEnum):
    """What people of a course did; each but the first is said of the people of another, its parent."""

    BEGAN = "began"
    """Opened a module, or took a check."""
    TRIED = "tried"
    """Finished a first go at a check in the last twelve months."""
    FIRST = "first"
    """Passed each check at its first go, of those."""
    PASSED = "passed"
    """Passed a module."""
    ANSWERED = "answered"
    """Said whether they will use it at work."""
    WILL_USE = "will-use"
    ASSESSED = "assessed"
    """Were assessed after their pass, at or above the level of a competency that the course teaches."""
    APPLIED = "applied"
    """Have used it at work, as a manager confirmed."""


PARENT = {
    Step.TRIED: Step.BEGAN,
    Step.FIRST: Step.TRIED,
    Step.PASSED: Step.BEGAN,
    Step.ANSWERED: Step.PASSED,
    Step.WILL_USE: Step.ANSWERED,
    Step.ASSESSED: Step.PASSED,
    Step.APPLIED: Step.PASSED,
}
ORDER = tuple(sorted(Step, key=lambda step: step is Step.BEGAN))
"""In which it is decided what may be shown: how many began comes last, since least is lost by hiding it."""
NEXT = {
    **{step: (parent,) for step, parent in PARENT.items() if parent is not Step.BEGAN},
    Step.BEGAN: (Step.PASSED, Step.TRIED),
}
"""The steps from which a step must not differ by a small number, of those that are decided before."""
Numbers = Mapping[Step, int]
NOBODY: Numbers = dict.fromkeys(Step, 0)
KEPT = timedelta(minutes=10)
_KEPT_BY = "evaluation-of-courses"


@dataclass(frozen=True, slots=True)
class Counted:
    """The people of one course by the place where they hold their oldest post; `at` is in UTC."""

    at: datetime
    places: Mapping[Place, Numbers]

    @property
    def everybody(self) -> Numbers:
        """The people of all organisations whose figures may be counted with those of others."""
        return added(self.places[each] for each in self.counted)

    @property
    def counted(self) -> list[Place]:
        """The places whose figures may be counted with those of others."""
        return [each for each in self.places if each.sharing is not Sharing.NONE]


@dataclass(frozen=True, slots=True)
class Shown:
    """Numbers as they may be shown: those that may not are None."""

    numbers: Mapping[Step, int | None]

    def __getitem__(self, step: Step) -> int | None:
        """The number of a step; None when it is hidden."""
        return self.numbers[step]

    def parent(self, step: Step) -> int | None:
        """Of how many."""
        return self.numbers[PARENT[step]]

    @property
    def hidden(self) -> int:
        """How many numbers are hidden."""
        return sum(each is None for each in self.numbers.values())


def added(several: Iterable[Numbers]) -> Numbers:
    """The sums of each step."""
    found = dict(NOBODY)
    for numbers in several:
        for step in Step:
            found[step] += numbers[step]
    return found


def is_small(number: int, smallest: int) -> bool:
    """Whether a number of people may not be told."""
    return 0 < number < smallest


def showable(numbers: Numbers, smallest: int) -> frozenset[Step]:
    """The steps that may be shown of one row, looked at alone.

    A part of a step that is hidden is hidden too, so that nothing stands without its denominator.
    """
    found: set[Step] = set()
    for step in ORDER:
        beside = NEXT.get(step, ())
        differs = any(
            is_small(abs(numbers[step] - numbers[each]), smallest) for each in beside if each in found
        )
        alone = step is not Step.BEGAN and not found.issuperset(beside)
        if not (is_small(numbers[step], smallest) or differs or alone):
            found.add(step)
    return frozenset(found)


def shown(numbers: Numbers, steps: Iterable[Step]) -> Shown:
    """The numbers of these steps; all others are hidden."""
    may = frozenset(steps)
    return Shown({step: numbers[step] if step in may else None for step in Step})


def of_everybody(course: str, published: Catalogue) -> tuple[Shown, datetime]:
    """What everybody may know of one course, and when it was counted; at most one statement."""
    found = counted_of([course], published)[course]
    whole = found.everybody
    return shown(whole, showable(whole, current_app.config["SMALLEST_GROUP"])), found.at


def counted_of(courses: Iterable[str], published: Catalogue) -> dict[str, Counted]:
    """The people of these courses, counted at most ten minutes ago; at most one statement.

    The places of organisations that keep their figures to themselves are among them.
    """
    asked = list(courses)
    kept: dict[str, Counted] = current_app.extensions.setdefault(_KEPT_BY, {})
    now = clock.now()
    old = [each for each in asked if each not in kept or not now - KEPT < kept[each].at <= now]
    if old:
        found = counted(Asked.of(old, published), clock.today())
        for course in old:
            places = {place: dict(zip(Step, row, strict=True)) for place, row in found[course].items()}
            kept[course] = Counted(now, places)
    return {course: kept[course] for course in asked}
