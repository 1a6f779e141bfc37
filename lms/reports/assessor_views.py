"""The pages on which the national lead names assessors; a lead sees no learning here, only who assesses."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.core import clock
from lms.core.pages import page
from lms.people.access import requires, viewer
from lms.people.grants import GrantError
from lms.reports import assessors as service
from lms.reports.assessor_forms import EndForm, NamingForm, naming_form
from lms.reports.assessors import Assessor
from lms.reports.views import blueprint

SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.get("/assessors")
@requires("assessors")
def assessors() -> AnyResponse:
    """Show who may assess, over what and on what ground, and the form that names another."""
    return _list_page(naming_form())


@blueprint.post("/assessors")
@requires("assessors")
def name_assessor() -> AnyResponse:
    """Name somebody as an assessor."""
    form = naming_form()
    if not form.validate() or form.person_id is None:
        return _list_page(form, UNPROCESSABLE)
    try:
        service.name(viewer(), form.person_id, form.naming())
    except GrantError as error:
        form.form_errors.append(str(error))
        return _list_page(form, UNPROCESSABLE)
    flash(_("The assessor is named."))
    return redirect(url_for(".assessors"), SEE_OTHER)


@blueprint.route("/assessors/<int:grant_id>/end", methods=["GET", "POST"])
@requires("assessors")
def end_assessor(grant_id: int) -> AnyResponse:
    """Ask for the reason, and end what an assessor may do, today."""
    found = service.assessors(grant_id)
    if not found or not service.may_end(viewer(), found[0]):
        return _gone(found)
    form = EndForm()
    if not form.is_submitted():
        return _end_page(found[0], form)
    if not form.validate():
        return _end_page(found[0], form, UNPROCESSABLE)
    try:
        service.end(viewer(), found[0], form.reason.data or "")
    except GrantError as error:
        form.form_errors.append(str(error))
        return _end_page(found[0], form, UNPROCESSABLE)
    flash(_("The assessor is ended. What they assessed stays."))
    return redirect(url_for(".assessors"), SEE_OTHER)


def _gone(found: list[Assessor]) -> AnyResponse:
    """Answer a button that was pressed twice; 404 where there is no such assessor, or it is one’s own."""
    if request.method != "POST" or not found or not found[0].is_over(clock.today()):
        abort(404)
    flash(_("They were ended already, so nothing new is written."))
    return redirect(url_for(".assessors"), SEE_OTHER)


def _list_page(form: NamingForm, status: int = 200) -> AnyResponse:
    today = clock.today()
    found = service.assessors()
    return page(
        "reports/assessors.html",
        status=status,
        form=form,
        present=[each for each in found if not each.is_over(today)],
        past=[each for each in found if each.is_over(today)],
        may_end=lambda assessor: service.may_end(viewer(), assessor),
        today=today,
    )


def _end_page(assessor: Assessor, form: EndForm, status: int = 200) -> AnyResponse:
    return page("reports/end_assessor.html", status=status, assessor=assessor, form=form)
