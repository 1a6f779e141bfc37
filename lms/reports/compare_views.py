"""The page that compares two days of one place, or two places on one day."""

from http import HTTPStatus
from typing import Any

from flask import abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.pages import kept_page, page, wants_fragment
from lms.people.access import requires, viewer
from lms.people.acts import latest_no
from lms.reports.choice import UnknownChoiceError
from lms.reports.compare import Comparison, choose_sides, compare
from lms.reports.compare_forms import chosen_values, compare_form
from lms.reports.filters import FilterError
from lms.reports.measures import Measure
from lms.reports.reach import Reach, reach
from lms.reports.views import blueprint
from lms.reports.why_choice import gaps_of, kept_of, people_of, place_of
from lms.reports.why_forms import note_error
from lms.reports.why_words import signed


@blueprint.get("/gaps/compare", endpoint="compare")
@requires("reports")
def comparison() -> AnyResponse:
    """Show where two days or two places differ."""
    key = (latest_no(), clock.today(), viewer().grants, tuple(request.args.items(multi=True)))
    try:
        return kept_page(key, "reports/compare.html", _compared)
    except FilterError as wrong:
        return _mend(wrong, reach())


def _compared() -> dict[str, object]:
    """What the page of the address says; FilterError and 404 as for the report."""
    within, published = reach(), catalogue.current()
    found = _comparison(within, published)
    return {
        "comparison": found,
        "form": compare_form(chosen_values(found, request.args), within),
        "place": place_of(found.base, within),
        "people": people_of(found.base, published.framework),
        "gaps": gaps_of(found.base, request.args, within).address(),
        "measure": Measure.BELOW,
        "signed": signed,
    }


def _comparison(within: Reach, published: Catalogue) -> Comparison:
    try:
        base, sides = choose_sides(request.args, within, published.framework, clock.today())
    except UnknownChoiceError:
        abort(404)
    return compare(base, sides, within, published)


def _mend(wrong: FilterError, within: Reach) -> AnyResponse:
    """What was typed, with what is wrong with it, and a day that would do."""
    form = compare_form(request.args, within)
    note_error(form, wrong.field, str(wrong))
    day, instead = wrong.instead, dict[str, Any](request.args)
    # HTMX puts an answer of 422 into the page, and none of 400.
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wants_fragment() else HTTPStatus.BAD_REQUEST
    return page(
        "reports/compare.html",
        status,
        comparison=None,
        form=form,
        gaps=kept_of(request.args),
        instead=day,
        instead_address=url_for("reports.compare", **{**instead, wrong.field: day}) if day else "",
    )
