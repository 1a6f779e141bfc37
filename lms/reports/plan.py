"""What would close the gaps of a place by a day: the steps, what they take, and what to expect of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from statistics import median

from lms.competencies.disclosure import NOBODY, Disclosure, Figure, disclose
from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.core import clock
from lms.learning.pass_rates import FirstGoes, first_goes
from lms.learning.to_do import Need, TaskKind
from lms.reports.needs import needs_on
from lms.reports.plan_choice import PlanChoice
from lms.reports.planning import Bundle, Closed, Step, all_closed, bundles_of, likely, minutes_of, steps_of
from lms.reports.reach import Reach
from lms.reports.solver import Best, most_closed

YEAR = timedelta(days=365)
ENOUGH = 20
"""First goes at a module from which on its own pass rate is taken, else that of all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A step that is shown, and how many gaps are open after it and those before, if all pass first time."""

    step: Step
    left: int


@dataclass(frozen=True, slots=True)
class Smaller:
    """Steps of few people, taken together: how many they are, their people and their staff minutes."""

    steps: int
    people: int
    minutes: int


@dataclass(frozen=True)
class PlanReport:
    """Everything that the page and the file say.

    `now` and `then` are the people below today and on the day, if nothing is done until then; of all
    competencies together they are gaps. Those `unsaid` are left out, since who needs which step would tell
    of small groups. `needs` are those of everybody on the day, by person; `goes` the first goes of a year at
    each check; `smallest` is how many people a step holds at least that is shown.
    """

    choice: PlanChoice
    reach: Reach
    published: Catalogue
    chosen: Competency | None
    now: Figure
    then: Figure
    unsaid: tuple[Competency, ...]
    needs: Mapping[int, list[Need]]
    goes: Mapping[str, FirstGoes]
    smallest: int

    @cached_property
    def bundles(self) -> Counter[Bundle]:
        """How many people have each bundle of needs."""
        return bundles_of(self.needs.values())

    @cached_property
    def best(self) -> Best | None:
        """What the hours allow; None when no hours are named or they are enough for everything."""
        if self.choice.hours is None or 60 * self.choice.hours >= minutes_of(self._everything):
            return None
        return most_closed(self.bundles, 60 * self.choice.hours)

    @property
    def closed(self) -> Mapping[tuple[Bundle, Need], int]:
        """Of how many people each need is closed."""
        return self.best.closed if self.best else self._everything

    @cached_property
    def steps(self) -> list[Row]:
        """The steps of at least as many people as are shown, each that closes most for each hour first.

        A step of fewer could tell who is below in a role that few hold.
        """
        left, rows = self.gaps, []
        for step in self._all_steps:
            if step.people >= self.smallest:
                left -= step.people
                rows.append(Row(step, left))
        return rows

    @property
    def smaller(self) -> Smaller:
        """The other steps together."""
        small = [step for step in self._all_steps if step.people < self.smallest]
        return Smaller(len(small), sum(step.people for step in small), sum(step.minutes for step in small))

    @property
    def gaps(self) -> int:
        """The gaps on the day if nothing is done."""
        return sum(map(len, self.needs.values()))

    @property
    def closing(self) -> int:
        """How many of them the plan closes if all pass first time."""
        return sum(self.closed.values())

    @property
    def waiting(self) -> int:
        """How many nothing closes yet, since a module is not published."""
        return sum(not need.tasks for needs in self.needs.values() for need in needs)

    @property
    def only_assessed(self) -> int:
        """How many gaps of the day learning alone does not close."""
        return sum(need.assessed for needs in self.needs.values() for need in needs)

    @property
    def minutes(self) -> int:
        """The staff minutes of the plan."""
        return minutes_of(self.closed)

    @property
    def minutes_of_assessments(self) -> int:
        """Those of them that assessments take, of both people."""
        return minutes_of(self.closed, {TaskKind.ASSESSMENT})

    @property
    def median_for_one(self) -> int:
        """The median of what everything takes of one person who has a gap, in minutes."""
        tasks = ({task for need in needs for task in need.tasks} for needs in self.needs.values())
        minutes = [sum(task.minutes for task in each) for each in tasks if each]
        return round(median(minutes)) if minutes else 0

    @cached_property
    def usual(self) -> FirstGoes:
        """The first goes at all checks."""
        return sum(self.goes.values(), FirstGoes())

    @cached_property
    def expected(self) -> int | None:
        """How many gaps close if people pass first time as often as in the last year; None without one."""
        return self.expected_of(self.closed)

    def expected_of(self, closed: Closed) -> int | None:
        """The same of some of the gaps."""
        if not self.usual.people:
            return None
        rates = {
            module: Fraction(each.passed, each.people)
            for module, each in self.goes.items()
            if each.people >= ENOUGH
        }
        return round(likely(closed, rates, Fraction(self.usual.passed, self.usual.people)))

    @cached_property
    def _all_steps(self) -> list[Step]:
        return steps_of(self.closed)

    @cached_property
    def _everything(self) -> dict[tuple[Bundle, Need], int]:
        return all_closed(self.bundles)


def plan_report(choice: PlanChoice, reach: Reach, published: Catalogue) -> PlanReport:
    """What would close the gaps of a choice. Raises TooManyError for a place with too many people."""
    framework, today = published.framework, clock.today()
    chosen = framework.competency(choice.filters.competency)
    asked = [chosen] if chosen else list(framework.competencies)
    days = [disclose(day, None, reach.viewpoint) for day in (today, choice.day)]
    said = [each for each in asked if all(_is_said(day, choice.group, each) for day in days)]
    now, then = (_together(day, choice.group, said) for day in days)
    region, excluded, ids = choice.group.region, reach.viewpoint.excluded, [each.id for each in said]
    needs = needs_on(choice.day, region, excluded, ids, published) if said else {}
    goes = first_goes(datetime.combine(today - YEAR, time(), UTC), published.resolve)
    unsaid = tuple(each for each in asked if each not in said)
    return PlanReport(choice, reach, published, chosen, now, then, unsaid, needs, goes, days[0].smallest)


def _is_said(day: Disclosure, group: Group, competency: Competency) -> bool:
    """Whether it may be said of which kinds those below are: who needs which step says as much."""
    tally = day.figure(group, competency.id).tally
    return tally is not None and tally.detailed


def _together(day: Disclosure, group: Group, competencies: Iterable[Competency]) -> Figure:
    """The figures of several competencies as one; none of no competency."""
    tallies = [day.figure(group, each.id).tally or NOBODY for each in competencies]
    return Figure(sum(tallies, NOBODY)) if tallies else Figure(None)
