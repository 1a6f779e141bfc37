"""The page and the file that say why figures moved between two days."""

from flask import request
from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.people.access import requires
from lms.reports.answers import download, shown
from lms.reports.filters import Filters
from lms.reports.groups import gaps_of, kept_of, people_of, place_of, wider_group
from lms.reports.measures import Measure
from lms.reports.reach import Reach, reach
from lms.reports.views import blueprint
from lms.reports.why import WhyReport, why_report
from lms.reports.why_chart import bars_of
from lms.reports.why_choice import choose_days
from lms.reports.why_files import why_csv
from lms.reports.why_forms import WhyForm, chosen_values, why_form
from lms.reports.why_steps import SMALL, biggest, closed_by_showing, net
from lms.reports.why_words import CAUSE_WORDS, signed
from lms.reports.words import WORDS


@blueprint.get("/gaps/why")
@requires("reports")
def why() -> Response:
    """Show what moved a figure between two days."""
    return shown("reports/why.html", _why, _as_typed, report=None, gaps=kept_of(request.args))


def _why() -> dict[str, object]:
    """What the page of the address says; raises as for the report."""
    report = _report()
    filters, within, published = report.choice.filters, report.reach, report.published
    wider = wider_group(filters, within)
    return {
        "report": report,
        "form": why_form(chosen_values(report), within, published.framework),
        "place": place_of(filters, within),
        "people": people_of(filters, published.framework),
        "gaps": gaps_of(filters, request.args, within).address(),
        "wider": wider,
        "wider_words": _in_words(wider, within, published) if wider else "",
        "bars": bars_of(report),
        "measure": Measure.BELOW,
        "words": WORDS,
        "causes": CAUSE_WORDS,
        "small": SMALL,
        "biggest": biggest,
        "net": net,
        "closed_by_showing": closed_by_showing,
        "signed": signed,
    }


@blueprint.get("/gaps/why.csv")
@requires("reports")
def why_file() -> Response:
    """Give what moved each competency as CSV."""

    def make() -> tuple[str, str]:
        report = _report()
        return f"why-skills-gaps-moved-{report.choice.start}-to-{report.choice.end}.csv", why_csv(report)

    return download(make)


def _report() -> WhyReport:
    within, published = reach(), catalogue.current()
    choice = choose_days(request.args, within, published.framework, clock.today())
    return why_report(choice, within, published)


def _as_typed() -> WhyForm:
    return why_form(request.args, reach(), catalogue.current().framework)


def _in_words(filters: Filters, within: Reach, published: Catalogue) -> str:
    return f"{place_of(filters, within)}, {people_of(filters, published.framework)}"
