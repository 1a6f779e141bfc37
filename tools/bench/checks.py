"""Learners in the middle of a check: each has begun one, and knows every answer."""

from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from flask import Flask, url_for
from sqlalchemy import exists, select

from lms.content import catalogue
from lms.content.catalogue import ModuleEntry
from lms.content.documents import Question
from lms.core import clock
from lms.core.database import db, writing
from lms.learning import attempts
from lms.learning.models import Attempt
from lms.learning.responses import ANSWER, field_of
from lms.people.accounts import ensure_account
from lms.people.models import Account, Duty, Grant, Person
from lms.people.structure import holding
from tests.support.application import sign_in
from tools.bench.serving import Request
from tools.demonstration import token_in

SEE_OTHER = 303
SPARE = 6
"""For each learner who is needed so many are asked: a case takes several decisions, so its check is left."""
Answered = tuple[str, dict[str, list[str]]]
"""The address of a question, and the fields of its right answer."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A learner with a check begun: the submissions up to the last, and the last, which passes."""

    person_id: int
    first: tuple[Request, ...]
    last: Request


def takers(app: Flask, number: int) -> list[Taker]:
    """So many learners who have not tried the first module yet, each with its check begun."""
    with app.test_request_context():
        module = catalogue.current().modules[0]
        people = _without_attempt(module, SPARE * number)
        with writing():
            for person_id in people:
                ensure_account(person_id)
        begun = ((person_id, _begun(person_id, module)) for person_id in people)
        answers = dict(islice(((person_id, found) for person_id, found in begun if found), number))
    return [_taker(app, person_id, found) for person_id, found in answers.items()]


def passed(app: Flask, people: list[int]) -> int:
    """How many of these people have passed."""
    with app.app_context():
        query = select(Attempt.person_id).where(Attempt.passed.is_(True), Attempt.person_id.in_(people))
        return len(set(db.session.scalars(query)))


def _without_attempt(module: ModuleEntry, number: int) -> list[int]:
    """People in post who have no account, so that none of the six is among them."""
    held = holding(clock.today()).subquery()
    query = (
        select(Person.id)
        .join(Grant, (Grant.person_id == Person.id) & (Grant.duty == Duty.LEARNER))
        .where(
            Person.id.in_(select(held.c.person_id)),
            ~exists().where(Account.person_id == Person.id),
            ~exists().where(Attempt.person_id == Person.id, Attempt.module_id == module.id),
        )
        .order_by(Person.id)
        .limit(number)
    )
    return list(db.session.scalars(query))


def _begun(person_id: int, module: ModuleEntry) -> list[Answered]:
    """Begin the check; gives the address and the right answer of each question; nothing if one is a case."""
    attempts.begin(person_id, module)
    attempt = attempts.latest_attempt(person_id, module)
    if attempt is None:
        return []
    document = catalogue.module_version(module.version_id).document
    questions = [
        attempts.question_at(attempt, document, place) for place in range(1, len(attempt.questions) + 1)
    ]
    if any(question.kind == "scenario" for question in questions):
        return []
    return [
        (
            url_for("learning.question", course=module.course, module=module.id, position=place),
            _right(question),
        )
        for place, question in enumerate(questions, 1)
    ]


def _taker(app: Flask, person_id: int, answers: list[Answered]) -> Taker:
    client = app.test_client()
    sign_in(client, person_id)
    token = token_in(client.get(answers[0][0]).text)
    cookie = client.get_cookie("session")
    value = cookie.value if cookie else ""
    requests = [
        Request(path, value, urlencode({**fields, "csrf_token": token}, doseq=True), SEE_OTHER)
        for path, fields in answers
    ]
    return Taker(person_id, tuple(requests[:-1]), requests[-1])


def _right(question: Question) -> dict[str, list[str]]:
    """The fields of a right answer."""
    match question.kind:
        case "number":
            return {ANSWER: [question.low]}
        case "order":
            return {field_of(place): [str(place + 1)] for place in range(len(question.options))}
        case "match":
            return {field_of(place): [str(place)] for place in range(len(question.options))}
        case _:
            return {ANSWER: [str(place) for place, option in enumerate(question.options) if option.right]}
