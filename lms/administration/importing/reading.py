"""Reads a CSV file of an import into lines: encoding, headings and the shape of each row."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from flask_babel import gettext as _

from lms.administration.importing.problems import Problem, did_you_mean

COLUMNS = (
    "email",
    "name",
    "organisation",
    "team",
    "parent_team",
    "manager_email",
    "role_profile",
    "pillar",
    "from",
    "to",
)
SPREADSHEET = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file, a value for each column; `row` counts as a spreadsheet does."""

    row: int
    values: dict[str, str]


def read_lines(
    data: bytes, columns: tuple[str, ...] = COLUMNS, bare: Problem | None = None
) -> tuple[list[Line], list[Problem]]:
    """The rows of a file that hold something, and what is wrong with its encoding, headings and shape.

    `bare` is the problem of a file that has these columns and no rows; left out, that of a file of people.
    """
    text, problem = _text(data, columns)
    if problem:
        return [], [problem]
    records: list[list[str]] = []
    problems: list[Problem] = []
    try:
        records.extend(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error:
        message = _("The quotation marks do not close as they should")
        mend = _("Put them round the whole value, and write each one inside it twice.")
        problems.append(Problem(len(records) + 1, "", "", message, mend))
    headings = [_heading(cell) for cell in records[0]] if records else []
    wrong = list(_heading_problems(headings, columns)) if records else problems
    if wrong:
        return [], wrong
    lines: list[Line] = []
    for row, cells in enumerate(records[1:], 2):
        if any(cell.strip() for cell in cells):
            problem = _shape(row, headings, cells)
            if problem:
                problems.append(problem)
            else:
                lines.append(_line(row, headings, cells))
    if not lines and not problems:
        problems.append(bare or _no_people())
    return lines, problems


def _no_people() -> Problem:
    return Problem(None, "", "", _("The file has headings and no people"), _("Write a row for each person."))


def _text(data: bytes, columns: tuple[str, ...]) -> tuple[str, Problem | None]:
    if data.startswith(SPREADSHEET):
        return "", _whole(_("The file is a spreadsheet"))
    if data.startswith(UTF_16):
        return "", _whole(_("The file is UTF-16 text"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        value = f"0x{data[error.start]:02X}"
        return "", Problem(row, "", value, _("The file is not UTF-8 text"), _save_again())
    if "\0" in text:
        return "", _whole(_("The file is not text"))
    if not text.strip():
        mend = _("Its first row must have the headings %(columns)s.", columns=", ".join(columns))
        return "", Problem(None, "", "", _("The file is empty"), mend)
    return text, None


def _save_again() -> str:
    return _("Save it again as “CSV UTF-8”.")


def _whole(message: str) -> Problem:
    return Problem(None, "", "", message, _save_again())


def _heading(cell: str) -> str:
    return cell.strip().lower().replace(" ", "_").replace("-", "_")


def _heading_problems(headings: list[str], columns: tuple[str, ...]) -> Iterator[Problem]:
    if len(headings) == 1 and any(mark in headings[0] for mark in ";\t|"):
        yield Problem(1, "", "", _("The columns are not separated by commas"), _save_again())
        return
    if not any(headings):
        mend = _("Write the headings %(columns)s.", columns=", ".join(columns))
        yield Problem(1, "", "", _("The first row has no headings"), mend)
        return
    missing = [column for column in columns if column not in headings]
    for heading in headings:
        if heading and heading not in columns:
            mend = did_you_mean(heading, missing, _("Take the column out."))
            yield Problem(1, heading, "", _("There is no such column"), mend)
    for column in missing:
        mend = _("Add it; its values may be empty where nothing is known.")
        yield Problem(1, column, "", _("The column is missing"), mend)
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            yield Problem(1, heading, "", _("The column is there more than once"), _("Keep one of them."))


def _shape(row: int, headings: list[str], cells: list[str]) -> Problem | None:
    beyond = [
        cell
        for index, cell in enumerate(cells)
        if cell.strip() and (index >= len(headings) or not headings[index])
    ]
    if beyond:
        mend = _("Put quotation marks round a value that holds a comma.")
        return Problem(row, "", beyond[0].strip(), _("The row has more values than there are headings"), mend)
    if len(cells) < len([each for each in headings if each]):
        mend = _("Write a comma for each value that is empty.")
        return Problem(row, "", "", _("The row has fewer values than there are headings"), mend)
    return None


def _line(row: int, headings: list[str], cells: list[str]) -> Line:
    values = {
        heading: " ".join(cell.split()) for heading, cell in zip(headings, cells, strict=False) if heading
    }
    return Line(row, values)
