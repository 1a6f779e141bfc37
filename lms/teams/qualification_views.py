"""A qualification that somebody entered, seen by their manager or sent back."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from lms.core import clock
from lms.core.forms import DayField, reason_field
from lms.core.pages import page
from lms.learning.qualifications import (
    Fault,
    Held,
    QualificationError,
    confirm,
    qualifications_of,
    send_back,
)
from lms.people.access import demand, requires, viewer
from lms.people.readings import note_reading
from lms.people.subjects import person_subject
from lms.teams.blueprint import blueprint
from lms.teams.person import name_of

READING = "teams.qualification"
SEE_OTHER, UNPROCESSABLE = 303, 422
BACK = "back"


class SeenForm(FlaskForm):
    """What the certificate says."""

    number = StringField(
        _l("Number on the certificate"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Enter the number on the certificate")),
            Length(max=80, message=_l("Enter at most 80 characters")),
        ],
    )
    awarded_on = DayField(_l("Day of the award"), missing=_l("Enter the day of the award"))


class BackForm(FlaskForm):
    """Why it is sent back."""

    reason = reason_field()


@blueprint.route("/<int:person_id>/qualifications/<int:number>", methods=["GET", "POST"])
@requires("team")
def qualification(person_id: int, number: int) -> AnyResponse:
    """Show what somebody entered; confirm that the certificate was seen, or send it back."""
    demand("team.person", person_subject(person_id))
    held = qualifications_of(person_id)
    about = next((each for each in held if each.id == number), None)
    if about is None:
        abort(404)
    seen, back = SeenForm(), BackForm()
    if not seen.is_submitted():
        note_reading(person_id, viewer().person_id, READING)
        seen.number.data, seen.awarded_on.data = about.number, f"{about.awarded_on:%d/%m/%Y}"
        return _show(person_id, about, held, seen, back)
    sending = request.form.get("what") == BACK
    if sending:
        seen.number.data, seen.awarded_on.data = about.number, f"{about.awarded_on:%d/%m/%Y}"
    if not (back if sending else seen).validate():
        return _show(person_id, about, held, seen, back)
    try:
        if sending:
            send_back(person_id, number, by=viewer().person_id, reason=back.reason.data or "")
        else:
            day = seen.awarded_on.day or about.awarded_on
            confirm(person_id, number, seen.number.data or "", day, by=viewer().person_id)
    except QualificationError as error:
        if error.fault is Fault.IN_FUTURE:
            seen.awarded_on.errors = [_("Enter today’s date or an earlier one")]
        else:
            (back if sending else seen).form_errors.append(_fault_words(error.fault))
        return _show(person_id, about, held, seen, back)
    flash(_("It is sent back.") if sending else _("It is recorded as seen."))
    return redirect(url_for(".qualification", person_id=person_id, number=number), SEE_OTHER)


def _show(person_id: int, about: Held, held: list[Held], seen: SeenForm, back: BackForm) -> Response:
    wrong = back if back.errors or back.form_errors else seen
    return page(
        "teams/qualification.html",
        UNPROCESSABLE if seen.is_submitted() else 200,
        person_id=person_id,
        name=name_of(person_id),
        about=about,
        held=held,
        form=wrong,
        seen=seen,
        returned=back,
        today=clock.today(),
    )


def _fault_words(fault: Fault) -> str:
    match fault:
        case Fault.SETTLED:
            return _("Somebody confirmed it or sent it back since you opened this page")
        case Fault.UNKNOWN:
            return _("The framework does not have this accreditation any more")
        case _:
            return _("You may not record this any more: your grant ended, or they moved")
