"""Ways between the cells of a region, each step of which moves somebody who is below from one to another.

A **cell** is a role profile and a pillar. A **swap** is one person more below in one atom, and one
less in another of the same organisation, or of two that are both hidden: it leads from the cell with
less to that with more. One that keeps the pillar can also be made on a way through another pillar,
and one that keeps the role on a way through another role; it is a **slide** then, and changes what is
below in the four cells, but neither in a role nor in a pillar.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

NEVER = float("inf")
NATION_CELL, REGION_CELL, REGION_LEVEL = 3, 7, 12
OF_REGION, OF_ORGANISATION = (5, 6, REGION_CELL, REGION_LEVEL), (9, 10)
"""Where an atom has its rows of a role and pillar and of a level; of a part of a region; of one of an
organisation."""

Place = tuple[str, str, str, str]
"""Region, organisation, role profile and pillar of an atom."""

Cell = int


class Swap(NamedTuple):
    """The atom with one person more below, and the one with one less."""

    more: int
    less: int


class Step(NamedTuple):
    """Where a swap leads, and the cells that it changes as a slide."""

    to: Cell
    swap: Swap
    slide: tuple[Cell, ...]


class Walk(NamedTuple):
    """The cells that were reached, at which cost and by which swap from where; and where the way ends."""

    costs: Mapping[Cell, float]
    came: Mapping[Cell, tuple[Cell, Swap]]
    end: Cell | None

    def back(self, cell: Cell) -> Iterator[Swap]:
        """The swaps of the way to a cell, the last first."""
        while cell in self.came:
            cell, swap = self.came[cell]
            yield swap

    def start(self, cell: Cell) -> Cell:
        """Where the way to a cell began."""
        while cell in self.came:
            cell, _ = self.came[cell]
        return cell


class Ways:
    """The swaps of all regions, forward or backward; a way costs what has to be hidden for it."""

    def __init__(
        self, places: Sequence[Place], rows_of: Sequence[Sequence[int]], prices: Sequence[float]
    ) -> None:
        """Begin without a swap; atoms are numbered, and so are the rows that count them and have a price."""
        self._rows_of, self._prices = rows_of, prices
        self._regions = [region for region, *_ in places]
        roles, pillars = (
            {name: number for number, name in enumerate(sorted({place[part] for place in places}))}
            for part in (2, 3)
        )
        self._width = len(pillars)
        self.cells = [roles[role] * self._width + pillars[pillar] for _, _, role, pillar in places]
        at = zip(self._regions, self.cells, strict=True)
        self._atom_at = {where: atom for atom, where in enumerate(at)}
        self._leading: defaultdict[tuple[bool, str, str, int], list[tuple[int, Swap]]] = defaultdict(list)
        self._steps: dict[tuple[bool, str, Cell], list[Step]] = {}
        self._swaps_at: defaultdict[int, list[Swap]] = defaultdict(list)
        self._costs: dict[Swap, float] = {}
        self._cell_costs: dict[tuple[str, Cell], float] = {}
        self._crossings: dict[tuple[str, Cell, Cell], float] = {}

    def add(self, swap: Swap) -> None:
        """Know a swap from now on."""
        region = self._regions[swap.more]
        for backward in (False, True):
            start, end = (self.cells[each] for each in (swap if backward else swap[::-1]))
            (role, pillar), (to_role, to_pillar) = (divmod(cell, self._width) for cell in (start, end))
            if (role != to_role) == (pillar != to_pillar):
                self._leading[backward, region, "both", start].append((end, swap))
            elif role != to_role:
                self._leading[backward, region, "role", role].append((to_role, swap))
            else:
                self._leading[backward, region, "pillar", pillar].append((to_pillar, swap))
        self._costs[swap] = self._differing(*swap, OF_ORGANISATION)
        for row in {self._rows_of[atom][kind] for atom in swap for kind in OF_ORGANISATION}:
            self._swaps_at[row].append(swap)

    def forget(self, rows: Iterable[int]) -> None:
        """Reckon again what depends on the prices of these rows, which changed."""
        self._cell_costs.clear()
        self._crossings.clear()
        for swap in {swap for row in rows for swap in self._swaps_at[row]}:
            self._costs[swap] = self._differing(*swap, OF_ORGANISATION)

    def cost(self, swap: Swap) -> float:
        """What a swap costs in its organisation."""
        return self._costs[swap]

    def crossing(self, region: str, cell: Cell, goal: Cell) -> float:
        """What it costs when a way through a region is open between these cells; NEVER if it lacks one."""
        name = region, cell, goal
        if name not in self._crossings:
            one, two = self._atom_at.get((region, cell)), self._atom_at.get((region, goal))
            self._crossings[name] = (
                NEVER if one is None or two is None else self._differing(one, two, OF_REGION)
            )
        return self._crossings[name]

    def walk(
        self,
        region: str,
        starts: Mapping[Cell, float],
        goals: Mapping[Cell, float],
        without: Collection[int],
        limit: float = NEVER,
        *,
        backward: bool = False,
    ) -> Walk:
        """The cheapest way in a region from one of the starts to one of the goals, which cost something too.

        It uses none of the atoms `without`. It has no end when every way would cost as much as the
        limit; without goals it reaches all cells that it can.
        """
        costs = dict(starts)
        came: dict[Cell, tuple[Cell, Swap]] = {}
        end = None
        heap = [(cost, cell) for cell, cost in starts.items()]
        heapify(heap)
        while heap:
            cost, cell = heappop(heap)
            if cost >= limit:
                break
            if cost > costs[cell]:
                continue
            if cell in goals and cost + goals[cell] < limit:
                limit, end = cost + goals[cell], cell
            for to, swap, slide in self._steps_from(region, cell, backward=backward):
                known = costs.get(to, limit)
                if cost >= known:
                    continue
                dearer = cost + self._costs[swap]
                if slide and dearer < known:
                    dearer += self._cost_of_cells(region, slide)
                if dearer < known and not (swap.more in without or swap.less in without):
                    costs[to] = dearer
                    came[to] = cell, swap
                    heappush(heap, (dearer, to))
        return Walk(costs, came, end)

    def _steps_from(self, region: str, cell: Cell, *, backward: bool) -> Sequence[Step]:
        """All steps from a cell, slides last."""
        name = backward, region, cell
        if name not in self._steps:
            found = [
                Step(to, swap, self._slide(cell, to, swap))
                for to, swap in self._leading_on(region, cell, backward=backward)
            ]
            self._steps[name] = sorted(found, key=lambda step: len(step.slide))
        return self._steps[name]

    def _leading_on(self, region: str, cell: Cell, *, backward: bool) -> Iterator[tuple[Cell, Swap]]:
        role, pillar = divmod(cell, self._width)
        yield from self._leading[backward, region, "both", cell]
        for to_role, swap in self._leading[backward, region, "role", role]:
            yield to_role * self._width + pillar, swap
        for to_pillar, swap in self._leading[backward, region, "pillar", pillar]:
            yield role * self._width + to_pillar, swap

    def _slide(self, cell: Cell, to: Cell, swap: Swap) -> tuple[Cell, ...]:
        ends = self.cells[swap.more], self.cells[swap.less]
        return () if cell in ends and to in ends else (cell, to, *ends)

    def _cost_of_cells(self, region: str, cells: Iterable[Cell]) -> float:
        """What it costs that other numbers are below in these cells, of a region and of the nation."""
        costs = self._cell_costs
        for cell in cells:
            if (region, cell) not in costs:
                atom = self._atom_at.get((region, cell))
                kinds = () if atom is None else (NATION_CELL, REGION_CELL)
                costs[region, cell] = sum(self._prices[self._rows_of[atom or 0][kind]] for kind in kinds)
        return sum([costs[region, cell] for cell in cells])

    def _differing(self, one: int, other: int, kinds: Iterable[int]) -> float:
        """What the rows of these kinds cost that count one of two atoms but not the other."""
        rows, others = self._rows_of[one], self._rows_of[other]
        return sum(
            [
                self._prices[rows[kind]] + self._prices[others[kind]]
                for kind in kinds
                if rows[kind] != others[kind]
            ]
        )
