"""What a choice is compared with, as two forms on one page: another day, or another place."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField

from lms.reports.compare import WITH_DAY, Comparison
from lms.reports.forms import any_of_them, in_own_words
from lms.reports.reach import Reach

DAYS = ("as_of", WITH_DAY, "known_at")


class CompareForm(FlaskForm):
    """What may be chosen here; the group is chosen in the gap report, and kept."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    as_of = StringField(_l("As of"))
    with_day = StringField(_l("With the day"))
    with_region = SelectField(_l("With the region"))
    with_organisation = SelectField(_l("With the organisation"))
    known_at = StringField(_l("As known on"))
    region = HiddenField()
    organisation = HiddenField()
    role = HiddenField()
    pillar = HiddenField()
    by = HiddenField()


def chosen_values(comparison: Comparison, given: Mapping[str, str]) -> dict[str, str]:
    """A choice as the form shows it."""
    base, other = comparison.base, comparison.sides
    days = {"as_of": base.as_of, "known_at": base.known_at}
    if comparison.is_of_days:
        days[WITH_DAY] = next((each.filters.as_of for each in other if each.filters != base), base.as_of)
    return {
        **given,
        **base.address(),
        **{key: day.strftime("%d/%m/%Y") for key, day in days.items() if day},
        "by": given.get("by", ""),
    }


def compare_form(values: Mapping[str, str], reach: Reach) -> CompareForm:
    """The form with its choices, and with what was chosen, or typed where it does not hold."""
    form = CompareForm(formdata=None)
    regions = in_own_words((each.id, each.name) for each in reach.regions)
    form.with_region.choices = [any_of_them(_("Choose a region")), *regions]
    organisations = in_own_words((each.id, each.name) for each in reach.open)
    form.with_organisation.choices = [any_of_them(_("Choose an organisation")), *organisations]
    for field in form:
        field.data = values.get(field.name, "")
    return form
