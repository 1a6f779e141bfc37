"""The form in which a manager says what is to be run, and when; its address is the state of the page."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.content.framework import Framework
from lms.core.forms import DayField
from lms.teams.staffing import Period

LONGEST = timedelta(days=5 * 366)


class StaffingForm(FlaskForm):
    """A piece of work and its first and last day; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    work = SelectField(_l("Piece of work"), validate_choice=False)
    first = DayField(_l("From"), missing=_l("Enter the first day of the work"), name="from")
    last = DayField(_l("Until"), missing=_l("Enter the last day of the work"), name="until")


def staffing_form(args: MultiDict[str, str], framework: Framework, today: date) -> StaffingForm:
    """The form with what the address says; today where it does not say from when."""
    typed = MultiDict(args)
    typed.setdefault("from", today.strftime("%d/%m/%Y"))
    form = StaffingForm(typed)
    form.work.choices = [
        SelectChoice(value=each.id, label=each.title, render_kw={"translate": "no"})
        for each in framework.works
    ]
    return form


def period_of(form: StaffingForm, framework: Framework, today: date) -> Period | None:
    """The period that is asked for; None with the reasons at the fields when it cannot be."""
    valid = form.validate()
    work = next((each for each in framework.works if each.id == form.work.data), None)
    if work is None:
        form.work.errors = [_("Choose a piece of work from the list")]
    first, last = form.first.day, form.last.day
    if first and first < today:
        form.first.errors = [_("Enter today’s date or a later one: readiness is counted ahead")]
    elif first and last and last < first:
        form.last.errors = [_("Enter a last day that is not before the first")]
    elif first and last and last - first > LONGEST:
        form.last.errors = [_("Enter a last day within 5 years of the first")]
    if not valid or form.errors or work is None or first is None or last is None:
        return None
    return Period(work.needs, first, last)
