"""The standards and one of them as files."""

import csv
from collections.abc import Iterable
from io import StringIO

from lms.reports.shares import Share
from lms.reports.standards import Current, StandardReport, StandardsReport

COLUMNS = ("people", "current_on_every", "current_on_any", "share_on_every", "share_on_any", "suppressed")


def standards_csv(report: StandardsReport) -> str:
    """A row a standard for the place, and one for each own organisation that stands beside it."""
    rows = []
    for line in report.lines:
        place = report.whole.region or "all"
        rows.append((line.standard.id, place, *_figures(line.current)))
        rows += [(line.standard.id, each.id, *_figures(each.current)) for each in line.own]
    return _written(("standard", "place", *COLUMNS), rows)


def standard_csv(report: StandardReport) -> str:
    """A row a region or organisation, then one for each clause, of which “every” and “any” say the same."""
    kind = "region" if report.by_region else "organisation"
    rows = [(kind, each.id, *_figures(each.current)) for each in report.places]
    for line in report.clauses:
        one = Current(line.share, line.share) if line.share else None
        rows.append(("clause", line.clause.number, *_figures(one)))
    return _written(("row", "id", *COLUMNS), rows)


def _figures(current: Current | None) -> tuple[str, ...]:
    if current is None:
        return ("", "", "", "", "", "yes")
    every, some = current.every, current.some
    return (str(every.people), str(every.met), str(some.met), _part(every), _part(some), "no")


def _part(share: Share) -> str:
    return f"{share.met / share.people:.4f}" if share.people else ""


def _written(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
