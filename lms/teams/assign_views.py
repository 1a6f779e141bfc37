"""Assigning learning: the form, the look before it is sent, what was assigned, and changes to it."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.core import clock
from lms.core.pages import page
from lms.people.access import requires, viewer
from lms.people.models import Duty
from lms.people.reports import Reports, reports_of
from lms.teams.assign_forms import WORDS, AssignForm, ChangeForm, assign_form, change_form
from lms.teams.assigning import AssignError, Fault, Preview, end, excuse, extend, not_asked, preview, send
from lms.teams.assignments import Assigned, assigned_to, title_of
from lms.teams.blueprint import blueprint

SEE_OTHER, UNPROCESSABLE = 303, 422
LOOK_AGAIN = {Fault.CHANGED, Fault.NOBODY_LEFT}


@blueprint.get("/assign")
@requires("team")
def assign() -> AnyResponse:
    """Ask what is to be assigned, and show what it would do."""
    form = assign_form(request.args, _reports(), catalogue.current(), sent=False)
    if not request.args.get("look"):
        return _form(form, 200)
    return _look(form, 200)


@blueprint.post("/assign")
@requires("team")
def send_assignment() -> AnyResponse:
    """Assign what was looked at."""
    form = assign_form(request.form, _reports(), catalogue.current(), sent=True)
    order = form.order()
    if order is None:
        return _form(form, UNPROCESSABLE)
    try:
        sent = send(order, request.form.getlist("module"), by=viewer().person_id)
    except AssignError as error:
        form.form_errors.append(str(WORDS[error.fault]))
        return _look(form, UNPROCESSABLE) if error.fault in LOOK_AGAIN else _form(form, UNPROCESSABLE)
    words = ngettext("%(num)d person is asked.", "%(num)d people are asked.", sent.asked)
    if sent.gone:
        left = [request.form.get(f"name-{person}", str(person)) for person in sent.gone]
        words += " " + _("Not in your teams any more, and not asked: %(names)s.", names=", ".join(left))
    flash(words)
    return redirect(url_for(".assignment", number=sent.number), SEE_OTHER)


@blueprint.get("/assignments")
@requires("team")
def assignments() -> Response:
    """List what is assigned to the own people of today."""
    found = assigned_to(_reports(), catalogue.current(), clock.today())
    return page("teams/assignments.html", assignments=found)


@blueprint.route("/assignments/<int:number>", methods=["GET", "POST"])
@requires("team")
def assignment(number: int) -> AnyResponse:
    """Show who has done what of one assignment, and change it."""
    reports = _reports()
    found = _found(number, reports)
    people = {each.person_id: each.name for each in found.people if each.open}
    form = change_form(people, may_end=found.may_end)
    if not form.is_submitted():
        return _show(found, form, reports, 200)
    if form.whole():
        try:
            flash(_changed(number, found, form))
        except AssignError as error:
            form.form_errors.append(str(WORDS[error.fault]))
        else:
            return redirect(url_for(".assignment", number=number), SEE_OTHER)
    return _show(found, form, reports, UNPROCESSABLE)


def _changed(number: int, found: Assigned, form: ChangeForm) -> str:
    """Do what the form says, and give the words for it. Raises AssignError."""
    by, reason, day = viewer().person_id, form.reason.data or "", form.due.day
    people = [
        each.person_id for each in found.people if each.open and form.who.data in {"", str(each.person_id)}
    ]
    if form.what.data == "extend" and day is not None:
        count = extend(number, people, day, by=by, reason=reason)
        return ngettext("%(num)d person has a new due day.", "%(num)d people have a new due day.", count)
    if form.what.data == "excuse":
        count = excuse(number, people, by=by, reason=reason)
        return ngettext("%(num)d person is excused.", "%(num)d people are excused.", count)
    end(number, by=by, reason=reason, excusing=form.what.data == "end-excused")
    if form.what.data == "end-excused":
        return _("It is ended: nobody new is asked, and what was open is excused.")
    return _("It is ended: nobody new is asked, and what is open stays.")


def _found(number: int, reports: Reports) -> Assigned:
    found = assigned_to(reports, catalogue.current(), clock.today(), number)
    if not found:
        abort(404)
    return found[0]


def _show(found: Assigned, form: ChangeForm, reports: Reports, status: int) -> Response:
    left_out = not_asked(found, reports)
    return page("teams/assignment.html", status, found=found, form=form, left_out=left_out)


def _look(form: AssignForm, status: int) -> Response:
    """What would be sent; back to the form where it cannot be."""
    said = list(form.form_errors)
    order = form.order()
    form.form_errors.extend(each for each in said if each not in form.form_errors)
    if order is None:
        return _form(form, UNPROCESSABLE)
    try:
        shown = preview(order, viewer().person_id, viewer().held(Duty.MANAGER))
    except AssignError as error:
        form.form_errors.append(str(WORDS[error.fault]))
        return _form(form, UNPROCESSABLE)
    if not shown.names:
        form.form_errors.append(str(WORDS[Fault.NOBODY]))
        return _form(form, UNPROCESSABLE)
    if not shown.plan.asks:
        words, status = str(WORDS[Fault.NOBODY_LEFT]), UNPROCESSABLE
        form.form_errors.extend([words] if words not in form.form_errors else [])
    return _shown(form, shown, title_of(order.aim, catalogue.current()), status)


def _shown(form: AssignForm, shown: Preview, title: str, status: int) -> Response:
    titles = {module.id: module.title for module in shown.plan.modules}
    typed = {key: request.values.getlist(key) for key in ("what", "team", "role", "person", "due", "reason")}
    role = catalogue.current().framework.role(form.role.data) if form.role.data else None
    return page(
        "teams/assign_look.html",
        status,
        form=form,
        shown=shown,
        title=title,
        role=role.title if role else None,
        titles=titles,
        typed=typed,
    )


def _form(form: AssignForm, status: int) -> Response:
    return page("teams/assign.html", status, form=form, has_people=len(form.person.choices or ()) > 0)


def _reports() -> Reports:
    return reports_of(viewer().person_id, viewer().held(Duty.MANAGER), clock.today())
