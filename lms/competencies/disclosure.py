"""The figures of one day as they may be shown: nothing leaves here without asking the suppression."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from flask import current_app

from lms.competencies.balances import counted_in_teams
from lms.competencies.counts import organisations_on_board
from lms.competencies.facts import requirements
from lms.competencies.movements import AWAY, SECOND_POST
from lms.competencies.sheets import KEPT_DAYS, Atom, DaySheets, Sheet, sheets_on
from lms.competencies.standing import Requirements
from lms.competencies.suppression import NO_PILLAR, Group, Suppressed, suppressed
from lms.competencies.tally import Cell, Tally

Counts = Mapping[Atom, tuple[int, int]]
"""The people counted in each atom, and how many of them do not meet what is asked."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said of a group: how many are asked and how many below; the rest is None where it is withheld.

    In a movement the numbers are changes, and may be below 0.
    """

    appointments: int = 0
    below: int = 0
    unrecorded: int | None = None
    lapsed: int | None = None
    short: int | None = None
    missing: int | None = None
    practitioners: int | None = None
    experts: int | None = None

    @classmethod
    def of(cls, tally: Tally, *, detailed: bool = True) -> "Shown":
        """A tally with its kinds, missing levels and cover, or without."""
        appointments, *details = tally.numbers
        return cls(appointments, tally.below, *(details if detailed else ()))

    @property
    def detailed(self) -> bool:
        """Whether kinds, missing levels and cover are said."""
        return self.missing is not None

    @property
    def plain(self) -> "Shown":
        """The same without kinds, missing levels and cover."""
        return Shown(self.appointments, self.below)

    def __bool__(self) -> bool:
        """Whether any number is not 0."""
        return bool(self.appointments or self.below or any(self._details))

    def __add__(self, other: "Shown") -> "Shown":
        """Both together, with as much as is said of both."""
        details = map(_plus, self._details, other._details)
        return Shown(self.appointments + other.appointments, self.below + other.below, *details)

    def __sub__(self, other: "Shown") -> "Shown":
        """What this one has more, likewise."""
        details = map(_less, self._details, other._details)
        return Shown(self.appointments - other.appointments, self.below - other.below, *details)

    @property
    def _details(self) -> tuple[int | None, ...]:
        return (
            self.unrecorded,
            self.lapsed,
            self.short,
            self.missing,
            self.practitioners,
            self.experts,
        )


NOBODY = Shown.of(Tally())
"""What is said of nobody."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown of one group and competency; a hidden one holds no number at all."""

    tally: Shown | None

    @property
    def hidden(self) -> bool:
        """Whether the group is not shown."""
        return self.tally is None

    @property
    def percent(self) -> int | None:
        """The share below in whole percent, half up; None when hidden or nobody is asked."""
        if self.tally is None or not self.tally.appointments:
            return None
        return (200 * self.tally.below + self.tally.appointments) // (2 * self.tally.appointments)


@dataclass(frozen=True, slots=True)
class Heads:
    """Who stands behind the figures of a group, whatever their role asks; head counts are not protected.

    `two_posts` counts posts of people who hold two or more that are counted, `away` posts of people
    who are away and would be counted.
    """

    two_posts: int
    away: int


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Who looks: what organisations keep from them, and of which teams they may see the people by name.

    Organisations that are `excluded` are counted nowhere, those `unnamed` have no row of their own.
    """

    excluded: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()


class Disclosure:
    """All figures of one day; groups that may not be shown are found a competency at a time.

    Protected are the people whom the viewer may not see by name: a group is hidden for what it
    says of these, once the others are taken away. Whatever of them is hidden from leads who see nobody
    by name is hidden from every other too, so that two who put their tables together gain no row.

    The kinds of being below, missing levels and cover are said of the nation and of regions alone, and
    of groups of whom the viewer sees everybody by name: what each role asks is known, so that these
    numbers tell small groups apart.
    """

    def __init__(self, day: date, no: int, sheets: DaySheets, viewpoint: Viewpoint) -> None:
        self.day = day
        self.no = no
        self.smallest: int = current_app.config["SMALLEST_GROUP"]
        self._sheets = sheets
        self._viewpoint = viewpoint
        self._suppressed: dict[str, Suppressed] = {}
        self._others: dict[str, Mapping[Group, Tally]] = {}

    def figure(self, group: Group, competency: str) -> Figure:
        """What may be shown of a group."""
        found = self._suppression(competency)
        if group in found.rows:
            return Figure(None)
        place_alone = group == Group(group.region) and group not in found.plain
        detailed = place_alone or self._is_named(group, competency)
        tally = self._groups(competency).get(group)
        return Figure(NOBODY if tally is None else Shown.of(tally, detailed=detailed))

    def hidden(self, competency: str) -> frozenset[Group]:
        """The groups that are not shown for a competency, small or not, all alike."""
        return self._suppression(competency).rows

    def asked(self, competency: str) -> Mapping[str, int]:
        """The level that each role asks of a competency on the day."""
        known, day = self._requirements, self.day
        roles = [role for role, of in known.rows if of == competency]
        return {role: level for role in roles if (level := known.level(role, competency, day))}

    def told_of(self, competency: str, *, named: bool) -> tuple[Counts, frozenset[Group]]:
        """The counts of people who may not be seen by name, and the groups that are hidden of them.

        That is to the viewer, if whom they may see by name is `named`, else to leads who see nobody by name.
        """
        if named:
            return _people(self._without_teams(competency)), self.hidden(competency)
        sheet = self._sheets.sheet(competency)
        return _people(sheet.atoms), self._published(sheet, self.asked(competency)).rows

    def heads(self, group: Group) -> Heads:
        """How many posts of a group are second ones, and how many are left out since somebody is away."""
        found = (self._groups(subject).get(group, Tally()) for subject in (SECOND_POST, AWAY))
        return Heads(*(tally.appointments for tally in found))

    def of_teams(self, competency: str, teams: Collection[int], group: Group) -> dict[int, Tally]:
        """The tallies of teams inside a group, for somebody who may see their people by name.

        Nothing is hidden in them.
        """
        found: dict[int, Tally] = defaultdict(Tally)
        for (cell, key), tally in self._by_cell.items():
            if key == competency and cell.team in teams and _holds(group, _atom_of(cell)):
                found[cell.team].merge(tally)
        return found

    @cached_property
    def on_board(self) -> frozenset[str]:
        """The organisations that are counted."""
        return frozenset(each for each, first in _first_days(self.no).items() if first <= self.day)

    @cached_property
    def _by_cell(self) -> dict[tuple[Cell, str], Tally]:
        """What is counted in the teams whose people the viewer may see by name; one statement."""
        return counted_in_teams(self._viewpoint.teams, self.day, self.no) if self._viewpoint.teams else {}

    def _suppression(self, competency: str) -> Suppressed:
        """What is not shown for a competency."""
        if competency not in self._suppressed:
            self._suppressed[competency] = self._found(competency)
        return self._suppressed[competency]

    def _found(self, competency: str) -> Suppressed:
        asked = self.asked(competency)
        published = self._published(self._sheets.sheet(competency), asked)
        if not self._viewpoint.teams:
            return published
        found = self._suppressed_in(self._without_teams(competency), asked, published.rows)
        return Suppressed(found.rows, found.plain | published.plain)

    def _published(self, sheet: Sheet, asked: Mapping[str, int]) -> Suppressed:
        """What is not shown to leads who see nobody by name."""
        nobody_named = replace(self._viewpoint, teams=frozenset())
        name = ("hidden", nobody_named, self.smallest, frozenset(asked.items()))
        return sheet.derived(name, lambda counts: self._suppressed_in(counts, asked))

    @cached_property
    def _requirements(self) -> Requirements:
        """What roles ask, as known at the act, which never changes and is kept."""
        kept: dict[int, Requirements] = current_app.extensions.setdefault("requirements", {})
        if (found := kept.get(self.no)) is None:
            found = requirements(self.no)
            if len(kept) >= KEPT_DAYS:
                kept.clear()
            kept[self.no] = found
        return found

    def _suppressed_in(
        self, counts: Mapping[Atom, Tally], asked: Mapping[str, int], besides: frozenset[Group] = frozenset()
    ) -> Suppressed:
        return suppressed_for(self._viewpoint, _people(counts), asked, self.smallest, besides)

    def _is_named(self, group: Group, competency: str) -> bool:
        """Whether the viewer may see everybody in a group by name."""
        if not self._viewpoint.teams:
            return False
        if competency not in self._others:
            self._others[competency] = self._grouped(self._without_teams(competency))
        others = self._others[competency].get(group)
        return others is None or not others.appointments

    def _without_teams(self, competency: str) -> Mapping[Atom, Tally]:
        """What is counted of people whom the viewer may not see by name."""
        found = dict(self._sheets.sheet(competency).atoms)
        for (cell, key), tally in self._by_cell.items():
            if key == competency and tally:
                atom = _atom_of(cell)
                found[atom] = Tally(*found[atom].numbers)
                found[atom].merge(tally, -1)
        return found

    def _groups(self, competency: str) -> Mapping[Group, Tally]:
        sheet = self._sheets.sheet(competency)
        return sheet.derived(("groups", self._viewpoint.excluded), self._grouped)

    def _grouped(self, counts: Mapping[Atom, Tally]) -> Mapping[Group, Tally]:
        found: dict[Group, Tally] = defaultdict(Tally)
        for atom, tally in counts.items():
            if atom.organisation not in self._viewpoint.excluded:
                for group in groups_of(atom):
                    found[group].merge(tally)
        return dict(found)


def disclose(day: date, no: int | None, viewpoint: Viewpoint, competency: str | None = None) -> Disclosure:
    """The figures of a day, as known now or at an act, for one who looks.

    With a competency, those of this one are there for certain, and no head counts.
    """
    sheets, known = sheets_on(day, no, competency)
    return Disclosure(day, known, sheets, viewpoint)


def suppressed_for(
    viewpoint: Viewpoint,
    counts: Counts,
    asked: Mapping[str, int],
    smallest: int,
    besides: frozenset[Group] = frozenset(),
) -> Suppressed:
    """What is not shown of counts to one who looks, whose own teams are not among them any more."""
    regions, atoms = {}, {}
    for atom, people in counts.items():
        if atom.organisation not in viewpoint.excluded:
            regions[atom.organisation] = atom.region
            pillar = None if atom.pillar == NO_PILLAR else atom.pillar
            atoms[atom.organisation, atom.role, pillar] = people
    return suppressed(atoms, regions, asked, smallest=smallest, unnamed=viewpoint.unnamed, besides=besides)


def groups_of(atom: Atom) -> Iterator[Group]:
    """Every group that a lead may open and that holds the appointments of this atom."""
    wide = ((None, None), (atom.role, None), (None, atom.pillar), (atom.role, atom.pillar))
    for region in (None, atom.region):
        for role, pillar in wide:
            yield Group(region, None, role, pillar)
    for role, pillar in wide[:3]:
        yield Group(None, atom.organisation, role, pillar)


def _people(counts: Mapping[Atom, Tally]) -> Counts:
    return {atom: (tally.appointments, tally.below) for atom, tally in counts.items()}


def _first_days(no: int) -> dict[str, date]:
    """From which day each organisation is counted, as known at an act; read once for the days of a page."""
    kept: tuple[int, dict[str, date]] = current_app.extensions.get("first days", (-1, {}))
    if kept[0] != no:
        kept = current_app.extensions["first days"] = (no, organisations_on_board(date.max, no))
    return kept[1]


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _less(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _holds(group: Group, atom: Atom) -> bool:
    return all(wanted in {None, own} for wanted, own in zip(group, atom, strict=True))


def _atom_of(cell: Cell) -> Atom:
    return Atom(cell.region, cell.organisation, cell.role_profile, cell.pillar or NO_PILLAR)
