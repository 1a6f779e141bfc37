"""What a lead may see of a measure that says of each counted post whether it meets something.

“Ready for the platform” is one, “current on the standard” another. Small groups stay unknown as in the gap
report: its rule decides over all rows that such a measure could have, whichever of them a page shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from lms.competencies.disclosure import Counts, Viewpoint, groups_of, suppressed_for
from lms.competencies.suppression import Group


@dataclass(frozen=True, slots=True)
class Share:
    """How many people of a group meet it."""

    people: int
    met: int

    @property
    def unmet(self) -> int:
        """How many do not."""
        return self.people - self.met

    @property
    def percent(self) -> int | None:
        """The share that meets it in whole percent, half up; None when nobody is counted."""
        return (200 * self.met + self.people) // (2 * self.people) if self.people else None


NOBODY = Share(0, 0)
"""What is said of a group without people."""


class Shares:
    """One measure on one day, as somebody may see it.

    `counts` has the people of each atom and how many of them do not meet it; `named` the same of the
    teams of the viewpoint, whose people the viewer may see by name. Rows `besides` are hidden too.
    """

    def __init__(
        self,
        counts: Counts,
        viewpoint: Viewpoint,
        named: Counts | None = None,
        besides: frozenset[Group] = frozenset(),
    ) -> None:
        self.smallest: int = current_app.config["SMALLEST_GROUP"]
        self._counts = counts
        self._viewpoint = viewpoint
        self._named = named or {}
        self._besides = besides

    def share(self, group: Group) -> Share | None:
        """How many people of a group meet it; None where that is hidden."""
        return None if group in self.hidden else self._groups.get(group, NOBODY)

    @cached_property
    def hidden(self) -> frozenset[Group]:
        """The groups that are not shown, small or not, all alike."""
        published = self._hidden_in(self._counts, self._besides)
        if not self._named:
            return published
        return self._hidden_in(_without(self._counts, self._named), published)

    @cached_property
    def _groups(self) -> Mapping[Group, Share]:
        found: dict[Group, tuple[int, int]] = {}
        for atom, (people, unmet) in self._counts.items():
            if atom.organisation not in self._viewpoint.excluded:
                for group in groups_of(atom):
                    all_people, all_unmet = found.get(group, (0, 0))
                    found[group] = (all_people + people, all_unmet + unmet)
        return {group: Share(people, people - unmet) for group, (people, unmet) in found.items()}

    def _hidden_in(self, counts: Counts, besides: frozenset[Group]) -> frozenset[Group]:
        # No kinds of being below are said of a share, so that what each role asks tells nothing of it.
        return suppressed_for(self._viewpoint, counts, {}, self.smallest, besides).rows


def hidden_rows(shares: Iterable[Share | None]) -> int:
    """How many rows of a page are hidden."""
    return sum(each is None for each in shares)


def _without(counts: Counts, named: Counts) -> Counts:
    """What is left without the people who may be seen by name."""
    found = dict(counts)
    for atom, (people, unmet) in named.items():
        all_people, all_unmet = found[atom]
        found[atom] = (all_people - people, all_unmet - unmet)
    return found
