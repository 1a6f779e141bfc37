"""The forms of saved views: what one is called, and whether it follows the day."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from lms.reports.models import LONGEST_NAME
from lms.reports.saved import MOST_VIEWS, Fault


class NameForm(FlaskForm):
    """The name of a view."""

    name = StringField(
        _l("Name"),
        description=_l("For example, “Monthly board, North West”. Only you see it."),
        filters=[lambda text: " ".join((text or "").split())],
        validators=[
            DataRequired(_l("Enter a name for this view")),
            Length(max=LONGEST_NAME, message=_l("Enter a name of at most 80 characters")),
        ],
    )

    def refuse(self, fault: Fault) -> None:
        """Say why it is not kept."""
        if fault is Fault.TAKEN:
            self.name.errors = [_("Enter another name: one of your views is called that already")]
        elif fault is Fault.FULL:
            self.form_errors.append(
                _("You have %(most)s saved views, which is the most. Remove one first.", most=MOST_VIEWS)
            )
        else:
            self.form_errors.append(_("This view is removed already"))


class SaveForm(NameForm):
    """A new view; it follows the day unless that is taken away."""

    follows = BooleanField(
        _l("Always as of today"),
        description=_l("Without it, the view keeps the day that it shows now."),
    )
