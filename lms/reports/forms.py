"""The filters of the gap report as a form; it only reads, so it carries no token."""

from collections.abc import Iterable, Mapping

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


class GapForm(FlaskForm):
    """What may be chosen."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    region = SelectField(_l("Region"))
    organisation = SelectField(_l("Organisation"))
    role = SelectField(_l("Role"))
    pillar = SelectField(_l("Pillar"))
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
    _offer_places(form, values, reach)
    form.role.choices = [
        any_of_them(_("All roles")),
        *in_own_words((each.id, each.title) for each in framework.roles),
    ]
    pillars = in_own_words((each.id, each.title) for each in framework.pillars)
    none = SelectChoice(value=NO_PILLAR, label=_("In no pillar"))
    form.pillar.choices = [any_of_them(_("All pillars")), *pillars, none]
    kinds = [each for each in By if each is not By.TEAM or reach.names_teams]
    form.by.choices = _ours((each, WORDS[each].rows) for each in kinds)
    form.columns.choices = _ours((each, COLUMNS[each]) for each in Columns)
    form.measure.choices = _ours((each, MEASURES[each].name) for each in Measure)
    for field in form:
        field.data = values.get(field.name, "")
    return form


def _offer_places(form: GapForm, values: Mapping[str, str], reach: Reach) -> None:
    region = values.get("region", "")
    by_organisation = values.get("by") == By.ORGANISATION
    regions = [each for each in reach.regions if not by_organisation or reach.may_look_into(each.id)]
    organisations = [each for each in reach.open if region in {"", each.region_id}]
    all_regions = [any_of_them(_("All regions"))] if reach.compares else []
    form.region.choices = [*all_regions, *in_own_words((each.id, each.name) for each in regions)]
    named = in_own_words((each.id, each.name) for each in organisations)
    form.organisation.choices = [any_of_them(_("All organisations")), *named]


def any_of_them(words: str) -> SelectChoice:
    """The choice of none in particular."""
    return SelectChoice(value="", label=words)


def _ours(choices: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    return [SelectChoice(value=str(key), label=str(words)) for key, words in choices]


def in_own_words(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices in words of their own, which no catalogue translates."""
    return [SelectChoice(value=key, label=words, render_kw={"data-content": ""}) for key, words in choices]
