"""Writes many rows at once, as quickly as the database takes them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Date, Table

from lms.core.database import Model, db


def write_rows(model: type[Model], columns: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Write rows whose values stand in the order of the columns."""
    if not rows:
        return
    connection, table = db.session.connection(), table_of(model)
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.cursor()
        with driver, driver.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    written = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 names of our own
    days = [place for place, name in enumerate(columns) if isinstance(table.c[name].type, Date)]
    connection.exec_driver_sql(written, [_as_kept(row, days) for row in rows])


@contextmanager
def without_indexes(models: Iterable[type[Model]]) -> Iterator[None]:
    """Take the indexes of tables away, and make them again at the end, which is quicker than to keep them."""
    indexes = [index for each in models for index in table_of(each).indexes]
    connection = db.session.connection()
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def table_of(model: type[Model]) -> Table:
    """The table of a model."""
    return cast("Table", model.__table__)


def _as_kept(row: Sequence[Any], days: Sequence[int]) -> tuple[Any, ...]:
    """A row as SQLite keeps it, which knows no days."""
    values = list(row)
    for place in days:
        values[place] = values[place].isoformat()
    return tuple(values)
