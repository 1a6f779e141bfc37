"""Fields that several rooms ask for in the same words."""

from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation

from lms.core.dates import parse_day

MOST_OF_NAME = 120
MOST_OF_REASON = 500


class DayField(StringField):
    """A day as people type it; `missing` says what to write where it may not be empty."""

    def __init__(self, label: LazyString, missing: LazyString | None = None, **kwargs: object) -> None:
        super().__init__(label, **kwargs)  # type: ignore[arg-type]
        self.missing = missing

    @property
    def day(self) -> date | None:
        """The day that was typed; None when the field is empty or names none."""
        try:
            return parse_day(self.data or "")
        except ValueError:
            return None

    def pre_validate(self, form: Form) -> None:  # type: ignore[override]
        """Refuse what names no day."""
        del form
        if not (self.data or "").strip():
            if self.missing is not None:
                raise StopValidation(str(self.missing))
        elif self.day is None:
            raise StopValidation(_("Enter a date that exists, for example 30/11/2026"))


def name_field(hint: LazyString) -> StringField:
    """What people call something, on one line and without blanks that say nothing."""
    return StringField(
        _l("Name"),
        description=hint,
        filters=[lambda text: " ".join((text or "").split())],
        validators=[
            DataRequired(_l("Enter a name")),
            Length(max=MOST_OF_NAME, message=_l("Enter a name of at most 120 characters")),
        ],
    )


def reason_field() -> TextAreaField:
    """Why it is done."""
    return TextAreaField(
        _l("Reason"),
        description=_l("It is kept, and whoever it is about can read it. Write nothing about health."),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Enter a reason")),
            Length(max=MOST_OF_REASON, message=_l("Enter a reason of at most 500 characters")),
        ],
    )
