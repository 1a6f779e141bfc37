"""Which organisations a report counts, and why others are left out."""

from dataclasses import dataclass

from lms.competencies.suppression import Group
from lms.people.models import Organisation
from lms.reports.reach import Reach
from lms.reports.rows import Asked


@dataclass(frozen=True, slots=True)
class Covered:
    """The organisations of the place that a report is about: which are counted, and why others are not.

    `unnamed` is how many of those counted have no row of their own.
    """

    counted: tuple[Organisation, ...]
    not_on_board: tuple[Organisation, ...]
    not_sharing: tuple[Organisation, ...]
    unnamed: int

    @property
    def all(self) -> int:
        """How many organisations the place has."""
        return len(self.counted) + len(self.not_on_board) + len(self.not_sharing)


def covered(asked: Asked) -> Covered:
    """The organisations of the whole that the rows are part of."""
    return covered_in(asked.whole, asked.on_board, asked.reach)


def covered_in(place: Group, on_board: frozenset[str], within: Reach) -> Covered:
    """The organisations of a place, of which some are on board."""
    viewpoint = within.viewpoint
    inside = [
        each
        for each in within.organisations
        if place.organisation in {None, each.id} and place.region in {None, each.region_id}
    ]
    counted = [each for each in inside if each.id in on_board - viewpoint.excluded]
    return Covered(
        counted=tuple(counted),
        not_on_board=tuple(each for each in inside if each.id not in on_board),
        not_sharing=tuple(each for each in inside if each.id in on_board & viewpoint.excluded),
        unnamed=sum(each.id in viewpoint.unnamed for each in counted),
    )
