"""The form on which a level is recorded, and the one on which it is taken back."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from lms.competencies.assessing import Fault, Judged
from lms.content.serving import word
from lms.core.forms import DayField, reason_field
from lms.teams.assess_page import AssessPage

LEAST_OF_WORDS, MOST_OF_WORDS = 40, 2_000
"""Fewer say what somebody is like, and not what was seen."""
SHORTER = (12, 24)
"""Months that an assessor may choose instead of the framework’s."""
NO_LONGER, NEVER = "no-longer", "never"


def stripped(text: str | None) -> str:
    """What was typed without blanks around it."""
    return (text or "").strip()


class AssessForm(FlaskForm):
    """A level, what was seen of it, where that can be found, and between which days."""

    level = RadioField(_l("Level"), validate_choice=False, choices=[])
    words = TextAreaField(
        _l("What did you see?"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Enter what you saw")),
            Length(min=LEAST_OF_WORDS, message=_l("Say what you saw, in at least 40 characters")),
            Length(max=MOST_OF_WORDS, message=_l("Enter at most 2,000 characters")),
        ],
    )
    reference = StringField(
        _l("%(reference)s or link", reference=word("reference", first=True)),
        filters=[stripped],
        validators=[Length(max=500, message=_l("Enter at most 500 characters"))],
    )
    seen_from = DayField(_l("First day seen"), missing=_l("Enter the first day on which you saw it"))
    seen_to = DayField(_l("Last day seen"), missing=_l("Enter the last day on which you saw it"))
    months = SelectField(_l("Counts for"))
    mark = HiddenField()

    def validate_level(self, field: RadioField) -> None:
        """Nothing is preselected, so that nobody records a level that they did not choose."""
        if field.data not in {str(level) for level in range(1, 5)}:
            field.errors = [_("Choose the level that you saw")]
            field.data = None

    def judged(self, competency: str) -> Judged | None:
        """What was written, once it is whole."""
        first, last = self.seen_from.day, self.seen_to.day
        if first is None or last is None or not self.level.data:
            return None
        return Judged(
            competency,
            int(self.level.data),
            self.words.data or "",
            self.reference.data or None,
            first,
            last,
            int(self.months.data),
        )


def assess_form(page: AssessPage) -> AssessForm:
    """The form for a page."""
    form = AssessForm()
    months = sorted({page.months, *(each for each in SHORTER if each < page.months)}, reverse=True)
    form.months.choices = [
        SelectChoice(value=str(each), label=ngettext("%(num)d month", "%(num)d months", each))
        for each in months
    ]
    if not form.is_submitted():
        form.months.data, form.mark.data = str(page.months), str(page.mark)
    return form


def refuse(form: AssessForm, fault: Fault, page: AssessPage) -> None:
    """Say on the form why a judgement was not recorded, at the field that mends it."""
    at = {
        Fault.TOO_HIGH: form.level,
        Fault.UNKNOWN: form.level,
        Fault.IN_FUTURE: form.seen_to,
        Fault.WRONG_ORDER: form.seen_to,
        Fault.BEFORE_JOINING: form.seen_from,
        Fault.NOTHING_NEW: form.seen_to,
    }.get(fault)
    message = fault_words(fault, page.first_name)
    if at is None:
        form.form_errors.append(message)
    else:
        at.errors = [message]


def fault_words(fault: Fault, name: str) -> str:
    """Why it was not recorded, and what to do about it."""
    words = {
        Fault.NOT_ALLOWED: _l("You may not assess %(name)s any more: your grant ended, or they moved"),
        Fault.NO_POST: _l("You hold no post today: ask your administrator to record it"),
        Fault.TOO_HIGH: _l("Choose a level that your grant reaches: a higher one needs another assessor"),
        Fault.UNKNOWN: _l("The framework does not have this level any more: choose another"),
        Fault.MEANWHILE: _l(
            "Something was recorded since you opened this page: read the entries, then send it again"
        ),
        Fault.IN_FUTURE: _l("Enter today’s date or an earlier one: you cannot have seen it yet"),
        Fault.WRONG_ORDER: _l("Enter a last day that is not before the first"),
        Fault.BEFORE_JOINING: _l("Enter a date on which %(name)s held a post here already"),
        Fault.NOTHING_NEW: _l(
            "Cite work since the last assessment: enter a last day after the one that it cites"
        ),
    }
    return str(words[fault]) % {"name": name}


class WithdrawForm(FlaskForm):
    """Why a level that waits is withdrawn."""

    reason = reason_field()


class TakeBackForm(FlaskForm):
    """Whether an assessment is true no longer or never was, and why."""

    what = RadioField(
        _l("What is the matter with it?"),
        choices=[
            SelectChoice(value=NO_LONGER, label=_l("It was true and is no longer")),
            SelectChoice(value=NEVER, label=_l("It was never true")),
        ],
        validate_choice=False,
    )
    reason = reason_field()

    def validate_what(self, field: RadioField) -> None:
        """One of the two is chosen."""
        if field.data not in {NO_LONGER, NEVER}:
            field.errors = [_("Choose what is the matter with it")]
