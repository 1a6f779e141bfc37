"""The gap report of one choice: rows, map and notes, all from one set of figures."""

from dataclasses import dataclass

from lms.competencies.disclosure import Figure, Heads, disclose
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.people.acts import no_known_on
from lms.people.models import Organisation
from lms.reports.filters import By, Filters
from lms.reports.reach import Reach
from lms.reports.rows import Asked, Row, rows_of, total_row
from lms.reports.tiles import Tile, tiles_of


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


@dataclass(frozen=True, slots=True)
class GapReport:
    """Everything that the page, the map and the file say."""

    filters: Filters
    competencies: tuple[Competency, ...]
    chosen: Competency | None
    rows: tuple[Row, ...]
    total: Row
    tiles: tuple[Tile, ...]
    edged: tuple[str, ...]
    covered: Covered
    heads: Heads
    smallest: int

    @property
    def hidden_cells(self) -> int:
        """How many cells of the table are not shown, small or not, those of the whole among them."""
        return sum(figure.hidden for row in (*self.rows, self.total) for figure in row.figures.values())

    @property
    def hidden_tiles(self) -> int:
        """How many tiles of the map are not shown."""
        return sum(tile.suppressed for tile in self.tiles)

    @property
    def highest(self) -> Row | None:
        """The region with the highest share of the chosen competency, when all are shown.

        Forces are not ranked.
        """
        if self.filters.by is not By.REGION or self.chosen is None or len(self.rows) == 1:
            return None
        key = self.chosen.id
        if any(row.figures[key].hidden for row in self.rows):
            return None
        below = (row for row in self.rows if row.figures[key].percent)
        return max(below, key=lambda row: _share(row, key), default=None)

    @property
    def beside(self) -> Row | None:
        """The row to name beside the whole: the one row that is its own, or the only one there is."""
        own = [row for row in self.rows if row.own] or list(self.rows)
        differs = len(own) == 1 and own[0].figures != self.total.figures
        return own[0] if differs and own[0] is not self.highest else None

    def widest(self, most: int) -> list[tuple[Row, Competency, Figure]]:
        """The widest gaps that are shown, in their order; of the whole where rows are organisations."""
        rows = (self.total,) if self.filters.by is By.ORGANISATION else self.rows
        found = [
            (row, each, row.figures[each.id])
            for row in rows
            for each in self.competencies
            if row.figures[each.id].percent
        ]
        return sorted(found, key=lambda each: -_share(each[0], each[1].id))[:most]


def gap_report(filters: Filters, reach: Reach, published: Catalogue) -> GapReport:
    """Count and disclose one choice."""
    no = None if filters.known_at is None else no_known_on(filters.known_at)
    disclosure = disclose(filters.as_of, no, reach.viewpoint)
    asked = Asked(filters, reach, published, disclosure)
    total = total_row(asked)
    chosen = _chosen(filters, published, total)
    return GapReport(
        filters=filters,
        competencies=tuple(published.framework.competencies),
        chosen=chosen,
        rows=tuple(rows_of(asked)),
        total=total,
        tiles=tuple(tiles_of(asked, chosen.id)) if chosen else (),
        edged=_edged(filters, reach),
        covered=_covered(asked),
        heads=disclosure.heads(asked.whole),
        smallest=disclosure.smallest,
    )


def _chosen(filters: Filters, published: Catalogue, total: Row) -> Competency | None:
    """The competency that map and sentence speak of: the one asked for, else the widest gap of all."""
    competencies = published.framework.competencies
    found = published.framework.competency(filters.competency)
    return found or max(competencies, key=lambda each: _share(total, each.id), default=None)


def _share(row: Row, competency: str) -> float:
    tally = row.figures[competency].tally
    return tally.below / tally.appointments if tally and tally.appointments else -1.0


def _covered(asked: Asked) -> Covered:
    place, on_board, viewpoint = asked.whole, asked.disclosure.day.on_board, asked.reach.viewpoint
    inside = [
        each
        for each in asked.reach.organisations
        if place.organisation in {None, each.id} and place.region in {None, each.region_id}
    ]
    counted = [each for each in inside if each.id in on_board - viewpoint.excluded]
    return Covered(
        counted=tuple(counted),
        not_on_board=tuple(each for each in inside if each.id not in on_board),
        not_sharing=tuple(each for each in inside if each.id in on_board & viewpoint.excluded),
        unnamed=sum(each.id in viewpoint.unnamed for each in counted),
    )


def _edged(filters: Filters, reach: Reach) -> tuple[str, ...]:
    """The names of what has a double edge on the map."""
    organisation = reach.organisation(filters.organisation)
    if organisation is not None:
        return (organisation.name,)
    edged = {filters.region} if filters.region else reach.own_regions
    return tuple(each.name for each in reach.regions if each.id in edged)
