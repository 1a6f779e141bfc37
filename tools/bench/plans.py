"""What a plan over the whole demonstration costs: reading what everybody needs, and choosing within hours."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from flask import Flask

from lms.content import catalogue
from lms.core import clock
from lms.learning.to_do import Need
from lms.reports.needs import needs_on
from lms.reports.planning import bundles_of, minutes_of, steps_of
from lms.reports.solver import most_closed

HOURS, ROUNDS = 400, 5
AHEAD = timedelta(days=90)
MOST_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Planned:
    """Of whom the plan is, and the median CPU seconds of reading and of choosing, whatever else runs."""

    people: int
    gaps: int
    bundles: int
    closed: int
    bound: int
    reading: float
    choosing: float

    def as_json(self) -> dict[str, object]:
        """The same with the goal."""
        return {**asdict(self), "goal": MOST_SECONDS, "meets_goal": self.choosing <= MOST_SECONDS}


def measured_plan(app: Flask) -> Planned:
    """Plan 400 hours for all regions, three months ahead."""
    with app.app_context():
        published = catalogue.current()
        competencies = [each.id for each in published.framework.competencies]
        day = clock.today() + AHEAD

        def read() -> dict[int, list[Need]]:
            return needs_on(day, None, (), competencies, published)

        needs = read()
        bundles = bundles_of(needs.values())
        best = most_closed(bundles, HOURS * 60)
        if minutes_of(best.closed) > HOURS * 60:
            message = "the plan takes more than its hours"
            raise RuntimeError(message)
        return Planned(
            len(needs),
            sum(map(len, needs.values())),
            len(bundles),
            best.gaps,
            best.bound,
            _seconds(read),
            _seconds(lambda: steps_of(most_closed(bundles_of(needs.values()), HOURS * 60).closed)),
        )


def plan_line(found: Planned) -> str:
    """The measure in one line."""
    verdict = "met" if found.choosing <= MOST_SECONDS else "not met"
    of_whom = f"{found.people:,} people with {found.gaps:,} gaps in {found.bundles} bundles"
    closes = f"closes {found.closed:,}, and none closes more than {found.bound:,}"
    choosing = f"choosing {found.choosing:.2f} s of CPU (goal {MOST_SECONDS}, {verdict})"
    return f"A plan of {HOURS} hours over {of_whom} {closes}: {choosing}, reading {found.reading:.2f} s"


def _seconds(work: Callable[[], object]) -> float:
    def once() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return statistics.median(once() for _ in range(ROUNDS))
