"""Places that stay hidden in a measure since another, which says the same of some people, would tell of them.

Where an initiative asks of a role what the gap report asks, both say the same of each of its people. The
two count different roles, so that one less the other tells of those that only one of them counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from lms.competencies.adding import Atoms, numbers_of
from lms.competencies.deduction import Unknowns
from lms.competencies.disclosure import Counts, groups_of
from lms.competencies.ranges import Ranges
from lms.competencies.sheets import Atom
from lms.competencies.suppression import Group

Shape = tuple[int, bool, bool, bool, bool]
"""The measure of a row, and what it chooses: rows of one shape have nobody in common."""


class Known(NamedTuple):
    """A measure that is shown already, what is hidden of it, and the roles of which another says the same."""

    counts: Counts
    hidden: frozenset[Group]
    roles: frozenset[str]


class _Row(NamedTuple):
    """A row of a measure, and the unknown numbers that it adds up."""

    shape: Shape
    group: Group
    atoms: Atoms


def hidden_together(
    counts: Counts, hidden: frozenset[Group], known: Sequence[Known], smallest: int
) -> frozenset[Group]:
    """The places to hide in a measure besides what is hidden of it alone; it has no rows by role or pillar.

    They are shown one after another, those of most people first, as long as no row that is hidden in
    either follows, and nothing is left of another row in which few, or none or all, do not meet it.
    Then the last go until none that is hidden is certain because each number lies between none and all.
    The answer is kept for figures that come again.
    """
    kept = tuple(_Kept(frozenset(each.counts.items()), each.hidden, each.roles) for each in known)
    return _hidden_together(frozenset(counts.items()), hidden, kept, smallest)


class _Kept(NamedTuple):
    """A known measure as the name of an answer that is kept."""

    counts: frozenset[tuple[Atom, tuple[int, int]]]
    hidden: frozenset[Group]
    roles: frozenset[str]


@lru_cache(maxsize=24)
def _hidden_together(
    own: frozenset[tuple[Atom, tuple[int, int]]],
    hidden: frozenset[Group],
    kept: tuple[_Kept, ...],
    smallest: int,
) -> frozenset[Group]:
    known = [Known(dict(sorted(each.counts)), each.hidden, each.roles) for each in kept]
    numbers: dict[tuple[int, Atom], int] = {}
    people: list[tuple[int, int]] = []

    def number(place: int, atom: Atom, pair: tuple[int, int]) -> int:
        if place == len(known):
            same = (at for at, each in enumerate(known) if atom.role in each.roles)
            place = next((at for at in same if known[at].counts.get(atom) == pair), place)
        if (place, atom) not in numbers:
            numbers[place, atom] = len(people)
            people.append(pair)
        return numbers[place, atom]

    measures = [*(each.counts for each in known), dict(sorted(own))]
    rows = [
        list(_rows(place, {atom: number(place, atom, pair) for atom, pair in each.items() if pair[0]}))
        for place, each in enumerate(measures)
    ]
    rows[-1] = [row for row in rows[-1] if row.group.role is row.group.pillar is None]
    reader = _Reader(people, smallest)
    for found, secret in zip(rows, [*(each.hidden for each in known), hidden], strict=True):
        reader.protect(row.atoms for row in found if row.group in secret)
    for found, each in zip(rows, known, strict=False):
        for row in found:
            if row.group not in each.hidden:
                reader.learn(row)
    reader.forgive()
    order = sorted((row for row in rows[-1] if row.group not in hidden), key=reader.order)
    shown = reader.uncertain([row for row in order if reader.shows(row)])
    return frozenset(row.group for row in order if row not in shown)


def _rows(place: int, numbers: Mapping[Atom, int]) -> Iterator[_Row]:
    found: dict[Group, Atoms] = {}
    for atom, number in numbers.items():
        for group in groups_of(atom):
            found[group] = found.get(group, 0) | 1 << number
    for group, atoms in found.items():
        region, organisation, role, pillar = (each is not None for each in group)
        yield _Row((place, region, organisation, role, pillar), group, atoms)


class _Reader:
    """One who has learned all rows that are shown so far, and adds and takes away."""

    def __init__(self, people: Sequence[tuple[int, int]], smallest: int) -> None:
        self._people, self._smallest = people, smallest
        self._unknowns = Unknowns(len(people))
        self._protected: set[Atoms] = set()
        self._told: Atoms = 0
        self._known: list[_Row] = []
        self._left: dict[Atoms, dict[Shape, Atoms]] = {}
        self._by_atom: list[list[_Row]] = [[] for _ in people]

    def protect(self, sums: Iterator[Atoms]) -> None:
        """Let these sums never follow."""
        for atoms in sums:
            self._unknowns.watch(atoms, list(numbers_of(atoms)))
            self._protected.add(atoms)

    def forgive(self) -> None:
        """Take for no secret what follows already."""
        self._protected.difference_update(self._unknowns.begun())

    def order(self, row: _Row) -> tuple[int, str]:
        """Those of most people first."""
        return -self._sum(row.atoms)[0], str(row.group)

    def shows(self, row: _Row) -> bool:
        """Learn a row, if that gives nothing away."""
        steps, told = len(self._unknowns), self._told
        if any(self._says_too_much(left & ~(told | self._telling(row))) for left in self._remainders(row)):
            return False
        self._learn_sum(row)
        begun = self._protected.intersection(self._unknowns.begun())
        if any(atoms & ~self._told for atoms in begun):
            self._unknowns.back_to(steps)
            self._told = told
            return False
        self._put(row)
        return True

    def uncertain(self, shown: Sequence[_Row]) -> Sequence[_Row]:
        """Those of the shown rows, the ones of most people first, that let no protected sum be certain."""
        before = self._certain([])
        while found := self._certain(shown) - before:
            meeting = [row for row in shown if any(row.atoms & atoms for atoms in found)]
            least = (meeting or shown)[-1]
            shown = [row for row in shown if row is not least]
        return shown

    def _certain(self, shown: Sequence[_Row]) -> set[Atoms]:
        """The protected sums that are certain, of what is known beforehand and the rows that are shown."""
        rows = {row.atoms for row in (*self._known, *shown)}
        told = 0
        for atoms in rows:
            people, unmet = self._sum(atoms)
            told |= atoms if unmet in {0, people} else 0
        sums = ((list(numbers_of(left)), self._sum(left)[1]) for atoms in rows if (left := atoms & ~told))
        known = {number: self._people[number][1] for number in numbers_of(told)}
        ranges = Ranges([people for people, _ in self._people], known, sums)
        return {
            atoms
            for atoms in self._protected
            if (left := atoms & ~told) and ranges.certain(list(numbers_of(left)))
        }

    def learn(self, row: _Row) -> None:
        """Learn a row, whatever follows."""
        self._learn_sum(row)
        self._put(row)
        self._known.append(row)

    def _learn_sum(self, row: _Row) -> None:
        self._unknowns.learn(list(numbers_of(row.atoms)))
        told = self._telling(row) & ~self._told
        for number in numbers_of(told):
            self._unknowns.learn((number,))
        self._told |= told

    def _put(self, row: _Row) -> None:
        for total in self._around(row):
            left = self._left[total]
            left[row.shape] = left.get(row.shape, total) & ~row.atoms
        self._left.setdefault(row.atoms, self._inside(row))
        for number in numbers_of(row.atoms):
            self._by_atom[number].append(row)

    def _remainders(self, row: _Row) -> Iterator[Atoms]:
        """What is left of rows that hold this one, and of this one without those inside it."""
        for total in self._around(row):
            yield self._left[total].get(row.shape, total) & ~row.atoms
        yield from self._inside(row).values()

    def _around(self, row: _Row) -> set[Atoms]:
        first = next(numbers_of(row.atoms))
        return {each.atoms for each in self._by_atom[first] if not row.atoms & ~each.atoms}

    def _inside(self, row: _Row) -> dict[Shape, Atoms]:
        found: dict[Shape, Atoms] = {}
        for number in numbers_of(row.atoms):
            for each in self._by_atom[number]:
                if not each.atoms & ~row.atoms:
                    found[each.shape] = found.get(each.shape, row.atoms) & ~each.atoms
        return found

    def _telling(self, row: _Row) -> Atoms:
        people, unmet = self._sum(row.atoms)
        return row.atoms if unmet in {0, people} else 0

    def _says_too_much(self, atoms: Atoms) -> bool:
        people, unmet = self._sum(atoms)
        return people > 0 and (people < self._smallest or unmet in {0, people})

    def _sum(self, atoms: Atoms) -> tuple[int, int]:
        pairs = [self._people[number] for number in numbers_of(atoms)]
        return sum(people for people, _ in pairs), sum(unmet for _, unmet in pairs)
