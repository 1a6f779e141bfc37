"""The filters of the gap report as a form; it only reads, so it carries no token."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from lms.competencies.suppression import NO_PILLAR
from lms.content.catalogue import Catalogue
from lms.reports.filters import By, Filters
from lms.reports.reach import Reach


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


def gap_form(filters: Filters, typed: Mapping[str, str], reach: Reach, published: Catalogue) -> GapForm:
    """The form with its choices and with what was chosen or typed."""
    form = GapForm(formdata=None)
    kinds = {
        By.REGION: _("Regions"),
        By.ORGANISATION: _("Organisations"),
        By.ROLE: _("Roles"),
        By.PILLAR: _("Pillars"),
    }
    if filters.by is By.TEAM:
        kinds[By.TEAM] = _("Teams")
    _fill(form.by, filters.by, [(str(key), words) for key, words in kinds.items()])
    _fill(
        form.region,
        filters.region,
        [("", _("All regions")), *((each.id, each.name) for each in reach.regions)],
    )
    open_ = [each for each in reach.open if filters.region in {"", each.region_id}]
    _fill(
        form.organisation,
        filters.organisation,
        [("", _("All organisations")), *((each.id, each.name) for each in open_)],
    )
    framework = published.framework
    _fill(
        form.role, filters.role, [("", _("All roles")), *((each.id, each.title) for each in framework.roles)]
    )
    pillars = [(each.id, each.title) for each in framework.pillars]
    _fill(form.pillar, filters.pillar, [("", _("All pillars")), *pillars, (NO_PILLAR, _("In no pillar"))])
    form.as_of.data = typed.get("as_of") or filters.as_of.strftime("%d/%m/%Y")
    form.known_at.data = typed.get("known_at") or (
        filters.known_at.strftime("%d/%m/%Y") if filters.known_at else ""
    )
    return form


def _fill(field: SelectField, value: str, choices: Sequence[tuple[str, str]]) -> None:
    field.choices = [SelectChoice(value=key, label=words) for key, words in choices]
    field.data = str(value)
