"""Why figures moved, as a file: for each competency both balances, and between them a row a cause."""

import csv
from collections.abc import Iterator
from io import StringIO

from lms.competencies.bridges import Bridge
from lms.competencies.disclosure import Shown
from lms.reports.why import WhyReport

COLUMNS = ("cause", "competency", "appointments", "below", "gap", "suppressed")
START, END = "start", "end"


def why_csv(report: WhyReport) -> str:
    """All competencies as CSV; a group that is hidden on either day has two rows without figures."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for competency in report.competencies:
        writer.writerows(_lines(competency.id, report.bridges[competency.id]))
    return text.getvalue()


def _lines(competency: str, bridge: Bridge | None) -> Iterator[tuple[str | int, ...]]:
    if bridge is None:
        yield from ((cause, competency, "", "", "", "yes") for cause in (START, END))
        return
    yield _line(START, competency, bridge.start)
    for cause, moved in bridge.moved.items():
        if moved.appointments or moved.below or moved.missing:
            yield _line(cause, competency, moved)
    yield _line(END, competency, bridge.end)


def _line(cause: str, competency: str, tally: Shown) -> tuple[str | int, ...]:
    gap = "" if tally.missing is None else tally.missing
    return cause, competency, tally.appointments, tally.below, gap, "no"
