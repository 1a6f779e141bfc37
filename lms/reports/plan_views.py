"""The page and the file that say what would close the gaps of a place."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.core import clock
from lms.learning.to_do import TaskKind
from lms.people.access import can, requires, viewer
from lms.reports.answers import download, shown
from lms.reports.filters import FilterError
from lms.reports.groups import place_of
from lms.reports.needs import MOST_PEOPLE, TooManyError
from lms.reports.plan import ENOUGH, PlanReport, plan_report
from lms.reports.plan_assessors import assessors_for
from lms.reports.plan_choice import choose_plan
from lms.reports.plan_files import plan_csv
from lms.reports.plan_forms import PlanForm, chosen_values, plan_form
from lms.reports.reach import reach
from lms.reports.sending import scope_of
from lms.reports.sent_plans import still_asking
from lms.reports.views import blueprint

SHOWN_STEPS = 15


@blueprint.get("/gaps/plan")
@requires("reports")
def plan() -> Response:
    """Show what would close the gaps of a place by a day, and what it takes."""
    return shown("reports/plan.html", _plan, _as_typed, report=None)


@blueprint.get("/gaps/plan.csv")
@requires("reports")
def plan_file() -> Response:
    """Give the steps as CSV."""

    def make() -> tuple[str, str]:
        report = _report()
        return f"what-would-close-gaps-by-{report.choice.day}.csv", plan_csv(report)

    return download(make)


def _plan() -> dict[str, object]:
    report = _report()
    framework, region = report.published.framework, report.choice.group.region
    may_send = can("reports.plan", scope_of(region))
    about = report.choice.filters.competency
    return {
        "report": report,
        "form": plan_form(chosen_values(report.choice), report.reach, framework),
        "place": place_of(report.choice.filters, report.reach),
        "titles": {each.id: each.title for each in framework.competencies},
        "first_steps": SHOWN_STEPS,
        "enough": ENOUGH,
        "kinds": TaskKind,
        "may_send": may_send,
        "sent": still_asking(viewer(), region, about, report.published) if may_send else [],
        "assessors": assessors_for(report),
    }


def _report() -> PlanReport:
    within, published = reach(), catalogue.current()
    choice = choose_plan(request.args, within, published.framework, clock.today())
    try:
        return plan_report(choice, within, published)
    except TooManyError as error:
        words = _("Choose a region: a plan is worked out for up to %(most)s people", most=f"{MOST_PEOPLE:,}")
        raise FilterError(field="region", words=words) from error


def _as_typed() -> PlanForm:
    return plan_form(request.args, reach(), catalogue.current().framework)
