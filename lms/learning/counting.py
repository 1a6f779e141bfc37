"""Counts of answers and of reading, for authors: they name nobody, and stay when attempts are erased.

A count is written with what it counts, in the same transaction, so that a page of figures costs the
same with a thousand answers and with a million.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, selectinload

from lms.content import catalogue
from lms.content.documents import ModuleDocument, Question
from lms.content.models import ModuleVersion
from lms.content.questions import feedback_for
from lms.core import clock
from lms.core.database import Model, db, insertion, writing
from lms.core.migrations import upgraded
from lms.learning.models import Answer, Attempt

CHOICES = frozenset({"single", "multiple"})
TEXT_LENGTH = 16
ATTEMPTS_AT_ONCE = 500
ROWS_AT_ONCE = 500


class AnswerCount(Model):
    """How many people first answered a question alike, having so many of the other questions right.

    `text` is the hash of what the question says. `picked` holds places of options: what was chosen,
    the foreseen number, the items in their right place; empty for kinds that have no options.
    """

    __tablename__ = "answer_count"

    module_id: Mapped[str] = mapped_column(ForeignKey("module.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH), primary_key=True)
    right: Mapped[bool] = mapped_column(primary_key=True)
    picked: Mapped[str] = mapped_column(String(200), primary_key=True)
    others_right: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    others: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]
    first_on: Mapped[date]
    last_on: Mapped[date]


class Cell(NamedTuple):
    """What the answers that are counted together have in common: the key of a count."""

    module_id: str
    edition: int
    question_id: str
    text: str
    right: bool
    picked: str
    others_right: int
    others: int


def text_of(question: Question) -> str:
    """The hash of what a learner reads before answering; figures begin again when it changes.

    Feedback is read afterwards, and does not change it.
    """
    said = [question.kind, question.stem_html, question.low, question.high, question.unit]
    said += question.headings
    for each in question.options:
        said += [each.html, str(each.right), each.value, each.match]
    for step in question.steps:
        said += [step.html, *(each.html for each in step.options)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:TEXT_LENGTH]


def picked_of(question: Question, response: object) -> tuple[int, ...]:
    """The places of the options that an answer picks, in their order; none for a kind without options."""
    if question.kind == "number":
        return tuple(each.option for each in feedback_for(question, response) if each.option is not None)
    if not isinstance(response, list):
        return ()
    if question.kind in CHOICES:
        return tuple(sorted(response))
    if question.kind == "order":
        return tuple(place for place, item in enumerate(response) if item == place)
    if question.kind == "match":
        sides = [each.match for each in question.options]
        return tuple(place for place, side in enumerate(response) if sides[side] == sides[place])
    return ()


def count_answers(attempt: Attempt, document: ModuleDocument) -> None:
    """Count the answers of an attempt that is finished; in the transaction of its last answer.

    Only the first answer of a person to a question of an edition counts: a later one knows the feedback.
    """
    earlier = (
        select(Answer.question_id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.version_id)
        .where(
            Attempt.person_id == attempt.person_id,
            Attempt.module_id == attempt.module_id,
            Attempt.id < attempt.id,
            ModuleVersion.edition == document.edition,
        )
    )
    known = set(db.session.scalars(earlier))
    day = clock.today()
    _add(dict.fromkeys(cells_of(attempt, document, known), (1, day, day)))


def cells_of(attempt: Attempt, document: ModuleDocument, known: Collection[str]) -> Iterator[Cell]:
    """The key of each answer of an attempt; questions that the person has met before are left out."""
    right, asked = sum(each.right for each in attempt.answers), len(attempt.answers)
    for answer in attempt.answers:
        question = document.question(answer.question_id)
        if question is None or question.id in known:
            continue
        yield Cell(
            attempt.module_id,
            document.edition,
            question.id,
            text_of(question),
            answer.right,
            ",".join(str(place) for place in picked_of(question, answer.response)),
            right - answer.right,
            asked - 1,
        )


Spans = dict[Cell, tuple[int, date, date]]
"""How many people, and the first and the last day, by key."""


def _add(found: Spans) -> None:
    """Add to the counts; keys are written in their order, so that two who write never wait for each other."""
    cells = sorted(found)
    for start in range(0, len(cells), ROWS_AT_ONCE):
        rows = [
            {**cell._asdict(), **dict(zip(("people", "first_on", "last_on"), found[cell], strict=True))}
            for cell in cells[start : start + ROWS_AT_ONCE]
        ]
        statement = insertion(AnswerCount).values(rows)
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=list(Cell._fields),
                set_={
                    "people": AnswerCount.people + statement.excluded.people,
                    "last_on": statement.excluded.last_on,
                },
            )
        )


@upgraded.connect
def fill(_sender: object = None) -> None:
    """Count what was answered before there were counts; nothing happens when there are any."""
    finished = select(Attempt.id).where(Attempt.finished_at.is_not(None)).order_by(Attempt.id)
    if _is_counted() or db.session.scalar(finished.limit(1)) is None:
        return
    with writing():
        if not _is_counted():
            _add(_all_answers(db.session.scalars(finished).all()))


def _is_counted() -> bool:
    return db.session.scalar(select(AnswerCount.module_id).limit(1)) is not None


def _all_answers(attempt_ids: Sequence[int]) -> Spans:
    """The counts of all answers to finished attempts, in the order in which they were begun."""
    found: Spans = {}
    texts: dict[int, ModuleDocument] = {}
    known: dict[tuple[int, str, int], set[str]] = defaultdict(set)
    for start in range(0, len(attempt_ids), ATTEMPTS_AT_ONCE):
        some = select(Attempt).where(Attempt.id.in_(attempt_ids[start : start + ATTEMPTS_AT_ONCE]))
        for attempt in db.session.scalars(some.order_by(Attempt.id).options(selectinload(Attempt.answers))):
            if attempt.version_id not in texts:
                texts[attempt.version_id] = catalogue.module_version(attempt.version_id).document
            document = texts[attempt.version_id]
            met = known[attempt.person_id, attempt.module_id, document.edition]
            day = clock.london_day(attempt.finished_at or attempt.begun_at)
            for cell in cells_of(attempt, document, met):
                people, first, last = found.get(cell, (0, day, day))
                found[cell] = (people + 1, min(first, day), max(last, day))
            met.update(each.question_id for each in attempt.answers)
        db.session.expunge_all()
    return found
