"""The form in which a manager says what is to be run, and when; its address is the state of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from lms.teams.works import Needs, Own, gone

LONGEST = timedelta(days=5 * 366)


class StaffingForm(FlaskForm):
    """A piece of work and its first and last day; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    work = SelectField(_l("Piece of work"), validate_choice=False)
    first = DayField(_l("From"), missing=_l("Enter the first day of the work"), name="from")
    last = DayField(_l("Until"), missing=_l("Enter the last day of the work"), name="until")


@dataclass(frozen=True, slots=True)
class Choice:
    """A piece of work that may be asked about; `own` where it is a team's and not the framework's."""

    key: str
    title: str
    needs: Needs
    own: Own | None = None


def choices_of(framework: Framework, own: Iterable[Own] = ()) -> list[Choice]:
    """What may be asked about: the framework's pieces of work, then the teams' own that have not ended."""
    listed = [Choice(each.id, each.title, each.needs) for each in framework.works]
    return listed + [Choice(each.key, each.title, each.needs, each) for each in own if not each.ended_at]


def staffing_form(
    args: MultiDict[str, str], framework: Framework, today: date, own: Iterable[Own] = ()
) -> StaffingForm:
    """The form with what the address says; today where it does not say from when."""
    typed = MultiDict(args)
    typed.setdefault("from", today.strftime("%d/%m/%Y"))
    form = StaffingForm(typed)
    form.work.choices = [
        SelectChoice(value=each.key, label=_label(each), render_kw={"translate": "no"})
        for each in choices_of(framework, own)
    ]
    return form


def chosen(form: StaffingForm, choices: Iterable[Choice]) -> Choice | None:
    """The piece of work that is asked about, if there is such a one."""
    return next((each for each in choices if each.key == form.work.data), None)


def period_of(form: StaffingForm, work: Choice | None, framework: Framework, today: date) -> Period | None:
    """The period that is asked for; None with the reasons at the fields when it cannot be."""
    valid = form.validate()
    if work is None:
        form.work.errors = [_("Choose a piece of work from the list")]
    elif gone(work.needs, framework):
        form.work.errors = [_("The framework no longer has all that this list needs: change the list first")]
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


def _label(work: Choice) -> str:
    return f"{work.title} ({work.own.team})" if work.own else work.title
