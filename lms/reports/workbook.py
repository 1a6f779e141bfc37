"""Spreadsheets: a sheet of figures, and one that says what they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

from flask_babel import gettext as _
from xlsxwriter import Workbook

from lms.reports.explanation import lines_about
from lms.reports.files import FIGURES, figures_of
from lms.reports.gaps import GapReport
from lms.reports.words import WORDS

# A name that begins with “=” or looks like an address stays a name.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
NAME, NUMBER, ABOUT = 34, 14, 110
FIRST_SHARE, MEAN = FIGURES.index("share_below") + 3, FIGURES.index("mean_gap") + 3
Cells = Sequence[str | float | None]


def gaps_xlsx(report: GapReport) -> bytes:
    """The rows of the report as numbers, with names; cells without a figure are empty."""
    formats = {FIRST_SHARE: "0%", MEAN: "0.00"}
    return workbook(_("Skills gaps"), _head(report), _rows(report), lines_about(report), formats=formats)


def workbook(
    title: str,
    head: Sequence[str],
    rows: Iterable[Cells],
    about: Iterable[tuple[str, str]],
    *,
    names: int = 3,
    formats: Mapping[int, str] | None = None,
) -> bytes:
    """A workbook of two sheets. A None leaves a cell empty.

    The first columns, as many as `names`, have words; `formats` are of columns by their place.
    """
    made = BytesIO()
    with Workbook(made, OPTIONS) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        looks = {place: book.add_format({"num_format": each}) for place, each in (formats or {}).items()}
        figures, words, last = book.add_worksheet(title), book.add_worksheet(_("What this is")), 0
        figures.write_row(0, 0, head, bold)
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if value is not None:
                    figures.write(last, place, value, looks.get(place))
        figures.set_column(0, len(head) - 1, NUMBER)
        figures.set_column(0, names - 1, NAME)
        figures.freeze_panes(1, 1)
        figures.autofilter(0, 0, max(1, last), len(head) - 1)
        for number, (name, said) in enumerate(about):
            words.write_string(number, 0, name, bold)
            words.write_string(number, 1, said, text)
        words.set_column(0, 0, NAME)
        words.set_column(1, 1, ABOUT)
    return made.getvalue()


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


def _rows(report: GapReport) -> Iterator[Cells]:
    areas = {each.id: each.title for each in report.asked.published.framework.areas}
    for row in report.rows:
        for each in report.competencies:
            figure = row.figures[each.id]
            hidden = _("yes") if figure.hidden else _("no")
            yield (row.title, each.title, areas.get(each.area, ""), *figures_of(figure).values(), hidden)
