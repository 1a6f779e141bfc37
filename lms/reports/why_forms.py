"""What may be chosen of “Why it moved” as a form; it only reads, so it carries no token."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField

from lms.content.framework import Framework
from lms.reports.forms import GroupForm, filled, in_own_words, offer_groups
from lms.reports.reach import Reach
from lms.reports.why import WhyReport


class WhyForm(GroupForm):
    """What may be chosen here; the measure and the rows of the gap report that leads here are kept."""

    start = StringField(_l("From"), name="from")
    end = StringField(_l("To"), name="to")
    competency = SelectField(_l("Competency"))
    known_at = StringField(_l("As known on"))
    measure = HiddenField()
    by = HiddenField()


def chosen_values(report: WhyReport) -> dict[str, str]:
    """A choice as the form shows it."""
    choice = report.choice
    days = {"from": choice.start, "to": choice.end, "known_at": choice.filters.known_at}
    return {
        **choice.address(competency=report.chosen.id if report.chosen else ""),
        **{key: day.strftime("%d/%m/%Y") for key, day in days.items() if day},
    }


def why_form(values: Mapping[str, str], reach: Reach, framework: Framework) -> WhyForm:
    """The form with its choices, and with what was chosen, or typed where it does not hold."""
    form = WhyForm(formdata=None)
    offer_groups(form, values, reach, framework)
    form.competency.choices = in_own_words((each.id, each.title) for each in framework.competencies)
    return filled(form, values)
