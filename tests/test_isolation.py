"""What one test leaves behind no other finds: each has a copy of its own, whatever state it ends in."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from jinja2 import DictLoader
from sqlalchemy import Connection, create_engine, inspect, select, text
from werkzeug.routing import Map

from lms.core.database import Base, db, writing
from lms.people.models import Person
from tests.conftest import MakeApp
from tests.support.cast import Cast
from tests.support.databases import Databases
from tests.support.sharing import SharedRule

LOCK = 4711


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """A connection that knows nothing of the application, and is closed at the end."""
    engine = create_engine(address)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def content(address: str) -> dict[str, list[str]]:
    """Every table, column and index with its name, all rows, and where the numbers of rows stand."""
    with connected(address) as connection:
        found = {
            table.name: sorted(repr(row) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }
        schema = inspect(connection)
        tables = schema.get_table_names()
        columns = [f"{table}.{each['name']}" for table in tables for each in schema.get_columns(table)]
        indexes = [str(each["name"]) for table in tables for each in schema.get_indexes(table)]
        found["schema"] = sorted([*columns, *indexes])
        if connection.dialect.name == "postgresql":
            numbers = text("SELECT sequencename, last_value FROM pg_sequences")
            found["numbers"] = sorted(repr(row) for row in connection.execute(numbers))
    return found


def spoil(connection: Connection) -> None:
    """Do what a test may do and not undo: rows, a table less, a lock, and a transaction left open."""
    connection.execute(text("INSERT INTO person (name, email) VALUES ('Left', 'left@example.org')"))
    connection.execute(text("DROP TABLE completion_evidence"))
    connection.commit()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
    connection.execute(text("INSERT INTO person (name, email) VALUES ('Open', 'open@example.org')"))


@pytest.mark.parametrize("people", [False, True], ids=["an empty one", "one with people"])
def test_a_copy_is_as_its_original_whatever_became_of_the_copy_before(
    databases: Databases, gathered: tuple[str, Cast], *, people: bool
) -> None:
    def another() -> str:
        return databases.copy(gathered[0]) if people else databases.fresh()

    spoilt = another()
    before = content(spoilt)
    assert bool(before["person"]) is people
    engine = create_engine(spoilt)
    left = engine.connect()
    spoil(left)
    databases.drop(spoilt)
    copy = another()
    assert content(copy) == before
    with connected(copy) as connection:
        if connection.dialect.name == "postgresql":
            assert connection.execute(text(f"SELECT pg_try_advisory_lock({LOCK})")).scalar_one()
    left.invalidate()
    engine.dispose()
    databases.drop(copy)


def test_the_address_of_a_dropped_database_is_not_given_again(databases: Databases) -> None:
    address = databases.fresh()
    databases.drop(address)
    assert databases.fresh() != address


def test_applications_share_texts_of_statements_and_no_row(make_app: MakeApp) -> None:
    shared, names = [], []
    for app in (make_app(), make_app()):
        with app.app_context():
            names.append(list(db.session.scalars(select(Person.name))))
            with writing():
                db.session.add(Person(name="Ann", email="ann@example.org"))
            shared.append((db.engine.dialect, db.engine.get_execution_options()["compiled_cache"]))
    assert names == [[], []]
    assert shared[0][0] is shared[1][0]
    assert shared[0][1] is shared[1][1]


def test_a_template_that_changed_is_compiled_again(make_app: MakeApp) -> None:
    for words in ("before", "after"):
        app = make_app()
        app.jinja_env.loader = DictLoader({"page.html": words})
        with app.app_context():
            assert app.jinja_env.get_template("page.html").render() == words


def test_addresses_are_shared_by_rules_alone_that_write_them_alike() -> None:
    def written(rule: str, **defaults: int) -> str:
        kept = Map([SharedRule(rule, endpoint="page", defaults=defaults or None)])
        return kept.bind("localhost").build("page", defaults or {"part": 2, "more": "a b"})

    for _ in range(2):
        assert written("/read/<int:part>") == "/read/2?more=a+b"
        assert written("/read/<part>") == "/read/2?more=a+b"
        assert written("/read/<int(fixed_digits=3):part>") == "/read/002?more=a+b"
        assert written("/read/<int:part>", part=1) == "/read/1"
        assert written("/read/<int:part>", part=3) == "/read/3"
