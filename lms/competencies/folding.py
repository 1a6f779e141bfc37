"""Folding: movements are added up into balances and flows, so that nobody has to read all of them.

Never needed to be right: whoever reads adds the movements that came after the last folding.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, select, text
from sqlalchemy.sql.elements import SQLCoreOperations

from lms.competencies.models import Balance, CellRow, Counted, Flow, Ledger, Movement, Rollup, Shape
from lms.competencies.tally import NUMBERS
from lms.core import clock
from lms.core.database import db, insertion, writing
from lms.people.acts import latest_no

Column = SQLCoreOperations[Any]
FOLD_LOCK = 7_203_118
"""The advisory lock under which PostgreSQL lets one fold at a time."""


class LedgerError(RuntimeError):
    """The ledger is not filled yet."""


def fold() -> int:
    """Add up what was written since the last time, and take balances to today; gives the number of acts."""
    with writing():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FOLD_LOCK})
        kept = db.session.get(Ledger, 1, populate_existing=True)
        if kept is None:
            message = "the ledger is not filled: run flask ledger fill"
            raise LedgerError(message)
        before, latest, day, today = kept.folded_to, latest_no(), kept.day, clock.today()
        new = and_(Movement.recorded > before, Movement.recorded <= latest)
        _add(Flow, new, month=literal(True), day=_first_of_month())  # noqa: FBT003 a value of a column
        _add(Flow, and_(new, CellRow.shape != Shape.ATOM), month=literal(False), day=Movement.effective)  # noqa: FBT003
        atoms = CellRow.shape == Shape.ATOM
        _add(Balance, and_(new, atoms, Movement.effective <= day))
        if today > day:
            passed = and_(Movement.effective > day, Movement.effective <= today)
            _add(Balance, and_(Movement.recorded <= latest, atoms, passed))
        kept.folds, kept.folded_to, kept.day = kept.folds + 1, latest, max(day, today)
    return latest - before


def sums(table: type[Counted]) -> list[ColumnElement[int]]:
    """The numbers of a table, added up."""
    return [func.sum(getattr(table, each)).label(each) for each in NUMBERS]


def _add(table: type[Balance | Flow], which: ColumnElement[bool], **more: Column) -> None:
    """Add some movements to the sums that their cells are part of."""
    keys: dict[str, Column] = {
        "cell_id": Rollup.into_id,
        "competency_id": Movement.competency_id,
        **more,
    }
    if table is Flow:
        keys["cause"] = Movement.cause
    query: Select[*tuple[Any, ...]] = (
        select(*keys.values(), *sums(Movement))
        .join(Rollup, Rollup.cell_id == Movement.cell_id)
        .join(CellRow, CellRow.id == Rollup.into_id)
        .where(which)
        .group_by(*keys.values())
    )
    statement = insertion(table).from_select([*keys, *NUMBERS], query)
    added = {each: getattr(table, each) + statement.excluded[each] for each in NUMBERS}
    db.session.execute(
        statement.on_conflict_do_update(index_elements=table.__table__.primary_key, set_=added)
    )


def _first_of_month() -> ColumnElement[date]:
    if db.engine.dialect.name == "postgresql":
        return func.cast(func.date_trunc("month", Movement.effective), Date)
    return func.date(Movement.effective, "start of month", type_=Date)
