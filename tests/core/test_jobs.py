"""Jobs are done at least once, by one at a time, and what goes wrong is kept and tried again."""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import clock
from lms.core.database import db, writing
from lms.core.jobs import KEPT, LEASE, MOST_ATTEMPTS, WAIT, Job, enqueue, register_job, run_next

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
Ask = Callable[..., bool]


@pytest.fixture
def ran(app: Flask) -> Iterator[list[Any]]:
    """The payloads of jobs of the kind “note”, as they are run; one that says so fails."""
    noted: list[Any] = []

    def note(payload: Mapping[str, Any]) -> None:
        noted.append(payload["number"])
        if payload.get("fails"):
            message = "the host did not answer"
            raise ConnectionError(message)

    register_job(app, "note", note)
    with clock.at(START), app.app_context():
        yield noted


def ask(number: int, key: str | None = None, **more: object) -> bool:
    with writing():
        return enqueue("note", {"number": number, **more}, key)


def the_job() -> Job:
    return db.session.scalars(select(Job)).one()


def test_jobs_run_once_in_the_order_in_which_they_were_asked_for(ran: list[Any]) -> None:
    for number in (1, 2):
        assert ask(number)
    assert [run.error for run in (run_next(), run_next()) if run] == ["", ""]
    assert (run_next(), ran) == (None, [1, 2])


def test_a_second_job_of_the_same_key_is_not_written(ran: list[Any]) -> None:
    assert [ask(1, "a"), ask(2, "a"), ask(3, "b"), ask(4), ask(5)] == [True, False, True, True, True]
    while run_next():
        pass
    assert ran == [1, 3, 4, 5]
    assert not ask(6, "a")


def test_a_job_that_is_undone_with_its_transaction_never_runs(ran: list[Any]) -> None:
    def fail() -> None:
        with writing():
            enqueue("note", {"number": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (run_next(), ran) == (None, [])


def test_a_failure_is_kept_and_tried_again_later_until_it_is_given_up(ran: list[Any]) -> None:
    ask(1, fails=True)
    at, error = START, "ConnectionError: the host did not answer"
    for number in range(MOST_ATTEMPTS):
        with clock.at(at):
            assert [run.error for run in (run_next(), run_next()) if run] == [error]
        at += WAIT * 4**number
    with clock.at(at + timedelta(days=1)):
        assert run_next() is None
    assert ran == [1] * MOST_ATTEMPTS
    job = the_job()
    assert (job.attempts, job.done_at, job.last_error) == (MOST_ATTEMPTS, None, error)


def test_a_job_of_a_kind_that_nobody_runs_is_kept_as_a_failure(ran: list[Any]) -> None:
    with writing():
        enqueue("unheard-of", {})
    done = run_next()
    assert done is not None
    assert done.error == "KeyError: 'unheard-of'"


def test_what_a_process_left_when_it_died_is_run_when_its_time_is_over(ran: list[Any]) -> None:
    ask(1)
    with writing():
        the_job().leased_until = START + LEASE
    assert run_next() is None
    with clock.at(START + LEASE):
        assert run_next() is not None
    assert ran == [1]


def test_many_who_run_jobs_never_run_the_same(app: Flask, ran: list[Any]) -> None:
    for number in range(20):
        ask(number)
    failures: list[Exception] = []

    def work() -> None:
        try:
            with clock.at(START), app.app_context():
                while run_next():
                    pass
        except Exception as error:  # noqa: BLE001 the thread reports whatever went wrong
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert (failures, sorted(ran)) == ([], list(range(20)))


def test_the_commands_run_list_and_forget(app: Flask, ran: list[Any]) -> None:
    runner = app.test_cli_runner()
    ask(1)
    ask(2, fails=True)
    answer = runner.invoke(args=["jobs", "run", "--once"])
    lines = [line for line in answer.output.splitlines() if line.startswith("Job")]
    assert lines == ["Job 1, note: done", "Job 2, note: ConnectionError: the host did not answer"]
    listed = runner.invoke(args=["jobs", "list"]).output
    assert listed == "2  note  waits after 1 attempts: ConnectionError: the host did not answer\n"
    with clock.at(START + KEPT + timedelta(days=1)):
        runner.invoke(args=["jobs", "run", "--once"])
    assert the_job().id == 2
