"""A use at work that somebody sent to their manager: confirmed, given back, or found to be an error."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from lms.core.forms import reason_field
from lms.core.pages import page
from lms.learning.applications import (
    ApplicationError,
    Fault,
    State,
    Written,
    applications_of,
    confirm,
    enter_in_error,
    give_back,
)
from lms.people.access import demand, requires, viewer
from lms.people.readings import note_reading
from lms.people.subjects import person_subject
from lms.teams.blueprint import blueprint
from lms.teams.person import name_of

READING = "teams.application"
SEE_OTHER, UNPROCESSABLE = 303, 422
BACK, ERROR = "back", "error"


class ConfirmForm(FlaskForm):
    """Which text was read: the mark of its last sending."""

    mark = HiddenField()

    @property
    def number(self) -> int:
        """The mark, 0 when it is none."""
        typed = self.mark.data or ""
        return int(typed) if typed.isdecimal() else 0


class ReasonForm(ConfirmForm):
    """The same, with a reason."""

    reason = reason_field()


@blueprint.route("/<int:person_id>/applied/<int:number>", methods=["GET", "POST"])
@requires("team")
def application(person_id: int, number: int) -> AnyResponse:
    """Show what somebody sent; confirm it, give it back or mark it as entered in error."""
    demand("team.person", person_subject(person_id))
    about = _about(person_id, number)
    deciding, reasoned = ConfirmForm(), ReasonForm()
    if not deciding.is_submitted():
        note_reading(person_id, viewer().person_id, READING)
        return _show(person_id, about, deciding, reasoned)
    what = request.form.get("what")
    form = reasoned if what in {BACK, ERROR} else deciding
    if form.validate():
        try:
            _settle(person_id, number, what, form)
        except ApplicationError as refused:
            form.form_errors.append(_fault_words(refused.fault))
        else:
            flash(_settled_words(what))
            return redirect(url_for(".application", person_id=person_id, number=number), SEE_OTHER)
    # Somebody may have settled or changed it meanwhile: the page shows how it stands.
    return _show(person_id, _about(person_id, number), form, reasoned)


def _about(person_id: int, number: int) -> Written:
    found = applications_of(person_id)
    about = next((each for each in found if each.id == number), None)
    if about is None:
        abort(404)
    return about


def _settle(person_id: int, number: int, what: str | None, form: ConfirmForm) -> None:
    by = viewer().person_id
    if not isinstance(form, ReasonForm):
        confirm(person_id, number, mark=form.number, by=by)
    elif what == BACK:
        give_back(person_id, number, mark=form.number, by=by, reason=form.reason.data or "")
    else:
        enter_in_error(person_id, number, by=by, reason=form.reason.data or "")


def _show(person_id: int, about: Written, form: ConfirmForm, reasoned: ReasonForm) -> Response:
    return page(
        "teams/application.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        person_id=person_id,
        name=name_of(person_id),
        about=about,
        form=form,
        reasoned=reasoned,
        may_settle=about.state is State.WAITS,
        may_err=about.state is State.CONFIRMED,
    )


def _settled_words(what: str | None) -> str:
    match what:
        case "back":
            return _("It is given back with your reason.")
        case "error":
            return _("It is marked as entered in error, and is not counted any more.")
        case _:
            return _("It is confirmed, and stands in the record.")


def _fault_words(fault: Fault) -> str:
    match fault:
        case Fault.SETTLED:
            return _("Somebody settled it or took it back since you opened this page")
        case Fault.CHANGED:
            return _("It was changed since you opened this page. Read it again before you decide.")
        case _:
            return _("You may not decide this any more: your grant ended, or they moved")
