"""The page and the files that compare two days of one place, or two places on one day."""

from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.core import clock
from lms.people.access import requires
from lms.reports.answers import download, shown
from lms.reports.compare import Comparison, compare
from lms.reports.compare_choice import choose_sides
from lms.reports.compare_files import compare_csv, compare_xlsx
from lms.reports.compare_forms import CompareForm, chosen_values, compare_form
from lms.reports.groups import gaps_of, kept_of, people_of, place_of
from lms.reports.reach import reach
from lms.reports.views import blueprint
from lms.reports.why_words import signed
from lms.reports.words import MEASURES, WORDS


@blueprint.get("/gaps/compare", endpoint="compare")
@requires("reports")
def comparison() -> Response:
    """Show where two days or two places differ."""
    return shown("reports/compare.html", _compared, _as_typed, comparison=None, gaps=kept_of(request.args))


@blueprint.get("/gaps/compare.csv")
@requires("reports")
def compare_file() -> Response:
    """Give the figures of both sides, and of their parts, as CSV."""
    return _file(compare_csv, "csv")


@blueprint.get("/gaps/compare.xlsx")
@requires("reports")
def compare_workbook() -> Response:
    """Give the same as a spreadsheet, with a sheet that says what it is."""
    return _file(compare_xlsx, "xlsx")


def _compared() -> dict[str, object]:
    """What the page of the address says; raises as for the report."""
    found = _comparison()
    base, within, published = found.choice.base, found.asked[0].reach, found.asked[0].published
    return {
        "comparison": found,
        "form": compare_form(chosen_values(found, request.args), within, published.framework),
        "place": place_of(base, within),
        "people": people_of(base, published.framework),
        "gaps": gaps_of(base, request.args, within).address(),
        "measure": MEASURES[base.measure],
        "words": WORDS,
        "signed": signed,
    }


def _comparison() -> Comparison:
    within, published = reach(), catalogue.current()
    choice = choose_sides(request.args, within, published.framework, clock.today())
    return compare(choice, within, published)


def _as_typed() -> CompareForm:
    return compare_form(request.args, reach(), catalogue.current().framework)


def _file(written: Callable[[Comparison], str | bytes], ending: str) -> Response:
    def make() -> tuple[str, str | bytes]:
        found = _comparison()
        sides = "days" if found.choice.is_of_days else "places"
        return f"skills-gaps-two-{sides}-{found.choice.base.as_of}.{ending}", written(found)

    return download(make)
