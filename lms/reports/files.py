"""The gap report as a file: one row a group and competency, the same figures as the page."""

import csv
from collections.abc import Iterator
from io import StringIO

from lms.competencies.disclosure import Figure
from lms.reports.gaps import GapReport

COLUMNS = (
    "group",
    "competency",
    "appointments",
    "below",
    "unrecorded",
    "lapsed",
    "short",
    "share_below",
    "mean_gap",
    "suppressed",
)
NO_FIGURES = ("",) * 7


def gaps_csv(report: GapReport) -> str:
    """The table as CSV; ids are those that the filters take, and there is no total row."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_lines(report))
    return text.getvalue()


def _lines(report: GapReport) -> Iterator[tuple[str, ...]]:
    for row in report.rows:
        for competency in report.competencies:
            yield (row.id, competency.id, *_figures(row.figures[competency.id]))


def _figures(figure: Figure) -> tuple[str, ...]:
    tally = figure.tally
    if tally is None:
        return (*NO_FIGURES, "yes")
    counts = (tally.appointments, tally.below, tally.unrecorded, tally.lapsed, tally.short)
    if not tally.appointments:
        return (*map(str, counts), "", "", "no")
    share = f"{tally.below / tally.appointments:.4f}"
    return (*map(str, counts), share, f"{tally.missing / tally.appointments:.4f}", "no")
