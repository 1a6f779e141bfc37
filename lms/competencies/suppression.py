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

A row could also say of which kinds those below are, how many levels are missing and who holds the
highest. What each role asks is known, so these numbers tell small rows: who has nothing recorded misses
all that is asked, and who is not below where level 3 is asked holds it. So they are said of the nation
and of regions alone, and of these only where every nation of 4 has as many below as this one among those
of whom the same level is asked. Then its people can be the same, each in another place, and all these
numbers are the same. A place where that cannot be had is shown without them.

Two things are not looked at. A set of small rows that hold few people together could be told by bounds,
though none of its rows could. And whoever knows this rule can guess from what it hides.
"""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import NamedTuple

from lms.competencies.adding import Atoms, Reader, Sums, bits, numbers_of
from lms.competencies.alternatives import Trades

NO_PILLAR = "none"
"""The pillar of a row of people in no pillar; None is a row of all pillars."""

PRICES = (100_000, 10_000, 1_000, 2_000, 100, 8, 3, 1)
"""What it costs to hide a row besides, by its table, in the order of these."""
PRICES_OF_DETAILS = (2_000, 500)
"""What it costs to say no more of the nation than how many are below, and of a region."""

Atom = tuple[str, str, str | None]
"""Organisation, role profile and pillar (None: in no pillar)."""

Heads = tuple[str, str, str, str, int, int]
"""Region, organisation, role profile and pillar, with the appointments there and the level that is asked."""

Counted = tuple[Heads, bool, bool]
"""Appointments, and whether any of them are below, and whether any are not."""


class Group(NamedTuple):
    """A row that a lead may open; None is no choice, and an organisation stands without its region."""

    region: str | None = None
    organisation: str | None = None
    role: str | None = None
    pillar: str | None = None


class Suppressed(NamedTuple):
    """The rows that are hidden, and those of the nation and regions that show their people without detail."""

    rows: frozenset[Group] = frozenset()
    plain: frozenset[Group] = frozenset()


def suppressed(
    atoms: Mapping[Atom, tuple[int, int]],
    region_of: Mapping[str, str],
    asked: Mapping[str, int],
    *,
    smallest: int = 5,
    unnamed: frozenset[str] = frozenset(),
    besides: frozenset[Group] = frozenset(),
) -> Suppressed:
    """What to hide: the small rows, those of organisations without a name, and what gives them away.

    Those `besides` are hidden and protected whatever they hold.

    `atoms` holds the appointments that are asked for the competency, and how many of them are
    below; `region_of` the region of each organisation on the day; `asked` the level that each role
    asks; `smallest` the smallest size that is shown. A row without appointments is never hidden. The
    answer is kept for figures that come again, as those of a competency do that an act did not touch.
    """
    counted = frozenset(
        (
            (region_of[organisation], organisation, role, pillar or NO_PILLAR, size, asked.get(role, 0)),
            below > 0,
            below < size,
        )
        for (organisation, role, pillar), (size, below) in atoms.items()
        if size
    )
    return _hidden(counted, smallest, unnamed.intersection(region_of), besides)


@lru_cache(maxsize=160)
def _hidden(
    counted: frozenset[Counted], smallest: int, unnamed: frozenset[str], besides: frozenset[Group]
) -> Suppressed:
    day = _Day(sorted(counted), smallest, unnamed, besides)
    shown = _beside_others(day, _shown(day))
    groups, levels = enumerate(day.rows.groups), day.rows.levels.items()
    return Suppressed(
        frozenset(group for row, group in groups if row not in shown),
        frozenset(place for row, place in levels if row not in shown),
    )


def _shown(day: "_Day") -> frozenset[int]:
    candidates = _Remainders(day).leaving_enough(day.order)
    while True:
        hidden = {*range(len(day.rows.groups))}.difference(candidates)
        telling: dict[Hashable, Atoms] = {row: told for row in candidates if (told := day.told_by(row))}
        shown = Reader(day.rows.sums, candidates, hidden, telling, day.smallest).shown()
        candidates = _Remainders(day).leaving_enough([row for row in candidates if row in shown])
        if len(candidates) == len(shown):
            return shown


def _beside_others(day: "_Day", shown: frozenset[int]) -> frozenset[int]:
    """The rows that stay shown so that each protected row could hold another number below.

    With them stay the rows by level of the places that can show their details.
    """
    rows, told = day.rows, 0
    for row in shown:
        told |= day.told_by(row)
    shown |= {row for row, place in rows.levels.items() if rows.place[place] in shown}
    prices = [day.price(row) if row in shown else 0.0 for row in range(len(rows.atoms))]
    more, less = (frozenset(numbers_of(atoms & ~told)) for atoms in (day.any_above, day.any_below))
    trades = Trades(rows.places, rows.of_atom, prices, more, less)
    could_differ: set[int] = set()
    for row in range(len(rows.groups)):
        left = frozenset(numbers_of(rows.atoms[row] & ~told))
        if left and row not in shown and row not in could_differ and day.protected(row):
            changed = trades.changing(row, left)
            trades.hide(changed)
            could_differ.update(changed)
    return shown - could_differ


class _Rows:
    """The rows of a day, numbered, those that matter most to a lead first; and the atoms that each counts.

    After them come the rows by level, which nobody sees: of whom a level is asked, in the nation and in
    each region.
    """

    def __init__(self, heads: tuple[Heads, ...]) -> None:
        self.places = [
            (region, organisation, role, pillar) for region, organisation, role, pillar, *_ in heads
        ]
        of_atom = [_groups_of(*where) for where in self.places]
        numbers: dict[Group, list[int]] = {}
        for atom, groups in enumerate(of_atom):
            for group in groups:
                numbers.setdefault(group, []).append(atom)
        sizes = [size for *_, size, _ in heads]
        all_of = {group: sum(map(sizes.__getitem__, atoms)) for group, atoms in numbers.items()}
        self.groups = sorted(
            numbers, key=lambda row: (_table(row), -all_of[row], *(name or "" for name in row))
        )
        self.heads = [all_of[group] for group in self.groups]
        self.place = {group: row for row, group in enumerate(self.groups)}
        by_level = _by_level(heads)
        self.levels = dict(enumerate((place for place, _ in by_level), len(self.groups)))
        """The place of each row by level, the nation first."""
        members = [*(numbers[group] for group in self.groups), *by_level.values()]
        self.sums = Sums(members, sizes, _near(heads))
        self.atoms = [bits(atoms) for atoms in members]
        homes = {organisation: region for region, organisation, *_ in heads}
        self.of_atom = [[self.place[group] for group in groups] for groups in of_atom]
        for row in self.levels:
            for atom in members[row]:
                self.of_atom[atom].append(row)
        self.part_of = [
            [(self.place[total], by) for total, by in _totals_of(group, homes.get(group.organisation or ""))]
            for group in self.groups
        ]


def _by_level(heads: tuple[Heads, ...]) -> dict[tuple[Group, int], list[int]]:
    """The atoms of each level that is asked, in the nation, and then in each region."""
    found: dict[tuple[Group, int], list[int]] = {}
    for places in ((Group() for _ in heads), (Group(region) for region, *_ in heads)):
        for atom, place in enumerate(places):
            found.setdefault((place, heads[atom][-1]), []).append(atom)
    return found


def _near(heads: tuple[Heads, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    """How atoms are grouped that tend to be in the same rows, the narrowest way first."""
    return (
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
        self.any_below = bits(atom for atom, (_, below, _) in enumerate(counted) if below)
        self.any_above = bits(atom for atom, (_, _, above) in enumerate(counted) if above)
        tables = [_table(group) for group in self.rows.groups]
        self.order = sorted(range(len(tables)), key=lambda row: (tables[row], not self.told_by(row)))
        """In which order the rows are shown: of each table those first that tell of their people."""

    def says_too_much(self, atoms: Atoms) -> bool:
        """Whether how many of these are below must not be known: they are few, or none or all of them are."""
        if not atoms or not atoms & self.any_below or not atoms & self.any_above:
            return atoms != 0
        if atoms.bit_count() >= self.smallest:
            return False
        return sum(map(self.rows.sums.sizes.__getitem__, numbers_of(atoms))) < self.smallest

    def protected(self, row: int) -> bool:
        """Whether a row is hidden for its own sake."""
        rows = self.rows
        all_below = not rows.atoms[row] & self.any_above
        few = rows.heads[row] < (2 * self.smallest if all_below else self.smallest)
        return few or rows.groups[row].organisation in self._unnamed or rows.groups[row] in self._besides

    def price(self, row: int) -> float:
        """What it costs to hide a row, by how much it matters and a little by how many people it has."""
        if row in self.rows.levels:
            return PRICES_OF_DETAILS[self.rows.levels[row].region is not None]
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
        meeting = {each for atom in numbers_of(told) for each in of_atom[atom] if each in self._shown}
        return any(
            too_much(left & without)
            for each in (row, *meeting)
            for by, left in self._left[each].items()
            if (each, by) not in totals
        )


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
