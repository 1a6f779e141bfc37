"""Other nations that look the same: how many are below in a hidden row could be another number.

A **trade** is a way of swaps that ends where it began (see `ways`), so that in no region, role or
pillar more are below than before; or with one part in a region and the other in another, which then
both hide the rows between which the way crosses. After a trade the nation is one that could be: in
no atom are fewer than none below, or more than all. Whoever sees none of the rows that a trade
changes cannot tell the two nations apart, so that none of these rows can be worked out, by any means.
That stays so when more is hidden.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from lms.competencies.ways import NEVER, Cell, Place, Swap, Walk, Ways

ORGANISATION = 8
"""Where an atom has the row of its organisation."""
ATTEMPTS = 4
"""How often a way is sought that needs no atom twice."""
CROSSINGS = 40
"""How many ways into other regions are tried, those first that cost least where they begin."""

ENTRIES = 4
"""From how many cells such a way can begin, those that cost least."""


class Crossing(NamedTuple):
    """A swap whose way can go on in another region: from which cells, at which cost so far, and where to."""

    least: float
    place: int
    swap: Swap
    backward: bool
    own: Walk
    other: str
    entries: Mapping[Cell, float]
    goal: Cell


class Trades:
    """The trades of a day, found by what costs least to hide for them."""

    def __init__(
        self,
        places: Sequence[Place],
        rows_of: Sequence[Sequence[int]],
        prices: list[float],
        more: Collection[int],
        less: Collection[int],
    ) -> None:
        """Begin with the places of the atoms, the rows that count each, and what hiding each row costs.

        In the atoms of `more` somebody could be below who is not; in those of `less` somebody is.
        """
        self._rows_of, self._prices = rows_of, prices
        self._more, self._less = sorted(more), sorted(less)
        self._regions = [region for region, *_ in places]
        self._ways = Ways(places, rows_of, prices)
        self._swaps: defaultdict[int, list[Swap]] = defaultdict(list)
        for swap in self._possible(places):
            self._ways.add(swap)
            for atom in swap:
                self._swaps[atom].append(swap)

    def changing(self, row: int, atoms: frozenset[int]) -> list[int]:
        """All rows that a trade changes which changes this one, whose open atoms are given."""
        swaps = [
            swap
            for swap in dict.fromkeys(chain.from_iterable(self._swaps[atom] for atom in sorted(atoms)))
            if (swap.more in atoms) != (swap.less in atoms)
        ]
        trade = self._near(swaps, atoms) or self._far(swaps, atoms)
        if trade:
            return self._changed([swap.more for swap in trade], [swap.less for swap in trade])
        return self._dearest(row, atoms)

    def hide(self, rows: Iterable[int]) -> None:
        """Hide rows, so that they cost nothing more."""
        if priced := [row for row in rows if self._prices[row]]:
            for row in priced:
                self._prices[row] = 0
            self._ways.forget(priced)

    def _possible(self, places: Sequence[Place]) -> Iterator[Swap]:
        """All swaps: within an organisation, and within the hidden organisations of a region."""
        pools: defaultdict[tuple[str, str | None], tuple[list[int], list[int]]] = defaultdict(
            lambda: ([], [])
        )
        for part, atoms in enumerate((self._more, self._less)):
            for atom in atoms:
                region, organisation, *_ = places[atom]
                shown = self._prices[self._rows_of[atom][ORGANISATION]]
                pools[region, organisation if shown else None][part].append(atom)
        for more, less in pools.values():
            yield from (Swap(one, other) for one in more for other in less if one != other)

    def _near(self, swaps: Iterable[Swap], atoms: frozenset[int]) -> list[Swap] | None:
        """The cheapest trade of one of these swaps and a way back to where it began, in its region."""
        limit, found = NEVER, None
        for (region, start, backward), closing in self._closing(swaps, atoms).items():
            goals = {goal: self._ways.cost(swap) for goal, swap in closing.items()}
            without = set(atoms)
            for _ in range(ATTEMPTS):
                walk = self._ways.walk(region, {start: 0}, goals, without, limit, backward=backward)
                if walk.end is None:
                    break
                trade = [closing[walk.end], *walk.back(walk.end)]
                if not (again := _twice(trade)):
                    limit, found = walk.costs[walk.end] + goals[walk.end], trade
                    break
                without |= again
            if not limit:
                break
        return found

    def _closing(
        self, swaps: Iterable[Swap], atoms: frozenset[int]
    ) -> Mapping[tuple[str, Cell, bool], Mapping[Cell, Swap]]:
        """The cheapest swap between each two cells, by that of a region where these atoms lie."""
        found: defaultdict[tuple[str, Cell, bool], dict[Cell, Swap]] = defaultdict(dict)
        for swap in swaps:
            backward = swap.less in atoms
            start, goal = (self._ways.cells[each] for each in (swap[::-1] if backward else swap))
            known = found[self._regions[swap.more], start, backward]
            if goal not in known or self._ways.cost(swap) < self._ways.cost(known[goal]):
                known[goal] = swap
        return found

    def _far(self, swaps: Iterable[Swap], atoms: frozenset[int]) -> list[Swap] | None:
        """The cheapest trade of one of these swaps and a way back that is partly in another region."""
        limit, found = NEVER, None
        for crossing in sorted(self._crossings(swaps, atoms))[:CROSSINGS]:
            if crossing.least >= limit:
                break
            _, _, swap, backward, own, other, entries, goal = crossing
            walk = self._ways.walk(other, entries, {goal: 0}, atoms, limit, backward=backward)
            if walk.end is not None:
                trade = [swap, *walk.back(goal), *own.back(walk.start(goal))]
                if not _twice(trade):
                    limit, found = walk.costs[goal], trade
        return found

    def _crossings(self, swaps: Iterable[Swap], atoms: frozenset[int]) -> Iterator[Crossing]:
        """Whereto each swap can go on, onward from its end or backward from its beginning."""
        walks: dict[tuple[str, Cell, bool], Walk] = {}
        ways, place = self._ways, 0
        for swap in swaps:
            region = self._regions[swap.more]
            for backward in (False, True):
                start, goal = (ways.cells[each] for each in (swap[::-1] if backward else swap))
                name = region, start, backward
                if name not in walks:
                    walks[name] = ways.walk(region, {start: 0}, {}, atoms, backward=backward)
                reached = [
                    (ways.cost(swap) + cost + ways.crossing(region, cell, goal), cell)
                    for cell, cost in walks[name].costs.items()
                    if cell != goal
                ]
                nearest = sorted(reached)[:ENTRIES]
                for other in sorted({*self._regions} - {region}):
                    costs = {cell: cost + ways.crossing(other, cell, goal) for cost, cell in nearest}
                    entries = {cell: cost for cell, cost in costs.items() if cost < NEVER}
                    if entries:
                        place += 1
                        least = min(entries.values())
                        yield Crossing(least, place, swap, backward, walks[name], other, entries, goal)

    def _dearest(self, row: int, atoms: frozenset[int]) -> list[int]:
        """What one person more or less below changes, alone or with the opposite anywhere; the cheapest."""
        found: tuple[float, list[int]] = NEVER, []
        for more, less in self._single(atoms):
            changed = self._changed(more, less)
            if row in changed:
                found = min(found, (sum(self._prices[each] for each in changed), changed))
        return found[1]

    def _single(self, atoms: frozenset[int]) -> Iterator[tuple[list[int], list[int]]]:
        for atom in self._more:
            if atom in atoms:
                yield [atom], []
                yield from (([atom], [other]) for other in self._less if other != atom)
        for atom in self._less:
            if atom in atoms:
                yield [], [atom]
                yield from (([other], [atom]) for other in self._more if other != atom)

    def _changed(self, more: Iterable[int], less: Iterable[int]) -> list[int]:
        """The rows that hold another number below when some atoms have one more, and some one less."""
        changes: defaultdict[int, int] = defaultdict(int)
        for atoms, change in ((more, 1), (less, -1)):
            for atom in atoms:
                for row in self._rows_of[atom]:
                    changes[row] += change
        return sorted(row for row, change in changes.items() if change)


def _twice(swaps: Sequence[Swap]) -> set[int]:
    """The atoms that a trade would need more than once."""
    atoms = [*chain.from_iterable(swaps)]
    return {atom for atom in atoms if atoms.count(atom) > 1}
