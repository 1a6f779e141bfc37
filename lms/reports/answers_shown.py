"""Which numbers of a sent plan a lead may see: none of 1 to 4 people, and none that a difference would give.

A row is a step, by what became of it for each of its people. Their sum is known, since the plan's page showed
it. A row with a small number is hidden whole, with others beside it, until those hidden hold, of everything
that is shown in all, nobody or enough people. So each hidden number could be another by as many as a small
group holds: of rows and columns that hold at least so many each, any two of each can trade that many.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shown(Generic[K]):
    """The rows, None where one is hidden, and all of them together, None for what is hidden of it."""

    rows: tuple[Mapping[K, int] | None, ...]
    together: Mapping[K, int | None]


def shown_of(rows: Sequence[Mapping[K, int]], smallest: int) -> Shown[K]:
    """What of these rows is shown, all with the same columns."""
    columns = list(rows[0]) if rows else []
    sums = {column: sum(row[column] for row in rows) for column in columns}
    together = parts_shown(sums, smallest)
    hidden = {number for number, row in enumerate(rows) if _is_small(row.values(), smallest)}
    if hidden:
        order = sorted(
            set(range(len(rows))) - hidden, key=lambda number: (sum(rows[number].values()), number)
        )
        while order and not _is_safe([rows[number] for number in hidden], together, smallest):
            hidden.add(order.pop(0))
    return Shown(tuple(None if number in hidden else row for number, row in enumerate(rows)), together)


def parts_shown(parts: Mapping[K, int], smallest: int) -> dict[K, int | None]:
    """The parts of a number that is known, as far as they are shown; None for those that are hidden."""
    hidden = {key for key, people in parts.items() if 0 < people < smallest}
    if hidden:
        order = sorted(
            (key for key in parts if key not in hidden), key=lambda key: (not parts[key], parts[key])
        )
        while order and (len(hidden) == 1 or sum(parts[key] for key in hidden) < smallest):
            hidden.add(order.pop(0))
    return {key: None if key in hidden else people for key, people in parts.items()}


def _is_safe(rows: Sequence[Mapping[K, int]], together: Mapping[K, int | None], smallest: int) -> bool:
    """Whether the hidden rows tell nothing by what is left of the sums for them."""
    left = {column: sum(row[column] for row in rows) for column in together}
    shown = [people for column, people in left.items() if together[column] is not None]
    rest = sum(people for column, people in left.items() if together[column] is None)
    return len(rows) > 1 and not _is_small([*shown, rest], smallest)


def _is_small(numbers: Iterable[int], smallest: int) -> bool:
    return any(0 < number < smallest for number in numbers)
