"""The gap report of one choice: rows, map and notes, all from one set of figures."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from lms.competencies.counts import organisations_on_board
from lms.competencies.disclosure import Figure, Heads, disclose
from lms.competencies.suppression import NO_PILLAR
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.people.acts import no_known_on
from lms.reports.columns import Column, columns_of
from lms.reports.covered import Covered, covered
from lms.reports.filters import By, Filters
from lms.reports.measures import Measure
from lms.reports.reach import Reach
from lms.reports.rows import Asked, Row, in_order, rows_of, total_row
from lms.reports.tiles import Tile, tiles_of


@dataclass(frozen=True, slots=True)
class GapReport:
    """Everything that the page, the map and the files say of a day."""

    asked: Asked
    competencies: tuple[Competency, ...]
    columns: tuple[Column, ...]
    chosen: Column | None
    rows: tuple[Row, ...]
    total: Row
    tiles: tuple[Tile, ...]
    edged: tuple[str, ...]
    covered: Covered
    heads: Heads
    smallest: int

    @property
    def filters(self) -> Filters:
        """The choice."""
        return self.asked.filters

    @property
    def measure(self) -> Measure:
        """What its figures say."""
        return self.filters.measure

    @property
    def said(self) -> Measure:
        """What the sentence says of the whole: the measure, or how many are below where it is withheld."""
        known = self.chosen is not None and self.measure.says(self.total.figure(self.chosen).tally)
        return self.measure if known else Measure.BELOW

    @property
    def withheld(self) -> bool:
        """Whether a group of the table is shown that does not say of which kinds its people below are."""
        figures = (row.figure(each).tally for row in (*self.rows, self.total) for each in self.columns)
        return any(tally is not None and not tally.detailed for tally in figures)

    @property
    def first(self) -> date | None:
        """The first day on which anything is counted, as known; None when no organisation is on board yet."""
        return min(self.asked.boarded.values(), default=None)

    @property
    def place(self) -> tuple[str, ...]:
        """What the whole is, in words: the place, and the role and the pillar that were chosen."""
        framework = self.asked.published.framework
        role, pillar = framework.role(self.filters.role), framework.pillar(self.filters.pillar)
        none = (_("in no pillar"),) if self.filters.pillar == NO_PILLAR else ()
        return (self.total.title, *(each.title for each in (role, pillar) if each), *none)

    @property
    def place_in_text(self) -> tuple[str, ...]:
        """The same in the middle of a sentence."""
        whole = self.total.group
        everywhere = whole is not None and whole.region is whole.organisation is None
        return (_("all regions") if everywhere else self.total.title, *self.place[1:])

    @property
    def hidden_cells(self) -> int:
        """How many cells of the table are not shown, small or not, those of the whole among them."""
        figures = (row.figure(each) for row in (*self.rows, self.total) for each in self.columns)
        return sum(not self.measure.says(each.tally) for each in figures)

    @property
    def hidden_tiles(self) -> int:
        """How many tiles of the map are not shown."""
        return sum(tile.suppressed for tile in self.tiles)

    @property
    def highest(self) -> Row | None:
        """The region with the greatest need in the chosen column, when all are shown.

        Forces are not ranked.
        """
        chosen = self.chosen
        if self.filters.by is not By.REGION or chosen is None or len(self.rows) == 1:
            return None
        if not all(self.measure.says(row.figure(chosen).tally) for row in self.rows):
            return None
        asked = [row for row in self.rows if self._stands_out(row.figure(chosen))]
        return max(asked, key=lambda row: self._need(row, chosen), default=None)

    @property
    def beside(self) -> Row | None:
        """The row to name beside the whole: the one row that is its own, or the only one there is."""
        own = [row for row in self.rows if row.own] or list(self.rows)
        differs = len(own) == 1 and own[0].figures != self.total.figures
        return own[0] if differs and own[0] is not self.highest else None

    def widest(self, most: int) -> list[tuple[Row, Column, Figure]]:
        """The greatest needs that are shown, in their order; of the whole where rows are organisations."""
        rows = (self.total,) if self.filters.by is By.ORGANISATION else self.rows
        found = [(row, each, row.figure(each)) for row in rows for each in self.columns]
        shown = [each for each in found if self._stands_out(each[2])]
        return sorted(shown, key=lambda each: -self._need(each[0], each[1]))[:most]

    def _stands_out(self, figure: Figure) -> bool:
        """Whether a figure is one to point at: it is shown, and says that something is needed."""
        value = self.measure.per_hundred(figure.tally)
        return value is not None and (value > 0 or not self.measure.rises_with_need)

    def _need(self, row: Row, column: Column) -> float:
        return self.measure.need(row.figure(column).tally) or 0.0


def gap_report(filters: Filters, reach: Reach, published: Catalogue) -> GapReport:
    """Count and disclose one choice."""
    no = None if filters.known_at is None else no_known_on(filters.known_at)
    disclosure = disclose(filters.as_of, no, reach.viewpoint)
    asked = Asked(filters, reach, published, disclosure, organisations_on_board(date.max, no), no)
    columns = columns_of(filters.columns, published.framework)
    total = total_row(asked)
    chosen = _chosen(filters, columns, total)
    return GapReport(
        asked=asked,
        competencies=tuple(published.framework.competencies),
        columns=columns,
        chosen=chosen,
        rows=in_order(tuple(rows_of(asked)), filters, chosen),
        total=total,
        tiles=_map(asked, chosen) if chosen else (),
        edged=_edged(filters, reach),
        covered=covered(asked),
        heads=disclosure.heads(asked.whole),
        smallest=disclosure.smallest,
    )


def _chosen(filters: Filters, columns: tuple[Column, ...], total: Row) -> Column | None:
    """The column that map and sentence speak of: the one asked for, else the greatest need of all."""
    found = next((each for each in columns if each.id == filters.column), None)
    needs = [(filters.measure.need(total.figure(each).tally), each) for each in columns]
    figures = [(need, each) for need, each in needs if need is not None]
    widest = max(figures, key=lambda each: each[0], default=(0.0, columns[0] if columns else None))
    return found or widest[1]


def _map(asked: Asked, chosen: Column) -> tuple[Tile, ...]:
    """The tiles of the chosen column; none for a measure that is said of no force."""
    tiles = tuple(tiles_of(asked, chosen))
    said = any(each.value is not None for each in tiles)
    return tiles if said or asked.filters.measure is Measure.BELOW else ()


def _edged(filters: Filters, reach: Reach) -> tuple[str, ...]:
    """The names of what has a double edge on the map."""
    organisation = reach.organisation(filters.organisation)
    if organisation is not None:
        return (organisation.name,)
    edged = {filters.region} if filters.region else reach.own_regions
    return tuple(each.name for each in reach.regions if each.id in edged)
