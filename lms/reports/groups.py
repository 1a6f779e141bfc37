"""The group that a page without rows of groups is about: read, widened, and said in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _

from lms.competencies.counts import organisations_on_board
from lms.competencies.suppression import NO_PILLAR, Group
from lms.content.framework import Framework
from lms.people.acts import no_known_on
from lms.reports.choice import choose
from lms.reports.filters import MOST_COMBINED, By, FilterError, Filters, read_filters
from lms.reports.reach import Reach

CHOSEN = ("region", "organisation", "role", "pillar", "competency", "measure", "known_at")
"""What of an address both reports understand alike."""


def group_of(filters: Filters) -> Group:
    """The group that filters name; an organisation stands without its region."""
    return Group(
        None if filters.organisation else filters.region or None,
        filters.organisation or None,
        filters.role or None,
        filters.pillar or None,
    )


def boarded_as_known(day: date | None) -> Mapping[str, date]:
    """The first day on which each organisation is counted, as known now (None) or at the end of a day."""
    return organisations_on_board(date.max, None if day is None else no_known_on(day))


def choose_group(
    given: Mapping[str, str], day: date, within: Reach, framework: Framework, today: date
) -> Filters:
    """The group that an address names on a day, for a page without rows of groups."""
    wanted = {key: given.get(key, "") for key in CHOSEN}
    return choose({**wanted, "by": By.REGION, "as_of": day.isoformat()}, within, framework, today)


def gaps_of(filters: Filters, given: Mapping[str, str], within: Reach) -> Filters:
    """The choice of the gap report that leads here: with the rows that the address names, if it can be."""
    usual = By.REGION if within.compares else By.ORGANISATION
    by = next((each for each in By if each == given.get("by")), usual)
    found = replace(filters, by=by)
    has_rows = by is not By.TEAM or (within.names_teams and found.organisation)
    return found if has_rows and found.combined <= MOST_COMBINED else filters


def wider_group(filters: Filters, within: Reach) -> Filters | None:
    """The next wider choice of people: without a pillar, a role, an organisation, a region; None for all."""
    if filters.pillar:
        return replace(filters, pillar="")
    if filters.role:
        return replace(filters, role="")
    if filters.organisation:
        return replace(filters, organisation="")
    return replace(filters, region="") if filters.region and within.compares else None


def kept_of(given: Mapping[str, str]) -> dict[str, str]:
    """What the gap report needs of an address as it was given, for a page that could not be made."""
    keys = ("region", "organisation", "role", "pillar", "competency", "measure", "by", "as_of")
    return {key: given[key] for key in keys if given.get(key)}


def read_day(given: Mapping[str, str], field: str, today: date) -> date | None:
    """The day that a field of an address names; None when it is empty. Raises FilterError."""
    if not given.get(field, "").strip():
        return None
    try:
        return read_filters({"as_of": given[field]}, today, By.REGION).as_of
    except FilterError as wrong:
        raise FilterError(field, str(wrong)) from wrong


def place_of(filters: Filters, within: Reach) -> str:
    """The name of the place that filters are about, in the middle of a sentence."""
    place = within.organisation(filters.organisation) or within.region(filters.region)
    return place.name if place else _("all regions")


def people_of(filters: Filters, framework: Framework) -> str:
    """Of whom a page speaks: the role and the pillar, or all roles."""
    role, pillar = framework.role(filters.role), framework.pillar(filters.pillar)
    names = [each.title for each in (role, pillar) if each]
    none = [_("in no pillar")] if filters.pillar == NO_PILLAR else []
    return ", ".join([*names, *none] if role else [_("all roles"), *names, *none])
