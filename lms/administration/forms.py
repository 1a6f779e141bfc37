"""Forms of administrators: the search, a grant, the end of one, and what is set for an organisation."""

from collections.abc import Collection
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from lms.administration.choices import Choices
from lms.administration.words import sharing_words
from lms.core import clock
from lms.core.forms import DayField, reason_field
from lms.people.models import Duty, Sharing

LEVELS = (1, 2, 3, 4)


class SearchForm(FlaskForm):
    """Words of a name or an address; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    q = StringField(_l("Name or email address"))


class GrantForm(FlaskForm):
    """A duty over something, from a day and perhaps to a day."""

    offered: Collection[str] = ()
    over = SelectField(_l("Over what"), validate_choice=False)
    highest_level = RadioField(_l("Assesses up to"), validate_choice=False, choices=[])
    from_day = DayField(_l("From"), missing=_l("Enter the day from which it holds"))
    to_day = DayField(_l("To, the first day on which it no longer holds"))
    reason = reason_field()

    def validate_over(self, field: Field) -> None:
        """Take one of what is offered."""
        if field.data not in self.offered:
            raise ValidationError(_("Choose what the grant is over"))

    def validate_highest_level(self, field: Field) -> None:
        """Take one of the four levels."""
        if field.data not in {str(level) for level in LEVELS}:
            raise ValidationError(_("Choose the highest level that they may assess"))

    def validate_from_day(self, field: DayField) -> None:
        """A grant changes nothing that is past."""
        if field.day and field.day < clock.today():
            raise ValidationError(_("Enter today’s date or a later one"))

    def validate_to_day(self, field: DayField) -> None:
        """A grant holds on one day at least."""
        begins = self.from_day.day
        if field.day and begins and field.day <= begins:
            raise ValidationError(_("Enter a date after the first day, or leave it empty"))


class ReasonForm(FlaskForm):
    """Why a grant is ended."""

    reason = reason_field()


class TermsForm(FlaskForm):
    """From when an organisation is counted, and how its figures leave it."""

    on_board = DayField(_l("Counted from"))
    sharing = RadioField(_l("It shares its figures"), validate_choice=False, choices=[])
    reason = reason_field()

    def validate_sharing(self, field: Field) -> None:
        """Take one of the three."""
        if field.data not in set(Sharing):
            raise ValidationError(_("Choose how its figures leave it"))


def grant_form(duty: Duty, offered: Choices) -> GrantForm:
    """The form of a grant of one duty, with what it may be over; today as its first day."""
    form = GrantForm()
    form.offered = offered
    choices = [(value, words) for value, (words, _reach) in offered.items()]
    _fill(form.over, choices if len(choices) == 1 else [("", _("Choose")), *choices])
    if duty is Duty.ASSESSOR:
        names = (_("Level 1 Awareness"), _("Level 2 Working"), _("Level 3 Practitioner"), _("Level 4 Expert"))
        _fill(form.highest_level, [(str(level), name) for level, name in zip(LEVELS, names, strict=True)])
    else:
        del form.highest_level
    if not form.is_submitted():
        form.from_day.data = typed(clock.today())
    return form


def terms_form(on_board: date | None, sharing: Sharing) -> TermsForm:
    """The form of an organisation, with what is set now."""
    form = TermsForm()
    _fill(form.sharing, [(str(each), sharing_words(each)) for each in Sharing])
    if not form.is_submitted():
        form.on_board.data = typed(on_board) if on_board else ""
        form.sharing.data = str(sharing)
    return form


def _fill(field: SelectField | RadioField, choices: list[tuple[str, str]]) -> None:
    field.choices = [
        SelectChoice(value=value, label=words, render_kw={"translate": "no"} if ":" in value else None)
        for value, words in choices  # a colon stands before the key of something that has a name of its own
    ]


def typed(day: date) -> str:
    """A day as people type it."""
    return day.strftime("%d/%m/%Y")
