"""The gap report as a spreadsheet: a sheet of figures, and one that says what they are."""

from collections.abc import Iterator
from io import BytesIO

from flask_babel import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lms.reports.explanation import lines_about
from lms.reports.files import FIGURES, figures_of
from lms.reports.gaps import GapReport
from lms.reports.words import WORDS

# A name that begins with “=” or looks like an address stays a name.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = (34, 34, 26, *(14 for _each in FIGURES), 12)
ABOUT_WIDTHS = (34, 110)
FIRST_SHARE, MEAN = FIGURES.index("share_below") + 3, FIGURES.index("mean_gap") + 3


def gaps_xlsx(report: GapReport) -> bytes:
    """The rows of the report as numbers, with names; cells without a figure are empty."""
    made = BytesIO()
    with Workbook(made, OPTIONS) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        share, mean = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "0.00"})
        _write_figures(book.add_worksheet(_("Skills gaps")), report, bold, {FIRST_SHARE: share, MEAN: mean})
        _write_about(book.add_worksheet(_("What this is")), report, bold, text)
    return made.getvalue()


def _write_figures(sheet: Worksheet, report: GapReport, bold: Format, formats: dict[int, Format]) -> None:
    head = _head(report)
    sheet.write_row(0, 0, head, bold)
    last = 0
    for last, row in enumerate(_rows(report), 1):
        for place, value in enumerate(row):
            if value is not None:
                sheet.write(last, place, value, formats.get(place))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, last), len(head) - 1)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)


def _write_about(sheet: Worksheet, report: GapReport, bold: Format, text: Format) -> None:
    for number, (name, words) in enumerate(lines_about(report)):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, words, text)
    for place, width in enumerate(ABOUT_WIDTHS):
        sheet.set_column(place, place, width)


def _head(report: GapReport) -> list[str]:
    return [
        str(WORDS[report.filters.by].row),
        _("Competency"),
        _("Area"),
        _("Appointments"),
        _("Below"),
        _("Nothing recorded yet"),
        _("Lapsed"),
        _("Short"),
        _("Missing levels"),
        _("Practitioner"),
        _("Expert"),
        _("Share below"),
        _("Mean gap"),
        _("Not shown"),
    ]


def _rows(report: GapReport) -> Iterator[tuple[str | float | None, ...]]:
    areas = {each.id: each.title for each in report.asked.published.framework.areas}
    for row in report.rows:
        for each in report.competencies:
            figure = row.figures[each.id]
            hidden = _("yes") if figure.hidden else _("no")
            yield (row.title, each.title, areas.get(each.area, ""), *figures_of(figure).values(), hidden)
