"""The forms that name an assessor and that end what one may do."""

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, ValidationError

from lms.core import clock
from lms.core.database import db
from lms.core.forms import MOST_OF_REASON, DayField, reason_field
from lms.people.access import viewer
from lms.people.grants import NATION, Reach
from lms.people.models import Organisation, Scope
from lms.people.structure import regions
from lms.reports.assessors import Naming, person_of

LEVELS = (3, 4)
"""The levels that learning cannot show."""


class NamingForm(FlaskForm):
    """Whom to name, over what, up to which level, when, and on what ground."""

    person_id: int | None = None
    offered: Mapping[str, Reach] = {}
    email = StringField(_l("Email address"), description=_l("Of somebody who has an account here"))
    over = SelectField(_l("Over what"), validate_choice=False)
    highest_level = RadioField(_l("Assesses up to"), validate_choice=False)
    from_day = DayField(_l("From"), missing=_l("Enter the day from which they assess"))
    to_day = DayField(_l("To, the first day on which they no longer do"))
    ground = TextAreaField(
        _l("Ground"),
        description=_l(
            "For example, the qualification and the cases on which it rests. It is kept, and the assessor"
            " can read it. Write nothing about health."
        ),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Enter the ground on which they are named")),
            Length(max=MOST_OF_REASON, message=_l("Enter a ground of at most 500 characters")),
        ],
    )

    def validate_email(self, field: Field) -> None:
        """Take somebody else who has an account."""
        if not (field.data or "").strip():
            raise ValidationError(_("Enter the email address of the one to name"))
        self.person_id = person_of(field.data)
        if self.person_id is None:
            raise ValidationError(_("Nobody has an account under this address. Check how it is spelt"))
        if self.person_id == viewer().person_id:
            raise ValidationError(_("Nobody names themselves. Another lead of the nation can name you"))

    def validate_over(self, field: Field) -> None:
        """Take one of what is offered."""
        if field.data not in self.offered:
            raise ValidationError(_("Choose what they assess over"))

    def validate_highest_level(self, field: Field) -> None:
        """Take a level that learning cannot show."""
        if field.data not in {str(level) for level in LEVELS}:
            raise ValidationError(_("Choose the highest level that they may assess"))

    def validate_from_day(self, field: DayField) -> None:
        """A naming changes nothing that is past."""
        if field.day and field.day < clock.today():
            raise ValidationError(_("Enter today’s date or a later one"))

    def validate_to_day(self, field: DayField) -> None:
        """They assess on one day at least."""
        begins = self.from_day.day
        if field.day and begins and field.day <= begins:
            raise ValidationError(_("Enter a date after the first day, or leave it empty"))

    def naming(self) -> Naming:
        """What was asked for; only of a form that holds."""
        begins = self.from_day.day or clock.today()
        reach = replace(self.offered[self.over.data], highest_level=int(self.highest_level.data))
        return Naming(reach, begins, self.to_day.day, self.ground.data or "")


class EndForm(FlaskForm):
    """Why somebody is no longer an assessor."""

    reason = reason_field()


def naming_form() -> NamingForm:
    """The form with what an assessor may be named over, from today; two statements."""
    form = NamingForm()
    offered = {
        f"{reach.scope}:{reach.region_id or reach.organisation_id}": (name, reach)
        for name, reach in (*_regions(), *_organisations())
    }
    form.offered = {str(Scope.NATION): NATION, **{value: reach for value, (_name, reach) in offered.items()}}
    form.over.choices = [
        SelectChoice(value="", label=_("Choose")),
        SelectChoice(value=str(Scope.NATION), label=_("The nation")),
        *(
            SelectChoice(value=value, label=name, render_kw={"translate": "no"})
            for value, (name, _reach) in offered.items()
        ),
    ]
    names = {3: _("Level 3 Practitioner"), 4: _("Level 4 Expert")}
    form.highest_level.choices = [SelectChoice(value=str(level), label=names[level]) for level in LEVELS]
    if not form.is_submitted():
        form.from_day.data = clock.today().strftime("%d/%m/%Y")
    return form


def _regions() -> list[tuple[str, Reach]]:
    return [(each.name, Reach(Scope.REGION, region_id=each.id)) for each in regions()]


def _organisations() -> list[tuple[str, Reach]]:
    query = select(Organisation.id, Organisation.name).order_by(Organisation.name, Organisation.id)
    return [(name, Reach(Scope.ORGANISATION, organisation_id=key)) for key, name in db.session.execute(query)]
