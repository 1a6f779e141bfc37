"""The pages of leads: skills gaps by region, organisation, team, role and pillar."""

from collections.abc import Mapping
from functools import partial
from math import ceil
from typing import Any

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response

from lms.competencies.offers import Helper, helpers
from lms.content import catalogue
from lms.core.pages import page
from lms.people.access import requires, viewer
from lms.reports.answers import shown
from lms.reports.asking import report_asked_for
from lms.reports.filters import By
from lms.reports.forms import GapForm, chosen_values, gap_form
from lms.reports.gaps import GapReport
from lms.reports.history import quarter_ago, since, trend
from lms.reports.reach import Reach, reach
from lms.reports.saved import Named, names_of
from lms.reports.ways import other_rows, wider
from lms.reports.words import MEASURES, WORDS

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
MOST_ROWS = 30


@blueprint.get("/gaps")
@requires("reports")
def gaps() -> Response:
    """Show where the skills gaps are, for one choice."""
    kinds = {str(each): words for each, words in WORDS.items()}
    words = kinds.get(request.args.get("by", ""), WORDS[By.REGION])
    views = names_of(viewer().person_id)
    made = partial(_gaps, views)
    return shown("reports/gaps.html", made, _as_typed, own=views, report=None, words=words, views=views)


def _gaps(views: tuple[Named, ...]) -> dict[str, object]:
    """What the page of the address says; raises as for the report."""
    within, published = reach(), catalogue.current()
    report = report_asked_for(within, published)
    filters = report.filters
    return {
        "report": report,
        "words": WORDS[filters.by],
        "measure": MEASURES[filters.measure],
        "form": gap_form(chosen_values(filters), within, published.framework),
        "views": views,
        "ago": quarter_ago(report),
        "trend": trend(report),
        "since": since(report),
        "helpers": _helpers(report, within),
        "others": [(WORDS[other.by].by, other) for other in other_rows(filters, within)],
        "wider": wider(filters, within),
        "address": lambda **changes: _address(filters.address(**changes)),
        **_rows_of_page(report),
    }


def _as_typed() -> GapForm:
    return gap_form(request.args, reach(), catalogue.current().framework)


def _helpers(report: GapReport, within: Reach) -> list[Helper] | None:
    """Who may be asked about the competency, of those the one who asks may see; None without any."""
    teams = within.viewpoint.teams
    if not teams or report.chosen is None or report.chosen.is_area:
        return None
    return helpers(teams, report.chosen.id, report.filters.as_of)


@blueprint.get("/method")
@requires("reports")
def method() -> Response:
    """Say how figures are counted, and how small groups are protected."""
    return page("reports/method.html", smallest=current_app.config["SMALLEST_GROUP"])


def _rows_of_page(report: GapReport) -> dict[str, Any]:
    """The rows of this page of the table, with the address of its others."""
    pages = max(1, ceil(len(report.rows) / MOST_ROWS))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return {
        "rows": report.rows[(number - 1) * MOST_ROWS : number * MOST_ROWS],
        "page_number": number,
        "pages": pages,
        "page_address": lambda other: _address({**report.filters.address(), "page": other}),
    }


def _address(arguments: Mapping[str, object]) -> str:
    values: dict[str, Any] = dict(arguments)
    return url_for("reports.gaps", **values)
