"""The two ways to keep and find words: FTS5 on SQLite, text vectors on PostgreSQL, without an extension.

Both keep the words that `words.indexed` gives, so that they find the same: sections that have all words.
Those with all in their own title come first, then those with all in title and headings, then others by
how often and where; of equals the earlier one.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, bindparam, text

from lms.content.searching.models import WORDS_TABLE
from lms.content.searching.sections import Section
from lms.content.searching.words import Asked, indexed
from lms.core.database import db

MOST_POSITIONS = 4
"""Places of one word of a section that PostgreSQL is told; more would not change an order."""
MOST_WEIGHED = 500
"""Sections that PostgreSQL weighs, those with all words in title and headings first: each takes time."""
LAST_POSITION = 16_383
"""PostgreSQL counts no further."""
Numbered = Sequence[tuple[int, Section]]


class Engine(ABC):
    """What a database does for search; ids are those of `search_section`."""

    statement: str
    """Gives the rows of one page with `total`, the number of all."""

    @abstractmethod
    def add(self, sections: Numbered) -> None:
        """Keep the words of sections."""

    @abstractmethod
    def values(self, asked: Asked) -> dict[str, str]:
        """What the statement is asked with."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget the words of sections."""
        statement = text(f"DELETE FROM {WORDS_TABLE} WHERE {self.key} IN :ids")  # noqa: S608 names of our own
        db.session.execute(statement.bindparams(bindparam("ids", expanding=True)), {"ids": list(ids)})

    def find(self, asked: Asked, most: int, after: int) -> Sequence[RowMapping]:
        """So many sections after so many others, the best first; one statement."""
        values: dict[str, Any] = {**self.values(asked), "most": most, "after": after}
        return db.session.execute(text(self.statement), values).mappings().all()

    key = "id"


class SQLite(Engine):
    """FTS5: a column for each rank of words; `bm25` weighs them."""

    key = "rowid"
    statement = f"""
        WITH matching AS MATERIALIZED (
            SELECT rowid AS id, bm25({WORDS_TABLE}, 10, 5, 1, 0.1) AS score
            FROM {WORDS_TABLE} WHERE {WORDS_TABLE} MATCH :words
        ), best AS (
            SELECT id, score, count(*) OVER () AS total,
                (id IN (SELECT rowid FROM {WORDS_TABLE} WHERE {WORDS_TABLE} MATCH :title))
                + (id IN (SELECT rowid FROM {WORDS_TABLE} WHERE {WORDS_TABLE} MATCH :above)) AS rank
            FROM matching ORDER BY rank DESC, score, id LIMIT :most OFFSET :after
        )
        SELECT section.*, best.total FROM best JOIN search_section AS section ON section.id = best.id
        ORDER BY best.rank DESC, best.score, best.id"""  # noqa: S608 names of our own

    def add(self, sections: Numbered) -> None:
        """Keep the words, divided by blanks, as the tokenizer `ascii` reads them."""
        statement = text(
            f"INSERT INTO {WORDS_TABLE} (rowid, title, heading, body, beside) "  # noqa: S608 names of our own
            "VALUES (:id, :title, :heading, :body, :beside)"
        )
        rows = [
            {"id": number, **{name: " ".join(indexed(words)) for name, words in section.columns().items()}}
            for number, section in sections
        ]
        db.session.execute(statement, rows)

    def values(self, asked: Asked) -> dict[str, str]:
        """The words as FTS5 asks for them, each in quotes."""
        last = f'("{asked.last_stem}" OR "{asked.last}" *)'
        words = " AND ".join([*(f'"{stem}"' for stem in asked.stems), last])
        return {"words": words, "title": f"{{title}} : ({words})", "above": f"{{title heading}} : ({words})"}


class PostgreSQL(Engine):
    """Text vectors that are made here, so that no parser or dictionary of the server has a say."""

    statement = f"""
        WITH asked AS (SELECT CAST(:words AS tsquery) AS query), matching AS MATERIALIZED (
            SELECT id, (title @@ query)::int + (above @@ query)::int AS rank
            FROM {WORDS_TABLE}, asked WHERE words @@ query
        ), placed AS (
            SELECT id, rank, count(*) OVER () AS total, row_number() OVER (ORDER BY rank DESC, id) AS place
            FROM matching
        ), best AS (
            SELECT id, rank, total, CASE WHEN place > {MOST_WEIGHED} THEN 0 ELSE (
                SELECT ts_rank('{{0.01, 0.1, 0.4, 1}}', kept.words, asked.query)
                FROM {WORDS_TABLE} AS kept, asked WHERE kept.id = placed.id
            ) END AS score
            FROM placed ORDER BY rank DESC, score DESC, id LIMIT :most OFFSET :after
        )
        SELECT section.*, best.total FROM best JOIN search_section AS section ON section.id = best.id
        ORDER BY best.rank DESC, best.score DESC, best.id"""  # noqa: S608 names of our own

    def add(self, sections: Numbered) -> None:
        """Keep the words as vectors: A is the title, B the headings, C the body, D what stands beside."""
        statement = text(
            f"INSERT INTO {WORDS_TABLE} (id, title, above, words) "  # noqa: S608 names of our own
            "VALUES (:id, CAST(:title AS tsvector), CAST(:above AS tsvector), CAST(:words AS tsvector))"
        )
        rows = []
        for number, section in sections:
            title, heading, body, beside = section.columns().values()
            rows.append(
                {
                    "id": number,
                    "title": vector(A=title),
                    "above": vector(A=title, B=heading),
                    "words": vector(A=title, B=heading, C=body, D=beside),
                }
            )
        db.session.execute(statement, rows)

    def values(self, asked: Asked) -> dict[str, str]:
        """The words as a query, each in quotes."""
        last = f"('{asked.last_stem}' | '{asked.last}':*)"
        return {"words": " & ".join([*(f"'{stem}'" for stem in asked.stems), last])}


def vector(**texts: str) -> str:
    """The words of texts as PostgreSQL writes a text vector, each with its places and their weight."""
    places: dict[str, list[str]] = {}
    position = 0
    for weight, words in texts.items():
        for word in indexed(words):
            if position < LAST_POSITION:
                position += 1
            if (known := places.get(word)) is None:
                places[word] = [f"'{word}':{position}{weight}"]
            elif len(known) < MOST_POSITIONS:
                known.append(f"{position}{weight}")
    return " ".join(map(",".join, places.values()))


_ENGINES: dict[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def engine() -> Engine:
    """That of the database in use."""
    return _ENGINES[db.engine.dialect.name]
