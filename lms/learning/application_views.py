"""Where a person used at work what they learned: their own list, and writing one for their manager."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.pages import page
from lms.learning import applications as service
from lms.learning.application_forms import LONGEST, ApplicationForm, ErrorForm
from lms.learning.applications import ApplicationError, Draft, Fault, State, Written
from lms.learning.blueprint import blueprint
from lms.people.access import requires, viewer

SEE_OTHER, UNPROCESSABLE = 303, 422


@blueprint.get("/record/applied")
@requires("home")
def applications() -> Response:
    """Show what one sent, with what became of it."""
    published = catalogue.current()
    return page(
        "learning/applications.html",
        found=service.applications_of(viewer().person_id),
        passed=service.first_passes(viewer().person_id, published),
    )


@blueprint.route("/record/applied/new", methods=["GET", "POST"])
@requires("home")
def new_application() -> AnyResponse:
    """Ask what was used, where and how, and send it to the manager."""
    published, form = catalogue.current(), ApplicationForm()
    _offer(form, published)
    if not form.is_submitted():
        form.modules.data = _asked_for(form, published)
    return _written_down(form, None)


@blueprint.route("/record/applied/<int:number>/change", methods=["GET", "POST"])
@requires("home")
def change_application(number: int) -> AnyResponse:
    """Change what is not confirmed yet; 404 for one that is not the person’s."""
    published, form = catalogue.current(), ApplicationForm()
    found = _own(number)
    if not found.is_open:
        return _settled()
    _offer(form, published)
    if not form.is_submitted():
        said = found.said
        form.modules.data, form.words.data = list(said.modules), said.words
        form.reference.data, form.used_on.data = said.reference, f"{said.used_on:%d/%m/%Y}"
    return _written_down(form, found)


@blueprint.route("/record/applied/<int:number>/remove", methods=["GET", "POST"])
@requires("home")
def remove_application(number: int) -> AnyResponse:
    """Ask whether it is to be taken back, and do it; 404 for one that is not the person’s."""
    found = _own(number)
    if not found.is_open:
        return _settled()
    if request.method == "GET":
        return page("learning/remove_application.html", found=found)
    try:
        service.take_back(viewer().person_id, number)
    except ApplicationError:
        return _settled()
    flash(_("It is taken back, and nobody keeps it."))
    return redirect(url_for(".applications"), SEE_OTHER)


@blueprint.route("/record/applied/<int:number>/error", methods=["GET", "POST"])
@requires("home")
def application_error(number: int) -> AnyResponse:
    """Ask why a confirmed one was never true, and mark it; 404 for one that is not the person’s."""
    form = ErrorForm()
    found = _own(number)
    if found.state is not State.CONFIRMED:
        return _settled()
    if form.validate_on_submit():
        person_id = viewer().person_id
        try:
            service.enter_in_error(person_id, number, by=person_id, reason=form.reason.data or "")
        except ApplicationError:
            return _settled()
        flash(_("It is marked as entered in error, and is not counted any more."))
        return redirect(url_for(".applications"), SEE_OTHER)
    return page(
        "learning/application_error.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        found=found,
    )


def _written_down(form: ApplicationForm, found: Written | None) -> AnyResponse:
    """Show the form, or send what it says."""
    draft = form.draft if form.validate_on_submit() else None
    if draft is not None:
        try:
            _send(draft, found)
        except ApplicationError as error:
            if error.fault is Fault.SETTLED:
                return _settled()
            form.form_errors.append(_("Your passes have changed since you opened this page. Choose again."))
        else:
            flash(_("It is sent, and waits for your manager."))
            return redirect(url_for(".applications"), SEE_OTHER)
    return page(
        "learning/application.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        found=found,
        longest=LONGEST,
    )


def _send(draft: Draft, found: Written | None) -> None:
    person_id = viewer().person_id
    if found is None:
        service.send(person_id, draft)
    else:
        service.change(person_id, found.id, draft)


def _offer(form: ApplicationForm, published: Catalogue) -> None:
    form.offer(service.first_passes(viewer().person_id, published), published, clock.today())


def _asked_for(form: ApplicationForm, published: Catalogue) -> list[str]:
    """What the address names: a module, or all passed modules of a course."""
    module = published.resolve(request.args.get("module", ""))
    course = published.course(request.args.get("course", ""))
    named = {module, *(course.modules if course else ())}
    return [each for each in form.passed if each in named]


def _own(number: int) -> Written:
    found = service.applications_of(viewer().person_id)
    about = next((each for each in found if each.id == number), None)
    if about is None:
        abort(404)
    return about


def _settled() -> AnyResponse:
    """Lead to the list, which says how it stands; whoever pressed a button is told that it did nothing."""
    if request.method == "POST":
        flash(_("That was settled meanwhile, so nothing is changed. This is how it stands."))
    return redirect(url_for(".applications"), SEE_OTHER)
