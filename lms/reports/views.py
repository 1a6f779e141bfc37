"""The pages of leads: skills gaps by region, organisation, team, role and pillar."""

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.core import clock
from lms.core.errors import BadRequest
from lms.core.pages import page
from lms.people.access import requires
from lms.reports.files import gaps_csv
from lms.reports.filters import By, FilterError, Filters, read_filters
from lms.reports.forms import gap_form
from lms.reports.gaps import GapReport, gap_report
from lms.reports.reach import Reach, reach

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
WIDEST = 8


@blueprint.get("/gaps")
@requires("reports")
def gaps() -> AnyResponse:
    """Show where the skills gaps are, for one choice."""
    within = reach()
    published = catalogue.current()
    try:
        filters, error = _filters(within), None
    except FilterError as wrong:
        filters, error = _default(within), wrong
    report = _report(filters, within)
    form = gap_form(filters, request.args, within, published)
    if error is not None:
        form[error.field].errors = [str(error)]
    return page("reports/gaps.html", status=400 if error else 200, report=report, form=form, widest=WIDEST)


@blueprint.get("/gaps.csv")
@requires("reports")
def gaps_file() -> AnyResponse:
    """Give the same figures as a file."""
    within = reach()
    try:
        filters = _filters(within)
    except FilterError as wrong:
        raise BadRequest(str(wrong)) from wrong
    response = Response(gaps_csv(_report(filters, within)), mimetype="text/csv")
    name = f"skills-gaps-by-{filters.by}-{filters.as_of}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/method")
@requires("reports")
def method() -> AnyResponse:
    """Say how figures are counted, and how small groups are protected."""
    return page("reports/method.html")


def _default(within: Reach) -> Filters:
    """Where a lead begins: all regions."""
    return Filters(by=By.REGION, as_of=clock.today())


def _filters(within: Reach) -> Filters:
    """The choice of the address; what does not exist for the one who asks answers 404."""
    filters = read_filters(request.args, clock.today(), _default(within))
    framework = catalogue.current().framework
    known = (
        filters.region in {"", *(each.id for each in within.regions)},
        filters.organisation in {"", *(each.id for each in within.open)},
        filters.role in {"", *(each.id for each in framework.roles)},
        filters.pillar in {"", "none", *(each.id for each in framework.pillars)},
        filters.competency in {"", *(each.id for each in framework.competencies)},
    )
    if not all(known) or (filters.by is By.TEAM and not filters.organisation):
        abort(404)
    return filters


def _report(filters: Filters, within: Reach) -> GapReport:
    report = gap_report(filters, within, catalogue.current())
    if filters.by is By.TEAM and not report.rows:
        abort(404)
    return report
