"""A database from before the ledger is brought forward without losing a row, and its ledger is filled."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Table, func, insert, inspect, select, update

from lms import create_app
from lms.competencies.balances import head
from lms.competencies.folding import LedgerError
from lms.competencies.models import RULE, Ledger, Movement
from lms.core.database import Base, db, writing
from lms.people.models import Person
from tests.support import build
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.ledgers import assert_agrees

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def earlier(databases: Databases, told: Flask) -> Iterator[tuple[Flask, Rows]]:
    """An application on a database at the schema before the ledger, and the rows in it."""
    address = databases.empty()
    app = create_app(settings_for(address))
    assert app.test_cli_runner().invoke(args=["db", "upgrade", "0001"]).exit_code == 0
    with app.app_context():
        there = set(inspect(db.engine).get_table_names())
    with told.app_context():
        rows = rows_of(there)
    with app.app_context(), db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if rows.get(table.name):
                names = [column.name for column in table.columns]
                connection.execute(
                    insert(table), [dict(zip(names, each, strict=True)) for each in rows[table.name]]
                )
                _continue_numbers(connection, table)
    yield app, rows
    let_go(app)
    databases.drop(address)


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL does not notice ids that were given to it."""
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
        connection.execute(
            select(func.setval(sequence, select(func.count()).select_from(table).scalar_subquery()))
        )


def rows_of(tables: set[str]) -> Rows:
    """All rows of tables."""
    wanted = [table for table in Base.metadata.sorted_tables if table.name in tables]
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
        for table in wanted
    }


def ledger_rows() -> Rows:
    return rows_of({"movement", "balance", "flow", "cell", "rollup", "ledger"})


def test_an_upgrade_keeps_every_row_and_fills_the_ledger(earlier: tuple[Flask, Rows]) -> None:
    app, rows = earlier
    assert sum(map(len, rows.values())) > 40
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with app.app_context():
        assert rows_of(set(rows)) == rows
        assert db.session.scalar(select(func.count()).select_from(Movement))
        assert_agrees()
        build.evidence(db.session.get_one(Person, 1), "law", 4)
        assert_agrees()


def test_a_second_upgrade_changes_nothing(earlier: tuple[Flask, Rows]) -> None:
    app, rows = earlier
    app.test_cli_runner().invoke(args=["db", "upgrade"])
    with app.app_context():
        first = ledger_rows()
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with app.app_context():
        assert ledger_rows() == first
        assert rows_of(set(rows)) == rows


def test_the_ledger_is_filled_at_the_newest_schema_alone(earlier: tuple[Flask, Rows]) -> None:
    app, _ = earlier
    assert app.test_cli_runner().invoke(args=["db", "upgrade", "0002"]).exit_code == 0
    with app.app_context():
        assert db.session.scalar(select(Ledger.id)) is None
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with app.app_context():
        assert_agrees()


def test_a_ledger_of_an_earlier_rule_is_none_and_is_filled_again(earlier: tuple[Flask, Rows]) -> None:
    app, rows = earlier
    app.test_cli_runner().invoke(args=["db", "upgrade"])
    with app.app_context():
        with writing():
            db.session.execute(update(Ledger).values(id=RULE - 1))
            db.session.execute(update(Movement).values(appointments=0))
        with pytest.raises(LedgerError):
            head()
        build.evidence(db.session.get_one(Person, 1), "law", 4)
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with app.app_context():
        assert rows_of(set(rows))["requirement"] == rows["requirement"]
        assert_agrees()
