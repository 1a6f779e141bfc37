"""The publications so far, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.content.models import Publication
from lms.core.clock import LONDON
from lms.core.database import db

NAMED = {
    "new": "new",
    "editions": "new edition",
    "lowered": "earlier edition again",
    "corrected": "corrected",
    "retired": "retired",
    "courses": "course",
    "standards": "standard",
}
COUNTED = {
    "requirements": "requirements written",
    "evidence_ended": "pieces of evidence given a last day",
    "endings_voided": "last days of evidence taken back",
    "ends_mended": "pieces of evidence written again with their own end",
}
NAMED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One publication; `at` is London time, `commit` and `author` may be empty, `restores` None."""

    number: int
    at: datetime
    commit: str
    author: str
    restores: int | None
    changes: tuple[str, ...]


def publications_told(number: int) -> list[Told]:
    """The newest publications, newest first; one statement, and no document is read."""
    query = select(
        Publication.id,
        Publication.at,
        Publication.commit,
        Publication.author,
        Publication.restores_id,
        Publication.changes,
    ).order_by(Publication.id.desc())
    return [
        Told(
            row.id,
            row.at.astimezone(LONDON),
            row.commit or "",
            row.author or "",
            row.restores_id,
            tuple(_in_words(row.changes)),
        )
        for row in db.session.execute(query.limit(number))
    ]


def _in_words(changes: Mapping[str, Any] | None) -> Iterator[str]:
    if changes is None:
        return
    for key, words in NAMED.items():
        names = changes.get(key, [])
        if names:
            more = len(names) - NAMED_AT_MOST
            tail = f" and {more} more" if more > 0 else ""
            yield f"{words}: {', '.join(names[:NAMED_AT_MOST])}{tail}"
    for old, new in changes.get("renamed", []):
        yield f"renamed: {old} is now {new}"
    if changes.get("framework"):
        yield "the framework"
    for key, words in COUNTED.items():
        if changes.get(key):
            yield f"{changes[key]} {words}"
