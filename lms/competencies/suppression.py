"""Which rows of one day and one competency no lead is shown, so that small groups stay unknown.

A **row** is a choice of place (the nation, a region or an organisation), role and pillar; at most
two of organisation, role and pillar go together. Protected is how many of a small row are below;
head counts are not. A row is small while it holds fewer people than may be shown, and, when all of
them are below, while it holds fewer than twice as many.

Rows are shown one after another, the most important first: nation, regions, organisations, then
those of a role or a pillar, then those of both, and those of an organisation by role or pillar
last; of one kind the largest first. A row stays hidden when, with the rows shown before it,

1. what is left of a total that is shown would be small (quick, and nearly always what decides);
2. sums and differences of any kind would give a hidden row; or
3. they would give a set of fewer people than may be shown, of whatever roles and organisations.

The rows of an organisation that is counted without its name are hidden as small ones are, so that
they cannot be worked out either. What is hidden besides is the least important and the smallest that
will do, and nothing tells it from them. All leads get the same, made for one who may open every table.

A shown row in which none are below, or all of a number that is large enough to say so, tells of
each of its people. That is meant: a force without gaps must be able to show it. What such a row
tells is not protected, and counts as known wherever it would help to work out anything else. Not
looked at is what else follows from a number lying between none and all of a row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lms.competencies.deduction import Step, Unknowns

NO_PILLAR = "none"
"""The pillar of a row of people in no pillar; None is a row of all pillars."""

Atom = tuple[str, str, str | None]
"""Organisation, role profile and pillar (None: in no pillar)."""

Counted = tuple[str, str, str, str, int, int]
"""Region, organisation, role profile and pillar, with the appointments there and those below."""


class Group(NamedTuple):
    """A row that a lead may open; None is no choice, and an organisation stands without its region."""

    region: str | None = None
    organisation: str | None = None
    role: str | None = None
    pillar: str | None = None


class Total(NamedTuple):
    """A row as the sum of others: those of each region, organisation, role or pillar; or as itself."""

    row: Group
    by: str


def hidden_groups(
    atoms: Mapping[Atom, tuple[int, int]],
    region_of: Mapping[str, str],
    smallest: int = 5,
    unnamed: frozenset[str] = frozenset(),
) -> frozenset[Group]:
    """All rows to hide: the small ones, those of organisations without a name, and what gives them away.

    `atoms` holds the appointments that are asked for the competency, and how many of them are
    below; `region_of` the region of each organisation on the day; `smallest` the smallest size
    that is shown. A row without appointments is never hidden. The answer is kept for figures that
    come again, as those of a competency do that an act did not touch.
    """
    counted = frozenset(
        (region_of[organisation], organisation, role, pillar or NO_PILLAR, size, below)
        for (organisation, role, pillar), (size, below) in atoms.items()
        if size
    )
    return _hidden(counted, smallest, unnamed.intersection(region_of))


@lru_cache(maxsize=90)
def _hidden(counted: frozenset[Counted], smallest: int, unnamed: frozenset[str]) -> frozenset[Group]:
    rows = _Rows(sorted(counted), smallest, unnamed)
    return frozenset(rows.atoms) - _Reader(rows, _Remainders(rows).leaving_enough()).shown()


class _Rows:
    """The rows of a day, with the atoms (numbered) that each counts and the totals that each is part of."""

    def __init__(self, counted: list[Counted], smallest: int, unnamed: frozenset[str]) -> None:
        self.smallest = smallest
        self._unnamed = unnamed
        self.regions = [region for region, *_ in counted]
        self.sizes = [size for *_, size, _ in counted]
        self.below = [below for *_, below in counted]
        homes = {organisation: region for region, organisation, *_ in counted}
        self.of_atom = [_rows_of(*where) for *where, _, _ in counted]
        self.atoms: dict[Group, set[int]] = {}
        for atom, rows in enumerate(self.of_atom):
            for row in rows:
                self.atoms.setdefault(row, set()).add(atom)
        self.part_of = {row: _totals_of(row, homes.get(row.organisation or "")) for row in self.atoms}
        self.size_of = {row: self.size(atoms) for row, atoms in self.atoms.items()}
        self.as_totals = {row: [Total(row, "itself")] for row in self.atoms}
        for total in {total for totals in self.part_of.values() for total in totals}:
            self.as_totals[total.row].append(total)

    def size(self, atoms: Iterable[int]) -> int:
        """How many appointments these atoms hold."""
        return sum(map(self.sizes.__getitem__, atoms))

    def small(self, atoms: Collection[int]) -> bool:
        """Whether these are some, but too few to be spoken of."""
        if len(atoms) >= 2 * self.smallest:
            return False
        size = self.size(atoms)
        all_below = size == sum(map(self.below.__getitem__, atoms))
        return 0 < size < (2 * self.smallest if all_below else self.smallest)

    def protected(self, row: Group) -> bool:
        """Whether a row is hidden for its own sake."""
        return row.organisation in self._unnamed or self.small(self.atoms[row])

    def telling(self, row: Group) -> bool:
        """Whether none or all of a row are below, so that it tells of each of them."""
        below = sum(map(self.below.__getitem__, self.atoms[row]))
        return below in {0, self.size_of[row]}

    def by_importance(self) -> list[Group]:
        """All rows, those that matter most to a lead first."""
        return sorted(
            self.atoms,
            key=lambda row: (_table(row), -self.size_of[row], *(each or "" for each in row)),
        )


class _Remainders:
    """What is left of each total without the rows shown and without the people they tell of."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows
        self._left = {
            total: set(rows.atoms[row]) for row, totals in rows.as_totals.items() for total in totals
        }
        self._shown: dict[Group, None] = {}

    def leaving_enough(self) -> list[Group]:
        """The rows that may be shown one after another so that no total leaves a small remainder."""
        rows = self._rows
        for row in rows.by_importance():
            own = self._left[Total(row, "itself")]
            told = set(own) if rows.telling(row) else set()
            if rows.protected(row) or self._leaves_few(row, own, told):
                continue
            self._shown[row] = None
            for total in rows.part_of[row]:
                self._left[total] -= own
            for total in self._meeting(told):
                self._left[total] -= told
        return list(self._shown)

    def _leaves_few(self, row: Group, own: set[int], told: set[int]) -> bool:
        parts = self._rows.part_of[row]
        if any(total.row in self._shown and self._few_without(own, total) for total in parts):
            return True
        seen = [total for total in self._meeting(told).difference(parts) if total.row in self._shown]
        return any(self._few_without(told, total) for total in (*self._rows.as_totals[row], *seen))

    def _few_without(self, atoms: set[int], total: Total) -> bool:
        left = self._left[total]
        return len(left) - len(atoms) < 2 * self._rows.smallest and self._rows.small(left - atoms)

    def _meeting(self, atoms: Iterable[int]) -> set[Total]:
        rows = {row for atom in atoms for row in self._rows.of_atom[atom]}
        return {total for row in rows for total in self._rows.as_totals[row]}


class _Tried(NamedTuple):
    """A row after it was tried: whether it is shown, the steps before it, whom it is the first to tell of."""

    row: Group
    shown: bool
    steps: int
    told: frozenset[int]


class _Reader:
    """One who adds and takes away whatever is shown; rows are shown while this gives nothing away."""

    def __init__(self, rows: _Rows, candidates: list[Group]) -> None:
        self._rows = rows
        self._candidates = candidates
        places = {region: place for place, region in enumerate(sorted(set(rows.regions)))}
        self._unknowns = Unknowns([places[region] for region in rows.regions])
        self._tried: list[_Tried] = []
        self._told: set[int] = set()
        self._guarded: set[tuple[int, ...]] = set()
        self._by_bit = list(rows.atoms)
        self._bits = {row: 1 << bit for bit, row in enumerate(self._by_bit)}
        self._bits_of_atom = [sum(self._bits[row] for row in each) for each in rows.of_atom]
        self._hidden = sum(self._bits.values()) - sum(self._bits[row] for row in candidates)
        self._telling = {row for row in candidates if rows.telling(row)}
        self._telling_bits = sum(self._bits[row] for row in self._telling)

    def shown(self) -> frozenset[Group]:
        """The candidates that can be shown."""
        while True:
            for row in self._candidates[len(self._tried) :]:
                self._try(row)
            found = self._unknowns.small_sets(self._open_sizes(), self._rows.smallest - 1)
            if not found:
                return frozenset(tried.row for tried in self._tried if tried.shown)
            self._guarded |= found
            self._back_before(min(self._unknowns.step_of(atoms) for atoms in found))

    def _try(self, row: Group) -> None:
        steps = len(self._unknowns)
        told = self._learn(row)
        if told is None:
            self._unknowns.back_to(steps)
            self._hidden |= self._bits[row]
        self._told |= told or set()
        self._tried.append(_Tried(row, told is not None, steps, frozenset(told or ())))

    def _learn(self, row: Group) -> set[int] | None:
        """Learn a row and whom it and the rows that follow tell of; None when that gives something away."""
        atoms = self._rows.atoms
        told = atoms[row] - self._told if row in self._telling else set()
        to_learn = [atoms[row], *({atom} for atom in sorted(told))]
        for members in to_learn:
            step = self._unknowns.step(members)
            if step is None:
                continue
            for other in self._touched(step, self._telling_bits):
                if self._unknowns.follows_with(step, atoms[other]):
                    more = atoms[other] - self._told - told
                    told |= more
                    to_learn += [{atom} for atom in sorted(more)]
            if self._gives_away(step, self._told | told):
                return None
            self._unknowns.learn(step)
        return told

    def _gives_away(self, step: Step, told: set[int]) -> bool:
        hidden = (self._rows.atoms[row] for row in self._touched(step, self._hidden))
        return any(
            self._unknowns.follows_with(step, atoms) and not told.issuperset(atoms)
            for atoms in (*hidden, *self._guarded)
        )

    def _touched(self, step: Step, bits: int) -> Iterator[Group]:
        """Those rows that have an atom in every direction that the step touches."""
        for direction in self._unknowns.touched(step):
            touched = 0
            for atom in direction:
                touched |= self._bits_of_atom[atom]
            bits &= touched
            if not bits:
                return
        while bits:
            bit = bits.bit_length() - 1
            yield self._by_bit[bit]
            bits ^= 1 << bit

    def _open_sizes(self) -> dict[int, int]:
        sizes, smallest = self._rows.sizes, self._rows.smallest
        return {atom: size for atom, size in enumerate(sizes) if size < smallest and atom not in self._told}

    def _back_before(self, step: int) -> None:
        """Untry the row that this step belongs to and all after it."""
        while len(self._unknowns) > step:
            tried = self._tried.pop()
            self._unknowns.back_to(tried.steps)
            self._told -= tried.told
            self._hidden &= ~self._bits[tried.row]


def _table(row: Group) -> int:
    """How late rows of a kind are shown: those of one choice before those of two."""
    choices = (row.role is not None) + (row.pillar is not None)
    if row.organisation is not None:
        return (2, 7)[choices]
    return (0, 3, 5)[choices] if row.region is None else (1, 4, 6)[choices]


@lru_cache(maxsize=50_000)
def _rows_of(region: str, organisation: str, role: str, pillar: str) -> tuple[Group, ...]:
    """All rows that count an atom."""
    wide = ((None, None), (role, None), (None, pillar), (role, pillar))
    return (
        *(Group(place, None, *choice) for place in (None, region) for choice in wide),
        *(Group(None, organisation, *choice) for choice in wide[:3]),
    )


@lru_cache(maxsize=50_000)
def _totals_of(row: Group, home: str | None) -> tuple[Total, ...]:
    """The totals that a row is part of; `home` is the region of its organisation."""
    region, organisation, role, pillar = row
    totals = []
    if role is not None:
        totals.append(Total(Group(region, organisation, None, pillar), "role"))
    if pillar is not None:
        totals.append(Total(Group(region, organisation, role, None), "pillar"))
    if region is not None:
        totals.append(Total(Group(None, None, role, pillar), "region"))
    if organisation is not None:
        totals.append(Total(Group(home, None, role, pillar), "organisation"))
        totals.append(Total(Group(None, None, role, pillar), "organisation"))
    return tuple(totals)
