"""A person’s accreditations and what they learned elsewhere, in their own view."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from lms.content import catalogue
from lms.core import clock
from lms.core.forms import DayField
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.qualifications import Fault, QualificationError, cpd_of, enter, qualifications_of
from lms.learning.reflection_views import minutes_in
from lms.learning.reflections import MOST_MINUTES, CpdKind, development_of, keep_elsewhere
from lms.learning.words import cpd_kind_words
from lms.people.access import requires, viewer

SEE_OTHER, UNPROCESSABLE = 303, 422


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class QualificationForm(FlaskForm):
    """An accreditation with its number and the day of the award."""

    accreditation = SelectField(_l("Accreditation"), choices=[], validate_choice=False)
    number = StringField(
        _l("Number on the certificate"),
        filters=[_stripped],
        validators=[
            DataRequired(_l("Enter the number on the certificate")),
            Length(max=80, message=_l("Enter at most 80 characters")),
        ],
    )
    awarded_on = DayField(_l("Day of the award"), missing=_l("Enter the day of the award"))


class ElsewhereForm(FlaskForm):
    """What was learned outside this service."""

    what = StringField(
        _l("What it was"),
        filters=[_stripped],
        validators=[
            DataRequired(_l("Enter what it was")),
            Length(max=120, message=_l("Enter at most 120 characters")),
        ],
    )
    day = DayField(_l("Day"), missing=_l("Enter the day on which you learned it"))
    minutes = StringField(_l("How many minutes it took you"))
    kind = RadioField(_l("How you learned it"), validate_choice=False, choices=[])
    words = TextAreaField(
        _l("What you took from it"),
        filters=[_stripped],
        validators=[
            DataRequired(_l("Enter what you took from it")),
            Length(max=2_000, message=_l("Enter at most 2,000 characters")),
        ],
    )

    def validate_day(self, field: DayField) -> None:
        """Nothing is learned in the future."""
        if field.day and field.day > clock.today():
            field.errors = [_("Enter today’s date or an earlier one")]

    def validate_minutes(self, field: StringField) -> None:
        """A whole number, as long as a day’s work at most."""
        if not minutes_in(field.data):
            field.errors = [_("Enter a number of minutes from 1 to %(most)s", most=MOST_MINUTES)]

    def validate_kind(self, field: RadioField) -> None:
        """Take one of the three."""
        if field.data not in set(CpdKind):
            field.errors, field.data = [_("Choose how you learned it")], None


@blueprint.route("/record/qualifications", methods=["GET", "POST"])
@requires("home")
def qualifications() -> Response:
    """Show one's own accreditations, and enter one."""
    person_id, form = viewer().person_id, QualificationForm()
    form.accreditation.choices = [
        SelectChoice(value=each.id, label=each.title, render_kw={"data-content": ""})
        for each in catalogue.current().framework.accreditations
    ]
    day = form.awarded_on.day if form.validate_on_submit() else None
    if day is not None:
        try:
            enter(person_id, form.accreditation.data or "", form.number.data or "", day)
        except QualificationError as error:
            _refuse(form, error.fault)
        else:
            flash(_("It is entered, and waits for your manager to see the certificate."))
            return redirect(url_for(".qualifications"), SEE_OTHER)
    return page(
        "learning/qualifications.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        held=qualifications_of(person_id),
        cpd=cpd_of(person_id, clock.today()),
        today=clock.today(),
    )


@blueprint.route("/record/development", methods=["GET", "POST"])
@requires("home")
def development() -> Response:
    """Show what one has kept of one's development, and add what was learned elsewhere."""
    person_id, form = viewer().person_id, ElsewhereForm()
    form.kind.choices = [SelectChoice(value=kind.value, label=cpd_kind_words(kind)) for kind in CpdKind]
    if form.validate_on_submit() and form.day.day and not form.errors:
        keep_elsewhere(
            person_id,
            form.what.data or "",
            form.words.data or "",
            day=form.day.day,
            kind=CpdKind(form.kind.data),
            minutes=minutes_in(form.minutes.data) or 0,
        )
        flash(_("It is kept."))
        return redirect(url_for(".development"), SEE_OTHER)
    return page(
        "learning/development.html",
        UNPROCESSABLE if form.is_submitted() else 200,
        form=form,
        development=development_of(person_id, clock.today()),
        cpd=tuple(cpd_of(person_id, clock.today()).values()),
        today=clock.today(),
        cpd_kind_words=cpd_kind_words,
    )


def _refuse(form: QualificationForm, fault: Fault) -> None:
    if fault is Fault.IN_FUTURE:
        form.awarded_on.errors = [_("Enter today’s date or an earlier one")]
    elif fault is Fault.TWICE:
        form.number.errors = [_("You have entered this one already, with this number and day")]
    else:
        form.accreditation.errors = [_("Choose an accreditation from the list")]
