"""The figures of one day as they may be shown: nothing leaves here without asking the suppression."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app

from lms.competencies.counts import Counts, Day, count
from lms.competencies.suppression import NO_PILLAR, Atom, Group, hidden_groups
from lms.competencies.tally import Cell, Tally
from lms.people.acts import latest_no

KEPT_DAYS = 12


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
    """Who stands behind the figures of a group, whatever their role asks; head counts are not protected."""

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
    """All figures of one day, counted once; groups that may not be shown are found a competency at a time.

    Protected are the people whom the viewer may not see by name: a group is hidden for what it
    says of these, once the others are taken away.
    """

    def __init__(self, day: Day, smallest: int, viewpoint: Viewpoint) -> None:
        self.day = _without(day, viewpoint.excluded)
        self.smallest = smallest
        self._viewpoint = viewpoint
        self._tallies: dict[str, dict[Group, Tally]] = {}
        self._hidden: dict[str, frozenset[Group]] = {}
        self._by_competency: dict[str, Counts] = defaultdict(dict)
        for (cell, competency), tally in self.day.counts.items():
            self._by_competency[competency][cell, competency] = tally

    def figure(self, group: Group, competency: str) -> Figure:
        """What may be shown of a group."""
        if group in self.hidden(competency):
            return Figure(None)
        return Figure(self._groups(competency).get(group, Tally()))

    def hidden(self, competency: str) -> frozenset[Group]:
        """The groups that are not shown for a competency, small or not, all alike."""
        if competency not in self._hidden:
            atoms: dict[Atom, tuple[int, int]] = {}
            regions: dict[str, str] = {}
            for (cell, _), tally in self._by_competency[competency].items():
                if cell.team in self._viewpoint.teams:
                    continue
                key = (cell.organisation, cell.role_profile, cell.pillar)
                held, below = atoms.get(key, (0, 0))
                atoms[key] = (held + tally.appointments, below + tally.below)
                regions[cell.organisation] = cell.region
            unnamed = self._viewpoint.unnamed
            self._hidden[competency] = hidden_groups(atoms, regions, self.smallest, unnamed)
        return self._hidden[competency]

    def heads(self, group: Group) -> Heads:
        """How many people of a group are counted in two posts or more, and how many are away."""
        posts = Counter(_people(self.day.held, group))
        return Heads(
            two_posts=sum(number > 1 for number in posts.values()),
            away=len(set(_people(self.day.absent, group))),
        )

    def of_teams(self, competency: str, teams: Collection[int], group: Group) -> dict[int, Tally]:
        """The tallies of teams inside a group, for somebody who may see their people by name.

        Nothing is hidden in them.
        """
        found: dict[int, Tally] = defaultdict(Tally)
        for (cell, _), tally in self._by_competency[competency].items():
            if cell.team in teams and _holds(group, cell):
                found[cell.team].merge(tally)
        return found

    def _groups(self, competency: str) -> dict[Group, Tally]:
        if competency not in self._tallies:
            found: dict[Group, Tally] = defaultdict(Tally)
            for (cell, _), tally in self._by_competency[competency].items():
                for group in _groups_of(cell):
                    found[group].merge(tally)
            self._tallies[competency] = dict(found)
        return self._tallies[competency]


def disclose(day: date, no: int | None, viewpoint: Viewpoint) -> Disclosure:
    """The figures of a day, as known now or at an act, for one who looks.

    Kept in the process until another act is written, so that a page and its drill-downs count once.
    """
    smallest: int = current_app.config["SMALLEST_GROUP"]
    kept: dict[object, Disclosure] = current_app.extensions.setdefault("disclosures", {})
    latest = latest_no()
    no = None if no == latest else no  # what was known at the latest act is what is known now
    key = (day, no, viewpoint, smallest, latest)
    if key not in kept:
        for oldest in list(kept)[: max(0, len(kept) - KEPT_DAYS + 1)]:
            kept.pop(oldest, None)
        kept[key] = Disclosure(count(day, no), smallest, viewpoint)
    return kept[key]


def _without(day: Day, excluded: frozenset[str]) -> Day:
    if not excluded:
        return day
    return Day(
        {key: tally for key, tally in day.counts.items() if key[0].organisation not in excluded},
        {cell: people for cell, people in day.held.items() if cell.organisation not in excluded},
        {cell: people for cell, people in day.absent.items() if cell.organisation not in excluded},
        day.on_board,
    )


def _holds(group: Group, cell: Cell) -> bool:
    found = (cell.region, cell.organisation, cell.role_profile, cell.pillar or NO_PILLAR)
    return all(wanted in {None, own} for wanted, own in zip(group, found, strict=True))


def _people(by_cell: Mapping[Cell, list[int]], group: Group) -> list[int]:
    return [person for cell, people in by_cell.items() if _holds(group, cell) for person in people]


def _groups_of(cell: Cell) -> Iterator[Group]:
    """Every group that a lead may open and that holds the appointments of this cell."""
    role, pillar = cell.role_profile, cell.pillar or NO_PILLAR
    wide = ((None, None), (role, None), (None, pillar), (role, pillar))
    for region in (None, cell.region):
        for of_role, of_pillar in wide:
            yield Group(region, None, of_role, of_pillar)
    for of_role, of_pillar in wide[:3]:
        yield Group(None, cell.organisation, of_role, of_pillar)
