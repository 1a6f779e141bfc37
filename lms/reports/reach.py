"""How far a lead's grants go: the regions and organisations they may open, the teams they may name."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select

from lms.competencies.disclosure import Viewpoint
from lms.core.database import db
from lms.people.access import Subject, can, viewer
from lms.people.models import Duty, Organisation, Region, Sharing, Team
from lms.people.structure import latest_placement, regions, team_tree
from lms.people.subjects import organisation_subject, team_subjects
from lms.reports.filters import By


@dataclass(frozen=True)
class Reach:
    """All organisations and regions, and which of them the one who asks may open.

    Who leads a region or the nation compares all regions. Who leads an organisation alone sees it
    beside its own region.
    """

    all_regions: tuple[Region, ...]
    organisations: tuple[Organisation, ...]

    @cached_property
    def compares(self) -> bool:
        """Whether the one who asks sees the figures of all regions."""
        return bool(viewer().held(Duty.REGION_LEAD, Duty.NATIONAL_LEAD))

    @cached_property
    def own(self) -> frozenset[str]:
        """The organisations that the one who asks leads."""
        led = viewer().held(Duty.ORGANISATION_LEAD)
        return frozenset(held.organisation_id for held in led if held.organisation_id)

    @cached_property
    def own_regions(self) -> frozenset[str]:
        """The regions that the one who asks leads, or where their organisations lie; none for the nation."""
        if viewer().held(Duty.NATIONAL_LEAD):
            return frozenset()
        led = frozenset(held.region_id for held in viewer().held(Duty.REGION_LEAD) if held.region_id)
        return led or frozenset(each.region_id for each in self.organisations if each.id in self.own)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The regions whose figures the one who asks may see."""
        return tuple(each for each in self.all_regions if self.compares or each.id in self.own_regions)

    @cached_property
    def open(self) -> tuple[Organisation, ...]:
        """The organisations whose figures the one who asks may see by name."""
        return tuple(each for each in self.organisations if self._may_open(each))

    @cached_property
    def viewpoint(self) -> Viewpoint:
        """What organisations keep from the one who asks, who sees the own ones whatever they share."""
        managed = (held.team_id for held in viewer().held(Duty.MANAGER) if held.team_id)
        return Viewpoint(
            excluded=self._sharing(Sharing.NONE),
            unnamed=self._sharing(Sharing.UNNAMED),
            teams=frozenset(team_tree(managed) if self.names_teams else ()),
        )

    def region(self, region_id: str) -> Region | None:
        """The region with this id, if the one who asks may see its figures."""
        return next((each for each in self.regions if each.id == region_id), None)

    def organisation(self, organisation_id: str) -> Organisation | None:
        """The organisation with this id, if the one who asks may open it."""
        return next((each for each in self.open if each.id == organisation_id), None)

    def may_look_into(self, region_id: str) -> bool:
        """Whether the one who asks may see a region by organisation, or at least one of these."""
        return can("reports.organisation", Subject(regions=frozenset({region_id}))) or any(
            each.region_id == region_id for each in self.open
        )

    @property
    def names_teams(self) -> bool:
        """Whether the one who asks manages anybody, and so may see some team by name."""
        return bool(viewer().held(Duty.MANAGER))

    def teams(self, organisation_id: str, day: date) -> dict[int, str]:
        """The teams of an organisation on a day whose people the one who asks may see, with their names."""
        placed = latest_placement(day).subquery()
        query = select(Team.id, Team.name).join(placed, placed.c.team_id == Team.id)
        query = query.where(placed.c.organisation_id == organisation_id).order_by(Team.name, Team.id)
        names = dict(db.session.execute(query).all())
        subjects = team_subjects(names)
        return {team: name for team, name in names.items() if can("reports.team", subjects[team])}

    def implied_region(self, by: By) -> str:
        """The region that is meant where none is named; empty when all are.

        It is the own one for the organisations of somebody who leads one region, and always for
        somebody who sees no other.
        """
        if self.compares and not (by is By.ORGANISATION and len(self.own_regions) == 1):
            return ""
        return next((each.id for each in self.regions if each.id in self.own_regions), "")

    def leads(self, organisation: Organisation) -> bool:
        """Whether the one who asks leads an organisation, by itself or with all around it."""
        return can("reports.organisation", organisation_subject(organisation))

    def _may_open(self, organisation: Organisation) -> bool:
        named = organisation.sharing == Sharing.NAMED or organisation.id in self.own
        return named and self.leads(organisation)

    def _sharing(self, kind: Sharing) -> frozenset[str]:
        return frozenset(
            each.id for each in self.organisations if each.sharing == kind and each.id not in self.own
        )


def reach() -> Reach:
    """The reach of the one who asks; two statements."""
    query = select(Organisation).order_by(Organisation.name, Organisation.id)
    return Reach(tuple(regions()), tuple(db.session.scalars(query)))
