"""The table of an initiative as a file."""

from lms.core.spreadsheets import csv_text
from lms.reports.initiatives import Standing
from lms.reports.shares import Share

COLUMNS = ("place", "people", "ready", "ready_percent", "most_staff_minutes_left", "suppressed")


def initiative_csv(found: Standing) -> str:
    """A row a place, and a last one for all of them; what may not be told is empty."""
    rows = [(row.title, *_numbers(row.share), _or_empty(row.minutes), _word(row.share)) for row in found.rows]
    whole = ("all", *_numbers(found.share), _or_empty(found.minutes), _word(found.share))
    return csv_text(COLUMNS, [*rows, whole])


def _numbers(share: Share | None) -> tuple[object, ...]:
    return ("", "", "") if share is None else (share.people, share.met, _or_empty(share.percent))


def _or_empty(number: int | None) -> object:
    return "" if number is None else number


def _word(share: Share | None) -> str:
    return "yes" if share is None else "no"
