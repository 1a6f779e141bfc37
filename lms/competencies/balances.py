"""Reads counts and their changes from the ledger: what is folded, and the movements since.

Each question is one statement. A guard row in it says how often the ledger was folded by then; when
somebody folded meanwhile, the answer is None, and the question is asked again with a new head.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.elements import SQLCoreOperations

from lms.competencies.folding import KEPT_BY_DAY, LedgerError, sums
from lms.competencies.models import RULE, Balance, CellRow, Flow, Ledger, Movement, Rollup, Shape
from lms.competencies.suppression import NO_PILLAR, Group
from lms.competencies.tally import NUMBERS, Cell, Tally
from lms.core import clock
from lms.core.database import db
from lms.people.acts import OUTRUN
from lms.people.models import Act

DAY = timedelta(days=1)
HALF_A_MONTH = 15
Counts = dict[tuple[int, str], Tally]
"""An atom (the id of its cell) and a competency, to what is counted there."""
Moved = dict[tuple[str, str], Tally]
"""A competency and a cause, to what it moved."""
Clause = SQLCoreOperations[bool] | ColumnElement[bool]
Part = Select[*tuple[Any, ...]]
Answer = CompoundSelect[*tuple[Any, ...]]
Day = date | BindParameter[date]
BY_ATOM, BY_CAUSE = ("cell_id", "competency_id"), ("competency_id", "cause")
ATOMS = CellRow.shape == Shape.ATOM
PLACES = {
    "region": CellRow.region_id,
    "organisation": CellRow.organisation_id,
    "role": CellRow.role_profile_id,
    "pillar": CellRow.pillar_id,
}
LATE: ColumnElement[bool] = literal_column("movement.late")
"""As the index of late movements says it; SQLite would not see it in `late = 1`."""
HEAD = select(
    select(func.coalesce(func.max(Act.no), 0)).scalar_subquery(), Ledger.folds, Ledger.folded_to, Ledger.day
).where(Ledger.id == RULE)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest act; how often the ledger was folded, up to which act, and to which day."""

    latest: int
    folds: int
    folded_to: int
    day: date


def head() -> Head:
    """How far the ledger is; one statement. Raises LedgerError before it is filled."""
    row = db.session.execute(HEAD).first()
    if row is None:
        message = "the ledger is not filled: run flask ledger fill"
        raise LedgerError(message)
    return Head(*row)


def counted(at: Head, day: date, no: int, competency: str | None = None) -> Counts | None:
    """What every atom counts on a day, as known at an act, for one competency or (None) for all."""
    parts = [
        _part(Balance, 1, _of(Balance, competency), ATOMS),
        *_between(at, day, competency),
        *_unfolded(at, day, no, competency),
    ]
    return _answer(at, _together(parts, BY_ATOM), BY_ATOM)


def moved_since(after: int, upto: int) -> dict[tuple[date, int, str], Tally]:
    """What acts after one and up to another moved, by day, atom and competency; one statement."""
    new = and_(Movement.recorded > after, Movement.recorded <= upto)
    rows = db.session.execute(_of_acts(1, new, ATOMS, by=("effective", *BY_ATOM)))
    return {(day, cell, key): Tally(*map(int, numbers)) for day, cell, key, *numbers in rows}


def counted_in_teams(teams: Collection[int], day: date, no: int) -> dict[tuple[Cell, str], Tally]:
    """What each cell of these teams counts on a day, as known at an act; one statement."""
    place = (CellRow.region_id, CellRow.organisation_id, CellRow.team_id, CellRow.role_profile_id)
    keys = (*place, CellRow.pillar_id, Movement.competency_id)
    query = select(*keys, *sums(Movement)).join(CellRow, CellRow.id == Movement.cell_id)
    query = query.where(CellRow.team_id.in_(teams), Movement.effective <= day, Movement.recorded <= no)
    # By the id of a cell, which stands for all its names and is quicker to sort by.
    query = query.group_by(CellRow.id, Movement.competency_id)
    found: dict[tuple[Cell, str], Tally] = {}
    for region, organisation, team, role, pillar, key, *numbers in db.session.execute(query):
        cell = Cell(region, organisation, team, role, None if pillar == NO_PILLAR else pillar)
        found[cell, key] = Tally(*numbers)
    return found


def moved(
    at: Head, group: Group, days: tuple[date, date], no: int, without: frozenset[str] = frozenset()
) -> Moved | None:
    """What moved a group after a day and up to another, by cause, as known at an act.

    Organisations in `without` are left out.
    """
    named = {key: value for key, value in group._asdict().items() if value is not None}
    unknown = (no > at.folded_to) - (no < at.folded_to)
    values = {**named, **_Days(*days).values, "folded_to": at.folded_to, "no": no, "without": sorted(without)}
    return _answer(at, _moved(tuple(named), bool(without), unknown), BY_CAUSE, values)


@cache
def _moved(names: tuple[str, ...], without: bool, unknown: int) -> Answer:  # noqa: FBT001 a key of the cache
    """The statement of what moved, built once for all groups of a kind: to build it takes longer than to ask.

    `unknown`: acts are to be added that were not folded yet (1), or taken away that were not known yet (-1).
    """
    named = _named(names, without)
    shape = Shape.ATOM if len(named) > 1 or without else Shape(names[0] if names else Shape.NATION)
    inside, atoms = and_(CellRow.shape == shape, *named), and_(ATOMS, *named)
    between = _Days(*(bindparam(key) for key in ("after", "upto", "first", "last")))
    folded_to: BindParameter[int] = bindparam("folded_to")
    no: BindParameter[int] = bindparam("no")
    parts = [_part(Flow, 1, Flow.month, between.months(Flow.day), inside, by=BY_CAUSE)]
    if shape in KEPT_BY_DAY:
        parts.append(_part(Flow, 1, ~Flow.month, between.rest(Flow.day), inside, by=BY_CAUSE))
    else:
        rest = and_(Movement.recorded <= folded_to, between.rest(Movement.effective))
        parts.append(_part(Movement, 1, rest, atoms, by=BY_CAUSE))
    if unknown:
        low, high = (folded_to, no) if unknown > 0 else (no, folded_to)
        acts = and_(Movement.recorded > low, Movement.recorded <= high, between.all(Movement.effective))
        parts.append(_of_acts(unknown, acts, atoms, by=BY_CAUSE))
    return _together(parts, BY_CAUSE)


def _named(names: Sequence[str], without: bool) -> list[ColumnElement[bool]]:  # noqa: FBT001 as above
    """Cells in places with these names, but for those of organisations that are left out."""
    named = [PLACES[name] == bindparam(name) for name in names]
    if without:
        named.append(CellRow.organisation_id.not_in(bindparam("without", expanding=True)))
    return named


class _Days:
    """The days after one and up to another: the whole months among them, and the rest."""

    def __init__(self, after: Day, upto: Day, first: Day | None = None, last: Day | None = None) -> None:
        self._after, self._upto = after, upto
        self._first = _first_month(after) if isinstance(after, date) else first
        self._last = (upto + DAY).replace(day=1) if isinstance(upto, date) else last

    @property
    def values(self) -> dict[str, Any]:
        """The days by the names under which a statement takes them."""
        return {"after": self._after, "upto": self._upto, "first": self._first, "last": self._last}

    def all(self, column: SQLCoreOperations[date]) -> ColumnElement[bool]:
        """Whether a day is among them."""
        return and_(column > self._after, column <= self._upto)

    def months(self, column: SQLCoreOperations[date]) -> ColumnElement[bool]:
        """Whether a month that begins on a day lies wholly among them."""
        return and_(column >= self._first, column < self._last)

    def rest(self, column: SQLCoreOperations[date]) -> ColumnElement[bool]:
        """Whether a day is among them, and in none of the whole months."""
        return and_(self.all(column), or_(column < self._first, column >= self._last))


def _first_month(after: date) -> date:
    """The first day of the first month that begins after a day."""
    following = after + DAY
    return following if following.day == 1 else (after.replace(day=1) + 31 * DAY).replace(day=1)


def _between(at: Head, day: date, competency: str | None) -> Iterator[Part]:
    """From the day of the balances to the one that is asked, forwards or backwards.

    By whole months, up to the ends that are nearest; the few days between are then added or taken away.
    """
    if day == at.day:
        return
    sign, after, upto = (1, at.day, day) if day > at.day else (-1, day, at.day)
    first, last = _nearest_month(after + DAY), _nearest_month(upto + DAY)
    yield _part(Flow, sign, Flow.month, Flow.day >= first, Flow.day < last, _of(Flow, competency), ATOMS)
    folded = and_(Movement.recorded <= at.folded_to, _of(Movement, competency))
    for times, begin, end in ((sign, after + DAY, first), (sign, last, upto + DAY)):
        if begin != end:
            low, high = sorted((begin, end))
            days = and_(Movement.effective >= low, Movement.effective < high)
            yield _of_acts(times if begin < end else -times, and_(folded, days), ATOMS)


def _nearest_month(day: date) -> date:
    """The first day of a month that is nearest to a day."""
    return (day if day.day <= HALF_A_MONTH else day.replace(day=1) + 31 * DAY).replace(day=1)


def _unfolded(at: Head, day: date, no: int, competency: str | None) -> Iterator[Part]:
    """What acts after the last folding moved, or what acts did that were not known yet, taken away."""
    upto = and_(Movement.effective <= day, _of(Movement, competency))
    late = LATE if no < at.folded_to and _was_over(day, no) else true()
    for sign, acts in _acts(at, no):
        yield _of_acts(sign, and_(acts, upto, late if sign < 0 else true()), ATOMS)


def _acts(at: Head, no: int) -> Iterator[tuple[int, Clause]]:
    """The acts that were not folded (1), and those folded that were not known yet (-1)."""
    if no > at.folded_to:
        yield 1, and_(Movement.recorded > at.folded_to, Movement.recorded <= no)
    if no < at.folded_to:
        yield -1, and_(Movement.recorded > no, Movement.recorded <= at.folded_to)


def _was_over(day: date, no: int) -> bool:
    """Whether a day was over for certain when each act after this one was begun."""
    following = select(Act.at).where(Act.no > no).order_by(Act.no).limit(OUTRUN).subquery()
    earliest = db.session.scalar(select(func.min(following.c.at)))
    return earliest is not None and day < clock.london_day(earliest)


def _of(table: type[Balance | Flow | Movement], competency: str | None) -> ColumnElement[bool]:
    return true() if competency is None else table.competency_id == competency


def _part(
    table: type[Balance | Flow | Movement], sign: int, *where: Clause, by: Sequence[str] = BY_ATOM
) -> Part:
    """Some rows of a table added up, or taken away; a movement stands for the atom that it is part of."""
    cell = Rollup.into_id if table is Movement else table.cell_id
    keys = [(cell if key == "cell_id" else getattr(table, key)).label(key) for key in by]
    query = select(*keys, *((sign * func.sum(getattr(table, each))).label(each) for each in NUMBERS))
    if table is Movement:
        query = query.join(Rollup, Rollup.cell_id == Movement.cell_id)
    return query.join(CellRow, CellRow.id == cell).where(*where).group_by(*keys)


def _of_acts(sign: int, which: Clause, inside: Clause, by: Sequence[str] = BY_ATOM) -> Part:
    """Movements of some acts added up, or taken away; added up by themselves before cells are looked at.

    SQLite would else go through all cells, and look at all that was ever moved there.
    """
    atom = Rollup.into_id.label("cell_id")
    own = [atom, *(getattr(Movement, key) for key in by if key != "cell_id")]
    some = select(*own, *sums(Movement)).join(Rollup, Rollup.cell_id == Movement.cell_id).where(which)
    rows = some.group_by(*own).subquery()
    keys = [rows.c[key] for key in by]
    query = select(*keys, *((sign * func.sum(rows.c[each])).label(each) for each in NUMBERS))
    return query.join(CellRow, CellRow.id == rows.c.cell_id).where(inside).group_by(*keys)


def _together(parts: Sequence[Part], by: Sequence[str]) -> Answer:
    """The parts added up by their keys, and the guard."""
    guard = select(*(null() for _ in by), Ledger.folds, *(literal(0) for _ in NUMBERS[1:]))
    if len(parts) == 1:
        return union_all(parts[0], guard)
    rows = union_all(*parts).subquery()
    keys = [rows.c[key] for key in by]
    # Sums of sums are decimal numbers to PostgreSQL, which Python takes long to read.
    numbers = (cast(func.sum(rows.c[each]), BigInteger).label(each) for each in NUMBERS)
    total = select(*keys, *numbers).group_by(*keys)
    return union_all(total, guard)


def _answer(
    at: Head, statement: Answer, by: Sequence[str], values: Mapping[str, object] | None = None
) -> dict[Any, Tally] | None:
    """What a statement says; None when somebody folded meanwhile."""
    found: dict[Any, Tally] = {}
    unchanged = False
    width = len(by)
    for row in db.session.execute(statement, values or {}).all():
        if row[0] is None:
            unchanged = row[width] == at.folds
        else:
            found[row[:width]] = Tally(*map(int, row[width:]))
    return found if unchanged else None
