"""Folding: movements are added up into balances and flows, so that nobody has to read all of them.

Never needed to be right: whoever reads adds the movements that came after the last folding.
"""

from datetime import date
from typing import Any

from sqlalchemy import Column as TableColumn
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    and_,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.sql.elements import SQLCoreOperations

from lms.competencies.models import RULE, Balance, CellRow, Counted, Flow, Ledger, Movement, Rollup, Shape
from lms.competencies.tally import NUMBERS
from lms.core import clock
from lms.core.database import db, insertion, writing
from lms.people.acts import latest_no

Column = SQLCoreOperations[Any]
Part = Select[*tuple[Any, ...]]
FOLD_LOCK = 7_203_118
"""The advisory lock under which PostgreSQL lets one fold at a time."""
KEPT_BY_DAY = (Shape.NATION, Shape.REGION, Shape.ROLE, Shape.PILLAR)
"""Sums whose flows are kept for each day too: few, and asked for over a quarter that begins on any day."""
NEW = Table(
    "new_in_ledger",
    MetaData(),
    TableColumn("cell_id", Integer),
    TableColumn("competency_id", String),
    TableColumn("cause", String),
    TableColumn("day", Date),
    TableColumn("first", Date),
    *(TableColumn(each, Integer) for each in NUMBERS),
    prefixes=["TEMPORARY"],
)
"""What is being folded: for each atom, day and cause, with the first day of its month."""


class LedgerError(RuntimeError):
    """The ledger is not filled yet."""


def is_kept() -> bool:
    """Whether there is a ledger by the present rule; one statement."""
    return db.session.scalar(select(Ledger.id).where(Ledger.id == RULE)) is not None


def fold() -> int:
    """Add up what was written since the last time, and take balances to today; gives the number of acts."""
    with writing():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FOLD_LOCK})
        kept = db.session.get(Ledger, RULE, populate_existing=True)
        if kept is None:
            message = "the ledger is not filled: run flask ledger fill"
            raise LedgerError(message)
        before, latest, day, today = kept.folded_to, latest_no(), kept.day, clock.today()
        connection = db.session.connection()
        NEW.create(connection)
        _collect(and_(Movement.recorded > before, Movement.recorded <= latest))
        _add(Flow, _new(month=True))
        _add(Flow, _new(month=True, summed=True))
        _add(Flow, _new(month=False, summed=True).where(CellRow.shape.in_(KEPT_BY_DAY)))
        _add(Balance, _new().where(NEW.c.day <= day))
        if today > day:
            _add(Balance, _passed(day, today, latest))
        NEW.drop(connection)
        kept.folds, kept.folded_to, kept.day = kept.folds + 1, latest, max(day, today)
    return latest - before


def sums(table: type[Counted]) -> list[ColumnElement[int]]:
    """The numbers of a table, added up."""
    return [func.sum(getattr(table, each)).label(each) for each in NUMBERS]


def _collect(which: ColumnElement[bool]) -> None:
    """Add some movements up to the day, for the atom that their cell is part of."""
    keys = {
        "cell_id": Rollup.into_id,
        "competency_id": Movement.competency_id,
        "cause": Movement.cause,
        "day": Movement.effective,
        "first": _first_of_month(),
    }
    query = select(*keys.values(), *sums(Movement)).join(Rollup, Rollup.cell_id == Movement.cell_id)
    query = query.where(which).group_by(*keys.values())
    db.session.execute(insert(NEW).from_select([*keys, *NUMBERS], query))


def _new(*, month: bool | None = None, summed: bool = False) -> Part:
    """What is new by day or month, or (None) in all; of atoms, or of the sums that they are part of.

    Keys stand in the order of the table, so that rows are added from its beginning to its end.
    """
    keys: list[Any] = [Rollup.into_id.label("cell_id") if summed else NEW.c.cell_id]
    if month is None:
        keys += [NEW.c.competency_id]
    else:
        when = NEW.c.first if month else NEW.c.day
        keys += [literal(month).label("month"), when.label("day"), NEW.c.competency_id, NEW.c.cause]
    query = select(*keys, *(func.sum(NEW.c[each]).label(each) for each in NUMBERS)).group_by(*keys)
    if summed:
        query = query.join(Rollup, Rollup.cell_id == NEW.c.cell_id)
        query = query.join(CellRow, CellRow.id == Rollup.into_id)
    return query


def _passed(after: date, upto: date, no: int) -> Part:
    """What takes effect between two days, of movements up to an act."""
    keys = (Rollup.into_id.label("cell_id"), Movement.competency_id)
    query = select(*keys, *sums(Movement)).join(Rollup, Rollup.cell_id == Movement.cell_id)
    between = and_(Movement.effective > after, Movement.effective <= upto, Movement.recorded <= no)
    return query.where(between).group_by(*keys)


def _add(table: type[Balance | Flow], query: Part) -> None:
    """Add rows to those with their key."""
    columns = list(query.selected_columns.keys())
    statement = insertion(table).from_select(columns, query)
    added = {each: getattr(table, each) + statement.excluded[each] for each in NUMBERS}
    db.session.execute(
        statement.on_conflict_do_update(index_elements=table.__table__.primary_key, set_=added)
    )


def _first_of_month() -> ColumnElement[date]:
    if db.engine.dialect.name == "postgresql":
        return func.cast(func.date_trunc("month", Movement.effective), Date)
    return func.date(Movement.effective, "start of month", type_=Date)
