"""The gap report as files for a spreadsheet, a board paper or another program."""

from collections.abc import Callable

from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.core import clock
from lms.people.access import requires, viewer
from lms.reports.answers import download
from lms.reports.asking import report_asked_for
from lms.reports.files import gaps_csv, gaps_json
from lms.reports.gaps import GapReport
from lms.reports.paper import paper_of
from lms.reports.reach import reach
from lms.reports.typesetting import typeset
from lms.reports.views import blueprint
from lms.reports.workbook import gaps_xlsx


@blueprint.get("/gaps.csv")
@requires("reports")
def gaps_file() -> Response:
    """Give the figures of the page as CSV."""
    return _file(gaps_csv, "csv")


@blueprint.get("/gaps.xlsx")
@requires("reports")
def gaps_workbook() -> Response:
    """Give the figures of the page as a spreadsheet, with a sheet that says what they are."""
    return _file(gaps_xlsx, "xlsx")


@blueprint.get("/gaps.pdf")
@requires("reports")
def gaps_paper() -> Response:
    """Give the figures of the page as a paper of two pages for a board."""
    return _file(_paper, "pdf")


@blueprint.get("/gaps.json")
@requires("reports")
def gaps_data() -> Response:
    """Give the figures of the page for a program, with names, days and who is left out."""
    return _file(gaps_json, "json")


def _paper(report: GapReport) -> bytes:
    return typeset("reports/paper.typ", paper_of(report, viewer().name), clock.now())


def _file(written: Callable[[GapReport], str | bytes], ending: str) -> Response:
    def make() -> tuple[str, str | bytes]:
        report = report_asked_for(reach(), catalogue.current())
        return f"skills-gaps-by-{report.filters.by}-{report.filters.as_of}.{ending}", written(report)

    return download(make)
