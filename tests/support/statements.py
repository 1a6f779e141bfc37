"""Counts the SQL that a request or a service sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

# What opens, ends or tunes a transaction says nothing of what a page costs.
UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")
_recording: ContextVar[list[str] | None] = ContextVar("recording", default=None)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the text of every statement sent inside the block.

    The second opening of a page, which the checked client makes for HTMX, is not counted.
    """
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:  # noqa: ANN401
        if _recording.get() is seen and not statement.lstrip().upper().startswith(UNCOUNTED):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    token = _recording.set(seen)
    try:
        yield seen
    finally:
        _recording.reset(token)
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def uncounted() -> Iterator[None]:
    """Send statements that no enclosing `statements()` sees."""
    token = _recording.set(None)
    try:
        yield
    finally:
        _recording.reset(token)
