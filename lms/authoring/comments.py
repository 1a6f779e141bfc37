"""What learners told authors: the open comments on what somebody owns, and their answers.

Who wrote is known here only where they added their name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from lms.authoring.texts import FOLDER, lines_of, path_of
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import StandardDocument
from lms.content.models import Publication
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.comments import Comment, Kind
from lms.people.models import Person

COMMENTS_A_PAGE = 25
PUBLICATIONS_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Told:
    """A comment with where it points: `place` is path and line, empty when that is gone.

    `name` is the writer's where they added it, `by` that of whoever answered.
    """

    comment: Comment
    source: ModuleEntry | StandardDocument | None
    place: str
    name: str
    by: str

    @property
    def title(self) -> str:
        """The title of the module or standard; its id when it is gone."""
        return self.source.title if self.source else self.comment.source

    @property
    def is_open(self) -> bool:
        """Whether it waits for its owner."""
        return self.comment.closed_at is None


def open_comments(email: str, published: Catalogue) -> list[Told]:
    """The open comments on what the author with this address owns, oldest first; two statements."""
    owner = email.casefold()
    sources = [
        name
        for module in published.modules
        if module.owner.casefold() == owner
        for name in published.ids_of(module.id)
    ]
    sources += [each.id for each in published.standards if each.owner.casefold() == owner]
    query = _comments().where(Comment.closed_at.is_(None), Comment.source.in_(sources))
    return _told(query.order_by(Comment.id), published) if sources else []


def comments_page(page: int, published: Catalogue) -> tuple[list[Told], int, int]:
    """One page of all comments, open ones first, then the newest; with its number and how many there are."""
    total = db.session.scalar(select(func.count()).select_from(Comment)) or 0
    pages = max(1, -(-total // COMMENTS_A_PAGE))
    page = min(page, pages)
    query = _comments().order_by(Comment.closed_at.is_not(None), Comment.id.desc())
    query = query.limit(COMMENTS_A_PAGE).offset((page - 1) * COMMENTS_A_PAGE)
    return _told(query, published), page, pages


def comment_told(number: int, published: Catalogue) -> Told | None:
    """One comment."""
    return next(iter(_told(_comments().where(Comment.id == number), published)), None)


def publications_since(comment: Comment) -> dict[int, datetime]:
    """The newest publications since a comment was written, any of which may have mended what it is about."""
    query = select(Publication.id, Publication.at).where(Publication.at >= comment.at)
    rows = db.session.execute(query.order_by(Publication.id.desc()).limit(PUBLICATIONS_OFFERED))
    return {row.id: row.at for row in rows}


def answer_comment(number: int, words: str, *, by: int, closes: bool, publication: int | None = None) -> None:
    """Answer a comment, and close it where nothing is left to do, perhaps with what mended it."""
    with writing():
        comment = db.session.scalars(select(Comment).where(Comment.id == number).with_for_update()).one()
        comment.answer, comment.answered_at, comment.answered_by_id = words, clock.now(), by
        comment.publication_id = publication if closes else None
        comment.closed_at = clock.now() if closes else None


Rows = Select[Comment, str, str]


def _comments() -> Rows:
    writer, answerer = aliased(Person), aliased(Person)
    return (
        select(Comment, writer.name, answerer.name)
        .outerjoin(writer, writer.id == Comment.person_id)
        .outerjoin(answerer, answerer.id == Comment.answered_by_id)
    )


def _told(query: Rows, published: Catalogue) -> list[Told]:
    rows = db.session.execute(query).all()
    modules = {row[0].source: published.module(published.resolve(row[0].source)) for row in rows}
    lines = lines_of([each for each in modules.values() if each])
    found = []
    for comment, name, by in rows:
        if comment.kind == Kind.CLAUSE:
            standard = published.standard(comment.source)
            place = _clause_place(standard, comment.place)
            found.append(Told(comment, standard, place, name or "", by or ""))
            continue
        module = modules[comment.source]
        line = lines[module.version_id].line(comment.place) if module else 0
        place = f"{path_of(module)}:{line}" if module and line else ""
        found.append(Told(comment, module, place, name or "", by or ""))
    return found


def _clause_place(standard: StandardDocument | None, number: str) -> str:
    clause = standard.clause(number) if standard else None
    return f"{FOLDER}/standards/{standard.id}.md:{clause.line}" if standard and clause else ""


def clauses_untaught(published: Catalogue) -> Iterable[tuple[StandardDocument, list[str]]]:
    """Each standard with the numbers of the clauses that no module cites, in their order."""
    taught = {clause for module in published.modules for clause in module.clauses}
    for standard in published.standards:
        yield (
            standard,
            [each.number for each in standard.clauses if f"{standard.id}/{each.number}" not in taught],
        )
