"""The gap report of one choice: rows, map and notes, all from one set of figures."""

from dataclasses import dataclass

from flask_babel import gettext as _

from lms.competencies.disclosure import Figure, disclose
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.people.acts import no_known_on
from lms.people.models import Organisation, OrganisationKind, Sharing
from lms.reports.filters import MOST_COMBINED, By, Filters, combined
from lms.reports.reach import Reach
from lms.reports.rows import Asked, Row, rows, total_row


@dataclass(frozen=True, slots=True)
class Tile:
    """One force on the map."""

    code: str
    name: str
    column: int
    row: int
    percent: int | None
    suppressed: bool
    on_board: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class GapReport:
    """Everything that the page, the map and the file say."""

    filters: Filters
    competencies: tuple[Competency, ...]
    chosen: Competency | None
    rows: tuple[Row, ...]
    total: Row
    tiles: tuple[Tile, ...]
    counted: tuple[Organisation, ...]
    not_on_board: tuple[Organisation, ...]
    not_sharing: tuple[Organisation, ...]
    unnamed: int
    away: int
    two_posts: int
    smallest: int
    region_title: str

    @property
    def row_heading(self) -> str:
        """What a row is."""
        return {
            By.REGION: _("Region"),
            By.ORGANISATION: _("Organisation"),
            By.TEAM: _("Team"),
            By.ROLE: _("Role"),
            By.PILLAR: _("Pillar"),
        }[self.filters.by]

    @property
    def hidden_cells(self) -> int:
        """How many cells of the table are not shown, small or not."""
        return sum(figure.hidden for row in self.rows for figure in row.figures.values())

    @property
    def hidden_tiles(self) -> int:
        """How many tiles of the map are not shown."""
        return sum(tile.suppressed for tile in self.tiles)

    @property
    def highest(self) -> Row | None:
        """The region with the highest share of the chosen competency; forces are not ranked."""
        if self.filters.by is not By.REGION or self.chosen is None:
            return None
        key = self.chosen.id
        return max(
            (row for row in self.rows if row.figures[key].percent),
            key=lambda row: _share(row, key),
            default=None,
        )

    def widest(self, most: int) -> list[tuple[Row, Competency, Figure]]:
        """The widest gaps that are shown, in their order."""
        found = [
            (row, each, row.figures[each.id])
            for row in self.rows
            for each in self.competencies
            if row.figures[each.id].percent
        ]
        return sorted(found, key=lambda each: -_share(each[0], each[1].id))[:most]


def gap_report(filters: Filters, reach: Reach, published: Catalogue) -> GapReport:
    """Count and disclose one choice."""
    no = None if filters.known_at is None else no_known_on(filters.known_at)
    disclosure = disclose(filters.as_of, no, reach.excluded)
    asked = Asked(filters, reach, published, disclosure)
    total = total_row(asked)
    chosen = _chosen(filters, published, total)
    inside = [each for each in reach.organisations if _inside(each, filters)]
    on_board = disclosure.day.on_board
    return GapReport(
        filters=filters,
        competencies=tuple(published.framework.competencies),
        chosen=chosen,
        rows=tuple(rows(asked)),
        total=total,
        tiles=tuple(_tiles(asked, chosen)),
        counted=tuple(each for each in inside if each.id in on_board and each.id not in reach.excluded),
        not_on_board=tuple(each for each in inside if each.id not in on_board),
        not_sharing=tuple(each for each in inside if each.id in on_board & reach.excluded),
        unnamed=sum(each.id in on_board and each.sharing == Sharing.UNNAMED for each in inside),
        away=disclosure.day.away,
        two_posts=disclosure.day.appointments - len(disclosure.day.people),
        smallest=disclosure.smallest,
        region_title=region.name if (region := reach.region(filters.region)) else "",
    )


def _chosen(filters: Filters, published: Catalogue, total: Row) -> Competency | None:
    """The competency that map and sentence speak of: the one asked for, else the widest gap of all."""
    competencies = published.framework.competencies
    found = next((each for each in competencies if each.id == filters.competency), None)
    return found or max(competencies, key=lambda each: _share(total, each.id), default=None)


def _share(row: Row, competency: str) -> float:
    tally = row.figures[competency].tally
    return tally.below / tally.appointments if tally and tally.appointments else -1.0


def _inside(organisation: Organisation, filters: Filters) -> bool:
    return filters.region in {"", organisation.region_id} and filters.organisation in {"", organisation.id}


def _tiles(asked: Asked, chosen: Competency | None) -> list[Tile]:
    """The forces that the one who asks may open, each at its place; none for a choice of too many things."""
    filters = asked.filters
    about_force = Filters(By.ORGANISATION, filters.as_of, role=filters.role, pillar=filters.pillar)
    if chosen is None or combined(about_force) > MOST_COMBINED:
        return []
    forces = [each for each in asked.reach.open if each.kind != OrganisationKind.FIRE and each.code]
    placed = {each.id: (each.tile_column, each.tile_row) for each in forces}
    unplaced = sorted(each.id for each in forces if each.tile_column is None)
    places = {key: (unplaced.index(key), 0) if key in unplaced else place for key, place in placed.items()}
    return [_tile(each, places[each.id], asked, chosen.id) for each in forces]


def _tile(force: Organisation, place: tuple[int | None, int | None], asked: Asked, competency: str) -> Tile:
    figure = asked.disclosure.figure(asked.group(organisation=force.id), competency)
    on_board = force.id in asked.disclosure.day.on_board
    return Tile(
        code=force.code or "",
        name=force.name,
        column=place[0] or 0,
        row=place[1] or 0,
        percent=figure.percent,
        suppressed=figure.hidden,
        on_board=on_board,
        chosen=asked.filters.region == force.region_id,
    )
