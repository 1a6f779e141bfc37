"""The steps of a plan that a lead has chosen: what they take together, what they close, and who is asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from lms.core import clock
from lms.learning.sent_plans import PlannedStep
from lms.people.managers import managers_of
from lms.reports.plan import PlanReport, Row
from lms.reports.planning import people_of


@dataclass(frozen=True)
class ChosenSteps:
    """The chosen ones among the steps that are shown, by their number; others cannot be chosen."""

    report: PlanReport
    rows: Mapping[int, Row]

    @property
    def gaps(self) -> int:
        """How many gaps they close if all pass first time."""
        return sum(row.step.people for row in self.rows.values())

    @property
    def minutes(self) -> int:
        """What they take at most: what serves two gaps of one person is done once.

        It is worked out from what each step shows, so that it tells of nobody who needs two of them.
        """
        return sum(row.step.people * row.step.need.minutes for row in self.rows.values())

    @property
    def left(self) -> int:
        """The gaps on the day if all pass first time."""
        return self.report.gaps - self.gaps

    @cached_property
    def likely_left(self) -> int | None:
        """The gaps on the day if people pass first time as often as in the last year; None without one."""
        needs = {row.step.need for row in self.rows.values()}
        closed = {key: people for key, people in self.report.closed.items() if key[1] in needs}
        expected = self.report.expected_of(closed)
        return None if expected is None else self.report.gaps - expected

    @cached_property
    def planned(self) -> tuple[PlannedStep, ...]:
        """The steps with their people."""
        people = people_of(self.report.needs, self.report.closed)
        return tuple(PlannedStep(row.step.need, tuple(people[row.step.need])) for row in self.rows.values())

    @cached_property
    def managers(self) -> int:
        """How many managers decide."""
        return len(frozenset().union(*self._managers.values()))

    @property
    def without(self) -> int:
        """Of how many people nobody can answer."""
        return sum(not each for each in self._managers.values())

    @cached_property
    def _managers(self) -> Mapping[int, frozenset[int]]:
        people = {person for step in self.planned for person in step.people}
        return managers_of(people, clock.today())


def chosen_steps(report: PlanReport, keys: Collection[str]) -> ChosenSteps:
    """The steps with these keys."""
    numbered = enumerate(report.steps, 1)
    return ChosenSteps(report, {number: row for number, row in numbered if row.step.need.key in keys})
