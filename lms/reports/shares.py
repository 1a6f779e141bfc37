"""What a lead may see of a measure that says of each counted post whether it meets something.

“Ready for the platform” is one, “current on the standard” another. They are said of places alone: the nation,
regions and organisations. Small groups stay unknown by the rule of the gap report, and beside its figures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from lms.competencies.disclosure import Counts, Disclosure, Viewpoint, suppressed_for
from lms.competencies.sheets import Atom
from lms.competencies.suppression import NO_PILLAR, Group
from lms.competencies.together import Known, hidden_together


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


@dataclass(frozen=True, slots=True)
class Alike:
    """A competency of the gap report that says the same of each person of some roles as a measure does.

    So does an initiative that asks of a role the level that the role asks, and nothing else.
    """

    disclosure: Disclosure
    competency: str
    roles: frozenset[str]


class Shares:
    """One measure on one day, as somebody may see it.

    `counts` has the people of each atom of the nation and how many of them do not meet it; `named` the
    same of the teams of the viewpoint, whose people the viewer may see by name. As no page shows roles
    or pillars, organisations alone decide what is hidden, and besides them the measures that are `alike`.
    """

    def __init__(
        self,
        counts: Counts,
        viewpoint: Viewpoint,
        named: Counts | None = None,
        alike: Sequence[Alike] = (),
    ) -> None:
        self.smallest: int = current_app.config["SMALLEST_GROUP"]
        self._viewpoint = viewpoint
        self._counts = self._without_excluded(counts)
        self._named = self._without_excluded(named or {})
        self._alike = alike

    def share(self, place: Group) -> Share | None:
        """How many people of a place meet it; None where that is hidden."""
        return None if place in self.hidden else self._places.get(place, NOBODY)

    @cached_property
    def hidden(self) -> frozenset[Group]:
        """The places that are not shown, small or not, all alike."""
        published = self._hidden_in(self._counts, frozenset(), named=False)
        if not self._named:
            return published
        return self._hidden_in(_without(self._counts, self._named), published, named=True)

    @cached_property
    def _places(self) -> Mapping[Group, Share]:
        found: dict[Group, tuple[int, int]] = {}
        for atom, (people, unmet) in self._counts.items():
            for place in (Group(), Group(atom.region), Group(organisation=atom.organisation)):
                all_people, all_unmet = found.get(place, (0, 0))
                found[place] = (all_people + people, all_unmet + unmet)
        return {place: Share(people, people - unmet) for place, (people, unmet) in found.items()}

    def _hidden_in(self, counts: Counts, besides: frozenset[Group], *, named: bool) -> frozenset[Group]:
        # No kinds of being below are said of a share, so that what each role asks tells nothing of it.
        found = suppressed_for(self._viewpoint, _by_organisation(counts), {}, self.smallest, besides).rows
        hidden = frozenset(group for group in found if group.role is group.pillar is None)
        known = [self._known(each, named=named) for each in self._alike]
        return hidden | hidden_together(counts, hidden, known, self.smallest) if known else hidden

    def _known(self, alike: Alike, *, named: bool) -> Known:
        counts, hidden = alike.disclosure.told_of(alike.competency, named=named)
        return Known(self._without_excluded(counts), hidden, alike.roles)

    def _without_excluded(self, counts: Counts) -> Counts:
        excluded = self._viewpoint.excluded
        return {atom: people for atom, people in counts.items() if atom.organisation not in excluded}


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


def _by_organisation(counts: Counts) -> Counts:
    found: dict[Atom, tuple[int, int]] = {}
    for atom, (people, unmet) in counts.items():
        place = Atom(atom.region, atom.organisation, "", NO_PILLAR)
        all_people, all_unmet = found.get(place, (0, 0))
        found[place] = (all_people + people, all_unmet + unmet)
    return found
