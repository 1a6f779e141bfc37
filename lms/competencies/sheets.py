"""The counts of days, kept in the process: read once from the ledger, then changed as acts are written.

A day that is kept costs one small statement, whatever the number of people: what moved since. Nothing
kept is ever changed in place, so that readers beside each other never see half of a change.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from flask import current_app
from sqlalchemy import select

from lms.competencies.balances import Head, counted, head, moved_since
from lms.competencies.models import CellRow, Shape
from lms.competencies.tally import Tally
from lms.core.database import db

Derived = TypeVar("Derived")
KEPT_DAYS = 24
"""Days that a process keeps; a page with a trend asks for nine."""


class Atom(NamedTuple):
    """The smallest group that a lead may ask about; people in no pillar have one of their own."""

    region: str
    organisation: str
    role: str
    pillar: str


class Sheet:
    """What is counted for one competency on one day, and what was worked out from it."""

    def __init__(self, atoms: Mapping[Atom, Tally]) -> None:
        self.atoms = atoms
        self._derived: dict[Hashable, Any] = {}

    def derived(self, name: Hashable, work_out: Callable[[Mapping[Atom, Tally]], Derived]) -> Derived:
        """What follows from the counts, worked out once under its name."""
        if name not in self._derived:
            self._derived[name] = work_out(self.atoms)
        found: Derived = self._derived[name]
        return found


EMPTY = Sheet({})
Asked = tuple[date, int | None]
"""A day, and the act at which it is known; None: as known now."""


@dataclass(frozen=True, slots=True)
class DaySheets:
    """The sheets of one day; `whole` when all were read, and not only those asked for so far."""

    sheets: Mapping[str, Sheet]
    whole: bool

    def sheet(self, competency: str) -> Sheet:
        """The counts for one competency. Raises KeyError when it was not read."""
        if self.whole:
            return self.sheets.get(competency, EMPTY)
        return self.sheets[competency]


@dataclass(frozen=True, slots=True)
class Kept:
    """All days that are kept; those as known now are as known at the newest act of the head read last."""

    at: Head
    days: Mapping[Asked, DaySheets] = field(default_factory=dict)

    @property
    def upto(self) -> int:
        """The newest act."""
        return self.at.latest

    def has(self, day: date, no: int | None) -> bool:
        """Whether a day as known at an act is kept, for good or since it is the newest act."""
        return no is not None and ((day, no) in self.days or (no == self.upto and (day, None) in self.days))


def sheets_on(day: date, no: int | None, competency: str | None = None) -> tuple[DaySheets, int]:
    """The sheets of a day, as known now (None) or at an act, and the number of the act that this is.

    With a competency at least its sheet is there, else all are. What is not kept is read.
    """
    kept: Kept | None = current_app.extensions.get("sheets")
    if kept is None or not kept.has(day, no):
        kept = _brought_forward(head())
    no = None if no is not None and no >= kept.upto else no
    known = kept.upto if no is None else no
    found = kept.days.get((day, no), DaySheets({}, whole=False))
    if not found.whole and (competency is None or competency not in found.sheets):
        read = _read(day, known, competency)
        found = DaySheets({**found.sheets, **read}, whole=competency is None)
    _keep(kept, (day, no), found)
    return found, known


def last_head() -> Head:
    """The head that was read last; whoever asks with one that is too old gets no answer."""
    kept: Kept | None = current_app.extensions.get("sheets")
    return kept.at if kept else head()


def forget() -> None:
    """Forget what this process keeps, after a ledger was filled anew."""
    for name in ("sheets", "atoms", "moved"):
        current_app.extensions.pop(name, None)


def _brought_forward(at: Head) -> Kept:
    """What is kept, with all that acts have moved since."""
    kept: Kept = current_app.extensions.get("sheets", Kept(at))
    if kept.upto > at.latest:
        return Kept(at)  # others know more than this transaction, which began before, can read
    if kept.upto == at.latest:
        return Kept(at, kept.days)
    moved = moved_since(kept.upto, at.latest) if kept.days else {}
    days = {}
    for (day, no), sheets in kept.days.items():
        days[day, no] = sheets if no is not None else _changed(day, sheets, moved)
    return Kept(at, days)


def _changed(day: date, kept: DaySheets, moved: Mapping[tuple[date, int, str], Tally]) -> DaySheets:
    """A day with what acts have moved up to it; sheets that they did not touch stay as they are."""
    changes: dict[str, dict[int, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for (effective, cell, competency), tally in moved.items():
        if effective <= day and (kept.whole or competency in kept.sheets):
            changes[competency][cell].merge(tally)
    sheets = dict(kept.sheets)
    for competency, cells in changes.items():
        sheets[competency] = _added(sheets.get(competency, EMPTY), cells)
    return replace(kept, sheets=sheets)


def _added(sheet: Sheet, cells: Mapping[int, Tally]) -> Sheet:
    found = dict(sheet.atoms)
    atoms = _atoms(cells)
    for cell, tally in cells.items():
        total = Tally(*found.get(atoms[cell], Tally()).numbers)
        total.merge(tally)
        found[atoms[cell]] = total
    return Sheet({atom: tally for atom, tally in found.items() if tally})


def _read(day: date, no: int, competency: str | None) -> dict[str, Sheet]:
    """The sheets of a day from the ledger; read again while somebody folds it."""
    while (counts := counted(head(), day, no, competency)) is None:
        pass
    atoms = _atoms({cell for cell, _ in counts})
    found: dict[str, dict[Atom, Tally]] = defaultdict(dict)
    for (cell, key), tally in counts.items():
        if tally:
            found[key][atoms[cell]] = tally
    sheets = {key: Sheet(atoms) for key, atoms in found.items()}
    return {competency: EMPTY, **sheets} if competency else sheets


def _atoms(cells: Collection[int]) -> dict[int, Atom]:
    """The atoms of cells, which are kept since they never change."""
    known: dict[int, Atom] = current_app.extensions.get("atoms", {})
    if any(cell not in known for cell in cells):
        place = (CellRow.region_id, CellRow.organisation_id, CellRow.role_profile_id, CellRow.pillar_id)
        rows = db.session.execute(select(CellRow.id, *place).where(CellRow.shape == Shape.ATOM))
        known = current_app.extensions["atoms"] = {key: Atom(*named) for key, *named in rows}
    return known


def _keep(kept: Kept, asked: Asked, sheets: DaySheets) -> None:
    """Keep a day as the one that was asked for last; the one that nobody asked for longest goes."""
    days = {key: value for key, value in kept.days.items() if key != asked}
    for oldest in list(days)[: len(days) - KEPT_DAYS + 1]:
        del days[oldest]
    current_app.extensions["sheets"] = Kept(kept.at, {**days, asked: sheets})
