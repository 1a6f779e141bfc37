"""What is wrong with a file of people: where, which value, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a file from being imported.

    `row` counts as a spreadsheet does, the headings are row 1; None: the file as a whole.
    """

    row: int | None
    column: str
    value: str
    message: str
    mend: str

    def __str__(self) -> str:
        """The problem as one line."""
        where = "" if self.row is None else f"Row {self.row}"
        if self.column:
            where = f"{where}, {self.column}"
        if self.value:
            where = f"{where} “{self.value}”"
        return f"{where}: {self.message}. {self.mend}" if where else f"{self.message}. {self.mend}"


def did_you_mean(value: str, known: Iterable[str], otherwise: str, likeness: float = 0.6) -> str:
    """A question with the nearest known value, or what to do when none is as like (0 to 1) as that."""
    by_case = {each.casefold(): each for each in known}
    near = get_close_matches(value.casefold(), by_case, n=1, cutoff=likeness)
    return _("Did you mean “%(near)s”?", near=by_case[near[0]]) if near else otherwise
