"""Work that is done after an answer was given: a table of it, claimed with a lease, done at least once.

A job is written in the transaction that asks for it, so that both happen or neither does. Whoever
runs jobs claims one for a while; a process that dies leaves its job to the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import JSON, Index, Select, String, Text, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.database import At, Key, Model, Moment, db, insertion, writing

LEASE = timedelta(minutes=15)
MOST_ATTEMPTS = 5
WAIT = timedelta(minutes=1)
KEPT = timedelta(days=90)
ERROR_LENGTH = 2_000
Run = Callable[[Mapping[str, Any]], None]


class Job(Model):
    """One piece of work; done, waiting, or given up after so many attempts."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_done_at_run_at", "done_at", "run_at"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    run_at: Mapped[At]
    attempts: Mapped[int]
    leased_until: Mapped[datetime | None] = mapped_column(Moment())
    done_at: Mapped[datetime | None] = mapped_column(Moment())
    last_error: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    """What asked for it; a second job of the same key is not written."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a job; `error` is empty when it was done."""

    id: int
    kind: str
    error: str


def register_job(app: Flask, kind: str, run: Run) -> None:
    """Say what is run for jobs of a kind; it may run twice, so doing it again must do no harm."""
    app.extensions.setdefault("jobs", {})[kind] = run


def enqueue(kind: str, payload: Mapping[str, Any], key: str | None = None) -> bool:
    """Ask for a job, in the caller's transaction; False when one of this key was asked for before."""
    statement = insertion(Job).values(
        kind=kind, payload=dict(payload), run_at=clock.now(), attempts=0, key=key
    )
    done = db.session.execute(statement.on_conflict_do_nothing(index_elements=["key"]).returning(Job.id))
    return done.scalar() is not None


def run_next() -> Ran | None:
    """Claim the job that waits longest and run it; None when none waits.

    What goes wrong is kept with the job, which is tried again a minute later, then four, then sixteen.
    """
    claimed = _claim()
    if claimed is None:
        return None
    job_id, kind, payload = claimed
    runs: Mapping[str, Run] = current_app.extensions.get("jobs", {})
    error = ""
    try:
        runs[kind](payload)
    except Exception as problem:
        current_app.logger.exception("job %s, %s, failed", job_id, kind)
        db.session.rollback()
        error = f"{type(problem).__name__}: {problem}"[:ERROR_LENGTH]
    _end(job_id, error)
    return Ran(job_id, kind, error)


def forget_old_jobs() -> int:
    """Delete jobs that were done over 90 days ago; gives how many."""
    with writing():
        old = delete(Job).where(Job.done_at < clock.now() - KEPT).returning(Job.id)
        return len(db.session.scalars(old).all())


def open_jobs() -> list[Job]:
    """Jobs that are not done, oldest first; those given up too."""
    return list(db.session.scalars(select(Job).where(Job.done_at.is_(None)).order_by(Job.id)))


def _waiting() -> Select[Job]:
    """The job that waits longest and nobody has claimed."""
    now = clock.now()
    return (
        select(Job)
        .where(
            Job.done_at.is_(None),
            Job.run_at <= now,
            Job.attempts < MOST_ATTEMPTS,
            or_(Job.leased_until.is_(None), Job.leased_until <= now),
        )
        .order_by(Job.run_at, Job.id)
        .limit(1)
    )


def _claim() -> tuple[int, str, Mapping[str, Any]] | None:
    """Take a job for fifteen minutes, in a short transaction; two never take the same.

    Whether one waits is asked without a lock first: this is asked every few seconds.
    """
    waits = db.session.scalars(_waiting()).first() is not None
    db.session.rollback()
    if not waits:
        return None
    with writing():
        job = db.session.scalars(_waiting().with_for_update(skip_locked=True)).first()
        if job is None:
            return None
        job.leased_until = clock.now() + LEASE
        job.attempts += 1
        return job.id, job.kind, dict(job.payload)


def _end(job_id: int, error: str) -> None:
    with writing():
        job = db.session.get_one(Job, job_id)
        job.leased_until = None
        job.last_error = error or None
        if error:
            job.run_at = clock.now() + WAIT * 4 ** (job.attempts - 1)
        else:
            job.done_at = clock.now()
