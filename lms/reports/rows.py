"""The rows of the gap report: which groups a choice opens, in which order, and where each leads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from lms.competencies.disclosure import Disclosure, Figure, Shown
from lms.competencies.suppression import NO_PILLAR, Group
from lms.content.catalogue import Catalogue
from lms.reports.columns import Column
from lms.reports.filters import By, Filters, Order
from lms.reports.reach import Reach
from lms.reports.ways import rows_by, way_of_kind, way_of_organisation, way_of_region

GROUPS = (By.REGION, By.ORGANISATION, By.ROLE, By.PILLAR)
"""Rows that are groups of the suppression; a team is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its id, its title, and its figures by competency.

    `narrows` is the choice that its cells lead to, without a column; a team has none, nor has the
    whole. `own` says that the one who asks leads it.
    """

    id: str
    title: str
    figures: dict[str, Figure]
    group: Group | None = None
    narrows: Filters | None = None
    own: bool = False

    def figure(self, column: Column) -> Figure:
        """The figure of a column, as it may be shown."""
        return column.figure(self.figures)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows are made from.

    `boarded` has the first day on which each organisation is counted, as known; `no` the act up to
    which things are known, None: as known now. `only` are the competencies that are asked for, None: all.
    """

    filters: Filters
    reach: Reach
    published: Catalogue
    disclosure: Disclosure
    boarded: Mapping[str, date]
    no: int | None
    only: tuple[str, ...] | None = None

    @property
    def on_board(self) -> frozenset[str]:
        """The organisations that are counted on the day."""
        return frozenset(each for each, first in self.boarded.items() if first <= self.filters.as_of)

    def figures(self, group: Group, competencies: Iterable[str] | None = None) -> dict[str, Figure]:
        """The figure of a group for each competency, or for some, as it may be shown."""
        if competencies is None:
            competencies = self.only
        if competencies is None:
            competencies = [each.id for each in self.published.framework.competencies]
        return {each: self.disclosure.figure(group, each) for each in competencies}

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
    return Row("", place.name if place else _("All regions"), asked.figures(whole), whole)


def rows_of(asked: Asked) -> Iterator[Row]:
    """The rows of the choice, in their usual order."""
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


def parts_of(asked: Asked) -> Iterator[tuple[By, Row]]:
    """Each row of each kind that splits a choice, as far as it may be opened; no teams, and no figures."""
    for other in rows_by(GROUPS, asked.filters, asked.reach):
        yield from ((other.by, row) for row in rows_of(replace(asked, filters=other, only=())))


def in_order(rows: tuple[Row, ...], filters: Filters, column: Column | None) -> tuple[Row, ...]:
    """Rows as they were asked to stand; those without a figure come last, in their usual order.

    Organisations stand by name, whatever is asked: forces are not ranked.
    """
    if filters.by is By.ORGANISATION or filters.order is Order.USUAL:
        return rows
    if filters.order is Order.NAME:
        return tuple(sorted(rows, key=lambda row: row.title.casefold()))
    if column is None:
        return rows
    needs = [(filters.measure.need(row.figure(column).tally), row) for row in rows]
    shown = [(need, row) for need, row in needs if need is not None]
    ranked = [row for _need, row in sorted(shown, key=lambda each: -each[0])]
    return (*ranked, *(row for need, row in needs if need is None))


def _regions(asked: Asked) -> Iterator[Row]:
    filters, reach = asked.filters, asked.reach
    for each in reach.regions:
        if filters.region in {"", each.id}:
            group = asked.inside(region=each.id)
            way = way_of_region(filters, reach, each.id)
            own = each.id in reach.own_regions
            yield Row(each.id, each.name, asked.figures(group), group, way, own)


def _organisations(asked: Asked) -> Iterator[Row]:
    """Those on board that may be opened; who is not on board yet stands in the sentence and on the map."""
    filters, on_board = asked.filters, asked.on_board
    for each in asked.reach.open:
        chosen = filters.organisation in {"", each.id} and filters.region in {"", each.region_id}
        if chosen and each.id in on_board:
            group = asked.group(organisation=each.id)
            way = way_of_organisation(filters, asked.reach, each.id)
            own = each.id in asked.reach.own
            yield Row(each.id, each.name, asked.figures(group), group, way, own)


def _teams(asked: Asked) -> Iterator[Row]:
    """Teams are for those who may see their people by name, so nothing is hidden in them."""
    filters = asked.filters
    names = asked.reach.teams(filters.organisation, filters.as_of)
    tallies = {
        each.id: asked.disclosure.of_teams(each.id, names, asked.whole)
        for each in asked.published.framework.competencies
    }
    for team, name in names.items():
        yield Row(str(team), name, {key: Figure(Shown.of(found[team])) for key, found in tallies.items()})


def _roles(asked: Asked) -> Iterator[Row]:
    for role in asked.published.framework.roles:
        if asked.filters.role in {"", role.id}:
            group = asked.inside(role=role.id)
            way = way_of_kind(asked.filters, asked.reach, role=role.id)
            yield Row(role.id, role.title, asked.figures(group), group, way)


def _pillars(asked: Asked) -> Iterator[Row]:
    titles = {each.id: each.title for each in asked.published.framework.pillars}
    for pillar, title in {**titles, NO_PILLAR: _("In no pillar")}.items():
        if asked.filters.pillar in {"", pillar}:
            group = asked.inside(pillar=pillar)
            way = way_of_kind(asked.filters, asked.reach, pillar=pillar)
            yield Row(pillar, title, asked.figures(group), group, way)
