"""Who gets the weekly mail: at most one in seven days, and none for those who stopped it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select, update

from lms.core import clock
from lms.core.database import db, insertion, writing
from lms.people.models import Account, Digest, Person

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may get the weekly mail; `sent_at` is when the last one was sent."""

    person_id: int
    name: str
    email: str
    sent_at: datetime | None
    stopped: bool

    def is_due(self, today: date) -> bool:
        """Whether a mail may be sent today."""
        return is_due(self.sent_at, today, stopped=self.stopped)

    @property
    def since(self) -> datetime:
        """From when on news are told: the last mail, or a week ago."""
        return self.sent_at or clock.now() - WEEK


def is_due(sent_at: datetime | None, today: date, *, stopped: bool) -> bool:
    """Whether seven days have passed since the last mail, by days of the calendar, and it is wanted."""
    return not stopped and (sent_at is None or clock.london_day(sent_at) + WEEK <= today)


def readers() -> list[int]:
    """All people who can sign in and have not stopped the mail; one statement."""
    query = (
        select(Account.person_id)
        .outerjoin(Digest, Digest.person_id == Account.person_id)
        .where(Account.password_hash.is_not(None), Digest.stopped_at.is_(None))
        .order_by(Account.person_id)
    )
    return list(db.session.scalars(query))


def reader(person_id: int) -> Reader | None:
    """Somebody who can sign in, with their last mail; None for others; one statement."""
    query = (
        select(Person.name, Person.email, Digest.sent_at, Digest.stopped_at)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(Digest, Digest.person_id == Person.id)
        .where(Person.id == person_id, Account.password_hash.is_not(None))
    )
    row = db.session.execute(query).first()
    return Reader(person_id, row.name, row.email, row.sent_at, row.stopped_at is not None) if row else None


@contextmanager
def sending(person_id: int, today: date) -> Iterator[bool]:
    """Note that the mail of this week is sent, and take the note back when sending it fails.

    Gives False when another one was sent meanwhile, or the person stopped it: then nothing is to be
    sent. The note is written first, so that two who send at once never send two. It is no longer
    open while the mail server is waited for.
    """
    now = clock.now()
    with writing():
        _ensure(person_id)
        row = db.session.get_one(Digest, person_id, with_for_update=True)
        before, due = row.sent_at, is_due(row.sent_at, today, stopped=row.stopped_at is not None)
        if due:
            row.sent_at = now
    try:
        yield due
    except BaseException:
        if due:
            with writing():
                mine = (Digest.person_id == person_id, Digest.sent_at == now)
                db.session.execute(update(Digest).where(*mine).values(sent_at=before))
        raise


def wants_mail(person_id: int) -> bool:
    """Whether a person has not stopped the weekly mail; one statement."""
    query = select(Digest.person_id).where(Digest.person_id == person_id, Digest.stopped_at.is_not(None))
    return db.session.scalars(query).first() is None


def choose_mail(person_id: int, *, wanted: bool) -> None:
    """Keep whether a person wants the weekly mail; when they have stopped it already, that moment stays."""
    with writing():
        _ensure(person_id)
        row = db.session.get_one(Digest, person_id, with_for_update=True)
        row.stopped_at = None if wanted else row.stopped_at or clock.now()


def stop_token(person_id: int) -> str:
    """What the link in a mail carries: it stops the mail of this person, does nothing else, and lasts."""
    return _signer().dumps(person_id)


def stopped_by(token: str) -> int | None:
    """The person whose mail a token stops; None when it was not made here, or they are gone."""
    try:
        found = _signer().loads(token)
    except BadSignature:
        return None
    return db.session.scalars(select(Person.id).where(Person.id == found)).first()


def _ensure(person_id: int) -> None:
    db.session.execute(insertion(Digest).values(person_id=person_id).on_conflict_do_nothing())


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="weekly mail")
