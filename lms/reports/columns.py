"""The columns of the gap report: a competency each, or an area that adds up its competencies."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lms.competencies.disclosure import NOBODY, Figure
from lms.content.framework import Framework


class Columns(StrEnum):
    """What a column of the report is."""

    COMPETENCY = "competency"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its id, its names, and the competencies that it adds up."""

    id: str
    title: str
    short: str
    competencies: tuple[str, ...]
    is_area: bool = False

    def figure(self, figures: dict[str, Figure]) -> Figure:
        """The figure of this column among those of a group; an area is shown when all its parts are."""
        if not self.is_area:
            return figures[self.id]
        parts = [figures[each].tally for each in self.competencies]
        whole = NOBODY
        for part in parts:
            if part is None:
                return Figure(None)
            whole += part
        return Figure(whole)


def columns_of(kind: Columns, framework: Framework) -> tuple[Column, ...]:
    """The columns of a kind, in the order of the framework; areas without a competency are left out."""
    if kind is Columns.AREA:
        return tuple(_areas(framework))
    return tuple(Column(each.id, each.title, each.short, (each.id,)) for each in framework.competencies)


def _areas(framework: Framework) -> Iterator[Column]:
    for area in framework.areas:
        inside = tuple(each.id for each in framework.competencies if each.area == area.id)
        if inside:
            yield Column(area.id, area.title, area.short or area.title, inside, is_area=True)
