"""What may be chosen of “What would close it” as a form; it only reads, so it carries no token."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from lms.content.framework import Framework
from lms.reports.forms import any_of_them, filled, in_own_words
from lms.reports.plan_choice import PlanChoice
from lms.reports.reach import Reach


class PlanForm(FlaskForm):
    """What may be chosen here."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    region = SelectField(_l("Region"))
    competency = SelectField(_l("Competency"))
    ready_by = StringField(_l("Ready by"))
    hours = StringField(_l("Staff hours"))


def chosen_values(choice: PlanChoice) -> dict[str, str]:
    """A choice as the form shows it."""
    return {**choice.address(), "ready_by": choice.day.strftime("%d/%m/%Y")}


def plan_form(values: Mapping[str, str], reach: Reach, framework: Framework) -> PlanForm:
    """The form with its choices, and with what was chosen, or typed where it does not hold."""
    form = PlanForm(formdata=None)
    everywhere = [any_of_them(_("All regions"))] if reach.compares else []
    form.region.choices = [*everywhere, *in_own_words((each.id, each.name) for each in reach.regions)]
    titles = in_own_words((each.id, each.title) for each in framework.competencies)
    form.competency.choices = [any_of_them(_("All competencies")), *titles]
    return filled(form, values)
