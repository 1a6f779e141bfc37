"""What learners say is wrong with a part, a question or a clause, and what its owner answers.

Whoever wrote without a name is kept as a key alone: a keyed hash of the person's number, which finds
their comments again for themselves and says nothing to an author or to somebody with a copy of the
database. A person is kept where they added their name.
"""

import hashlib
import hmac
from datetime import datetime, time
from enum import StrEnum

from flask import current_app
from sqlalchemy import ForeignKey, Index, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.database import At, Key, Model, Moment, db, writing
from lms.core.dates import add_months
from lms.core.limits import exceeded, hit

LONGEST = 1_000
"""Characters of a comment, and of its answer."""

MOST = 5
"""Comments of one person in a quarter of an hour."""

KEPT_MONTHS = 12


class Kind(StrEnum):
    """What a comment is about."""

    PART = "part"
    QUESTION = "question"
    CLAUSE = "clause"


class TooManyError(Exception):
    """The person has written as many comments as one may in a quarter of an hour."""


class Comment(Model):
    """A comment on a place of a module or a standard, and its answer.

    `source` is the id of the module or standard; `place` the slug of a part, the id of a question or
    the number of a clause. It is open until its owner closes it, perhaps with the publication that
    mended what it was about.
    """

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_source", "source", "closed_at"),
        Index("ix_comment_writer", "writer"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120))
    edition: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[At]
    writer: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Moment())
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    publication_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment())


def writer_of(person_id: int) -> str:
    """The key under which a person's comments are found again by themselves."""
    secret = str(current_app.secret_key or "").encode()
    return hmac.new(secret, f"comments/{person_id}".encode(), hashlib.sha256).hexdigest()


def write_comment(
    person_id: int, kind: Kind, source: str, place: str, words: str, *, edition: int | None, named: bool
) -> int:
    """Keep a comment; gives its number. Raises TooManyError above five in a quarter of an hour."""
    writer = writer_of(person_id)
    key = f"comment/{writer}"
    if exceeded([key], MOST):
        raise TooManyError
    hit(key)
    with writing():
        comment = Comment(
            kind=kind,
            source=source,
            place=place,
            edition=edition,
            words=words,
            at=clock.now(),
            writer=writer,
            person_id=person_id if named else None,
        )
        db.session.add(comment)
        db.session.flush()
        return comment.id


def comments_of(person_id: int) -> list[Comment]:
    """What a person has written, newest first; one statement."""
    query = select(Comment).where(Comment.writer == writer_of(person_id))
    return list(db.session.scalars(query.order_by(Comment.id.desc())))


def erase_old_comments() -> int:
    """Erase comments that were closed over twelve months ago; gives how many there were."""
    day = add_months(clock.today(), -KEPT_MONTHS)
    before = datetime.combine(day, time(), tzinfo=clock.LONDON)
    with writing():
        ids = db.session.scalars(select(Comment.id).where(Comment.closed_at < before)).all()
        db.session.execute(delete(Comment).where(Comment.id.in_(ids)))
    return len(ids)
