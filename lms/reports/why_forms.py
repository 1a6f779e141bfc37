"""The days and the competency of “Why it moved” as a form; it only reads, so it carries no token."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField

from lms.content.framework import Framework
from lms.reports.forms import in_own_words
from lms.reports.why import WhyReport


class WhyForm(FlaskForm):
    """What may be chosen here; the group is chosen in the gap report, and kept."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    start = StringField(_l("From"), name="from")
    end = StringField(_l("To"), name="to")
    competency = SelectField(_l("Competency"))
    known_at = StringField(_l("As known on"))
    region = HiddenField()
    organisation = HiddenField()
    role = HiddenField()
    pillar = HiddenField()
    by = HiddenField()


def chosen_values(report: WhyReport, given: Mapping[str, str]) -> dict[str, str]:
    """A choice as the form shows it."""
    choice = report.choice
    days = {"from": choice.start, "to": choice.end, "known_at": choice.filters.known_at}
    return {
        **choice.address(competency=report.chosen.id if report.chosen else ""),
        **{key: day.strftime("%d/%m/%Y") for key, day in days.items() if day},
        "by": given.get("by", ""),
    }


def why_form(values: Mapping[str, str], framework: Framework) -> WhyForm:
    """The form with its choices, and with what was chosen, or typed where it does not hold."""
    form = WhyForm(formdata=None)
    form.competency.choices = in_own_words((each.id, each.title) for each in framework.competencies)
    for field in form:
        field.data = values.get(field.name, "")
    return form


def note_error(form: FlaskForm, name: str, words: str) -> None:
    """Put a message beside the field of this name, or above the form where it has none to be seen."""
    field = next((each for each in form if each.name == name and not isinstance(each, HiddenField)), None)
    if field is None:
        form.form_errors.append(words)
    else:
        field.errors = [words]
