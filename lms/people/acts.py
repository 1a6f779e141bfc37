"""The one way to write facts: an act locks what it touches, writes, takes its number and commits."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from blinker import Namespace
from sqlalchemy import event, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from lms.content.models import RoleProfileRow
from lms.core import clock
from lms.core.database import db, writing
from lms.people.models import Act, Fact, Organisation, Person, Team

facts_written = Namespace().signal("facts-written")
"""Sent once at the end of each act with its `facts`, before its number is taken; the sender is the act.

What a listener gives back is called with the number, still inside the act.
"""

NUMBER_LOCK = 7_203_116
"""The advisory lock under which PostgreSQL hands out act numbers, held to the commit."""
EVERYBODY_LOCK = 7_203_117
"""The one that an act for everybody holds alone, and every other act together with its like."""

OUTRUN = 1_000
"""More acts than begin after another and are numbered before it: numbers are taken at the end."""
LOCKED_AT_ONCE = 10_000
"""How many rows one statement locks: PostgreSQL takes 65,535 parameters."""


class OutsideActError(RuntimeError):
    """Code tried to write a fact without an act, or without one that reaches far enough."""


@contextmanager
def act(
    kind: str,
    by: int | None,
    *,
    reason: str | None = None,
    everybody: bool = False,
    people: Iterable[int] = (),
    roles: Iterable[str] = (),
    teams: Iterable[int] = (),
    organisations: Iterable[str] = (),
) -> Iterator[Act]:
    """Write facts as one transaction by the person `by` (None: the installation itself).

    The rows named are locked before anything is read again: people, roles, teams, organisations,
    each in order of id. An act inside another locks its rows too and joins it. The number is taken
    last, so that the order of numbers is the order of commits.

    `everybody`: it may write facts that are about people whom it does not name (a requirement, an
    onboarding, the move of a team). No other act is written meanwhile.
    """
    session = db.session()
    if outer := session.info.get("act"):
        if everybody and not session.info["everybody"]:
            message = f"{kind} reaches everybody, and so must the act around it"
            raise OutsideActError(message)
        _lock(people, roles, teams, organisations)
        yield outer
        return
    with writing():
        hold_acts(alone=everybody)
        _lock(people, roles, teams, organisations)
        current = Act(at=clock.now(), kind=kind, by_id=by, reason=reason)
        session.add(current)
        session.flush()
        facts: list[Fact] = []
        session.info.update(act=current, facts=facts, everybody=everybody)
        try:
            yield current
            session.flush()
            listeners = facts_written.send(current, facts=facts)
            _number(current)
            session.flush()
            for _, finish in listeners:
                if finish is not None:
                    finish(current.no)
        finally:
            for key in ("act", "facts", "everybody"):
                session.info.pop(key, None)


def void(fact: Fact) -> None:
    """Mark a fact as entered in error, by the present act; it stays visible and never counted.

    One that is marked already stays so by the act that was first: what was known then does not change.
    """
    current = _current_act_id()
    if fact.void_act_id is None:
        fact.void_act_id = current


def reaches_everybody() -> bool:
    """Whether the present act is one for everybody."""
    return bool(db.session().info.get("everybody"))


def latest_no() -> int:
    """The number of the newest act, 0 when there is none."""
    return db.session.scalar(select(func.coalesce(func.max(Act.no), 0))) or 0


def no_known_on(day: date) -> int:
    """The number of the last act before the end of a London day."""
    end = clock.end_of_london_day(day)
    last = select(Act.no).where(Act.at < end).order_by(Act.at.desc(), Act.no.desc()).limit(OUTRUN).subquery()
    return db.session.scalar(select(func.coalesce(func.max(last.c.no), 0))) or 0


def hold_acts(*, alone: bool = True) -> None:
    """Let no act be written beside this transaction, or (not `alone`) none that is for everybody."""
    if db.engine.dialect.name == "postgresql":
        function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        db.session.execute(text(f"SELECT {function}(:key)"), {"key": EVERYBODY_LOCK})


def _lock(
    people: Iterable[int], roles: Iterable[str], teams: Iterable[int], organisations: Iterable[str]
) -> None:
    if db.engine.dialect.name == "sqlite":
        return  # the writing transaction already holds the only write lock
    for column, keys in (
        (Person.id, sorted(set(people))),
        (RoleProfileRow.id, sorted(set(roles))),
        (Team.id, sorted(set(teams))),
        (Organisation.id, sorted(set(organisations))),
    ):
        for first in range(0, len(keys), LOCKED_AT_ONCE):
            some = column.in_(keys[first : first + LOCKED_AT_ONCE])
            db.session.execute(select(column).where(some).order_by(column).with_for_update())


def _number(current: Act) -> None:
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": NUMBER_LOCK})
    current.no = latest_no() + 1


def _current_act_id() -> int:
    current: Act | None = db.session().info.get("act")
    if current is None:
        message = "facts are written inside an act only"
        raise OutsideActError(message)
    return current.id


def _keep(fact: Fact) -> None:
    """Note what the act writes, for those who listen at its end."""
    db.session().info["facts"].append(fact)


@event.listens_for(Fact, "before_insert", propagate=True)
def _belongs_to_act(_mapper: Mapper[Fact], _connection: Connection, fact: Fact) -> None:
    fact.act_id = _current_act_id()
    _keep(fact)


@event.listens_for(Fact, "before_update", propagate=True)
def _only_voided(_mapper: Mapper[Fact], _connection: Connection, fact: Fact) -> None:
    changed = {attribute.key for attribute in db.inspect(fact).attrs if attribute.history.has_changes()}
    if changed - {"void_act_id"}:
        message = f"a fact is not edited: {sorted(changed)}"
        raise OutsideActError(message)
    _current_act_id()
    _keep(fact)


@event.listens_for(Fact, "before_delete", propagate=True)
def _never_deleted(_mapper: Mapper[Fact], _connection: Connection, fact: Fact) -> None:
    message = f"a fact is not deleted: {fact!r}"
    raise OutsideActError(message)


@event.listens_for(Session, "do_orm_execute")
def _no_bulk_writes(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, Fact):
        message = f"facts of {mapper.class_.__name__} are written one by one, inside an act"
        raise OutsideActError(message)
