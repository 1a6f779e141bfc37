"""Spreadsheets: a sheet of figures, and one that says what they are."""

from collections.abc import Iterator

from flask_babel import gettext as _

from lms.core.spreadsheets import Cells, workbook
from lms.reports.explanation import lines_about
from lms.reports.files import FIGURES, figures_of
from lms.reports.gaps import GapReport
from lms.reports.words import WORDS

FIRST_SHARE, MEAN = FIGURES.index("share_below") + 3, FIGURES.index("mean_gap") + 3


def gaps_xlsx(report: GapReport) -> bytes:
    """The rows of the report as numbers, with names; cells without a figure are empty."""
    formats = {FIRST_SHARE: "0%", MEAN: "0.00"}
    return workbook(_("Skills gaps"), _head(report), _rows(report), lines_about(report), formats=formats)


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
