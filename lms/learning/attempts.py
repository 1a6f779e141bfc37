"""Attempts at the check of a module: begun, answered one question at a time, finished by the last."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile
from random import Random

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from lms.content import catalogue
from lms.content.catalogue import ModuleEntry
from lms.content.documents import ModuleDocument, Question
from lms.content.questions import mark
from lms.content.questions.scenario import way_of
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.completions import complete
from lms.learning.counting import count_answers
from lms.learning.drawing import draw, needed, opens_on
from lms.learning.models import Answer, Attempt
from lms.learning.responses import Response
from lms.learning.updates import update_of
from lms.people.acts import act
from lms.people.models import Person

SEEDS = 2**31


class CheckShutError(Exception):
    """The check may not be begun before a day."""

    def __init__(self, opens: date) -> None:
        super().__init__(f"the check opens on {opens}")
        self.opens = opens


def begin(person_id: int, module: ModuleEntry, *, seed: int | None = None) -> int:
    """Begin a check on the present text of a module, or resume the open attempt; gives the attempt's id.

    Who owes an update is asked what is new alone; one that asks for reading only is finished at once.
    `seed` decides the draw and the order of options, for a history that is made twice the same.
    Raises CheckShutError after two attempts on one day that did not pass.
    """
    document = catalogue.module_version(module.version_id).document
    with writing():
        # Two windows that begin at once wait for one another, and the second resumes.
        db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
        earlier = attempts_of(person_id, module)
        open_now = open_attempt(earlier)
        if open_now is not None:
            return open_now.id
        opens = opening_day(earlier)
        if opens > clock.today():
            raise CheckShutError(opens)
        seed = secrets.randbelow(SEEDS) if seed is None else seed
        chance = Random(seed)  # noqa: S311 the seed is what cannot be guessed
        asked = [each.questions for each in earlier]
        update = update_of(person_id, module, catalogue.current()) if module.earlier_until else None
        attempt = Attempt(
            person_id=person_id,
            module_id=module.id,
            version_id=module.version_id,
            seed=seed,
            questions=list(update.questions)
            if update
            else draw(document.questions, document.ask, asked, chance),
            begun_at=clock.now(),
        )
        db.session.add(attempt)
        db.session.flush()
        if not attempt.questions:
            _finish(attempt, document)
        return attempt.id


def answer(attempt_id: int, position: int, response: Response) -> None:
    """Mark and keep the answer to the question at a position (from 1); the last one finishes the attempt.

    Questions are answered in their order and once: what was answered before, or stands further
    on, changes nothing. A pass is one act with its completion, evidence and enrolments.
    """
    with writing():
        attempt = _locked(attempt_id)
        if attempt.finished_at is not None or position != next_position(attempt):
            return
        if attempt.decided and list(response)[: len(attempt.decided)] != attempt.decided:
            return
        _keep(attempt, position, response)


def decide(attempt_id: int, position: int, decision: int, option: int) -> None:
    """Take a decision (from 1) in the scenario at a position; the last one answers the question.

    Decisions are taken in their order and once: one that was taken before, or stands further on,
    changes nothing, and neither does an option that is not there.
    """
    with writing():
        attempt = _locked(attempt_id)
        taken = attempt.decided or []
        if (
            attempt.finished_at is not None
            or position != next_position(attempt)
            or decision != len(taken) + 1
        ):
            return
        document = catalogue.module_version(attempt.version_id).document
        way = way_of(question_at(attempt, document, position), [*taken, option])
        if way is None:
            return
        if way.waits is None:
            _keep(attempt, position, [*taken, option])
        else:
            attempt.decided = [*taken, option]


def attempts_of(person_id: int, module: ModuleEntry) -> list[Attempt]:
    """A person's attempts at a module, oldest first, with their answers; one statement."""
    return list(db.session.scalars(_attempts(person_id, module).order_by(Attempt.id)).unique())


def latest_attempt(person_id: int, module: ModuleEntry) -> Attempt | None:
    """A person's newest attempt at a module with its answers; one statement."""
    query = _attempts(person_id, module).order_by(Attempt.id.desc()).limit(1)
    return db.session.scalars(query).unique().first()


def attempt_of(person_id: int, attempt_id: int) -> Attempt | None:
    """One of a person's own attempts with its answers; one statement."""
    return db.session.scalars(_attempts(person_id).where(Attempt.id == attempt_id)).unique().first()


def open_attempt(attempts: Iterable[Attempt]) -> Attempt | None:
    """The attempt that is under way, if there is one."""
    return next((each for each in attempts if each.finished_at is None), None)


def fails_today(attempts: Sequence[Attempt]) -> int:
    """How many attempts in a row, up to now, did not pass today."""
    today = clock.today()
    finished = [each for each in attempts if each.finished_at is not None]
    newest = takewhile(lambda each: each.passed is False and _day(each) == today, reversed(finished))
    return sum(1 for _ in newest)


def opening_day(attempts: Sequence[Attempt]) -> date:
    """The day from which the next attempt may be begun: today, or tomorrow after two that did not pass."""
    return opens_on(fails_today(attempts), clock.today())


def next_position(attempt: Attempt) -> int:
    """The position of the first question without an answer."""
    return len(attempt.answers) + 1


def question_at(attempt: Attempt, document: ModuleDocument, position: int) -> Question:
    """The question at a position, from 1, in the text that the attempt began with."""
    question = document.question(attempt.questions[position - 1])
    if question is None:
        message = f"version {attempt.version_id} has no question {attempt.questions[position - 1]!r}"
        raise LookupError(message)
    return question


def score(attempt: Attempt) -> int:
    """How many answers are right."""
    return sum(1 for each in attempt.answers if each.right)


def _attempts(person_id: int, module: ModuleEntry | None = None) -> Select[Attempt]:
    query = select(Attempt).where(Attempt.person_id == person_id).options(joinedload(Attempt.answers))
    return query if module is None else query.where(Attempt.module_id.in_([module.id, *module.aliases]))


def _locked(attempt_id: int) -> Attempt:
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _keep(attempt: Attempt, position: int, response: Response) -> None:
    """Mark and keep an answer; the last one finishes the attempt."""
    document = catalogue.module_version(attempt.version_id).document
    question = question_at(attempt, document, position)
    attempt.decided = None
    attempt.answers.append(
        Answer(
            position=position,
            question_id=question.id,
            response=response,
            right=mark(question, response),
            at=clock.now(),
        )
    )
    if position == len(attempt.questions):
        _finish(attempt, document)


def _finish(attempt: Attempt, document: ModuleDocument) -> None:
    passed = score(attempt) >= needed(len(attempt.questions), document.pass_mark)
    if not passed:
        # No fact: an attempt that did not pass is seen by the learner alone.
        attempt.finished_at, attempt.passed = clock.now(), False
        count_answers(attempt, document)
        return
    with act("check-passed", attempt.person_id, people=[attempt.person_id]):
        attempt.finished_at, attempt.passed = clock.now(), True
        complete(attempt, document)
        count_answers(attempt, document)


def _day(attempt: Attempt) -> date:
    return clock.london_day(attempt.finished_at or attempt.begun_at)
