"""The rows of the gap report: which groups a choice opens, and where each leads."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from lms.competencies.disclosure import Disclosure, Figure
from lms.competencies.suppression import NO_PILLAR, Group
from lms.content.catalogue import Catalogue
from lms.reports.filters import MOST_COMBINED, By, Filters
from lms.reports.reach import Reach


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its id, its title, and its figures by competency.

    `opens` holds the arguments of the report that it leads to, if any; `own` says that the one who
    asks leads it.
    """

    id: str
    title: str
    figures: dict[str, Figure]
    opens: dict[str, str] | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows are made from."""

    filters: Filters
    reach: Reach
    published: Catalogue
    disclosure: Disclosure

    def figures(self, group: Group) -> dict[str, Figure]:
        """The figure of a group for each competency, as it may be shown."""
        competencies = self.published.framework.competencies
        return {each.id: self.disclosure.figure(group, each.id) for each in competencies}

    def group(self, *, region: str = "", organisation: str = "", role: str = "", pillar: str = "") -> Group:
        """A place under the filters of role and pillar; without a region or organisation the nation."""
        return Group(
            None if organisation else region or None,
            organisation or None,
            role or self.filters.role or None,
            pillar or self.filters.pillar or None,
        )

    def inside(self, *, region: str = "", role: str = "", pillar: str = "") -> Group:
        """A part of the place that the filters name."""
        filters = self.filters
        return self.group(
            region=region or filters.region, organisation=filters.organisation, role=role, pillar=pillar
        )

    @property
    def whole(self) -> Group:
        """What the rows are part of; an organisation that stands as a row has its region beside it."""
        if self.filters.by is By.ORGANISATION:
            return self.group(region=self.filters.region)
        return self.inside()


def total_row(asked: Asked) -> Row:
    """The whole that the rows are part of, with whatever of it is hidden."""
    whole = asked.whole
    place = asked.reach.organisation(whole.organisation or "") or asked.reach.region(whole.region or "")
    return Row("", place.name if place else _("All regions"), asked.figures(whole))


def rows_of(asked: Asked) -> Iterator[Row]:
    """The rows of the choice, in their order."""
    match asked.filters.by:
        case By.REGION:
            return _regions(asked)
        case By.ORGANISATION:
            return _organisations(asked)
        case By.TEAM:
            return _teams(asked)
        case By.ROLE:
            return _roles(asked)
        case By.PILLAR:
            return _pillars(asked)


def _regions(asked: Asked) -> Iterator[Row]:
    filters, reach = asked.filters, asked.reach
    for each in reach.regions:
        if filters.region in {"", each.id}:
            inside = replace(filters, by=By.ORGANISATION, region=each.id)
            opens = reach.may_look_into(each.id) and inside.combined <= MOST_COMBINED
            yield Row(
                each.id,
                each.name,
                asked.figures(asked.inside(region=each.id)),
                inside.address() if opens else None,
                own=each.id in reach.own_regions,
            )


def _organisations(asked: Asked) -> Iterator[Row]:
    """Those on board that may be opened; who is not on board yet stands in the sentence and on the map."""
    filters = asked.filters
    for each in asked.reach.open:
        chosen = filters.organisation in {"", each.id} and filters.region in {"", each.region_id}
        if chosen and each.id in asked.disclosure.day.on_board:
            yield Row(
                each.id,
                each.name,
                asked.figures(asked.group(organisation=each.id)),
                filters.address(by=By.ROLE, region="", organisation=each.id, role="", pillar=""),
                own=each.id in asked.reach.own,
            )


def _teams(asked: Asked) -> Iterator[Row]:
    """Teams are for those who may see their people by name, so nothing is hidden in them."""
    filters = asked.filters
    names = asked.reach.teams(filters.organisation, filters.as_of)
    tallies = {
        each.id: asked.disclosure.of_teams(each.id, names, asked.whole)
        for each in asked.published.framework.competencies
    }
    for team, name in names.items():
        yield Row(str(team), name, {key: Figure(found[team]) for key, found in tallies.items()})


def _roles(asked: Asked) -> Iterator[Row]:
    for role in asked.published.framework.roles:
        if asked.filters.role in {"", role.id}:
            yield Row(role.id, role.title, asked.figures(asked.inside(role=role.id)))


def _pillars(asked: Asked) -> Iterator[Row]:
    titles = {each.id: each.title for each in asked.published.framework.pillars}
    for pillar, title in {**titles, NO_PILLAR: _("In no pillar")}.items():
        if asked.filters.pillar in {"", pillar}:
            yield Row(pillar, title, asked.figures(asked.inside(pillar=pillar)))
