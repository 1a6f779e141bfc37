"""Databases at an earlier schema with rows in them, and the way forward from there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import text

from lms import create_app
from lms.core.database import db
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go

LAST_ID = 9


@contextmanager
def at_schema(
    databases: Databases, revision: str, rows: Iterable[str], tables: Iterable[str]
) -> Iterator[Flask]:
    """An application on a database at a revision, filled by statements with ids up to 9 in these tables."""
    address = databases.empty()
    app = create_app(settings_for(address))
    assert app.test_cli_runner().invoke(args=["db", "upgrade", revision]).exit_code == 0
    with app.app_context(), db.engine.begin() as connection:
        for row in rows:
            connection.execute(text(row))
        if connection.dialect.name == "postgresql":
            for table in tables:
                sequence = f"pg_get_serial_sequence('{table}', 'id')"
                connection.execute(text(f"SELECT setval({sequence}, {LAST_ID})"))
    yield app
    let_go(app)
    databases.drop(address)


def bring_forward(app: Flask) -> None:
    """Upgrade the database, which then is as the models say."""
    runner = app.test_cli_runner()
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    assert runner.invoke(args=["db", "check"]).exit_code == 0
