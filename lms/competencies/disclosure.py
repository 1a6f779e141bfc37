"""The figures of one day as they may be shown: nothing leaves here without asking the suppression."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from flask import current_app

from lms.competencies.balances import counted_in_teams
from lms.competencies.counts import organisations_on_board
from lms.competencies.movements import AWAY, SECOND_POST
from lms.competencies.sheets import Atom, DaySheets, Sheet, sheets_on
from lms.competencies.suppression import NO_PILLAR, Group, hidden_groups
from lms.competencies.tally import Cell, Tally


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown of one group and competency; a hidden one holds no number at all."""

    tally: Tally | None

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
    """

    def __init__(self, day: date, no: int, sheets: DaySheets, viewpoint: Viewpoint) -> None:
        self.day = day
        self.no = no
        self.smallest: int = current_app.config["SMALLEST_GROUP"]
        self._sheets = sheets
        self._viewpoint = viewpoint
        self._hidden: dict[str, frozenset[Group]] = {}

    def figure(self, group: Group, competency: str) -> Figure:
        """What may be shown of a group."""
        if group in self.hidden(competency):
            return Figure(None)
        return Figure(self._groups(competency).get(group, Tally()))

    def hidden(self, competency: str) -> frozenset[Group]:
        """The groups that are not shown for a competency, small or not, all alike."""
        sheet = self._sheets.sheet(competency)
        if self._viewpoint.teams:
            if competency not in self._hidden:
                others = self._without_teams(sheet.atoms, competency)
                self._hidden[competency] = self._hidden_in(others, self._published(sheet))
            return self._hidden[competency]
        return self._published(sheet)

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

    def _published(self, sheet: Sheet) -> frozenset[Group]:
        """What is hidden from leads who see nobody by name."""
        nobody_named = replace(self._viewpoint, teams=frozenset())
        return sheet.derived(("hidden", nobody_named, self.smallest), self._hidden_in)

    def _hidden_in(
        self, counts: Mapping[Atom, Tally], besides: frozenset[Group] = frozenset()
    ) -> frozenset[Group]:
        regions, atoms = {}, {}
        for atom, tally in counts.items():
            if atom.organisation not in self._viewpoint.excluded:
                regions[atom.organisation] = atom.region
                pillar = None if atom.pillar == NO_PILLAR else atom.pillar
                atoms[atom.organisation, atom.role, pillar] = (tally.appointments, tally.below)
        return hidden_groups(atoms, regions, self.smallest, self._viewpoint.unnamed, besides)

    def _without_teams(self, counts: Mapping[Atom, Tally], competency: str) -> Mapping[Atom, Tally]:
        """What is counted of people whom the viewer may not see by name."""
        found = dict(counts)
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
                for group in _groups_of(atom):
                    found[group].merge(tally)
        return dict(found)


def disclose(day: date, no: int | None, viewpoint: Viewpoint, competency: str | None = None) -> Disclosure:
    """The figures of a day, as known now or at an act, for one who looks.

    With a competency, those of this one are there for certain, and no head counts.
    """
    sheets, known = sheets_on(day, no, competency)
    return Disclosure(day, known, sheets, viewpoint)


def _first_days(no: int) -> dict[str, date]:
    """From which day each organisation is counted, as known at an act; read once for the days of a page."""
    kept: tuple[int, dict[str, date]] = current_app.extensions.get("first days", (-1, {}))
    if kept[0] != no:
        kept = current_app.extensions["first days"] = (no, organisations_on_board(date.max, no))
    return kept[1]


def _holds(group: Group, atom: Atom) -> bool:
    return all(wanted in {None, own} for wanted, own in zip(group, atom, strict=True))


def _atom_of(cell: Cell) -> Atom:
    return Atom(cell.region, cell.organisation, cell.role_profile, cell.pillar or NO_PILLAR)


def _groups_of(atom: Atom) -> Iterator[Group]:
    """Every group that a lead may open and that holds the appointments of this atom."""
    wide = ((None, None), (atom.role, None), (None, atom.pillar), (atom.role, atom.pillar))
    for region in (None, atom.region):
        for role, pillar in wide:
            yield Group(region, None, role, pillar)
    for role, pillar in wide[:3]:
        yield Group(None, atom.organisation, role, pillar)
