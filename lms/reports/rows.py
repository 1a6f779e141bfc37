"""The rows of the gap report: which groups a choice opens, and where each leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from lms.competencies.disclosure import Disclosure, Figure
from lms.competencies.suppression import NO_PILLAR, Group
from lms.content.catalogue import Catalogue
from lms.core.database import db
from lms.people.access import can
from lms.people.models import Team
from lms.people.structure import teams_of_organisation
from lms.people.subjects import team_subject
from lms.reports.filters import By, Filters
from lms.reports.reach import Reach


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its id, its title, its figures by competency, and the choice that it opens, if any."""

    id: str
    title: str
    figures: dict[str, Figure]
    opens: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows are made from."""

    filters: Filters
    reach: Reach
    published: Catalogue
    disclosure: Disclosure

    def row(self, id_: str, title: str, group: Group, opens: dict[str, str] | None = None) -> Row:
        """A row with a figure for each competency, as it may be shown."""
        competencies = self.published.framework.competencies
        figures = {each.id: self.disclosure.figure(group, each.id) for each in competencies}
        return Row(id_, title, figures, opens)

    def group(self, *, region: str = "", organisation: str = "", role: str = "", pillar: str = "") -> Group:
        """A place under the filters of role and pillar; without a region or organisation the nation."""
        filters = self.filters
        return Group(
            None if organisation else region or None,
            organisation or None,
            role or filters.role or None,
            pillar or filters.pillar or None,
        )

    def whole(self, *, role: str = "", pillar: str = "") -> Group:
        """The place that the filters name."""
        filters = self.filters
        return self.group(region=filters.region, organisation=filters.organisation, role=role, pillar=pillar)


def total_row(asked: Asked) -> Row:
    """The whole that the rows are part of, with whatever of it is hidden."""
    filters = asked.filters
    organisation = asked.reach.organisation(filters.organisation)
    region = asked.reach.region(filters.region)
    if filters.by is By.ORGANISATION and organisation is not None:
        region = asked.reach.region(organisation.region_id)
        beside = region.name if region else _("All regions")
        return asked.row("", beside, asked.group(region=organisation.region_id))
    place = organisation or region
    return asked.row("", place.name if place else _("All regions"), asked.whole())


def rows(asked: Asked) -> list[Row]:
    """The rows of the choice, in their order."""
    match asked.filters.by:
        case By.REGION:
            return list(_regions(asked))
        case By.ORGANISATION:
            return list(_organisations(asked))
        case By.TEAM:
            return list(_teams(asked))
        case By.ROLE:
            return list(_roles(asked))
        case By.PILLAR:
            return list(_pillars(asked))


def may_name_teams(organisation_id: str, asked: Asked) -> list[int]:
    """The teams of an organisation whose people the one who asks may see by name."""
    teams = teams_of_organisation(organisation_id, asked.filters.as_of)
    return [each for each in teams if can("reports.team", team_subject(each))]


def _regions(asked: Asked) -> Iterator[Row]:
    open_regions = {each.region_id for each in asked.reach.open}
    for region in asked.reach.regions:
        if asked.filters.region in {"", region.id}:
            opens = asked.filters.address(by=By.ORGANISATION, region=region.id)
            yield asked.row(
                region.id,
                region.name,
                asked.group(region=region.id),
                opens if region.id in open_regions else None,
            )


def _organisations(asked: Asked) -> Iterator[Row]:
    filters = asked.filters
    for each in asked.reach.open:
        if each.id not in asked.disclosure.day.on_board or filters.region not in {"", each.region_id}:
            continue
        if filters.organisation in {"", each.id}:
            opens = filters.address(
                by=By.ROLE, region=each.region_id, organisation=each.id, role="", pillar=""
            )
            yield asked.row(each.id, each.name, asked.group(organisation=each.id), opens)


def _teams(asked: Asked) -> Iterator[Row]:
    """Teams are for those who may see their people by name, so nothing is hidden in them."""
    filters = asked.filters
    named = frozenset(may_name_teams(filters.organisation, asked))
    competencies = asked.published.framework.competencies
    tallies = {
        each.id: asked.disclosure.of_teams(each.id, named, filters.role or None, filters.pillar or None)
        for each in competencies
    }
    for team in db.session.scalars(select(Team).where(Team.id.in_(named)).order_by(Team.name, Team.id)):
        yield Row(str(team.id), team.name, {key: Figure(found[team.id]) for key, found in tallies.items()})


def _roles(asked: Asked) -> Iterator[Row]:
    for role in asked.published.framework.roles:
        if asked.filters.role in {"", role.id}:
            yield asked.row(role.id, role.title, asked.whole(role=role.id))


def _pillars(asked: Asked) -> Iterator[Row]:
    for pillar in asked.published.framework.pillars:
        if asked.filters.pillar in {"", pillar.id}:
            yield asked.row(pillar.id, pillar.title, asked.whole(pillar=pillar.id))
    if asked.filters.pillar in {"", NO_PILLAR}:
        yield asked.row(NO_PILLAR, _("In no pillar"), asked.whole(pillar=NO_PILLAR))
