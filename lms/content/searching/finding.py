"""Finds sections of what is published by their words: one statement, whatever there is to find."""

from dataclasses import dataclass

from sqlalchemy import RowMapping

from lms.content.searching.engines import engine
from lms.content.searching.excerpts import Marked, excerpt, marked
from lms.content.searching.models import Kind
from lms.content.searching.words import Asked, asked_for

HITS_A_PAGE = 20
MOST_PAGES = 10_000
"""Beyond this a number of a page is a slip or worse, and no database is asked with it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found. `heading` is empty where the title is its own."""

    kind: Kind
    parent: str
    item: str
    place: str
    title: Marked
    heading: Marked
    excerpt: Marked


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, of so many; `asked` says what was looked for and left out."""

    asked: Asked
    total: int = 0
    page: int = 1
    hits: tuple[Hit, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // HITS_A_PAGE))


def search(typed: str, page: int = 1) -> Found:
    """The sections that have all words of what was typed; a page that is not there is the first."""
    asked = asked_for(typed)
    if not asked.last:
        return Found(asked)
    page = min(max(page, 1), MOST_PAGES)
    rows = engine().find(asked, HITS_A_PAGE, (page - 1) * HITS_A_PAGE)
    if not rows and page > 1:
        page, rows = 1, engine().find(asked, HITS_A_PAGE, 0)
    total = rows[0]["total"] if rows else 0
    return Found(asked, total, page, tuple(_hit(row, asked) for row in rows))


def _hit(row: RowMapping, asked: Asked) -> Hit:
    return Hit(
        kind=Kind(row["kind"]),
        parent=row["parent"],
        item=row["item"],
        place=row["place"],
        title=marked(row["title"], asked),
        heading=marked(row["heading"], asked),
        excerpt=excerpt(row["text"], asked),
    )
