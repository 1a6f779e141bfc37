"""The pages of leads: skills gaps by region, organisation, team, role and pillar."""

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, url_for
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
MOST_ROWS = 30


@blueprint.get("/gaps")
@requires("reports")
def gaps() -> AnyResponse:
    """Show where the skills gaps are, for one choice."""
    within = reach()
    published = catalogue.current()
    try:
        filters, error = _filters(within), None
    except FilterError as wrong:
        filters, error = _default(), wrong
    report = _report(filters, within)
    form = gap_form(filters, request.args, within, published)
    if error is not None:
        form[error.field].errors = [str(error)]
    pages = max(1, ceil(len(report.rows) / MOST_ROWS))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return page(
        "reports/gaps.html",
        status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        report=report,
        form=form,
        rows=report.rows[(number - 1) * MOST_ROWS : number * MOST_ROWS],
        page_number=number,
        pages=pages,
        address=lambda **changes: _address(filters.address(**changes)),
        page_address=lambda other: _address({"page": other, **filters.address()}),
    )


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
    return page("reports/method.html", smallest=current_app.config["SMALLEST_GROUP"])


def _address(arguments: Mapping[str, object]) -> str:
    values: dict[str, Any] = dict(arguments)
    return url_for("reports.gaps", **values)


def _default() -> Filters:
    """Where a lead begins: all regions, today."""
    return Filters(by=By.REGION, as_of=clock.today())


def _filters(within: Reach) -> Filters:
    """The choice of the address; what does not exist for the one who asks answers 404."""
    filters = read_filters(request.args, clock.today(), _default())
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
