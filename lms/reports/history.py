"""How a figure came to be what it is: a quarter ago, and at the ends of the quarters of two years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from flask_babel import format_date

from lms.competencies.disclosure import Figure, disclose
from lms.core.dates import add_months
from lms.reports.columns import Column
from lms.reports.covered import covered
from lms.reports.gaps import GapReport
from lms.reports.rows import Asked, Row

QUARTERS = 8
MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of a day; `counted` is how many organisations of the place were on board."""

    day: date
    figure: Figure
    counted: int

    @property
    def label(self) -> str:
        """The day as a scale has it: Nov 26."""
        return str(format_date(self.day, "MMM yy"))


@dataclass(frozen=True, slots=True)
class QuarterAgo:
    """The figures of a quarter ago that are shown then and now: of the whole, and of the highest row."""

    day: date
    total: Figure
    highest: Figure


def quarter_before(day: date) -> date:
    """The same day three months earlier; for the last day of a month the last: 31 August for 30 November."""
    following = add_months(day + timedelta(days=1), -MONTHS_OF_A_QUARTER)
    return following - timedelta(days=1)


def quarter_ends(day: date) -> Iterator[date]:
    """The ends of quarters before a day, the latest first: 31 March, 30 June, 30 September, 31 December."""
    first = day.replace(month=(day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1, day=1)
    while first.year > 1:
        yield first - timedelta(days=1)
        first = add_months(first, -MONTHS_OF_A_QUARTER)


def since(report: GapReport) -> date | None:
    """The day from which to ask why a figure moved: a quarter ago, or the first; None on the first itself."""
    first, day = report.first, report.filters.as_of
    return None if first is None or first >= day else max(quarter_before(day), first)


def quarter_ago(report: GapReport) -> QuarterAgo | None:
    """What the sentence says of a quarter ago; None when nothing was counted then."""
    day = quarter_before(report.filters.as_of)
    if report.chosen is None or report.first is None or day < report.first:
        return None
    then = _on(report.asked, day, report.chosen)
    return QuarterAgo(
        day=day,
        total=_shown_on_both(report.total, report.chosen, then),
        highest=_shown_on_both(report.highest, report.chosen, then),
    )


def trend(report: GapReport) -> tuple[Point, ...]:
    """The chosen competency over two years, the earliest day first; none for an area.

    Days before the first record are left out.
    """
    column, day, first = report.chosen, report.filters.as_of, report.first
    if column is None or column.is_area or first is None:
        return ()
    days = [each for each in islice(quarter_ends(day), QUARTERS) if each >= first]
    then = [_on(report.asked, each, column) for each in reversed(days)]
    return tuple(_point(each, report.total, column) for each in (*then, report.asked))


def _on(asked: Asked, day: date, column: Column) -> Asked:
    competency = None if column.is_area else column.id
    disclosure = disclose(day, asked.no, asked.reach.viewpoint, competency)
    return replace(asked, filters=replace(asked.filters, as_of=day), disclosure=disclosure)


def _point(then: Asked, row: Row, column: Column) -> Point:
    return Point(then.filters.as_of, _figure(then, row, column), len(covered(then).counted))


def _shown_on_both(row: Row | None, column: Column, then: Asked) -> Figure:
    if row is None or row.figure(column).hidden:
        return Figure(None)
    return _figure(then, row, column)


def _figure(then: Asked, row: Row, column: Column) -> Figure:
    if row.group is None:
        return Figure(None)
    return column.figure(then.figures(row.group, column.competencies))
