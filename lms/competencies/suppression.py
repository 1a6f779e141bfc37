"""Which rows of one day and one competency no lead is shown, so that small groups stay unknown.

A **row** is a choice of place (the nation, a region or an organisation), role and pillar; at most
two of organisation, role and pillar go together. Protected is how many of a small row are below;
head counts are not. A row is small while it holds fewer people than may be shown, and, when all of
them are below, while it holds fewer than twice as many.

Rows are shown one after another, the most important first: nation, regions, organisations, then
those of a role or a pillar, then those of both, and those of an organisation by role or pillar
last; of one kind those that tell of their people first (see below), then the largest. A row stays
hidden when, with the rows shown before it,

1. what is left of a total that is shown would be small, or all or none of it below (quick, and
   nearly always what decides);
2. sums and differences of any kind would give a hidden row; or
3. they would give a set of fewer people than may be shown, of whatever roles and organisations.

Then more rows are hidden until

4. every small row could hold another number: there is a nation of the same people that shows the
   same, and in which other numbers are below (see `alternatives`). So no reckoning with numbers that
   lie between none and all tells one either. That undoes nothing of 1 to 3: who sees less can add up
   less.

The rows of an organisation that is counted without its name are hidden as small ones are, so that
they cannot be worked out either. What is hidden besides is the least important and the smallest that
will do, as far as the search finds it, and nothing tells it from them. All leads get the same, made
for one who may open every table.

A shown row in which none are below, or all of a number that is large enough to say so, tells of
each of its people. That is meant: a force without gaps must be able to show it. What such a row
tells is not protected, and counts as known wherever it would help to work out anything else. The
same is not meant of a remainder, whatever its size.

Three things are not looked at. A shown row also says of which kinds those below are, how many levels
are missing and who holds the highest: who reckons with these too can still tell small rows. A set of
small rows that hold few people together could be told by bounds, though none of its rows could. And
whoever knows this rule can guess from what it hides.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lms.competencies.alternatives import Trades
from lms.competencies.deduction import Unknowns

NO_PILLAR = "none"
"""The pillar of a row of people in no pillar; None is a row of all pillars."""

PRICES = (100_000, 10_000, 1_000, 2_000, 100, 8, 3, 1)
"""What it costs to hide a row besides, by its table, in the order of these."""

Atom = tuple[str, str, str | None]
"""Organisation, role profile and pillar (None: in no pillar)."""

Heads = tuple[str, str, str, str, int]
"""Region, organisation, role profile and pillar, with the appointments there."""

Counted = tuple[Heads, bool, bool]
"""Appointments, and whether any of them are below, and whether any are not."""

Atoms = int
"""A set of atoms, a bit for each."""


class Group(NamedTuple):
    """A row that a lead may open; None is no choice, and an organisation stands without its region."""

    region: str | None = None
    organisation: str | None = None
    role: str | None = None
    pillar: str | None = None


def hidden_groups(
    atoms: Mapping[Atom, tuple[int, int]],
    region_of: Mapping[str, str],
    smallest: int = 5,
    unnamed: frozenset[str] = frozenset(),
    besides: frozenset[Group] = frozenset(),
) -> frozenset[Group]:
    """All rows to hide: the small ones, those of organisations without a name, and what gives them away.

    Those `besides` are hidden and protected whatever they hold.

    `atoms` holds the appointments that are asked for the competency, and how many of them are
    below; `region_of` the region of each organisation on the day; `smallest` the smallest size
    that is shown. A row without appointments is never hidden. The answer is kept for figures that
    come again, as those of a competency do that an act did not touch.
    """
    counted = frozenset(
        ((region_of[organisation], organisation, role, pillar or NO_PILLAR, size), below > 0, below < size)
        for (organisation, role, pillar), (size, below) in atoms.items()
        if size
    )
    return _hidden(counted, smallest, unnamed.intersection(region_of), besides)


@lru_cache(maxsize=400)
def _hidden(
    counted: frozenset[Counted], smallest: int, unnamed: frozenset[str], besides: frozenset[Group]
) -> frozenset[Group]:
    day = _Day(sorted(counted), smallest, unnamed, besides)
    shown = _beside_others(day, _shown(day))
    return frozenset(group for row, group in enumerate(day.rows.groups) if row not in shown)


def _shown(day: "_Day") -> frozenset[int]:
    candidates = _Remainders(day).leaving_enough(day.order)
    while True:
        shown = _Reader(day, candidates).shown()
        candidates = _Remainders(day).leaving_enough([row for row in candidates if row in shown])
        if len(candidates) == len(shown):
            return shown


def _beside_others(day: "_Day", shown: frozenset[int]) -> frozenset[int]:
    """The rows that stay shown so that each protected row could hold another number below."""
    rows, told = day.rows, 0
    for row in shown:
        told |= day.told_by(row)
    prices = [day.price(row) if row in shown else 0.0 for row in range(len(rows.groups))]
    more, less = (frozenset(_numbers(atoms & ~told)) for atoms in (day.any_above, day.any_below))
    trades = Trades(rows.places, rows.of_atom, prices, more, less)
    could_differ: set[int] = set()
    for row, atoms in enumerate(rows.atoms):
        left = frozenset(_numbers(atoms & ~told))
        if left and row not in shown and row not in could_differ and day.protected(row):
            changed = trades.changing(row, left)
            trades.hide(changed)
            could_differ.update(changed)
    return shown - could_differ


class _Rows:
    """The rows of a day, numbered, those that matter most to a lead first; and the atoms that each counts."""

    def __init__(self, heads: tuple[Heads, ...]) -> None:
        self.places = [
            (region, organisation, role, pillar) for region, organisation, role, pillar, _ in heads
        ]
        of_atom = [_groups_of(*where) for where in self.places]
        numbers: dict[Group, list[int]] = {}
        for atom, groups in enumerate(of_atom):
            for group in groups:
                numbers.setdefault(group, []).append(atom)
        self.sizes = [size for *_, size in heads]
        sizes = {group: sum(map(self.sizes.__getitem__, atoms)) for group, atoms in numbers.items()}
        self.groups = sorted(
            numbers, key=lambda row: (_table(row), -sizes[row], *(name or "" for name in row))
        )
        self.heads = [sizes[group] for group in self.groups]
        self.numbers = [numbers[group] for group in self.groups]
        self.atoms = [_bits(atoms) for atoms in self.numbers]
        place = {group: row for row, group in enumerate(self.groups)}
        homes = {organisation: region for region, organisation, *_ in heads}
        self.of_atom = [[place[group] for group in groups] for groups in of_atom]
        self.part_of = [
            [(place[total], by) for total, by in _totals_of(group, homes.get(group.organisation or ""))]
            for group in self.groups
        ]
        self.near = (
            [(organisation, role) for _, organisation, role, *_ in heads],
            [(region, role) for region, _, role, *_ in heads],
            [region for region, *_ in heads],
        )


@lru_cache(maxsize=16)
def _rows(heads: tuple[Heads, ...]) -> _Rows:
    """The rows, kept as many competencies and days have the same."""
    return _Rows(heads)


class _Day:
    """The rows of a day, and which of them are small or tell of their people."""

    def __init__(
        self, counted: list[Counted], smallest: int, unnamed: frozenset[str], besides: frozenset[Group]
    ) -> None:
        self.rows = _rows(tuple(heads for heads, _, _ in counted))
        self.smallest = smallest
        self._unnamed, self._besides = unnamed, besides
        self.any_below = _bits(atom for atom, (_, below, _) in enumerate(counted) if below)
        self.any_above = _bits(atom for atom, (_, _, above) in enumerate(counted) if above)
        tables = [_table(group) for group in self.rows.groups]
        self.order = sorted(range(len(tables)), key=lambda row: (tables[row], not self.told_by(row)))
        """In which order the rows are shown: of each table those first that tell of their people."""

    def says_too_much(self, atoms: Atoms) -> bool:
        """Whether how many of these are below must not be known: they are few, or none or all of them are."""
        if not atoms or not atoms & self.any_below or not atoms & self.any_above:
            return atoms != 0
        if atoms.bit_count() >= self.smallest:
            return False
        return sum(map(self.rows.sizes.__getitem__, _numbers(atoms))) < self.smallest

    def protected(self, row: int) -> bool:
        """Whether a row is hidden for its own sake."""
        rows = self.rows
        all_below = not rows.atoms[row] & self.any_above
        few = rows.heads[row] < (2 * self.smallest if all_below else self.smallest)
        return few or rows.groups[row].organisation in self._unnamed or rows.groups[row] in self._besides

    def price(self, row: int) -> float:
        """What it costs to hide a row, by how much it matters and a little by how many people it has."""
        return PRICES[_table(self.rows.groups[row])] * (1 + self.rows.heads[row] / 50)

    def told_by(self, row: int) -> Atoms:
        """The atoms of whose people a row tells: all of them if none or all are below, otherwise no atom."""
        atoms = self.rows.atoms[row]
        return 0 if atoms & self.any_below and atoms & self.any_above else atoms


class _Remainders:
    """What is left of each total without the rows shown and without the people they tell of."""

    def __init__(self, day: _Day) -> None:
        self._day = day
        self._rows = rows = day.rows
        self._left: list[dict[str, Atoms]] = [{"itself": atoms} for atoms in rows.atoms]
        for total, by in {total for totals in rows.part_of for total in totals}:
            self._left[total][by] = rows.atoms[total]
        self._told: Atoms = 0
        self._shown: dict[int, None] = {}

    def leaving_enough(self, candidates: list[int]) -> list[int]:
        """Those candidates that may be shown one after another so that no remainder says too much."""
        for row in candidates:
            atoms = self._rows.atoms[row]
            told = self._day.told_by(row) & ~self._told
            if self._day.protected(row) or self._leaves_few(row, told):
                continue
            self._shown[row] = None
            self._told |= told
            for total, by in self._rows.part_of[row]:
                self._left[total][by] &= ~atoms
        return list(self._shown)

    def _leaves_few(self, row: int, told: Atoms) -> bool:
        too_much, totals, of_atom = self._day.says_too_much, self._rows.part_of[row], self._rows.of_atom
        without = ~(self._told | self._rows.atoms[row])
        if any(total in self._shown and too_much(self._left[total][by] & without) for total, by in totals):
            return True
        without = ~(self._told | told)
        meeting = {each for atom in _numbers(told) for each in of_atom[atom] if each in self._shown}
        return any(
            too_much(left & without)
            for each in (row, *meeting)
            for by, left in self._left[each].items()
            if (each, by) not in totals
        )


class _Tried(NamedTuple):
    """A row after it was tried: whether it is shown, the steps before it, whom it is the first to tell of."""

    row: int
    shown: bool
    steps: int
    told: Atoms


class _Reader:
    """One who adds and takes away whatever is shown; rows are shown while this gives nothing away.

    Kept are the sums that must not follow: of hidden rows, and of sets of few people.
    """

    def __init__(self, day: _Day, candidates: list[int]) -> None:
        self._day = day
        self._rows = day.rows
        self._candidates = candidates
        self._unknowns = Unknowns(len(self._rows.sizes), self._rows.near)
        self._tried: list[_Tried] = []
        self._told: Atoms = 0
        self._telling: dict[Hashable, Atoms] = {}
        self._kept: dict[Hashable, Atoms] = {}
        for row in {*range(len(self._rows.groups))}.difference(candidates):
            self._keep(row, self._rows.numbers[row])
        for row in candidates:
            if told := day.told_by(row):
                self._telling[row] = told
                self._unknowns.watch(row, self._rows.numbers[row])

    def _keep(self, name: Hashable, numbers: Collection[int]) -> None:
        self._unknowns.watch(name, numbers)
        self._kept[name] = _bits(numbers)

    def shown(self) -> frozenset[int]:
        """The candidates that can be shown."""
        while True:
            for row in self._candidates[len(self._tried) :]:
                self._try(row)
            found = self._unknowns.small_sets(self._open_sizes(), self._day.smallest - 1)
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
            self._keep(row, self._rows.numbers[row])
        self._told |= told or 0
        self._tried.append(_Tried(row, told is not None, steps, told or 0))

    def _learn(self, row: int) -> Atoms | None:
        """Learn a row: whom it and what follows with it tell of, or None when that gives something away."""
        known = self._told | self._telling.get(row, 0)
        self._learn_all(known & ~self._told)
        self._unknowns.learn(self._rows.numbers[row])
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
        for atom in _numbers(atoms):
            self._unknowns.learn((atom,))

    def _open_sizes(self) -> dict[int, int]:
        sizes, smallest = self._rows.sizes, self._day.smallest
        return {
            atom: size for atom, size in enumerate(sizes) if size < smallest and not self._told >> atom & 1
        }

    def _back_before(self, step: int) -> None:
        """Untry the row that this step belongs to and all after it."""
        while len(self._unknowns) > step:
            tried = self._tried.pop()
            self._unknowns.back_to(tried.steps)
            self._told &= ~tried.told
            self._kept.pop(tried.row, None)


def _bits(atoms: Iterable[int]) -> Atoms:
    return sum(1 << atom for atom in atoms)


def _numbers(atoms: Atoms) -> Iterator[int]:
    while atoms:
        atom = atoms.bit_length() - 1
        yield atom
        atoms ^= 1 << atom


def _table(row: Group) -> int:
    """How late rows of a kind are shown: those of one choice before those of two."""
    choices = (row.role is not None) + (row.pillar is not None)
    if row.organisation is not None:
        return (2, 7)[choices]
    return (0, 3, 5)[choices] if row.region is None else (1, 4, 6)[choices]


@lru_cache(maxsize=50_000)
def _groups_of(region: str, organisation: str, role: str, pillar: str) -> tuple[Group, ...]:
    """The rows that count an atom."""
    wide = ((None, None), (role, None), (None, pillar), (role, pillar))
    return (
        *(Group(place, None, *choice) for place in (None, region) for choice in wide),
        *(Group(None, organisation, *choice) for choice in wide[:3]),
    )


@lru_cache(maxsize=50_000)
def _totals_of(group: Group, home: str | None) -> tuple[tuple[Group, str], ...]:
    """The rows that sum up rows like this one, and by what; `home` is the region of its organisation."""
    region, organisation, role, pillar = group
    totals = []
    if role is not None:
        totals.append((Group(region, organisation, None, pillar), "role"))
    if pillar is not None:
        totals.append((Group(region, organisation, role, None), "pillar"))
    if region is not None:
        totals.append((Group(None, None, role, pillar), "region"))
    if organisation is not None:
        totals.append((Group(home, None, role, pillar), "organisation"))
        totals.append((Group(None, None, role, pillar), "organisation"))
    return tuple(totals)
