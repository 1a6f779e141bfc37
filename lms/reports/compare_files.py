"""A comparison as files: one row a group and competency, the same figures as the page, and all its parts."""

import csv
from collections.abc import Iterator
from io import StringIO

from flask_babel import gettext as _

from lms.competencies.disclosure import Figure
from lms.core.spreadsheets import workbook
from lms.reports.compare import Comparison, Pair
from lms.reports.compare_choice import CompareChoice
from lms.reports.explanation import lines_about_both
from lms.reports.measures import Measure
from lms.reports.words import MEASURES, WORDS

COLUMNS = (
    "by",
    "group",
    "competency",
    "measure",
    "first",
    "first_appointments",
    "first_number",
    "first_per_hundred",
    "first_suppressed",
    "second",
    "second_appointments",
    "second_number",
    "second_per_hundred",
    "second_suppressed",
    "points",
    "difference",
)
Values = tuple[int | None, int | None, int | None]


def compare_csv(comparison: Comparison) -> str:
    """Both sides as CSV; ids are those that the filters take, and the whole has neither `by` nor `group`."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    first, second = _ids(comparison.choice)
    for pair in _pairs(comparison):
        names = (pair.part.by or "", pair.part.id, pair.competency.id, pair.measure)
        one, other = (_values(each, pair.measure) for each in (pair.first, pair.second))
        hidden = ("yes" if each.hidden else "no" for each in (pair.first, pair.second))
        both = (first, *one, next(hidden), second, *other, next(hidden))
        writer.writerow(
            "" if each is None else each for each in (*names, *both, *_differences(comparison, pair))
        )
    return text.getvalue()


def compare_xlsx(comparison: Comparison) -> bytes:
    """The same as a spreadsheet, with names; cells without a figure are empty."""
    title = _("Two days") if comparison.choice.is_of_days else _("Two places")
    return workbook(title, _head(comparison), _rows(comparison), lines_about_both(comparison), names=4)


def _head(comparison: Comparison) -> list[str]:
    each_100 = _("percent") if comparison.measure.is_share else _("for each 100")
    measure = str(MEASURES[comparison.measure].name)
    sides = (
        f"{side.title}: {words}"
        for side in comparison.sides
        for words in (_("people in roles"), measure, f"{measure}, {each_100}", _("not shown"))
    )
    return [_("Rows"), _("Group"), _("Competency"), _("Area"), *sides, _("Points"), _("Difference")]


def _rows(comparison: Comparison) -> Iterator[tuple[str | int | None, ...]]:
    areas = {each.id: each.title for each in comparison.asked[0].published.framework.areas}
    for pair in _pairs(comparison):
        part = pair.part
        kind = str(WORDS[part.by].rows) if part.by else _("All")
        sides = (
            (*_values(each, pair.measure), _("yes") if each.hidden else _("no"))
            for each in (pair.first, pair.second)
        )
        names = (kind, part.title or _("All"), pair.competency.title, areas.get(pair.competency.area, ""))
        yield (*names, *next(sides), *next(sides), *_differences(comparison, pair))


def _pairs(comparison: Comparison) -> Iterator[Pair]:
    for part in comparison.parts:
        yield from comparison.pairs(part, comparison.competencies)


def _values(figure: Figure, measure: Measure) -> Values:
    """Of how many people, the number, and that for each 100 people as it is printed."""
    tally = figure.tally
    if tally is None:
        return None, None, None
    return tally.appointments, measure.number(tally), measure.per_hundred(tally)


def _differences(comparison: Comparison, pair: Pair) -> tuple[int | None, int | None]:
    """In points, and in numbers for two days alone, since places differ in size."""
    return pair.points, pair.number if comparison.choice.is_of_days and pair.points is not None else None


def _ids(choice: CompareChoice) -> tuple[str, str]:
    """What the sides are called in an address: a day, or a place; empty for all regions."""
    if choice.is_of_days:
        first, second = (each.as_of.isoformat() for each in choice.sides)
    else:
        first, second = (each.organisation or each.region for each in choice.sides)
    return first, second
