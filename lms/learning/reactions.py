"""What people say once they have passed: whether they will use it at work; read by nobody but as counts."""

from enum import StrEnum

from sqlalchemy import select

from lms.core import clock
from lms.core.database import db, insertion, writing
from lms.learning.models import Reaction


class Intent(StrEnum):
    """Whether somebody will use at work what they learned."""

    SOON = "soon"
    """Within three months."""
    LATER = "later"
    PERHAPS = "perhaps"
    NO = "no"


WILL_USE = (Intent.SOON, Intent.LATER)
"""The answers of those who will."""


def intent_of(person_id: int, module_id: str, edition: int) -> Intent | None:
    """What a person said of an edition; None when nothing; one statement."""
    query = select(Reaction.answer).where(
        Reaction.person_id == person_id, Reaction.module_id == module_id, Reaction.edition == edition
    )
    answer = db.session.scalar(query)
    return Intent(answer) if answer else None


def say(person_id: int, module_id: str, edition: int, intent: Intent) -> None:
    """Keep what a person says of an edition, in place of what they said before."""
    values = {"answer": intent.value, "at": clock.now()}
    key = {"person_id": person_id, "module_id": module_id, "edition": edition}
    with writing():
        statement = insertion(Reaction).values(**key, **values)
        db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
