"""What is compared, as three forms on one page: of whom and by which measure, another day, another place."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField

from lms.content.framework import Framework
from lms.reports.compare import Comparison
from lms.reports.compare_choice import WITH_DAY
from lms.reports.forms import GroupForm, any_of_them, filled, in_own_words, measures, offer_groups
from lms.reports.reach import Reach


class CompareForm(GroupForm):
    """What may be chosen here; the rows of the gap report that leads here are kept."""

    measure = SelectField(_l("Measure"))
    as_of = StringField(_l("As of"))
    with_day = StringField(_l("With the day"))
    with_region = SelectField(_l("With the region"))
    with_organisation = SelectField(_l("With the organisation"))
    known_at = StringField(_l("As known on"))
    competency = HiddenField()
    by = HiddenField()


def chosen_values(comparison: Comparison, given: Mapping[str, str]) -> dict[str, str]:
    """A choice as the form shows it."""
    choice = comparison.choice
    days = {"as_of": choice.base.as_of, "known_at": choice.base.known_at}
    if choice.is_of_days:
        days[WITH_DAY] = choice.other.as_of
    return {
        **choice.address(),
        "measure": str(choice.base.measure),
        **{key: day.strftime("%d/%m/%Y") for key, day in days.items() if day},
        "by": given.get("by", ""),
    }


def compare_form(values: Mapping[str, str], reach: Reach, framework: Framework) -> CompareForm:
    """The form with its choices, and with what was chosen, or typed where it does not hold."""
    form = CompareForm(formdata=None)
    offer_groups(form, values, reach, framework)
    form.measure.choices = measures()
    regions = in_own_words((each.id, each.name) for each in reach.regions)
    form.with_region.choices = [any_of_them(_("Choose a region")), *regions]
    organisations = in_own_words((each.id, each.name) for each in reach.open)
    form.with_organisation.choices = [any_of_them(_("Choose an organisation")), *organisations]
    return filled(form, values)
