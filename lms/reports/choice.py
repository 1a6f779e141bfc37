"""The choice of an address, as far as it exists for the one who asks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _

from lms.competencies.suppression import NO_PILLAR
from lms.content.framework import Framework
from lms.reports.filters import By, FilterError, Filters, read_filters
from lms.reports.reach import Reach


class UnknownChoiceError(LookupError):
    """The address names what does not exist, or not for the one who asks."""


def choose(given: Mapping[str, str], within: Reach, framework: Framework, today: date) -> Filters:
    """Read a choice, with the region that it means where it names none.

    Raises UnknownChoiceError for what does not exist for the one who asks, and FilterError for what
    they can mend.
    """
    filters = read_filters(given, today, By.REGION if within.compares else By.ORGANISATION)
    _demand_known(filters, within, framework)
    organisation = within.organisation(filters.organisation)
    if organisation is None:
        if filters.by is By.TEAM:
            raise FilterError(field="organisation", words=_("Choose one organisation to see its teams"))
        return replace(filters, region=filters.region or within.implied_region(filters.by))
    if filters.region not in {"", organisation.region_id}:
        raise FilterError(
            field="organisation", words=_("Choose an organisation of this region, or all regions")
        )
    return replace(filters, region=organisation.region_id)


def _demand_known(filters: Filters, within: Reach, framework: Framework) -> None:
    known = (
        not filters.region or within.region(filters.region),
        not filters.organisation or within.organisation(filters.organisation),
        not filters.role or framework.role(filters.role),
        filters.pillar in {"", NO_PILLAR} or framework.pillar(filters.pillar),
        not filters.competency or framework.competency(filters.competency),
        filters.area in {"", *(each.id for each in framework.areas)},
        filters.by is not By.TEAM or within.names_teams,
        filters.by is not By.ORGANISATION or not filters.region or within.may_look_into(filters.region),
    )
    if not all(known):
        raise UnknownChoiceError
