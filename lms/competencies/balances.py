"""Reads counts and their changes from the ledger: what is folded, and the movements since.

Each question is one statement. A guard row in it says how often the ledger was folded by then; when
somebody folded meanwhile, the answer is None, and the question is asked again with a new head.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, null, or_, select, true, union_all
from sqlalchemy.sql.elements import SQLCoreOperations

from lms.competencies.folding import KEPT_BY_DAY, LedgerError, sums
from lms.competencies.models import Balance, CellRow, Flow, Ledger, Movement, Rollup, Shape
from lms.competencies.suppression import NO_PILLAR, Group
from lms.competencies.tally import NUMBERS, Cell, Tally
from lms.core import clock
from lms.core.database import db
from lms.people.models import Act

DAY = timedelta(days=1)
Counts = dict[tuple[int, str], Tally]
"""An atom (the id of its cell) and a competency, to what is counted there."""
Moved = dict[tuple[str, str], Tally]
"""A competency and a cause, to what it moved."""
Clause = SQLCoreOperations[bool] | ColumnElement[bool]
Part = Select[*tuple[Any, ...]]
BY_ATOM, BY_CAUSE, BY_COMPETENCY = (
    ("cell_id", "competency_id"),
    ("competency_id", "cause"),
    ("competency_id",),
)
ATOMS = CellRow.shape == Shape.ATOM


@dataclass(frozen=True, slots=True)
class Head:
    """The newest act; how often the ledger was folded, up to which act, and to which day."""

    latest: int
    folds: int
    folded_to: int
    day: date


def head() -> Head:
    """How far the ledger is; one statement. Raises LedgerError before it is filled."""
    latest = select(func.coalesce(func.max(Act.no), 0)).scalar_subquery()
    row = db.session.execute(select(latest, Ledger.folds, Ledger.folded_to, Ledger.day)).first()
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
    return _answer(at, parts, BY_ATOM)


def moved_since(after: int, upto: int) -> dict[tuple[date, int, str], Tally]:
    """What acts after one and up to another moved, by day, atom and competency; one statement."""
    new = and_(Movement.recorded > after, Movement.recorded <= upto)
    rows = db.session.execute(_part(Movement, 1, new, ATOMS, by=("effective", *BY_ATOM)))
    return {(day, cell, key): Tally(*map(int, numbers)) for day, cell, key, *numbers in rows}


def counted_in_teams(teams: Collection[int], day: date, no: int) -> dict[tuple[Cell, str], Tally]:
    """What each cell of these teams counts on a day, as known at an act; one statement."""
    place = (CellRow.region_id, CellRow.organisation_id, CellRow.team_id, CellRow.role_profile_id)
    keys = (*place, CellRow.pillar_id, Movement.competency_id)
    query = select(*keys, *sums(Movement)).join(CellRow, CellRow.id == Movement.cell_id)
    query = query.where(CellRow.team_id.in_(teams), Movement.effective <= day, Movement.recorded <= no)
    found: dict[tuple[Cell, str], Tally] = {}
    for region, organisation, team, role, pillar, key, *numbers in db.session.execute(query.group_by(*keys)):
        cell = Cell(region, organisation, team, role, None if pillar == NO_PILLAR else pillar)
        found[cell, key] = Tally(*map(int, numbers))
    return found


def moved(
    at: Head, group: Group, days: tuple[date, date], no: int, without: frozenset[str] = frozenset()
) -> Moved | None:
    """What moved a group after a day and up to another, by cause, as known at an act.

    Organisations in `without` are left out.
    """
    named = _named(group, without)
    shape = Shape.ATOM if without or len(named) > 1 else Shape(next(iter(named), Shape.REGION))
    inside, atoms = and_(CellRow.shape == shape, *named.values()), and_(ATOMS, *named.values())
    between = _Days(*days)
    folded = [_part(Flow, 1, Flow.month, between.months(Flow.day), inside, by=BY_CAUSE)]
    if shape in KEPT_BY_DAY:
        folded.append(_part(Flow, 1, ~Flow.month, between.rest(Flow.day), inside, by=BY_CAUSE))
    else:
        rest = and_(Movement.recorded <= at.folded_to, between.rest(Movement.effective))
        folded.append(_part(Movement, 1, rest, atoms, by=BY_CAUSE))
    within = and_(Movement.effective > days[0], Movement.effective <= days[1])
    corrections = [_part(Movement, sign, acts, within, atoms, by=BY_CAUSE) for sign, acts in _acts(at, no)]
    return _answer(at, [*folded, *corrections], BY_CAUSE)


def restated(
    group: Group, day: date, nos: tuple[int, int], without: frozenset[str] = frozenset()
) -> dict[str, Tally]:
    """By how much acts after one and up to another changed a group on a day that was over; by competency."""
    inside = and_(ATOMS, *_named(group, without).values())
    late = and_(
        Movement.late, Movement.recorded > nos[0], Movement.recorded <= nos[1], Movement.effective <= day
    )
    rows = db.session.execute(_part(Movement, 1, late, inside, by=["competency_id"]))
    return {key: Tally(*map(int, numbers)) for key, *numbers in rows}


class _Days:
    """The days after one and up to another: the whole months among them, and the rest."""

    def __init__(self, after: date, upto: date) -> None:
        self._after, self._upto = after, upto
        self._first = (
            (after.replace(day=1) + 31 * DAY).replace(day=1) if (after + DAY).day > 1 else after + DAY
        )
        self._last = (upto + DAY).replace(day=1)

    def months(self, column: SQLCoreOperations[date]) -> ColumnElement[bool]:
        """Whether a month that begins on a day lies wholly among them."""
        return and_(column >= self._first, column < self._last)

    def rest(self, column: SQLCoreOperations[date]) -> ColumnElement[bool]:
        """Whether a day is among them, and in none of the whole months."""
        among = and_(column > self._after, column <= self._upto)
        return and_(among, or_(column < self._first, column >= self._last))


def _between(at: Head, day: date, competency: str | None) -> Iterator[Part]:
    """From the day of the balances to the one that is asked, forwards or backwards."""
    if day == at.day:
        return
    sign, between = (1, _Days(at.day, day)) if day > at.day else (-1, _Days(day, at.day))
    months = and_(Flow.month, between.months(Flow.day), _of(Flow, competency))
    yield _part(Flow, sign, months, ATOMS)
    rest = and_(Movement.recorded <= at.folded_to, between.rest(Movement.effective))
    yield _part(Movement, sign, rest, _of(Movement, competency), ATOMS)


def _unfolded(at: Head, day: date, no: int, competency: str | None) -> Iterator[Part]:
    """What acts after the last folding moved, or what acts did that were not known yet, taken away."""
    upto = and_(Movement.effective <= day, _of(Movement, competency), ATOMS)
    late = Movement.late if no < at.folded_to and _was_over(day, no) else true()
    for sign, acts in _acts(at, no):
        yield _part(Movement, sign, acts, upto, late if sign < 0 else true())


def _acts(at: Head, no: int) -> Iterator[tuple[int, Clause]]:
    """The acts that were not folded (1), and those folded that were not known yet (-1)."""
    if no > at.folded_to:
        yield 1, and_(Movement.recorded > at.folded_to, Movement.recorded <= no)
    if no < at.folded_to:
        yield -1, and_(Movement.recorded > no, Movement.recorded <= at.folded_to)


def _was_over(day: date, no: int) -> bool:
    """Whether a day was over for certain when the act after this one was written."""
    following = db.session.scalar(select(Act.at).where(Act.no == no + 1))
    return following is not None and day < clock.london_day(following) - DAY


def _named(group: Group, without: frozenset[str]) -> dict[str, ColumnElement[bool]]:
    """What a group names, and the organisations that are left out of it, as conditions on cells."""
    columns = {
        "region": CellRow.region_id,
        "organisation": CellRow.organisation_id,
        "role": CellRow.role_profile_id,
        "pillar": CellRow.pillar_id,
    }
    found = {key: columns[key] == value for key, value in group._asdict().items() if value is not None}
    return {**found, "without": CellRow.organisation_id.not_in(without)} if without else found


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


def _answer(at: Head, parts: Sequence[Part], by: Sequence[str]) -> dict[Any, Tally] | None:
    """The parts added up by their keys; None when somebody folded meanwhile."""
    rows = union_all(*parts).subquery()
    keys = [rows.c[key] for key in by]
    total = select(*keys, *(func.sum(rows.c[each]).label(each) for each in NUMBERS)).group_by(*keys)
    guard = select(*(null() for _ in by), Ledger.folds, *(literal(0) for _ in NUMBERS[1:]))
    found: dict[Any, Tally] = {}
    unchanged = False
    answer: Iterable[Any] = db.session.execute(union_all(total, guard))
    for values in map(tuple, answer):
        if values[0] is None:
            unchanged = values[len(by)] == at.folds
        else:
            found[values[: len(by)]] = Tally(*map(int, values[len(by) :]))
    return found if unchanged else None
