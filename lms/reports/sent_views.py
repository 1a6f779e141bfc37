"""The plans that leads sent: the list, what became of one as page and file, and withdrawing it."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.core.forms import reason_field
from lms.core.pages import page
from lms.core.spreadsheets import attachment
from lms.learning.refusals import REFUSALS
from lms.learning.sent_plans import WithdrawnError, withdraw
from lms.people.access import demand, requires, viewer
from lms.people.structure import regions
from lms.reports.sending import scope_of
from lms.reports.sent_files import sent_csv
from lms.reports.sent_plans import Heading, Since, State, heading_of, plans_for, sent_report
from lms.reports.views import blueprint

SEE_OTHER, UNPROCESSABLE = 303, 422
ON_A_PAGE = 25
STATES = {
    State.ACCEPTED: _l("Accepted"),
    State.CHANGED: _l("Accepted with a change"),
    State.REFUSED: _l("Refused"),
    State.WAITING: _l("Waiting"),
    State.NOBODY: _l("No manager"),
    State.LEFT_OUT: _l("Asked already"),
    State.RETIRED: _l("Not published any more"),
    State.TAKEN_BACK: _l("Taken back"),
}


class WithdrawForm(FlaskForm):
    """Why a plan is withdrawn."""

    reason = reason_field()


@blueprint.get("/plans")
@requires("reports")
def sent_plans() -> Response:
    """List the plans over places that the one who asks leads, the newest first."""
    found = plans_for(viewer(), catalogue.current())
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)

    def address(wanted: int) -> str:
        return url_for(".sent_plans", page=wanted)

    return page(
        "reports/sent_plans.html",
        plans=found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
        page=number,
        pages=pages,
        page_address=address,
        places=_places(),
        titles=_titles(),
    )


@blueprint.get("/plans/<int:number>")
@requires("reports")
def sent_plan(number: int) -> Response:
    """Show what became of a plan; 404 for whoever does not lead its place."""
    heading, published, titles = _found(number), catalogue.current(), _titles()
    competency = heading.plan.competency_id
    return page(
        "reports/sent_plan.html",
        report=sent_report(heading, published),
        published=published,
        titles=titles,
        what=titles.get(competency, competency),
        place=_places()[heading.plan.region_id],
        states=STATES,
        kinds=REFUSALS,
        done=Since.DONE,
    )


@blueprint.get("/plans/<int:number>.csv")
@requires("reports")
def sent_plan_file(number: int) -> Response:
    """Give what became of a plan as CSV."""
    report = sent_report(_found(number), catalogue.current())
    return attachment(f"plan-{number}.csv", sent_csv(report))


@blueprint.route("/plans/<int:number>/withdraw", methods=["GET", "POST"])
@requires("reports")
def withdraw_plan(number: int) -> Response:
    """Ask why a plan is withdrawn, and take back what waits of it."""
    heading, form = _found(number), WithdrawForm()
    if heading.withdrawn_on:
        flash(_("This plan is withdrawn already."))
        return redirect(url_for(".sent_plan", number=number), SEE_OTHER)
    if not form.validate_on_submit():
        status = UNPROCESSABLE if form.errors else 200
        return page(
            "reports/withdraw_plan.html",
            status,
            heading=heading,
            form=form,
            places=_places(),
            titles=_titles(),
        )
    try:
        withdraw(number, by=viewer().person_id, reason=form.reason.data or "")
    except WithdrawnError:
        flash(_("This plan is withdrawn already."))
    else:
        flash(_("The plan is withdrawn: what waited is taken back, what was accepted stays."))
    return redirect(url_for(".sent_plan", number=number), SEE_OTHER)


def _found(number: int) -> Heading:
    heading = heading_of(number, catalogue.current())
    if heading is None:
        abort(404)
    demand("reports.plan", scope_of(heading.plan.region_id))
    return heading


def _places() -> dict[str | None, str]:
    return {None: _("all regions"), **{each.id: each.name for each in regions()}}


def _titles() -> dict[str | None, str]:
    competencies = catalogue.current().framework.competencies
    return {None: _("All competencies"), **{each.id: each.title for each in competencies}}
