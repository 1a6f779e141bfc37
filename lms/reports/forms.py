"""The filters of the gap report as a form; it only reads, so it carries no token."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.competencies.suppression import NO_PILLAR
from lms.content.framework import Framework
from lms.reports.columns import Columns
from lms.reports.filters import By, Filters
from lms.reports.measures import Measure
from lms.reports.reach import Reach
from lms.reports.words import COLUMNS, MEASURES, WORDS

Form = TypeVar("Form", bound=FlaskForm)


class GroupForm(FlaskForm):
    """Of whom a report speaks; the same on all its pages."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    region = SelectField(_l("Region"))
    organisation = SelectField(_l("Organisation"))
    role = SelectField(_l("Role"))
    pillar = SelectField(_l("Pillar"))


class GapForm(GroupForm):
    """What may be chosen."""

    by = SelectField(_l("Rows"))
    columns = SelectField(_l("Columns"))
    measure = SelectField(_l("Measure"))
    as_of = StringField(_l("As of"))
    known_at = StringField(_l("As known on"))
    competency = HiddenField()
    area = HiddenField()
    order = HiddenField()


def chosen_values(filters: Filters) -> dict[str, str]:
    """A choice as the form shows it."""
    days = {"as_of": filters.as_of, "known_at": filters.known_at}
    return {
        **filters.address(),
        "columns": str(filters.columns),
        "measure": str(filters.measure),
        **{key: day.strftime("%d/%m/%Y") for key, day in days.items() if day},
    }


def gap_form(values: Mapping[str, str], reach: Reach, framework: Framework) -> GapForm:
    """The form with its choices, and with what was chosen, or typed where it does not hold."""
    form = GapForm(formdata=None)
    offer_groups(form, values, reach, framework)
    if values.get("by") == By.ORGANISATION:
        regions = [each for each in reach.regions if reach.may_look_into(each.id)]
        none = [] if reach.implied_region(By.ORGANISATION) else [any_of_them(_("All regions"))]
        form.region.choices = [*none, *in_own_words((each.id, each.name) for each in regions)]
    kinds = [each for each in By if each is not By.TEAM or reach.names_teams]
    form.by.choices = _ours((each, WORDS[each].rows) for each in kinds)
    form.columns.choices = _ours((each, COLUMNS[each]) for each in Columns)
    form.measure.choices = measures()
    return filled(form, values)


def offer_groups(form: GroupForm, values: Mapping[str, str], reach: Reach, framework: Framework) -> None:
    """Offer the places, roles and pillars that the one who asks may choose."""
    region = values.get("region", "")
    all_regions = [any_of_them(_("All regions"))] if reach.compares else []
    form.region.choices = [*all_regions, *in_own_words((each.id, each.name) for each in reach.regions)]
    organisations = ((each.id, each.name) for each in reach.open if region in {"", each.region_id})
    form.organisation.choices = [any_of_them(_("All organisations")), *in_own_words(organisations)]
    roles = in_own_words((each.id, each.title) for each in framework.roles)
    form.role.choices = [any_of_them(_("All roles")), *roles]
    pillars = in_own_words((each.id, each.title) for each in framework.pillars)
    none = SelectChoice(value=NO_PILLAR, label=_("In no pillar"))
    form.pillar.choices = [any_of_them(_("All pillars")), *pillars, none]


def filled(form: Form, values: Mapping[str, str]) -> Form:
    """The form with what was chosen, or typed where it does not hold."""
    for field in form:
        field.data = values.get(field.name, "")
    return form


def measures() -> list[SelectChoice]:
    """The measures of the report as choices."""
    return _ours((each, MEASURES[each].name) for each in Measure)


def any_of_them(words: str) -> SelectChoice:
    """The choice of none in particular."""
    return SelectChoice(value="", label=words)


def _ours(choices: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    return [SelectChoice(value=str(key), label=str(words)) for key, words in choices]


def in_own_words(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices in words of their own, which no catalogue translates."""
    return [SelectChoice(value=key, label=words, render_kw={"data-content": ""}) for key, words in choices]
