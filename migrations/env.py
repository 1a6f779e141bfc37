"""Runs migrations on the application's own database; needs an application context."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from lms.content.searching.models import WORDS_TABLE
from lms.core.database import Base, Moment, db


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write a moment as what the database holds, so that a migration imports nothing of ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Leave alone what migrations alone make: the words of search, in a form of each database."""
    return kind != "table" or not (name or "").startswith(WORDS_TABLE)


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
        include_name=is_modelled,
    )
    with context.begin_transaction():
        context.run_migrations()
