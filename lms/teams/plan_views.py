"""What plans of leads propose for the own people: the list, one plan, and the answer to one proposal."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.learning.refusals import REFUSALS, Refusal
from lms.people.access import requires, viewer
from lms.people.models import Duty
from lms.people.readings import note_overview
from lms.people.reports import Reports, reports_of
from lms.teams.answer_forms import REFUSE, AcceptForm, AnswerForm, accept_form, answer_form
from lms.teams.answering import AnswerError, Fault, Terms, accept, accept_all, refuse
from lms.teams.blueprint import blueprint
from lms.teams.plans import Line, TeamPlan, plans_to

SEE_OTHER, UNPROCESSABLE = 303, 422
READING = "team.plan"
WORDS = {
    Fault.NOT_ALLOWED: _l("This person is not in one of your teams any more"),
    Fault.ANSWERED: _l("It was answered or taken back meanwhile, so nothing new is written"),
    Fault.RETIRED: _l("What it asks for is not published any more"),
}


@blueprint.get("/plans")
@requires("team")
def plans() -> Response:
    """List what plans propose for the own people of today."""
    found = plans_to(_reports().names, catalogue.current())
    return page("teams/plans.html", plans=found, titles=_titles())


@blueprint.route("/plans/<int:number>", methods=["GET", "POST"])
@requires("team")
def plan(number: int) -> Response:
    """Show what a plan proposes for the own people, and accept all that waits; 404 where it is nothing."""
    found = _found(number, _reports())
    form = accept_form(found)
    if not form.is_submitted():
        return _show(found, form, 200)
    if not form.whole() or form.due.day is None:
        return _show(found, form, UNPROCESSABLE)
    try:
        count = accept_all(number, form.due.day, by=viewer().person_id)
    except AnswerError as error:
        flash(str(WORDS[error.fault]))
    else:
        flash(ngettext("%(num)d person is asked.", "%(num)d people are asked.", count))
    return redirect(url_for(".plan", number=number), SEE_OTHER)


@blueprint.route("/plans/<int:number>/<int:proposal>", methods=["GET", "POST"])
@requires("team")
def answer(number: int, proposal: int) -> Response:
    """Answer one proposal; 404 for one that is not about the own people."""
    reports, published = _reports(), catalogue.current()
    found = _found(number, reports)
    line = next((each for each in found.lines if each.number == proposal), None)
    if line is None:
        abort(404)
    if not line.waits:
        flash(str(WORDS[Fault.ANSWERED if line.outcome else Fault.RETIRED]))
        return redirect(url_for(".plan", number=number), SEE_OTHER)
    competencies = [step.competency for step in found.steps if line in step.lines]
    form = answer_form(found, line, competencies, published, (team.name for team in reports.teams))
    if form.is_submitted() and form.whole():
        flash(_answered(line, form))
        return redirect(url_for(".plan", number=number), SEE_OTHER)
    status = UNPROCESSABLE if form.is_submitted() else 200
    note_overview({line.person_id}, viewer().person_id, READING)
    return page("teams/plan_answer.html", status, found=found, line=line, form=form, titles=_titles())


def _answered(line: Line, form: AnswerForm) -> str:
    """Keep an answer, and give the words for it."""
    by = viewer().person_id
    try:
        if form.what.data == REFUSE:
            refuse(line.number, Refusal(form.kind.data), form.words.data or None, by=by)
            return _("%(name)s is not asked for it, and the lead reads why.", name=line.name)
        accept(line.number, Terms(form.due.day or clock.today(), form.module.data or None), by=by)
    except AnswerError as error:
        return str(WORDS[error.fault])
    if line.level:
        return _("It is accepted: record the level once %(name)s has shown it.", name=line.name)
    return _("%(name)s is asked for it.", name=line.name)


def _found(number: int, reports: Reports) -> TeamPlan:
    found = plans_to(reports.names, catalogue.current(), number)
    if not found:
        abort(404)
    return found[0]


def _show(found: TeamPlan, form: AcceptForm, status: int) -> Response:
    note_overview({line.person_id for line in found.lines}, viewer().person_id, READING)
    titles, about = _titles(), found.plan.competency_id
    subject = titles.get(about, about) if about else _("All competencies")
    return page(
        "teams/plan.html", status, found=found, form=form, titles=titles, subject=subject, kinds=REFUSALS
    )


def _reports() -> Reports:
    return reports_of(viewer().person_id, viewer().held(Duty.MANAGER), clock.today())


def _titles() -> dict[str, str]:
    return {each.id: each.title for each in catalogue.current().framework.competencies}
