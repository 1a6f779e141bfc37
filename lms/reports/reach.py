"""How far a lead's grants go: which organisations they may open, and which teams they may name."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from lms.core.database import db
from lms.people.access import Subject, can, viewer
from lms.people.models import Duty, Organisation, Region, Sharing
from lms.people.structure import regions


@dataclass(frozen=True)
class Reach:
    """All organisations and regions, and which of them the one who asks may open."""

    regions: tuple[Region, ...]
    organisations: tuple[Organisation, ...]

    @cached_property
    def open(self) -> tuple[Organisation, ...]:
        """The organisations whose figures the one who asks may see by name."""
        return tuple(each for each in self.organisations if self.may_open(each))

    @cached_property
    def own(self) -> frozenset[str]:
        """The organisations that the one who asks leads."""
        led = viewer().held(Duty.ORGANISATION_LEAD)
        return frozenset(held.organisation_id for held in led if held.organisation_id)

    def may_open(self, organisation: Organisation) -> bool:
        """Whether an organisation stands within a grant, and has agreed to be named there."""
        subject = Subject(
            organisations=frozenset({organisation.id}), regions=frozenset({organisation.region_id})
        )
        named = organisation.sharing == Sharing.NAMED or organisation.id in self.own
        return named and can("reports.organisation", subject)

    @property
    def excluded(self) -> frozenset[str]:
        """The organisations whose figures do not leave them, and that the one who asks does not lead."""
        return frozenset(
            each.id for each in self.organisations if each.sharing == Sharing.NONE and each.id not in self.own
        )

    def region(self, region_id: str) -> Region | None:
        """The region with this id."""
        return next((each for each in self.regions if each.id == region_id), None)

    def organisation(self, organisation_id: str) -> Organisation | None:
        """The organisation with this id, if the one who asks may open it."""
        return next((each for each in self.open if each.id == organisation_id), None)

    @property
    def home_region(self) -> str:
        """The one region in which everything lies that may be opened; empty when there are more."""
        found = {each.region_id for each in self.open}
        return found.pop() if len(found) == 1 else ""


def reach() -> Reach:
    """The reach of the one who asks; two statements."""
    query = select(Organisation).order_by(Organisation.name, Organisation.id)
    return Reach(tuple(regions()), tuple(db.session.scalars(query)))
