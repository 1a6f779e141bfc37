"""Which people of a matrix are listed, in which columns and in which order; plain values only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lms.teams.choice import Choice, Only, Order
from lms.teams.matrix import Columns, Matrix, Row


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of the list, with the same row cut to the columns shown, and how much work is overdue.

    `teams` are those of the choice in which they hold a post.
    """

    row: Row
    part: Row
    overdue: int
    teams: tuple[str, ...] = ()

    @property
    def team(self) -> str:
        """The teams as one line."""
        return "; ".join(self.teams)


def columns_shown(matrix: Matrix, about: str) -> tuple[Columns, ...]:
    """The columns of an area or of one competency, by its id; all when it is empty."""
    if not about:
        return matrix.columns
    kept = (
        Columns(group.area, tuple(each for each in group.competencies if about in {group.area.id, each.id}))
        for group in matrix.columns
    )
    return tuple(group for group in kept if group.competencies)


def listed_of(
    matrix: Matrix,
    columns: Sequence[Columns],
    choice: Choice,
    overdue: Mapping[int, int],
    teams: Mapping[int, tuple[str, ...]],
) -> list[Listed]:
    """Everybody whom the choice asks for, in its order."""
    everybody = (
        Listed(row, part, overdue.get(row.person_id, 0), teams.get(row.person_id, ()))
        for row, part in zip(matrix.rows, _parts(matrix, columns), strict=True)
        if not choice.role or choice.role in row.profiles
    )
    found = [each for each in everybody if _wanted(each, choice.only)]
    match choice.order:
        case Order.NAME:
            return found
        case Order.ROLE:
            return sorted(found, key=lambda each: each.row.roles)
        case Order.TEAM:
            return sorted(found, key=lambda each: each.teams)


def _parts(matrix: Matrix, columns: Sequence[Columns]) -> Iterator[Row]:
    """Each row with the cells of the columns shown; the row itself where all of them are."""
    shown = {each.id for group in columns for each in group.competencies}
    places = [place for place, each in enumerate(matrix.competencies) if each.id in shown]
    for row in matrix.rows:
        whole = len(places) == len(row.cells)
        yield row if whole else replace(row, cells=tuple(row.cells[place] for place in places))


def _wanted(person: Listed, only: Only) -> bool:
    match only:
        case Only.SHORT:
            return any(cell.short for cell in person.part.cells)
        case Only.LAPSES:
            return any(cell.lapses for cell in person.part.cells)
        case Only.OVERDUE:
            return person.overdue > 0
        case Only.ALL:
            return True
