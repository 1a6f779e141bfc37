"""One who reckons with every number that the rows say: kinds of being below, missing levels and cover too.

What each role asks is known. Each number of each group (organisation, role and pillar) lies between a
least and a greatest, and what is shown narrows these down, again and again, until nothing changes.
Nothing is shared with the service: the rows are read as a page reads them.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from lms.competencies.disclosure import Figure
from lms.competencies.sheets import Atom
from lms.competencies.suppression import NO_PILLAR, Group
from lms.competencies.tally import Tally
from tests.support.attacker import Figures

KINDS = ("unrecorded", "lapsed", "short")
SAID = (*KINDS, "missing", "practitioners", "experts")
MADE = ("excess", "high")
"""What follows from two numbers: missing levels less those below, and all who hold level 3 or 4."""
NAMES = ("below", *SAID, *MADE)
LEVELS = (1, 2, 3, 4)
UNKNOWN = 99
Name = tuple[Atom, str]
"""A number of an atom."""
Equation = tuple[Mapping[Name, int], int, int]
"""Numbers with their factors, and the least and the greatest that they come to."""


def measured(
    figures: Figures, region_of: Mapping[str, str], seed: int
) -> tuple[dict[Atom, Tally], dict[str, int]]:
    """Numbers of each atom at random with so many below, and what each role asks.

    In a third of all nations nothing is recorded yet of those below, in another where the least is asked.
    """
    chance = random.Random(seed)  # noqa: S311 - invented figures
    asked = {role: chance.choice(LEVELS) for role in sorted({role for _, role, _ in figures})}
    new = {role for role, level in asked.items() if seed % 3 == 0 or level == min(asked.values())}
    atoms = {
        Atom(region_of[name], name, role, pillar or NO_PILLAR): _tally(
            chance, size, below, asked[role], "unrecorded" if role in new and seed % 3 < 2 else None
        )
        for (name, role, pillar), (size, below) in figures.items()
        if size
    }
    return atoms, asked


def _tally(chance: random.Random, size: int, below: int, level: int, kind: str | None) -> Tally:
    found = Tally(size)
    for person in range(size):
        held = max(level, chance.choice(LEVELS))
        if person < below:
            state = kind or chance.choice(KINDS)
            held = 0 if state == "unrecorded" else chance.randrange(level)
            setattr(found, state, getattr(found, state) + 1)
            found.missing += level - held
        found.practitioners += held == LEVELS[2]
        found.experts += held == LEVELS[3]
    return found


class Measurer:
    """All rows of one day and competency, as somebody sees them."""

    def __init__(
        self, atoms: Mapping[Atom, Tally], asked: Mapping[str, int], figure: Callable[[Group], Figure]
    ) -> None:
        self._atoms, self._asked = atoms, asked
        self._rows: dict[Group, frozenset[Atom]] = {}
        for atom in atoms:
            for group in _groups_of(atom):
                self._rows[group] = self._rows.get(group, frozenset()) | {atom}
        self._figures = {group: figure(group) for group in self._rows}
        self._told = frozenset[Atom]().union(
            *(
                self._rows[group]
                for group, each in self._figures.items()
                if each.tally and each.tally.below in {0, each.tally.appointments}
            )
        )
        self.equations = [*self._of_people(), *self._of_rows()]

    def small_rows(self) -> list[Group]:
        """The hidden rows of fewer than five people, of whom no shown row tells by itself."""
        hidden = [group for group, figure in self._figures.items() if figure.hidden]
        return [
            group
            for group in hidden
            if not self._rows[group] <= self._told
            and sum(self._atoms[atom].appointments for atom in self._rows[group]) < 5
        ]

    def detailed(self) -> list[Group]:
        """The rows that say more than how many are below."""
        return [group for group, each in self._figures.items() if each.tally and each.tally.detailed]

    def told(self) -> list[Group]:
        """The small rows of which it is certain how many are below."""
        names = frozenset[Name]().union(*(factors for factors, _, _ in self.equations))
        ranges = {(atom, name): (0, 4 * self._atoms[atom].appointments) for atom, name in names}
        while sum(_narrow(ranges, each) for each in self.equations):
            pass
        return [
            group
            for group in self.small_rows()
            if all(ranges[atom, "below"][0] == ranges[atom, "below"][1] for atom in self._rows[group])
        ]

    def _of_people(self) -> Iterator[Equation]:
        """What holds of the people of each atom, whatever is shown."""
        for atom, tally in self._atoms.items():
            level = self._asked[atom.role]
            above, below, new, lapsed, short, missing, third, fourth, excess, high = (
                (atom, name) for name in ("above", *NAMES)
            )
            size = tally.appointments
            yield {below: 1, above: 1}, size, size
            yield {new: 1, lapsed: 1, short: 1, below: -1}, 0, 0
            yield {missing: 1, new: -level, lapsed: -1, short: -1}, 0, UNKNOWN
            yield {missing: 1, below: -level}, -UNKNOWN, 0
            yield {excess: 1, missing: -1, below: 1}, 0, 0
            yield {excess: 1, new: 1 - level}, 0, UNKNOWN
            yield {excess: 1, below: 1 - level}, -UNKNOWN, 0
            yield {high: 1, third: -1, fourth: -1}, 0, 0
            if level == LEVELS[3]:
                yield {fourth: 1, above: -1}, 0, 0
                yield {third: 1, lapsed: -1, short: -1}, -UNKNOWN, 0
            elif level == LEVELS[2]:
                yield {high: 1, above: -1}, 0, 0
            else:
                yield {high: 1, above: -1}, -UNKNOWN, 0

    def _of_rows(self) -> Iterator[Equation]:
        """What each row says, and what is left of it without the shown rows of one table."""
        for total, figure in self._figures.items():
            for name in NAMES:
                said = _said(figure, name)
                if said is None:
                    continue
                yield dict.fromkeys(((atom, name) for atom in self._rows[total]), 1), said, said
                for table in self._tables_of(total):
                    parts = [_said(self._figures[row], name) for row in table]
                    shown = [(row, part) for row, part in zip(table, parts, strict=True) if part is not None]
                    rest = self._rows[total].difference(*(self._rows[row] for row, _ in shown))
                    left = said - sum(part for _, part in shown)
                    yield dict.fromkeys(((atom, name) for atom in rest), 1), left, left

    def _tables_of(self, total: Group) -> Iterator[list[Group]]:
        """The tables whose rows make up a total: those of one more choice."""
        for choice in Group._fields:
            if getattr(total, choice) is None and not (choice == "region" and total.organisation):
                yield [
                    row
                    for row in self._rows
                    if getattr(row, choice) is not None
                    and self._rows[row] <= self._rows[total]
                    and row._replace(**{choice: None})
                    == total._replace(region=None if choice == "organisation" else total.region)
                ]


def _said(figure: Figure, name: str) -> int | None:
    """A number of a row, None where it is not said."""
    shown = figure.tally
    if shown is None or (name != "below" and not shown.detailed):
        return None
    if name == "excess":
        return (shown.missing or 0) - shown.below
    if name == "high":
        return (shown.practitioners or 0) + (shown.experts or 0)
    found: int = getattr(shown, name)
    return found


def _groups_of(atom: Atom) -> Iterator[Group]:
    """Every row that counts an atom: a place, a role and a pillar, but never all three of an organisation."""
    places = ((None, None), (atom.region, None), (None, atom.organisation))
    for (region, organisation), role, pillar in product(places, (None, atom.role), (None, atom.pillar)):
        if None in {organisation, role, pillar}:
            yield Group(region, organisation, role, pillar)


def _narrow(ranges: dict[Name, tuple[int, int]], equation: Equation) -> bool:
    """Narrow each number of an equation down by what the others leave for it; whether any became narrower."""
    factors, least, most = equation
    ends = {
        name: sorted((factor * ranges[name][0], factor * ranges[name][1]))
        for name, factor in factors.items()
        if factor
    }
    low, high = (sum(each[end] for each in ends.values()) for end in (0, 1))
    narrower = False
    for name in ends:
        factor = factors[name]
        under, over = least - high + ends[name][1], most - low + ends[name][0]
        if factor < 0:
            under, over = over, under
        found = max(ranges[name][0], -(-under // factor)), min(ranges[name][1], over // factor)
        narrower = narrower or found != ranges[name]
        ranges[name] = found
    return narrower
