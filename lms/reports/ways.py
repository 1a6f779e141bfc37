"""Where a cell of the gap report leads: to its group alone, as far as the grant of the one who asks goes.

The figure of the cell is that of the whole on the page that it leads to: the sentence there explains it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lms.reports.filters import MOST_COMBINED, By, Filters, Order
from lms.reports.reach import Reach


def way_of_region(filters: Filters, reach: Reach, region: str) -> Filters:
    """A region by its organisations, else by its roles, else alone."""
    inside = replace(filters, region=region)
    kinds = (By.ROLE, By.REGION) if filters.organisation else (By.ORGANISATION, By.ROLE, By.REGION)
    return _first_open((replace(inside, by=kind) for kind in kinds), reach)


def way_of_organisation(filters: Filters, reach: Reach, organisation: str) -> Filters:
    """An organisation by its roles, or by its pillars where one of these is chosen."""
    inside = replace(filters, region="", organisation=organisation)
    return _first_open((replace(inside, by=kind) for kind in (By.ROLE, By.PILLAR)), reach)


def way_of_kind(filters: Filters, reach: Reach, *, role: str = "", pillar: str = "") -> Filters:
    """A role or a pillar by region, or by organisation inside a region, else alone."""
    inside = replace(filters, role=role or filters.role, pillar=pillar or filters.pillar)
    kinds = (By.ORGANISATION,) if filters.region else (By.REGION,)
    wider = () if filters.organisation else (replace(inside, by=kind) for kind in kinds)
    return _first_open((*wider, inside), reach)


def other_rows(filters: Filters, reach: Reach) -> Iterator[Filters]:
    """The same choice by each other kind of row that the one who asks may open."""
    return rows_by((each for each in By if each is not filters.by), filters, reach)


def rows_by(kinds: Iterable[By], filters: Filters, reach: Reach) -> Iterator[Filters]:
    """The same choice by each of these kinds of row that splits it, as far as the one who asks may go."""
    for kind in kinds:
        other = replace(filters, by=kind, order=Order.USUAL)
        if other.combined <= MOST_COMBINED and _splits(other, reach):
            yield other


def wider(filters: Filters, reach: Reach) -> Filters | None:
    """All that the one who asks may see at once; None where the choice leaves nobody out."""
    region = "" if reach.compares else filters.region
    everybody = replace(filters, region=region, organisation="", role="", pillar="", order=Order.USUAL)
    everybody = replace(everybody, by=By.REGION if reach.compares else By.ORGANISATION)
    chosen = (filters.region, filters.organisation, filters.role, filters.pillar)
    return None if chosen == (region, "", "", "") else everybody


def _splits(filters: Filters, reach: Reach) -> bool:
    """Whether rows of this kind are parts of what the choice is about."""
    match filters.by:
        case By.REGION:
            return reach.compares and not (filters.region or filters.organisation)
        case By.ORGANISATION:
            region = filters.region or reach.implied_region(By.ORGANISATION)
            return not filters.organisation and region == filters.region and reach.may_look_into(region)
        case By.TEAM:
            return bool(filters.organisation) and reach.names_teams and bool(_teams(filters, reach))
        case By.ROLE:
            return not filters.role
        case By.PILLAR:
            return not filters.pillar


def _teams(filters: Filters, reach: Reach) -> dict[int, str]:
    return reach.teams(filters.organisation, filters.as_of)


def _first_open(ways: Iterable[Filters], reach: Reach) -> Filters:
    """The first of several ways that the one who asks may go; the last is open to whoever sees the cell."""
    found: list[Filters] = []
    for way in ways:
        found.append(replace(way, order=Order.USUAL, competency="", area=""))
        allowed = way.by is not By.ORGANISATION or reach.may_look_into(way.region)
        if allowed and way.combined <= MOST_COMBINED:
            return found[-1]
    return found[-1]
