"""The date box of a record: any day since the person joined."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField

from lms.core.dates import parse_day
from lms.core.languages import day as in_words


class AsOfForm(FlaskForm):
    """The day of which a record is shown; sent by GET, so it needs no token."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    as_of = StringField(_l("As of"))


def as_of_form(typed: str | None, today: date) -> AsOfForm:
    """The box with what was typed, or with today."""
    form = AsOfForm(formdata=None if typed is None else MultiDict({"as_of": typed}))
    if typed is None:
        form.as_of.data = today.strftime("%d/%m/%Y")
    return form


def typed_day(typed: str | None, today: date) -> date | None:
    """The day that was typed, today when nothing was sent, None when it is no day."""
    if typed is None:
        return today
    try:
        return parse_day(typed)
    except ValueError:
        return None


def fault_of(asked: date | None, joined: date, today: date, *, own: bool = True) -> str | None:
    """Why a record, one's own or another's, cannot be shown as of a day, in a sentence; None when it can."""
    if asked is None:
        return _("Enter a date that exists, for example 30/11/2026")
    if asked > today:
        return _("Enter today’s date or an earlier one: what comes after today is not known")
    if asked < joined and asked != today:
        first = in_words(joined)
        if own:
            return _("Enter a date from %(joined)s on: your record begins on that day", joined=first)
        return _("Enter a date from %(joined)s on: the record begins on that day", joined=first)
    return None
