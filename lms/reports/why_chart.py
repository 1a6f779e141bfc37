"""The bars of a bridge: the two days from the ground up, and between them each step where it moved to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, format_number
from flask_babel import gettext as _

from lms.reports.why import WhyReport
from lms.reports.why_steps import Step
from lms.reports.why_words import CAUSE_WORDS, signed


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the lines of its label, its kind (day, opened, closed or even), its ends and its number.

    `after` is how many are below after it.
    """

    lines: tuple[str, ...]
    kind: str
    low: int
    high: int
    text: str
    after: int


def bars_of(report: WhyReport) -> tuple[Bar, ...]:
    """The bars of the chosen competency, from the first day to the second; none where nothing moved."""
    bridge, choice = report.bridge, report.choice
    if bridge is None or not report.steps:
        return ()
    with_year = choice.start.year != choice.end.year
    first = _of_day(choice.start, bridge.start.below, with_year=with_year)
    last = _of_day(choice.end, bridge.end.below, with_year=with_year)
    return (first, *_of_steps(report.steps), last)


def _of_day(day: date, below: int, *, with_year: bool) -> Bar:
    words = _("On %(day)s", day=format_date(day, "d MMMM"))
    lines = (words, str(day.year)) if with_year else (words,)
    return Bar(lines, "day", 0, below, str(format_number(below)), below)


def _of_steps(steps: tuple[Step, ...]) -> Iterator[Bar]:
    for step in steps:
        number = step.moved.below
        kind = "opened" if number > 0 else "closed" if number < 0 else "even"
        low, high = sorted((step.before, step.after))
        lines = tuple(str(CAUSE_WORDS[step.cause].name).split(" "))
        yield Bar(lines, kind, low, high, signed(number), step.after)
