"""What can be found: a row for each section, as it is shown among the results.

The words of a section stand in `search_text`, under the same id. Only the migration makes that table: on
SQLite it is FTS5's, which keeps more tables of its own beside it, on PostgreSQL it holds text vectors.
"""

from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.database import Key, Model

WORDS_TABLE = "search_text"


class Kind(StrEnum):
    """What a section is."""

    COURSE = "course"
    MODULE = "module"
    PART = "part"
    STANDARD = "standard"
    CLAUSE = "clause"
    TERM = "term"


class SearchSection(Model):
    """A section that can be found. `source` names the exact text that it was made from.

    `item` is the id of the course, module, standard or term; `parent` is the course of a module, `place`
    the slug of a part or the number of a clause; both are empty elsewhere.
    """

    __tablename__ = "search_section"

    id: Mapped[Key]
    source: Mapped[str] = mapped_column(String(120), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    parent: Mapped[str] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
