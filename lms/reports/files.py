"""The gap report as files: one row a group and competency, the same figures as the page."""

import csv
import json
from collections.abc import Iterator
from io import StringIO

from lms.competencies.disclosure import Figure
from lms.reports.explanation import explanation
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


def gaps_json(report: GapReport) -> str:
    """The same rows with names and more of each figure, and what they are; a hidden figure is null."""
    content = {**explanation(report), "rows": list(_rows(report))}
    return json.dumps(content, ensure_ascii=False, indent=1)


def _lines(report: GapReport) -> Iterator[tuple[str, ...]]:
    for row in report.rows:
        for competency in report.competencies:
            yield (row.id, competency.id, *_figures(row.figures[competency.id]))


def _figures(figure: Figure) -> tuple[str, ...]:
    tally = figure.tally
    if tally is None:
        return (*NO_FIGURES, "yes")
    counts = (tally.appointments, tally.below, tally.unrecorded, tally.lapsed, tally.short)
    means = (_mean(each, tally.appointments) for each in (tally.below, tally.missing))
    return (*("" if each is None else str(each) for each in counts), *means, "no")


def _mean(number: int | None, people: int) -> str:
    """A number divided by people, with four decimals; empty where it is withheld or nobody is asked."""
    return "" if number is None or not people else f"{number / people:.4f}"


def _rows(report: GapReport) -> Iterator[dict[str, object]]:
    for row in report.rows:
        for competency in report.competencies:
            figure = row.figures[competency.id]
            yield {
                "group": row.id,
                "group_name": row.title,
                "competency": competency.id,
                "competency_name": competency.title,
                "area": competency.area,
                "suppressed": figure.hidden,
                **figures_of(figure),
            }


def figures_of(figure: Figure) -> dict[str, float | int | None]:
    """All that a figure says, by name; None where it is withheld, and for a share or a mean of nobody."""
    tally = figure.tally
    if tally is None:
        return dict.fromkeys(FIGURES)
    asked = tally.appointments
    return {
        "appointments": asked,
        "below": tally.below,
        "unrecorded": tally.unrecorded,
        "lapsed": tally.lapsed,
        "short": tally.short,
        "missing_levels": tally.missing,
        "practitioners": tally.practitioners,
        "experts": tally.experts,
        "share_below": round(tally.below / asked, 4) if asked else None,
        "mean_gap": None if tally.missing is None or not asked else round(tally.missing / asked, 4),
    }


FIGURES = (
    "appointments",
    "below",
    "unrecorded",
    "lapsed",
    "short",
    "missing_levels",
    "practitioners",
    "experts",
    "share_below",
    "mean_gap",
)
