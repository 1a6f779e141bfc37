"""The page and the file that say why figures moved between two days."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.errors import BadRequest
from lms.core.pages import kept_page, page, wants_fragment
from lms.people.access import requires, viewer
from lms.people.acts import latest_no
from lms.reports.choice import UnknownChoiceError
from lms.reports.filters import FilterError, Filters
from lms.reports.measures import Measure
from lms.reports.reach import Reach, reach
from lms.reports.views import blueprint
from lms.reports.why import WhyReport, why_report
from lms.reports.why_chart import bars_of
from lms.reports.why_choice import choose_days, gaps_of, kept_of, people_of, place_of, wider_group
from lms.reports.why_files import why_csv
from lms.reports.why_forms import chosen_values, note_error, why_form
from lms.reports.why_steps import SMALL, biggest, closed_by_showing, net
from lms.reports.why_words import CAUSE_WORDS, signed


@blueprint.get("/gaps/why")
@requires("reports")
def why() -> AnyResponse:
    """Show what moved a figure between two days."""
    key = (latest_no(), clock.today(), viewer().grants, tuple(request.args.items(multi=True)))
    try:
        return kept_page(key, "reports/why.html", _why)
    except FilterError as wrong:
        return _mend(wrong, catalogue.current())


def _why() -> dict[str, object]:
    """What the page of the address says; FilterError and 404 as for the report."""
    within, published = reach(), catalogue.current()
    report = _report(within, published)
    filters = report.choice.filters
    wider = wider_group(filters, within)
    return {
        "report": report,
        "form": why_form(chosen_values(report, request.args), published.framework),
        "place": place_of(filters, within),
        "people": people_of(filters, published.framework),
        "gaps": gaps_of(filters, request.args, within).address(),
        "wider": wider,
        "wider_words": _in_words(wider, within, published) if wider else "",
        "bars": bars_of(report),
        "measure": Measure.BELOW,
        "causes": CAUSE_WORDS,
        "small": SMALL,
        "biggest": biggest,
        "net": net,
        "closed_by_showing": closed_by_showing,
        "signed": signed,
    }


@blueprint.get("/gaps/why.csv")
@requires("reports")
def why_file() -> AnyResponse:
    """Give what moved each competency as CSV."""
    try:
        report = _report(reach(), catalogue.current())
    except FilterError as wrong:
        raise BadRequest(str(wrong)) from wrong
    response = Response(why_csv(report), mimetype="text/csv")
    name = f"why-skills-gaps-moved-{report.choice.start}-to-{report.choice.end}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _report(within: Reach, published: Catalogue) -> WhyReport:
    try:
        choice = choose_days(request.args, within, published.framework, clock.today())
    except UnknownChoiceError:
        abort(404)
    return why_report(choice, within, published)


def _mend(wrong: FilterError, published: Catalogue) -> AnyResponse:
    """The days as they were typed, with what is wrong with them, and a day that would do."""
    form = why_form(request.args, published.framework)
    note_error(form, wrong.field, str(wrong))
    # HTMX puts an answer of 422 into the page, and none of 400.
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
    return page(
        "reports/why.html",
        status,
        report=None,
        form=form,
        gaps=kept_of(request.args),
        instead=wrong.instead,
        instead_address=_with(wrong.field, wrong.instead) if wrong.instead else "",
    )


def _with(field: str, day: date) -> str:
    arguments: dict[str, Any] = {**request.args, field: day.isoformat()}
    return url_for("reports.why", **arguments)


def _in_words(filters: Filters, within: Reach, published: Catalogue) -> str:
    return f"{place_of(filters, within)}, {people_of(filters, published.framework)}"
