"""The pages of leads: skills gaps by region, organisation, team, role and pillar."""

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.errors import BadRequest
from lms.core.pages import page, wants_fragment
from lms.people.access import requires
from lms.reports.choice import UnknownChoiceError, choose
from lms.reports.files import gaps_csv
from lms.reports.filters import By, FilterError
from lms.reports.forms import GapForm, chosen_values, gap_form
from lms.reports.gaps import GapReport, gap_report
from lms.reports.reach import Reach, reach
from lms.reports.words import WORDS

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
MOST_ROWS = 30


@blueprint.get("/gaps")
@requires("reports")
def gaps() -> AnyResponse:
    """Show where the skills gaps are, for one choice."""
    within, published = reach(), catalogue.current()
    try:
        report = _report(within, published)
    except FilterError as wrong:
        return _mend(wrong, gap_form(request.args, within, published.framework))
    filters = report.filters
    pages = max(1, ceil(len(report.rows) / MOST_ROWS))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return page(
        "reports/gaps.html",
        report=report,
        words=WORDS[filters.by],
        form=gap_form(chosen_values(filters), within, published.framework),
        rows=report.rows[(number - 1) * MOST_ROWS : number * MOST_ROWS],
        page_number=number,
        pages=pages,
        address=lambda **changes: _address(filters.address(**changes)),
        page_address=lambda other: _address({**filters.address(), "page": other}),
    )


@blueprint.get("/gaps.csv")
@requires("reports")
def gaps_file() -> AnyResponse:
    """Give the same figures as a file."""
    try:
        report = _report(reach(), catalogue.current())
    except FilterError as wrong:
        raise BadRequest(str(wrong)) from wrong
    response = Response(gaps_csv(report), mimetype="text/csv")
    name = f"skills-gaps-by-{report.filters.by}-{report.filters.as_of}.csv"
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


def _report(within: Reach, published: Catalogue) -> GapReport:
    """The report of the address; what does not exist for the one who asks answers 404."""
    try:
        filters = choose(request.args, within, published.framework, clock.today())
    except UnknownChoiceError:
        abort(404)
    report = gap_report(filters, within, published)
    if filters.by is By.TEAM and not report.rows:
        abort(404)
    return report


def _mend(wrong: FilterError, form: GapForm) -> AnyResponse:
    """The filters as they were typed, with what is wrong with them."""
    form[wrong.field].errors = [str(wrong)]
    kinds = {str(each): words for each, words in WORDS.items()}
    words = kinds.get(request.args.get("by", ""), WORDS[By.REGION])
    # HTMX puts an answer of 422 into the page, and none of 400.
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
    return page("reports/gaps.html", status, report=None, words=words, form=form)
