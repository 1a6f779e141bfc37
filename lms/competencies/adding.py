"""One who has the tables open and adds and takes away: which rows may be shown, so that nothing follows.

Rows are learned one after another. What follows is asked of `deduction`.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lms.competencies.deduction import Unknowns

Atoms = int
"""A set of atoms, a bit for each."""


class Sums(NamedTuple):
    """The atoms of each row, the size of each atom, and how atoms are grouped (see `deduction`)."""

    members: Sequence[Collection[int]]
    sizes: Sequence[int]
    near: Sequence[Sequence[Hashable]]


class _Tried(NamedTuple):
    """A row after it was tried: whether it is shown, the steps before it, whom it is the first to tell of."""

    row: int
    shown: bool
    steps: int
    told: Atoms


class Reader:
    """One who adds and takes away whatever is shown; rows are shown while this gives nothing away.

    Kept are the sums that must not follow: of hidden rows, and of sets of few people.
    """

    def __init__(
        self,
        sums: Sums,
        candidates: Sequence[int],
        hidden: Iterable[int],
        telling: Mapping[Hashable, Atoms],
        smallest: int,
    ) -> None:
        """Begin with the rows to be tried in their order, and the `hidden` ones, which are not tried.

        `telling` has the atoms of whose people a row tells.
        """
        self._sums, self._smallest = sums, smallest
        self._candidates = candidates
        self._unknowns = Unknowns(len(sums.sizes), sums.near)
        self._tried: list[_Tried] = []
        self._told: Atoms = 0
        self._telling = telling
        self._kept: dict[Hashable, Atoms] = {}
        for row in hidden:
            self._keep(row, sums.members[row])
        for row in candidates:
            if row in telling:
                self._unknowns.watch(row, sums.members[row])

    def _keep(self, name: Hashable, numbers: Collection[int]) -> None:
        self._unknowns.watch(name, numbers)
        self._kept[name] = bits(numbers)

    def shown(self) -> frozenset[int]:
        """The candidates that can be shown."""
        while True:
            for row in self._candidates[len(self._tried) :]:
                self._try(row)
            found = self._unknowns.small_sets(self._open_sizes(), self._smallest - 1)
            if not found:
                return frozenset(tried.row for tried in self._tried if tried.shown)
            self._back_before(min(map(self._unknowns.step_of, found)))
            for numbers in found:
                self._keep(numbers, numbers)

    def _try(self, row: int) -> None:
        steps = len(self._unknowns)
        told = self._learn(row)
        if told is None:
            self._unknowns.back_to(steps)
            self._keep(row, self._sums.members[row])
        self._told |= told or 0
        self._tried.append(_Tried(row, told is not None, steps, told or 0))

    def _learn(self, row: int) -> Atoms | None:
        """Learn a row: whom it and what follows with it tell of, or None when that gives something away."""
        known = self._told | self._telling.get(row, 0)
        self._learn_all(known & ~self._told)
        self._unknowns.learn(self._sums.members[row])
        begun, known = self._read_on(known)
        given_away = any(self._kept.get(name, 0) & ~known for name in begun)
        return None if given_away else known & ~self._told

    def _read_on(self, known: Atoms) -> tuple[list[Hashable], Atoms]:
        """What begins to follow, once whatever that tells of people is learned too."""
        begun = self._unknowns.begun()
        for name in begun:
            more = self._telling.get(name, 0) & ~known
            if more:
                known |= more
                self._learn_all(more)
                begun += self._unknowns.begun()
        return begun, known

    def _learn_all(self, atoms: Atoms) -> None:
        for atom in numbers_of(atoms):
            self._unknowns.learn((atom,))

    def _open_sizes(self) -> dict[int, int]:
        return {
            atom: size
            for atom, size in enumerate(self._sums.sizes)
            if size < self._smallest and not self._told >> atom & 1
        }

    def _back_before(self, step: int) -> None:
        """Untry the row that this step belongs to and all after it."""
        while len(self._unknowns) > step:
            tried = self._tried.pop()
            self._unknowns.back_to(tried.steps)
            self._told &= ~tried.told
            self._kept.pop(tried.row, None)


def bits(atoms: Iterable[int]) -> Atoms:
    """The set of these atoms."""
    return sum(1 << atom for atom in atoms)


def numbers_of(atoms: Atoms) -> Iterator[int]:
    """The atoms of a set, the highest first."""
    while atoms:
        atom = atoms.bit_length() - 1
        yield atom
        atoms ^= 1 << atom
