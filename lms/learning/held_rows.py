"""Rows of the database as plain values, for all that is held about a person."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select

from lms.core.database import db

Values = dict[str, Any]
AnySelect = Select[*tuple[Any, ...]]


def rows_of(query: AnySelect) -> list[Values]:
    """All rows of a query; one statement."""
    return [plain(row) for row in db.session.execute(query)]


def plain(row: Row[*tuple[Any, ...]]) -> Values:
    """One row; days and moments are ISO 8601."""
    return {
        key: value.isoformat() if isinstance(value, date | datetime) else value
        for key, value in row._mapping.items()  # noqa: SLF001 its documented way to names
    }
