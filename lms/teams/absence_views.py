"""A person's absences: recorded, ended by the return, or marked as entered in error."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from lms.core.forms import DayField
from lms.core.languages import day as in_words
from lms.core.pages import page
from lms.people.access import demand, requires, viewer
from lms.people.readings import note_reading
from lms.people.subjects import person_subject
from lms.teams.absences import AbsenceError, Away, Fault, absences_of, absent, never_away, returned
from lms.teams.blueprint import blueprint
from lms.teams.person import name_of

READING = "team.absence"
SEE_OTHER, UNPROCESSABLE = 303, 422
IN_ERROR = "error"


WORDS = {
    Fault.NOT_ALLOWED: _l("This person is not in your teams any more"),
    Fault.GONE: _l("This absence was marked as entered in error meanwhile"),
    Fault.WRONG_ORDER: _l("Enter a first day back that is after the first day away, or leave it empty"),
    Fault.OVERLAPS: _l("Another absence holds on some of these days: change that one, or enter other days"),
    Fault.BEFORE_JOINING: _l("Enter a day on which they held a post here already"),
    Fault.RETURN_TOO_EARLY: _l(
        "Enter a day after the first day away, or mark the absence as entered in error"
    ),
    Fault.RETURN_TOO_LATE: _l(
        "It ends earlier already: to make it longer, mark it as entered in error and record it again"
    ),
}


class AbsenceForm(FlaskForm):
    """The days between which somebody is away; there is no field for a reason."""

    from_day = DayField(_l("First day away"), missing=_l("Enter the first day away"))
    to_day = DayField(_l("First day back"))


class ReturnForm(FlaskForm):
    """The first day back."""

    day = DayField(_l("First day back"), missing=_l("Enter the first day back"))


@blueprint.route("/<int:person_id>/absence", methods=["GET", "POST"])
@requires("team")
def absence(person_id: int) -> AnyResponse:
    """Show a person's absences, and record one."""
    demand("team.person", person_subject(person_id))
    form = AbsenceForm()
    begins = form.from_day.day if form.validate_on_submit() else None
    if begins is None:
        if not form.is_submitted():
            note_reading(person_id, viewer().person_id, READING)
        return _list(person_id, form)
    try:
        absent(person_id, begins, form.to_day.day, by=viewer().person_id)
    except AbsenceError as error:
        late = error.fault is Fault.WRONG_ORDER
        _say(form, form.to_day if late else form.from_day, error.fault)
        return _list(person_id, form)
    flash(_("The absence is recorded."))
    return redirect(url_for(".absence", person_id=person_id), SEE_OTHER)


@blueprint.route("/<int:person_id>/absence/<int:absence_id>", methods=["GET", "POST"])
@requires("team")
def change_absence(person_id: int, absence_id: int) -> AnyResponse:
    """Record the return of an absence, or mark it as entered in error."""
    demand("team.person", person_subject(person_id))
    away = next((each for each in absences_of(person_id) if each.id == absence_id), None)
    if away is None:
        abort(404)
    form = ReturnForm()
    if form.is_submitted() and request.form.get("what") == IN_ERROR:
        return _void(person_id, away, form)
    if not form.validate_on_submit() or form.day.day is None:
        return _change(person_id, away, form)
    try:
        returned(person_id, absence_id, form.day.day, by=viewer().person_id)
    except AbsenceError as error:
        _say(form, form.day, error.fault)
        return _change(person_id, away, form)
    flash(_("The first day back is recorded: %(day)s.", day=in_words(form.day.day)))
    return redirect(url_for(".absence", person_id=person_id), SEE_OTHER)


def _void(person_id: int, away: Away, form: ReturnForm) -> AnyResponse:
    try:
        never_away(person_id, away.id, by=viewer().person_id)
    except AbsenceError as error:
        _say(form, None, error.fault)
        return _change(person_id, away, form)
    flash(_("The absence is marked as entered in error."))
    return redirect(url_for(".absence", person_id=person_id), SEE_OTHER)


def _list(person_id: int, form: AbsenceForm) -> Response:
    return page(
        "teams/absence.html",
        status=UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        person_id=person_id,
        name=name_of(person_id),
        absences=absences_of(person_id),
    )


def _change(person_id: int, away: Away, form: ReturnForm) -> Response:
    return page(
        "teams/absence_change.html",
        status=UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        person_id=person_id,
        name=name_of(person_id),
        away=away,
    )


def _say(form: FlaskForm, field: DayField | None, fault: Fault) -> None:
    """Say why it is not recorded, at the field that mends it where there is one."""
    if field is None or fault in {Fault.NOT_ALLOWED, Fault.GONE}:
        form.form_errors.append(str(WORDS[fault]))
    else:
        field.errors = [str(WORDS[fault])]
