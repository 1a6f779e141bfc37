"""One who has every table open and tries to work out what is hidden, by means of its own.

Nothing here is shared with the service but the shape of a row. It takes from the figures only what
the tables show: head counts of all rows, and of each row that is not hidden how many are below.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product

from lms.competencies.suppression import NO_PILLAR, Atom, Group

OTHER_PRIME = (1 << 89) - 1
Figures = Mapping[Atom, tuple[int, int]]
Ranges = dict[Atom, tuple[int, int]]
"""The least and the greatest number that can be below in each atom."""


class Attacker:
    """The tables of one day and competency, as all leads together see them."""

    def __init__(
        self, figures: Figures, region_of: Mapping[str, str], hidden: Iterable[Group], smallest: int = 5
    ) -> None:
        self.figures = {atom: pair for atom, pair in figures.items() if pair[0]}
        self.hidden = frozenset(hidden)
        self.smallest = smallest
        self.tables: dict[Group, frozenset[Atom]] = {
            row: frozenset(atoms) for row, atoms in _tables(self.figures, region_of).items()
        }
        self.shown = [row for row in self.tables if row not in self.hidden]
        self.told = frozenset(
            atom
            for row in self.shown
            if self._below(self.tables[row]) in {0, self._size(self.tables[row])}
            for atom in self.tables[row]
        )

    def finds(self) -> list[str]:
        """Everything that is given away in a small nation, by exact arithmetic and every set of atoms."""
        return [*self.plain_mistakes(), *self._one_subtraction(), *self.follow()]

    def follow(self) -> list[str]:
        """Hidden rows, and sets of few people, that sums and differences of any kind give."""
        atoms = sorted(self.figures, key=str)
        free = free_directions(atoms, [self.tables[row] for row in self.shown], self.told)

        def follows(asked: Iterable[Atom]) -> bool:
            return all(sum(direction[atom] for atom in asked) == 0 for direction in free)

        found = [f"{row} follows" for row in self._protected() if follows(self.tables[row])]
        for count in range(1, self.smallest):
            some_atoms = combinations((atom for atom in atoms if atom not in self.told), count)
            found += [
                f"{some} follows" for some in some_atoms if self._size(some) < self.smallest and follows(some)
            ]
        return found

    def finds_by_chance(self, seed: int = 1) -> list[str]:
        """The same in a nation of real size, by one random direction and the sets of atoms that it spares."""
        direction = _random_direction(
            sorted(self.figures, key=str), [self.tables[row] for row in self.shown], self.told, seed
        )
        found = [*self.plain_mistakes(), *self._one_subtraction()]
        found += [
            f"{row} follows"
            for row in self._protected()
            if not sum(direction[atom] for atom in self.tables[row]) % OTHER_PRIME
        ]
        return found + [f"{some} follows" for some in self._spared_sets(direction)]

    def plain_mistakes(self) -> list[str]:
        """Rows shown though they are small, and hidden ones that hold nobody or that no table has."""
        found = [f"{row} is small" for row in self.shown if self._small(self.tables[row])]
        return found + [f"{row} is in no table" for row in self.hidden - self.tables.keys()]

    def pinned(self) -> list[Group]:
        """Small hidden rows of which the least and the greatest number below are the same, reckoned by hand.

        Each atom lies between none and all of its people. All that is shown, and what it leaves of
        a total, narrows that down, again and again until nothing changes.
        """
        sums = self._sums()
        ranges = {
            atom: (below, below) if atom in self.told else (0, size)
            for atom, (size, below) in self.figures.items()
        }
        while narrow(ranges, sums):
            pass
        small = [row for row in self._protected() if self._small(self.tables[row])]
        return [row for row in small if self._is_pinned(self.tables[row], ranges, sums)]

    def certain(self) -> list[Group]:
        """Small hidden rows that hold the same number below in every nation that shows the same.

        Exact, by trying: for small nations.
        """
        sums = self._sums()
        open_rows = {row: self.tables[row] for row in self._protected() if self._small(self.tables[row])}
        found = []
        while open_rows:
            row, atoms = open_rows.popitem()
            other = next(self._others(sums, atoms), None)
            if other is None:
                found.append(row)
                continue
            open_rows = {
                each: some
                for each, some in open_rows.items()
                if sum(other[atom] for atom in some) == self._below(some)
            }
        return found

    def _others(
        self, sums: Mapping[frozenset[Atom], int], row: frozenset[Atom]
    ) -> Iterator[Mapping[Atom, int]]:
        """Nations that show the same, with another number below in a row."""
        ranges = {
            atom: (below, below) if atom in self.told else (0, size)
            for atom, (size, below) in self.figures.items()
        }
        below = self._below(row)
        for number in sorted(range(self._size(row) + 1), key=lambda each: abs(each - below))[1:]:
            yield from _nations(ranges, {**sums, row: number})

    def small_rows(self) -> int:
        """How many small rows are hidden of which a telling row does not tell."""
        return sum(self._small(self.tables[row]) for row in self._protected())

    def _sums(self) -> dict[frozenset[Atom], int]:
        """What is shown, and what is left of each total without the shown rows of one table."""
        sums = {self.tables[row] - self.told for row in self.shown}
        for total in self.shown:
            for table in self._breakdowns(total):
                covered = (self.tables[row] for row in table if row not in self.hidden)
                sums.add(self.tables[total].difference(self.told, *covered))
        return {atoms: self._below(atoms) for atoms in sums if atoms}

    def _is_pinned(
        self,
        row: frozenset[Atom],
        ranges: Mapping[Atom, tuple[int, int]],
        sums: Mapping[frozenset[Atom], int],
    ) -> bool:
        least, most = (sum(ranges[atom][end] for atom in row) for end in (0, 1))
        for atoms, below in sums.items():
            if row - self.told <= atoms:
                least = max(least, below - sum(ranges[atom][1] for atom in atoms - row))
                most = min(most, below - sum(ranges[atom][0] for atom in atoms - row))
        return least == most

    def _protected(self) -> Iterator[Group]:
        return (row for row in self.hidden & self.tables.keys() if not self.tables[row] <= self.told)

    def _one_subtraction(self) -> list[str]:
        """Totals that are shown and leave, without the shown rows of one table, too few, or none or all."""
        found = []
        for total in self.shown:
            for table in self._breakdowns(total):
                covered = frozenset[Atom]().union(
                    *(self.tables[row] for row in table if row not in self.hidden)
                )
                left = self.tables[total] - covered - self.told
                if self._small(left) or (left and self._below(left) in {0, self._size(left)}):
                    found.append(f"{total} less what is shown of it leaves {sorted(left, key=str)}")
        return found

    def _breakdowns(self, total: Group) -> Iterator[list[Group]]:
        """The tables whose rows make up a total: those of one more choice."""
        for choice in Group._fields:
            if getattr(total, choice) is not None:
                continue
            table = [
                row
                for row in self.tables
                if getattr(row, choice) is not None
                and all(
                    getattr(row, other) == getattr(total, other)
                    for other in Group._fields
                    if other not in {choice, "region" if choice == "organisation" else choice}
                )
                and self.tables[row] <= self.tables[total]
            ]
            yield table

    def _small(self, atoms: Iterable[Atom]) -> bool:
        atoms = list(atoms)
        size, below = self._size(atoms), self._below(atoms)
        return 0 < size < self.smallest or (0 < size < 2 * self.smallest and below == size)

    def _size(self, atoms: Iterable[Atom]) -> int:
        return sum(self.figures[atom][0] for atom in atoms)

    def _below(self, atoms: Iterable[Atom]) -> int:
        return sum(self.figures[atom][1] for atom in atoms)

    def _spared_sets(self, direction: Mapping[Atom, int]) -> Iterator[tuple[Atom, ...]]:
        """Sets of one to four atoms that add up to nothing, each as two halves of at most two."""
        few = [atom for atom in self.figures if atom not in self.told and self._size([atom]) < self.smallest]
        halves: defaultdict[int, list[tuple[Atom, ...]]] = defaultdict(list)
        for half in (*((atom,) for atom in few), *combinations(few, 2)):
            if self._size(half) < self.smallest:
                total = sum(direction[atom] for atom in half) % OTHER_PRIME
                if not total:
                    yield half
                halves[total].append(half)
        for total, some in halves.items():
            for one, other in product(some, halves.get(OTHER_PRIME - total, ())):
                both = {*one, *other}
                if len(both) == len(one) + len(other) and self._size(both) < self.smallest:
                    yield tuple(both)


def _nations(ranges: Ranges, sums: Mapping[frozenset[Atom], int]) -> Iterator[Mapping[Atom, int]]:
    """All choices of numbers in these ranges with these sums."""
    ranges = dict(ranges)
    while narrow(ranges, sums):
        if any(least > most for least, most in ranges.values()):
            return
    wide = [(most - least, atom) for atom, (least, most) in ranges.items() if most > least]
    if not wide:
        if all(sum(ranges[atom][0] for atom in atoms) == below for atoms, below in sums.items()):
            yield {atom: least for atom, (least, _) in ranges.items()}
        return
    _, atom = min(wide, key=lambda each: (each[0], str(each[1])))
    for number in range(ranges[atom][0], ranges[atom][1] + 1):
        yield from _nations({**ranges, atom: (number, number)}, sums)


def narrow(ranges: Ranges, sums: Mapping[frozenset[Atom], int]) -> bool:
    """Narrow each atom down by what each sum leaves for it; whether any became narrower."""
    before = dict(ranges)
    for atoms, below in sums.items():
        least, most = (sum(ranges[atom][end] for atom in atoms) for end in (0, 1))
        for atom in atoms:
            low, high = ranges[atom]
            ranges[atom] = max(low, below - most + high), min(high, below - least + low)
    return ranges != before


def _tables(figures: Figures, region_of: Mapping[str, str]) -> dict[Group, set[Atom]]:
    """Every row that holds somebody: a place, a role and a pillar, but never all three of an organisation."""
    found: defaultdict[Group, set[Atom]] = defaultdict(set)
    for atom in figures:
        organisation, role, pillar = atom
        places = ((None, None), (region_of[organisation], None), (None, organisation))
        for (region, force), of_role, of_pillar in product(places, (None, role), (None, pillar or NO_PILLAR)):
            if None in {force, of_role, of_pillar}:
                found[Group(region, force, of_role, of_pillar)].add(atom)
    return found


def free_directions(
    atoms: list[Atom], sums: list[frozenset[Atom]], known: frozenset[Atom]
) -> list[dict[Atom, Fraction]]:
    """A basis of what leaves all these sums as they are, by elimination in fractions."""
    rows: dict[Atom, dict[Atom, Fraction]] = {}
    for members in (*(frozenset([atom]) for atom in known), *sums):
        row = {atom: Fraction(1) for atom in members}
        for lead, reduced in rows.items():
            if lead in row:
                row = _less(row, row[lead], reduced)
        if row:
            lead = next(iter(row))
            row = {atom: value / row[lead] for atom, value in row.items()}
            for other, reduced in rows.items():
                if lead in reduced:
                    rows[other] = _less(reduced, reduced[lead], row)
            rows[lead] = row
    return [
        {
            atom: Fraction(atom == loose) if atom not in rows else -rows[atom].get(loose, Fraction(0))
            for atom in atoms
        }
        for loose in atoms
        if loose not in rows
    ]


def _less(row: dict[Atom, Fraction], times: Fraction, other: dict[Atom, Fraction]) -> dict[Atom, Fraction]:
    values = {
        atom: row.get(atom, Fraction(0)) - times * other.get(atom, Fraction(0)) for atom in {*row, *other}
    }
    return {atom: value for atom, value in values.items() if value}


def _random_direction(
    atoms: list[Atom], sums: list[frozenset[Atom]], known: frozenset[Atom], seed: int
) -> dict[Atom, int]:
    """A random one of all that leave these sums as they are, modulo a prime of its own."""
    rows: list[tuple[Atom, dict[Atom, int]]] = []
    leads: dict[Atom, dict[Atom, int]] = {}
    for members in sorted(sums, key=len):
        row = dict.fromkeys(sorted(members - known, key=str), 1)
        while (lead := next((atom for atom in row if atom in leads), None)) is not None:
            times = row[lead]
            for atom, value in leads[lead].items():
                row[atom] = (row.get(atom, 0) - times * value) % OTHER_PRIME
                if not row[atom]:
                    del row[atom]
        if row:
            lead = next(iter(row))
            inverse = pow(row[lead], -1, OTHER_PRIME)
            leads[lead] = {atom: value * inverse % OTHER_PRIME for atom, value in row.items()}
            rows.append((lead, leads[lead]))
    chance = random.Random(seed)  # noqa: S311 - a witness that anybody can draw again
    direction = {atom: 0 if atom in known else chance.randrange(OTHER_PRIME) for atom in atoms}
    for lead, row in reversed(rows):
        rest = sum(value * direction[atom] for atom, value in row.items() if atom != lead)
        direction[lead] = -rest % OTHER_PRIME
    return direction
