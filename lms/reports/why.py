"""Why a figure moved between two days: its bridge, the same by competency, and by place."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lms.competencies.bridges import Bridge, both_days, bridges
from lms.competencies.disclosure import NOBODY, Disclosure, Figure
from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.reports.covered import Covered, covered
from lms.reports.filters import By
from lms.reports.reach import Reach
from lms.reports.rows import Asked, Row, parts_of
from lms.reports.why_choice import WhyChoice
from lms.reports.why_steps import Step, biggest, net, steps_of

LOOKED_AT = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure on both days, both of which are shown or neither, and the address of its bridge."""

    title: str
    group: Group
    start: Figure
    end: Figure
    address: Mapping[str, str]

    @property
    def net(self) -> int:
        """By how many more people are below on the second day; 0 when hidden."""
        if self.start.tally is None or self.end.tally is None:
            return 0
        return self.end.tally.below - self.start.tally.below


@dataclass(frozen=True)
class WhyReport:
    """Everything that the page and the file say of two days.

    `days` are the first day as it was known on it, the first as the second is known, and the second.
    """

    choice: WhyChoice
    reach: Reach
    published: Catalogue
    days: tuple[Disclosure, Disclosure, Disclosure]
    bridges: Mapping[str, Bridge | None]
    chosen: Competency | None

    @property
    def bridge(self) -> Bridge | None:
        """The bridge of the chosen competency; None where the group is hidden on either day."""
        return self.bridges[self.chosen.id] if self.chosen else None

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """All competencies, in the order of the framework."""
        return tuple(self.published.framework.competencies)

    @property
    def smallest(self) -> int:
        """How many people a group holds that is shown at the least."""
        return self.days[0].smallest

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What moved the chosen competency, as it is read."""
        return steps_of(self.bridge) if self.bridge else ()

    @cached_property
    def covered(self) -> Covered:
        """The organisations of the place on the second day."""
        return covered(self._asked)

    @cached_property
    def parts(self) -> dict[By, list[Moved]]:
        """The same by each kind of row that splits the group, all of it that may be opened.

        Organisations that are hidden on either day have no row.
        """
        found: dict[By, list[Moved]] = defaultdict(list)
        for by, row in parts_of(self._asked):
            moved = self._moved(by, row)
            if by is not By.ORGANISATION or not moved.start.hidden:
                found[by].append(moved)
        return dict(found)

    @cached_property
    def most_in(self) -> tuple[str, int] | None:
        """A place with a large part of the biggest cause, and by how many more are below for it there.

        Looked at are the few that moved most in the same direction, so that the statements stay few.
        """
        found = biggest(self.bridge) if self.bridge else None
        if found is None or self.chosen is None:
            return None
        cause, sign = found[0], 1 if found[1].below > 0 else -1
        rows = self.parts.get(By.REGION) or self.parts.get(By.ORGANISATION) or []
        nearest = sorted((row for row in rows if row.net * sign > 0), key=lambda row: -row.net * sign)
        parts = [(row.title, self._part(row.group, self.chosen.id, cause)) for row in nearest[:LOOKED_AT]]
        most = max(parts, key=lambda part: part[1] * sign, default=("", 0))
        return most if most[1] * sign > 0 else None

    @property
    def unshown(self) -> int:
        """How many organisations are counted in the place and have no row of their own."""
        return len(self.covered.counted) - len(self.parts.get(By.ORGANISATION, ()))

    @property
    def _asked(self) -> Asked:
        last, choice = self.days[2], self.choice
        return Asked(choice.filters, self.reach, self.published, last, choice.boarded, last.no)

    def _part(self, group: Group, competency: str, cause: str) -> int:
        days, known_at = (self.choice.start, self.choice.end), self.choice.filters.known_at
        bridge = bridges(group, days, known_at, self.reach.viewpoint, [competency])[competency]
        return bridge.moved.get(cause, NOBODY).below if bridge else 0

    def _moved(self, by: By, row: Row) -> Moved:
        competency = self.chosen.id if self.chosen else ""
        group = row.group or self.choice.group
        figures = [day.figure(group, competency) for day in self.days]
        if any(figure.hidden for figure in figures):
            figures = [Figure(None)] * len(figures)
        place = {"region": "", str(by): row.id} if by is By.ORGANISATION else {str(by): row.id}
        address = self.choice.address(competency=competency, **place)
        return Moved(row.title, group, figures[0], figures[-1], address)


def why_report(choice: WhyChoice, reach: Reach, published: Catalogue) -> WhyReport:
    """What moved a group between two days, by cause."""
    competencies = published.framework.competencies
    days, known_at = (choice.start, choice.end), choice.filters.known_at
    found = bridges(choice.group, days, known_at, reach.viewpoint, [each.id for each in competencies])
    return WhyReport(
        choice=choice,
        reach=reach,
        published=published,
        days=both_days(days, known_at, reach.viewpoint),
        bridges=found,
        chosen=_chosen(choice.filters.competency, competencies, found),
    )


def _chosen(
    asked: str, competencies: tuple[Competency, ...], found: Mapping[str, Bridge | None]
) -> Competency | None:
    """The competency asked for, else the one that moved most of those that are shown, else the first."""

    def change(each: Competency) -> int:
        bridge = found[each.id]
        return -1 if bridge is None else abs(net(bridge))

    named = next((each for each in competencies if each.id == asked), None)
    return named or max(competencies, key=change, default=None)
