"""How attempts begin, go on and finish."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.core import clock
from lms.core.database import db
from lms.learning import attempts
from lms.learning.attempts import CheckShutError
from lms.learning.models import Answer, Attempt, Completion
from lms.people.acts import latest_no
from lms.people.models import Act
from tests.learning.conftest import FIRST_DAY, School
from tests.support.learners import noon
from tests.support.samples import (
    changed_samples,
    entry,
    finish,
    publish_samples,
    questions_of,
    right_response,
    take,
    wrong_response,
)


def made(school: School, attempt_id: int) -> Attempt:
    found = attempts.attempt_of(school.buyer_id, attempt_id)
    assert found is not None
    return found


def at_once(school: School, work: Callable[[], object]) -> None:
    """Do the same work in four threads that start together."""
    barrier = threading.Barrier(4)

    def start() -> None:
        with school.app.app_context():
            barrier.wait()
            work()
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(copy_context().run, start) for _ in range(4)]:
            each.result()


def test_an_attempt_under_way_is_resumed_with_its_answers(school: School) -> None:
    with school.on(FIRST_DAY):
        first = attempts.begin(school.buyer_id, entry("notices"))
        attempts.answer(first, 1, right_response(questions_of(made(school, first))[0]))
    with school.on(FIRST_DAY + timedelta(days=9)):
        assert attempts.begin(school.buyer_id, entry("notices")) == first
        assert attempts.next_position(made(school, first)) == 2


def test_the_last_answer_finishes_a_pass_in_one_act(school: School) -> None:
    with school.on(FIRST_DAY):
        before = latest_no()
        attempt = made(school, take(school.buyer_id, "notices", wrong=1))
        assert (attempt.passed, attempts.score(attempt), attempt.finished_at) == (True, 3, clock.now())
        assert latest_no() == before + 1
        completion = db.session.scalars(select(Completion)).one()
        assert (completion.attempt_id, completion.edition) == (attempt.id, 1)
        act = db.session.get_one(Act, completion.act_id)
        assert (act.kind, act.by_id, act.no) == ("check-passed", school.buyer_id, before + 1)


def test_an_attempt_that_does_not_pass_writes_no_fact(school: School) -> None:
    with school.on(FIRST_DAY):
        before = latest_no()
        attempt = made(school, take(school.buyer_id, "notices", wrong=2))
        assert (attempt.passed, attempts.score(attempt)) == (False, 2)
        assert latest_no() == before
        assert db.session.scalars(select(Completion)).all() == []


def test_an_answer_is_given_once(school: School) -> None:
    with school.on(FIRST_DAY):
        attempt_id = attempts.begin(school.buyer_id, entry("notices"))
        question = questions_of(made(school, attempt_id))[0]
        attempts.answer(attempt_id, 1, wrong_response(question))
        attempts.answer(attempt_id, 1, right_response(question))
        answer = db.session.scalars(select(Answer)).one()
        assert (answer.right, answer.response) == (False, wrong_response(question))


def test_questions_are_answered_in_their_order(school: School) -> None:
    with school.on(FIRST_DAY):
        attempt_id = attempts.begin(school.buyer_id, entry("notices"))
        attempts.answer(attempt_id, 3, right_response(questions_of(made(school, attempt_id))[2]))
        assert db.session.scalars(select(Answer)).all() == []


def test_a_finished_attempt_takes_no_answer(school: School) -> None:
    with school.on(FIRST_DAY):
        attempt_id = take(school.buyer_id, "standstill")
        attempts.answer(attempt_id, 3, [0])
        assert db.session.scalar(select(func.count(Answer.id))) == 2


def test_two_tries_that_did_not_pass_shut_the_check_until_the_next_london_day(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices", wrong=4)
        take(school.buyer_id, "notices", wrong=4)
        with pytest.raises(CheckShutError) as shut:
            attempts.begin(school.buyer_id, entry("notices"))
        assert shut.value.opens == FIRST_DAY + timedelta(days=1)
        assert take(school.buyer_id, "standstill")
    with school.on(FIRST_DAY + timedelta(days=1)):
        assert made(school, take(school.buyer_id, "notices")).passed


def test_the_london_day_decides_and_not_that_of_utc(school: School) -> None:
    late = noon(date(2026, 7, 1)).replace(hour=22, minute=30)
    with school.app.app_context():
        with clock.at(late):
            take(school.buyer_id, "notices", wrong=4)
            take(school.buyer_id, "notices", wrong=4)
        with clock.at(late + timedelta(hours=1)):
            assert attempts.begin(school.buyer_id, entry("notices"))


def test_a_pass_between_them_breaks_the_row_of_tries(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices", wrong=4)
        take(school.buyer_id, "notices")
        take(school.buyer_id, "notices", wrong=4)
        assert attempts.begin(school.buyer_id, entry("notices"))


def test_a_retry_asks_what_was_not_asked(school: School) -> None:
    with school.on(FIRST_DAY):
        first = made(school, take(school.buyer_id, "standstill", wrong=2)).questions
        second = made(school, take(school.buyer_id, "standstill")).questions
    assert {*first, *second} == {"how-long", "when-begins", "who-waits"}


def test_an_attempt_finishes_on_the_text_that_it_began_with(school: School, tmp_path: Path) -> None:
    with school.on(FIRST_DAY):
        attempt_id = attempts.begin(school.buyer_id, entry("standstill"))
        began_with = entry("standstill").version_id
        file = "first-steps/standstill.md"
        answers = (
            ("- [x] Eight working days", "- [ ] Eight days"),
            ("- [ ] Ten calendar days", "- [x] Ten days"),
        )
        mark = ("ask: 2", "ask: 3")
        publish_samples(changed_samples(tmp_path, file, *answers, mark))
        assert entry("standstill").version_id != began_with
        assert attempts.begin(school.buyer_id, entry("standstill")) == attempt_id
        finish(school.buyer_id, attempt_id)
        attempt = made(school, attempt_id)
        assert (attempt.passed, attempt.version_id, len(attempt.questions)) == (True, began_with, 2)
        assert db.session.scalars(select(Completion)).one().version_id == began_with


def test_the_same_answer_from_two_windows_at_once_is_kept_once(school: School) -> None:
    with school.on(FIRST_DAY):
        attempt_id = attempts.begin(school.buyer_id, entry("notices"))
        asked = questions_of(made(school, attempt_id))
        for position, question in enumerate(asked[:-1], 1):
            attempts.answer(attempt_id, position, right_response(question))
        last, response = len(asked), right_response(asked[-1])
    at_once(school, lambda: attempts.answer(attempt_id, last, response))
    with school.on(FIRST_DAY):
        assert db.session.scalar(select(func.count(Answer.id))) == last
        assert db.session.scalar(select(func.count(Completion.id))) == 1


def test_two_windows_that_begin_at_once_begin_one_attempt(school: School) -> None:
    with school.on(FIRST_DAY):
        module = entry("notices")
    at_once(school, lambda: attempts.begin(school.buyer_id, module))
    with school.on(FIRST_DAY):
        assert db.session.scalar(select(func.count(Attempt.id))) == 1


def test_an_attempt_is_given_to_its_own_person_only(school: School) -> None:
    with school.on(FIRST_DAY):
        attempt_id = take(school.buyer_id, "notices")
        assert attempts.attempt_of(school.manager_id, attempt_id) is None
