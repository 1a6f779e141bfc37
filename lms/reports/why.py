"""Why a figure moved between two days: its bridge, the same by competency, and by place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lms.competencies.bridges import Bridge, both_days, bridges
from lms.competencies.disclosure import Disclosure, Figure
from lms.competencies.suppression import Group
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.people.models import Organisation
from lms.reports.covered import Covered, covered
from lms.reports.filters import MOST_COMBINED
from lms.reports.reach import Reach
from lms.reports.rows import Asked
from lms.reports.why_choice import WhyChoice
from lms.reports.why_steps import Step, net, steps_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure on both days, both of which are shown or neither, and the address of its bridge."""

    title: str
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
        last, choice = self.days[2], self.choice
        return covered(Asked(choice.filters, self.reach, self.published, last, choice.boarded, last.no))

    @cached_property
    def regions(self) -> tuple[Moved, ...]:
        """The same by region, for the nation."""
        filters = self.choice.filters
        if filters.region or filters.organisation or not self.reach.compares:
            return ()
        return tuple(self._of_region(each.id, each.name) for each in self.reach.regions)

    @cached_property
    def organisations(self) -> tuple[Moved, ...]:
        """The same by organisation: those that may be opened, are on board, and are shown on both days."""
        filters = self.choice.filters
        combined = 1 + bool(filters.role) + bool(filters.pillar)
        if filters.organisation or combined > MOST_COMBINED:
            return ()
        rows = (self._of_organisation(each) for each in self._open_here())
        return tuple(row for row in rows if not row.start.hidden)

    @property
    def unshown(self) -> int:
        """How many organisations are counted in the place and have no row of their own."""
        return len(self.covered.counted) - len(self.organisations)

    def _open_here(self) -> Iterator[Organisation]:
        counted = {each.id for each in self.covered.counted}
        return (each for each in self.reach.open if each.id in counted)

    def _of_region(self, region: str, name: str) -> Moved:
        group = self.choice.group._replace(region=region)
        return self._moved(name, group, region=region)

    def _of_organisation(self, organisation: Organisation) -> Moved:
        group = self.choice.group._replace(region=None, organisation=organisation.id)
        return self._moved(organisation.name, group, region="", organisation=organisation.id)

    def _moved(self, title: str, group: Group, **place: str) -> Moved:
        competency = self.chosen.id if self.chosen else ""
        figures = [day.figure(group, competency) for day in self.days]
        if any(figure.hidden for figure in figures):
            figures = [Figure(None)] * len(figures)
        address = self.choice.address(competency=competency, **place)
        return Moved(title, figures[0], figures[-1], address)


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
