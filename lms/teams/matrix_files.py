"""The matrix as files: a row a person and competency, so that a spreadsheet can sort, filter and pivot it.

A wide table would need three columns for each competency (held, required, lapse), and a heading of two
rows, which neither a filter nor a program reads.
"""

from collections.abc import Iterator

from flask_babel import gettext as _

from lms.content import catalogue
from lms.core.languages import day as in_words
from lms.core.spreadsheets import Cells, csv_text, workbook
from lms.teams.choice_form import only_words
from lms.teams.overview import Overview

COLUMNS = (
    "person",
    "name",
    "roles",
    "teams",
    "area",
    "competency",
    "competency_name",
    "required",
    "held",
    "short",
    "lapses_on",
    "modules_overdue",
)
WORDS_FIRST = 6
"""Columns of words in the spreadsheet; the others are figures."""


def matrix_csv(overview: Overview) -> str:
    """Everybody listed, on all pages; a level is 0 to 4, a day as 2027-03-14."""
    return csv_text(COLUMNS, _lines(overview))


def matrix_xlsx(overview: Overview) -> bytes:
    """The same with names, and a sheet that says what it is."""
    head = [
        _("Person"),
        _("Role"),
        _("Team"),
        _("Area"),
        _("Competency"),
        _("Lapses on"),
        _("Required"),
        _("Held"),
        _("Levels short"),
        _("Modules overdue"),
    ]
    return workbook(_("Who can do what"), head, _rows(overview), _about(overview), names=WORDS_FIRST)


def _lines(overview: Overview) -> Iterator[tuple[object, ...]]:
    for each in overview.listed:
        row = each.row
        for cell in each.part.cells:
            competency = cell.competency
            yield (
                row.person_id,
                row.name,
                row.title,
                each.team,
                competency.area,
                competency.id,
                competency.title,
                cell.required,
                cell.held,
                cell.short,
                cell.lapses or "",
                each.overdue,
            )


def _rows(overview: Overview) -> Iterator[Cells]:
    areas = {group.area.id: group.area.title for group in overview.columns}
    for each in overview.listed:
        for cell in each.part.cells:
            yield (
                each.row.name,
                each.row.title,
                each.team,
                areas[cell.competency.area],
                cell.competency.title,
                cell.lapses.isoformat() if cell.lapses else None,
                cell.required,
                cell.held,
                cell.short,
                each.overdue,
            )


def _about(overview: Overview) -> Iterator[tuple[str, str]]:
    matrix = overview.matrix
    yield _("Teams"), "; ".join(team.name for team in overview.shown)
    yield _("As of"), in_words(matrix.day)
    yield _("People listed"), f"{len(overview.listed)} / {len(matrix.rows)}"
    yield from _narrowed(overview)
    yield _("Away, not counted"), str(len(matrix.away))
    yield (
        _("Lapses on"),
        _("The day on which the level held ends, up to %(day)s.", day=in_words(matrix.until)),
    )
    yield _("Levels short"), _("Levels required less levels held; never below zero.")
    yield (
        _("Modules overdue"),
        _("Modules that the person was asked to do by a day that has passed."),
    )


def _narrowed(overview: Overview) -> Iterator[tuple[str, str]]:
    """What the list was narrowed to, if it was."""
    choice = overview.choice
    if role := catalogue.current().framework.role(choice.role):
        yield _("Role"), role.title
    if choice.about:
        yield _("Competencies"), "; ".join(each.title for each in overview.competencies)
    if choice.only:
        yield _("People"), only_words(choice.only)
