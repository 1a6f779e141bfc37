"""The filters of the gap report as a form; it only reads, so it carries no token."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.competencies.suppression import NO_PILLAR
from lms.content.framework import Framework
from lms.reports.filters import By, Filters
from lms.reports.reach import Reach
from lms.reports.words import WORDS


class GapForm(FlaskForm):
    """What may be chosen."""

    class Meta:
        """No token: nothing is written."""

        csrf = False

    by = SelectField(_l("Rows"))
    region = SelectField(_l("Region"))
    organisation = SelectField(_l("Organisation"))
    role = SelectField(_l("Role"))
    pillar = SelectField(_l("Pillar"))
    as_of = StringField(_l("As of"))
    known_at = StringField(_l("As known on"))
    competency = HiddenField()


def chosen_values(filters: Filters) -> dict[str, str]:
    """A choice as the form shows it."""
    days = {"as_of": filters.as_of, "known_at": filters.known_at}
    return {
        **filters.address(),
        **{key: day.strftime("%d/%m/%Y") for key, day in days.items() if day},
    }


def gap_form(values: Mapping[str, str], reach: Reach, framework: Framework) -> GapForm:
    """The form with its choices, and with what was chosen, or typed where it does not hold."""
    form = GapForm(formdata=None)
    region = values.get("region", "")
    by_organisation = values.get("by") == By.ORGANISATION
    kinds = [each for each in By if each is not By.TEAM or reach.names_teams]
    regions = [each for each in reach.regions if not by_organisation or reach.may_look_into(each.id)]
    organisations = [each for each in reach.open if region in {"", each.region_id}]
    form.by.choices = [SelectChoice(value=str(each), label=str(WORDS[each].rows)) for each in kinds]
    all_regions = [_any(_("All regions"))] if reach.compares else []
    form.region.choices = [*all_regions, *_own((each.id, each.name) for each in regions)]
    named = _own((each.id, each.name) for each in organisations)
    form.organisation.choices = [_any(_("All organisations")), *named]
    form.role.choices = [_any(_("All roles")), *_own((each.id, each.title) for each in framework.roles)]
    pillars = _own((each.id, each.title) for each in framework.pillars)
    none = SelectChoice(value=NO_PILLAR, label=_("In no pillar"))
    form.pillar.choices = [_any(_("All pillars")), *pillars, none]
    for field in form:
        field.data = values.get(field.name, "")
    return form


def _any(words: str) -> SelectChoice:
    return SelectChoice(value="", label=words)


def _own(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices in words of their own, which no catalogue translates."""
    return [SelectChoice(value=key, label=words, render_kw={"data-content": ""}) for key, words in choices]
