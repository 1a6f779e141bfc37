"""The form by which a lead sends the chosen steps of a plan."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from lms.core import clock
from lms.core.forms import DayField
from lms.learning.sent_plans import WORDS_LENGTH


class SendForm(FlaskForm):
    """By when, and a few words."""

    due = DayField(_l("Ask for it by"), _l("Enter the day by which you ask for it"))
    words = TextAreaField(
        _l("A few words for the managers (optional)"),
        description=_l("Say why it matters now. Managers read it, and so does whoever they ask."),
        filters=[lambda text: (text or "").strip()],
        validators=[Length(max=WORDS_LENGTH, message=_l("Write at most 500 characters"))],
    )

    def validate_due(self, field: DayField) -> None:
        """Take a day to come: managers need time to decide."""
        if field.day is not None and field.day <= clock.today():
            field.errors = [_("Enter a day after today: managers need time to decide")]

    def whole(self) -> bool:
        """Whether it can be sent; what is wrong is said at its field."""
        self.validate()
        return not any(field.errors for field in self)


def seen_of(typed: Iterable[str]) -> dict[str, int]:
    """The steps that a form names, each with how many people it had: `key.number`."""
    found = {}
    for each in typed:
        key, _dot, people = each.partition(".")
        found[key] = int(people) if people.isascii() and people.isdigit() else 0
    return found
