"""The schema on the engine of this run: made from nothing by migrations, and just what the models say."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from lms import create_app
from lms.content.searching.models import WORDS_TABLE
from lms.core.database import Base, db, writing
from lms.people.models import Account, Act
from tests.conftest import ENGINE
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go


@pytest.fixture
def bare(databases: Databases) -> Iterator[Flask]:
    """An application on a database without a table."""
    address = databases.empty()
    app = create_app(settings_for(address))
    yield app
    let_go(app)
    databases.drop(address)


def command(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["db", *words])


def test_the_database_is_of_the_engine_of_this_run(app: Flask, request: pytest.FixtureRequest) -> None:
    asked = os.environ.get(ENGINE, request.config.getoption("--engine"))
    with app.app_context():
        assert db.engine.dialect.name == asked


def test_migrations_make_every_table_from_nothing_and_nothing_else(bare: Flask) -> None:
    assert command(bare, "upgrade").exit_code == 0
    with bare.app_context():
        made = {name for name in inspect(db.engine).get_table_names() if not name.startswith(WORDS_TABLE)}
        assert made - {"alembic_version"} == set(Base.metadata.tables)


def test_a_second_upgrade_changes_nothing(bare: Flask) -> None:
    assert [command(bare, "upgrade").exit_code for _ in range(2)] == [0, 0]
    assert command(bare, "check").exit_code == 0


def test_models_and_schema_agree(app: Flask) -> None:
    found = command(app, "check")
    assert (found.exit_code, found.exception) == (0, None)


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX ix_attempt_module_finished",
        "ALTER TABLE person DROP COLUMN name",
        "ALTER TABLE person ADD COLUMN shoe_size INTEGER",
        "DROP TABLE completion_evidence",
    ],
)
def test_the_check_notices_where_they_do_not(app: Flask, change: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(change))
    assert command(app, "check").exit_code != 0


def test_a_row_that_points_to_nothing_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(IntegrityError), writing():
        db.session.add(Account(person_id=1))


def test_a_moment_comes_back_in_utc_and_needs_a_zone(app: Flask) -> None:
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    with app.app_context():
        with writing():
            db.session.add(Act(at=summer, kind="trial", no=1))
        db.session.expire_all()
        kept = db.session.scalars(select(Act.at)).one()
        assert (kept, kept.tzinfo) == (summer, UTC)
        with pytest.raises(StatementError, match="a moment needs a zone"), writing():
            db.session.add(Act(at=summer.replace(tzinfo=None), kind="trial", no=2))
