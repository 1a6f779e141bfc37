"""The map of the gap report: the forces that may be opened, a tile each, for one column."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lms.people.models import Organisation, OrganisationKind
from lms.reports.columns import Column
from lms.reports.filters import MOST_COMBINED, By
from lms.reports.rows import Asked


@dataclass(frozen=True, slots=True)
class Tile:
    """One force on the map.

    Those that belong to no place stand together above the others, in a row of their own (`apart`).
    """

    code: str
    name: str
    column: int
    row: int
    apart: bool
    value: int | None
    band: int
    suppressed: bool
    on_board: bool
    chosen: bool


def tiles_of(asked: Asked, chosen: Column) -> Iterator[Tile]:
    """The tiles of a choice; none when role and pillar are chosen both, since a force is a third choice."""
    if replace(asked.filters, by=By.ORGANISATION, organisation="").combined > MOST_COMBINED:
        return
    forces = [each for each in asked.reach.open if each.kind != OrganisationKind.FIRE and each.code]
    on_board = asked.on_board
    apart = sorted(each.id for each in forces if each.tile_column is None or each.tile_row is None)
    for force in forces:
        figure = chosen.figure(asked.figures(asked.group(organisation=force.id), chosen.competencies))
        value = asked.filters.measure.per_hundred(figure.tally)
        yield Tile(
            code=force.code or "",
            name=force.name,
            column=apart.index(force.id) if force.id in apart else force.tile_column or 0,
            row=0 if force.id in apart else force.tile_row or 0,
            apart=force.id in apart,
            value=value,
            band=asked.filters.measure.band(value or 0),
            suppressed=not asked.filters.measure.says(figure.tally),
            on_board=force.id in on_board,
            chosen=_is_chosen(force, asked),
        )


def _is_chosen(force: Organisation, asked: Asked) -> bool:
    """Whether the choice is about this force or its region, else whether it lies in an own region."""
    filters = asked.filters
    if filters.organisation:
        return force.id == filters.organisation
    if filters.region:
        return force.region_id == filters.region
    return force.region_id in asked.reach.own_regions
