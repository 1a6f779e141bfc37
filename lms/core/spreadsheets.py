"""Files for a spreadsheet: CSV that no program takes for formulas, workbooks with a sheet that explains."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

from flask import Response, make_response
from flask_babel import gettext as _
from xlsxwriter import Workbook

FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A name that begins with “=” or looks like an address stays a name.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
NAME, NUMBER, ABOUT = 34, 14, 110
Cells = Sequence[str | float | None]
MIMETYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attachment(name: str, content: str | bytes) -> Response:
    """A file to keep under a name, whose ending tells its kind."""
    response = make_response(content)
    response.mimetype = MIMETYPES[name.rpartition(".")[2]]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a head; texts that a spreadsheet would take for formulas are guarded, short rows filled up."""
    kept = StringIO()
    writer = csv.writer(kept)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] + [""] * (len(columns) - len(row)) for row in rows)
    return kept.getvalue()


def guarded(cell: object) -> object:
    """The cell, with a quote before a text that a spreadsheet would take for a formula; numbers stay."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) and not _is_number(cell) else cell


def workbook(
    title: str,
    head: Sequence[str],
    rows: Iterable[Cells],
    about: Iterable[tuple[str, str]],
    *,
    names: int = 3,
    formats: Mapping[int, str] | None = None,
) -> bytes:
    """A workbook of two sheets. A None leaves a cell empty.

    The first columns, as many as `names`, have words; `formats` are of columns by their place.
    """
    made = BytesIO()
    with Workbook(made, OPTIONS) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        looks = {place: book.add_format({"num_format": each}) for place, each in (formats or {}).items()}
        figures, words, last = book.add_worksheet(title), book.add_worksheet(_("What this is")), 0
        figures.write_row(0, 0, head, bold)
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if value is not None:
                    figures.write(last, place, value, looks.get(place))
        figures.set_column(0, len(head) - 1, NUMBER)
        figures.set_column(0, names - 1, NAME)
        figures.freeze_panes(1, 1)
        figures.autofilter(0, 0, max(1, last), len(head) - 1)
        for number, (name, said) in enumerate(about):
            words.write_string(number, 0, name, bold)
            words.write_string(number, 1, said, text)
        words.set_column(0, 0, NAME)
        words.set_column(1, 1, ABOUT)
    return made.getvalue()


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdecimal()
