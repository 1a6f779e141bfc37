"""The cells of the ledger: each place where appointments are counted, and the sums that it is part of."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, select

from lms.competencies.models import ANY, CellRow, Rollup, Shape
from lms.competencies.suppression import NO_PILLAR
from lms.competencies.tally import Cell
from lms.core.database import db, insertion

Named = tuple[Shape, str, str, int, str, str]
"""Shape, region, organisation, team, role profile and pillar of a cell."""
COLUMNS = ("shape", "region_id", "organisation_id", "team_id", "role_profile_id", "pillar_id")


def ids_of(cells: Collection[Cell]) -> dict[Cell, int]:
    """The id of each cell; those that are new are written, inside the act that needs them."""
    wanted = {_of_team(cell): cell for cell in cells}
    known = _known(CellRow.team_id.in_({cell.team for cell in cells}))
    if missing := [(name, cell) for name, cell in wanted.items() if name not in known]:
        sums = _written({each for _, cell in missing for each in sums_of(cell)}, CellRow.team_id == 0)
        teams = {name[3] for name, _ in missing}
        known |= _written({name for name, _ in missing}, CellRow.team_id.in_(teams))
        rollups = {pair for name, cell in missing for pair in _parts(known[name], cell, sums)}
        parts = [{"cell_id": cell, "into_id": into} for cell, into in sorted(rollups)]
        db.session.execute(insertion(Rollup).on_conflict_do_nothing(), parts)
    return {cell: known[name] for name, cell in wanted.items()}


def sums_of(cell: Cell) -> Iterator[Named]:
    """The sums that a team’s cell is part of: its atom first, which the others are made of."""
    pillar = cell.pillar or NO_PILLAR
    yield Shape.ATOM, cell.region, cell.organisation, 0, cell.role_profile, pillar
    yield Shape.NATION, ANY, ANY, 0, ANY, ANY
    yield Shape.REGION, cell.region, ANY, 0, ANY, ANY
    yield Shape.ORGANISATION, ANY, cell.organisation, 0, ANY, ANY
    yield Shape.ROLE, ANY, ANY, 0, cell.role_profile, ANY
    yield Shape.PILLAR, ANY, ANY, 0, ANY, pillar


def _parts(team_cell: int, cell: Cell, sums: Mapping[Named, int]) -> Iterator[tuple[int, int]]:
    """What is part of what: a team’s cell of its atom, and this of all other sums."""
    atom, *others = (sums[each] for each in sums_of(cell))
    yield team_cell, atom
    yield from ((atom, each) for each in others)


def _of_team(cell: Cell) -> Named:
    pillar = cell.pillar or NO_PILLAR
    return Shape.TEAM, cell.region, cell.organisation, cell.team, cell.role_profile, pillar


def _written(names: Iterable[Named], among: ColumnElement[bool]) -> dict[Named, int]:
    """The ids of cells, after those that are missing are written; in order, so that no two writers block."""
    known = _known(among)
    if missing := sorted(set(names) - known.keys()):
        db.session.execute(
            insertion(CellRow).on_conflict_do_nothing(),
            [dict(zip(COLUMNS, each, strict=True)) for each in missing],
        )
        known = _known(among)
    return known


def _known(among: ColumnElement[bool]) -> dict[Named, int]:
    rows = db.session.execute(select(CellRow.id, *(getattr(CellRow, each) for each in COLUMNS)).where(among))
    return {(Shape(shape), *rest): key for key, shape, *rest in rows}
