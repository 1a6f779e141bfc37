"""The gap report as files for a spreadsheet, a board paper or another program."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.core.errors import BadRequest
from lms.people.access import requires
from lms.reports.asking import report_asked_for
from lms.reports.files import gaps_csv, gaps_json
from lms.reports.filters import FilterError
from lms.reports.gaps import GapReport
from lms.reports.reach import reach
from lms.reports.views import blueprint
from lms.reports.workbook import gaps_xlsx

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/gaps.csv")
@requires("reports")
def gaps_file() -> AnyResponse:
    """Give the figures of the page as CSV."""
    report = _report()
    return _file(report, gaps_csv(report), "text/csv", "csv")


@blueprint.get("/gaps.xlsx")
@requires("reports")
def gaps_workbook() -> AnyResponse:
    """Give the figures of the page as a spreadsheet, with a sheet that says what they are."""
    report = _report()
    return _file(report, gaps_xlsx(report), SPREADSHEET, "xlsx")


@blueprint.get("/gaps.json")
@requires("reports")
def gaps_data() -> AnyResponse:
    """Give the figures of the page for a program, with names, days and who is left out."""
    report = _report()
    return _file(report, gaps_json(report), "application/json", "json")


def _report() -> GapReport:
    try:
        return report_asked_for(reach(), catalogue.current())
    except FilterError as wrong:
        raise BadRequest(str(wrong)) from wrong


def _file(report: GapReport, content: str | bytes, mimetype: str, ending: str) -> Response:
    response = Response(content, mimetype=mimetype)
    name = f"skills-gaps-by-{report.filters.by}-{report.filters.as_of}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
