"""Puts rows of the matrix together from cells that a template has drawn once for all that look the same.

Jinja takes longer to look a cell up than to write it, and 300 people have 4,500 of them.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from lms.teams.matrix import Cell, Look


def drawn_cells(cells: Iterable[Cell], drawn: Mapping[Look, Markup]) -> Markup:
    """The cells of a row side by side, each as its look was drawn."""
    return _joined(drawn[cell.look] for cell in cells)


def drawn_items(cells: Iterable[Cell], drawn: Mapping[tuple[str, Look], Markup]) -> Markup:
    """The lines of a card below each other, each as its look in its competency was drawn."""
    return _joined(drawn[cell.competency.id, cell.look] for cell in cells)


def _joined(parts: Iterable[Markup]) -> Markup:
    """The parts as they are; Markup.join would copy and look at each of them once more."""
    return Markup("".join(parts))  # noqa: S704 a template has escaped them
