"""The forms of a use at work: what it was, with what was learned, and where it is registered."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, ValidationError

from lms.content.catalogue import Catalogue
from lms.content.serving import word
from lms.core.forms import DayField, reason_field
from lms.core.languages import day as in_words
from lms.learning.applications import Draft, Fault, day_fault
from lms.learning.course_list import title_of
from lms.learning.money import money_in

LONGEST, LONGEST_REFERENCE = 2_000, 80


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _no_money(_form: FlaskForm, field: StringField) -> None:
    """Amounts stand in the register alone."""
    found = money_in(field.data or "")
    if found:
        raise ValidationError(
            _("Take out “%(amount)s”: amounts of money stand in the register", amount=found)
        )


class ApplicationForm(FlaskForm):
    """A use at work as it is typed."""

    modules = SelectMultipleField(
        _l("What you used"),
        description=_l("Modules that you have passed. Choose one or more."),
        choices=[],
        validate_choice=False,
        validators=[DataRequired(_l("Choose at least one module"))],
    )
    words = TextAreaField(
        _l("What it was, and what you did differently"),
        description=_l(
            "Give the %(reference)s, what you did and what came of it. Name no %(third)s, no other person"
            " and nothing about health. OFFICIAL only. No amounts: they stand in the register.",
            reference=word("reference"),
            third=word("never_named"),
        ),
        filters=[_stripped],
        validators=[
            DataRequired(_l("Enter what it was and what you did differently")),
            Length(max=LONGEST, message=_l("Enter at most 2,000 characters")),
            _no_money,
        ],
    )
    reference = StringField(
        _l("Reference in the %(register)s", register=word("register")),
        description=_l(
            "For example, %(entry)s. If the register has none yet, ask whoever keeps it to open an entry,"
            " and come back with its reference.",
            entry=word("entry"),
        ),
        filters=[_stripped],
        validators=[
            DataRequired(_l("Enter the reference in the %(register)s", register=word("register"))),
            Length(max=LONGEST_REFERENCE, message=_l("Enter at most 80 characters")),
            _no_money,
        ],
    )
    used_on = DayField(_l("Day on which you used it"), missing=_l("Enter the day on which you used it"))

    passed: Mapping[str, date]
    today: date
    published: Catalogue

    @property
    def draft(self) -> Draft | None:
        """What was typed; None without a day."""
        day = self.used_on.day
        chosen = tuple(dict.fromkeys(self.modules.data or ()))
        return Draft(chosen, self.words.data or "", self.reference.data or "", day) if day else None

    @property
    def hints(self) -> dict[str, str]:
        """When each module was passed first."""
        return {key: _("Passed on %(day)s", day=in_words(day)) for key, day in self.passed.items()}

    def offer(self, passed: Mapping[str, date], published: Catalogue, today: date) -> None:
        """Offer the modules that were passed."""
        self.passed, self.published, self.today = passed, published, today
        self.modules.choices = [
            SelectChoice(value=each, label=title_of(each, published), render_kw={"data-content": ""})
            for each in passed
        ]

    def validate_modules(self, field: SelectMultipleField) -> None:
        """Only what was passed is used."""
        if any(each not in self.passed for each in field.data or ()):
            raise ValidationError(_("Choose modules from the list"))

    def validate_used_on(self, field: DayField) -> None:
        """Nothing is used in the future, nor before it was learned."""
        chosen = [each for each in self.modules.data or () if each in self.passed]
        fault = day_fault(chosen, field.day, self.passed, self.today) if field.day else None
        if fault is Fault.IN_FUTURE:
            raise ValidationError(_("Enter today’s date or an earlier one"))
        if fault is Fault.BEFORE_PASS:
            latest = max(chosen, key=lambda each: self.passed[each])
            words = {"day": in_words(self.passed[latest]), "title": title_of(latest, self.published)}
            raise ValidationError(_("Enter %(day)s or a later day: you passed “%(title)s” then", **words))


class ErrorForm(FlaskForm):
    """Why a confirmed one was never true."""

    reason = reason_field()
