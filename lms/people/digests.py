"""Who gets the weekly mail: whoever has an account, at most one in seven days, until they stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Select, and_, func, or_, select, update

from lms.core import clock
from lms.core.database import db, insertion, writing
from lms.people.models import Account, Appointment, Digest, Onboarding, Person
from lms.people.structure import holding, latest_placement

WEEK = timedelta(days=7)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


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
        """From when on events are told: the last mail, or a week ago."""
        return self.sent_at or clock.now() - WEEK

    @property
    def told_to(self) -> datetime:
        """Up to when all was told that comes near or waits: the last mail; without one, nothing was."""
        return self.sent_at or NEVER


def is_due(sent_at: datetime | None, today: date, *, stopped: bool) -> bool:
    """Whether seven days have passed since the last mail, by days of the calendar, and it is wanted."""
    return not stopped and (sent_at is None or clock.london_day(sent_at) + WEEK <= today)


def readers(today: date) -> list[int]:
    """All people who have an account and have not stopped the mail; one statement.

    A password is not needed. Left out is whoever holds posts only where nobody is on board yet.
    """
    posts = _posts(today).subquery()
    query = (
        select(Account.person_id)
        .outerjoin(Digest, Digest.person_id == Account.person_id)
        .outerjoin(posts, posts.c.person_id == Account.person_id)
        .where(Digest.stopped_at.is_(None), or_(posts.c.person_id.is_(None), posts.c.on_board > 0))
        .order_by(Account.person_id)
    )
    return list(db.session.scalars(query))


def reader(person_id: int, today: date) -> Reader | None:
    """Somebody who may get a mail, with their last one; None for others; one statement."""
    posts = _posts(today).where(Appointment.person_id == person_id).subquery()
    query = (
        select(Person.name, Person.email, Digest.sent_at, Digest.stopped_at)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(Digest, Digest.person_id == Person.id)
        .outerjoin(posts, posts.c.person_id == Person.id)
        .where(Person.id == person_id, or_(posts.c.person_id.is_(None), posts.c.on_board > 0))
    )
    row = db.session.execute(query).first()
    return Reader(person_id, row.name, row.email, row.sent_at, row.stopped_at is not None) if row else None


@contextmanager
def sending(person_id: int, read_at: datetime) -> Iterator[bool]:
    """Note that the mail of this week is sent, and take the note back when sending it fails.

    `read_at` is when its news were read: the next mail begins there. Gives False when another one was
    sent meanwhile, or the person stopped it: then nothing is to be sent. The note is written first,
    so that two who send at once never send two. It is no longer open while the mail server is waited for.
    """
    with writing():
        _ensure(person_id)
        row = db.session.get_one(Digest, person_id, with_for_update=True)
        before, today = row.sent_at, clock.london_day(read_at)
        due = is_due(before, today, stopped=row.stopped_at is not None)
        if due:
            row.sent_at = read_at
    try:
        yield due
    except BaseException:
        if due:
            with writing():
                mine = (Digest.person_id == person_id, Digest.sent_at == read_at)
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
    """What the link in a mail carries: it stops or begins the mail of this person, no more, and lasts."""
    return _signer().dumps(person_id)


def stopped_by(token: str) -> int | None:
    """The person whose mail a token stops; None when it was not made here, or they are gone."""
    try:
        found = _signer().loads(token)
    except BadSignature:
        return None
    return db.session.scalars(select(Person.id).where(Person.id == found)).first()


def _posts(today: date) -> Select[int, int]:
    """Whoever holds a post today, and how many onboardings there were where they hold one."""
    placed = latest_placement(today).subquery()
    begun = and_(
        Onboarding.organisation_id == placed.c.organisation_id,
        Onboarding.from_day <= today,
        Onboarding.void_act_id.is_(None),
    )
    return (
        holding(today)
        .outerjoin(placed, placed.c.team_id == Appointment.team_id)
        .outerjoin(Onboarding, begun)
        .with_only_columns(Appointment.person_id, func.count(Onboarding.id).label("on_board"))
        .group_by(Appointment.person_id)
    )


def _ensure(person_id: int) -> None:
    db.session.execute(insertion(Digest).values(person_id=person_id).on_conflict_do_nothing())


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="weekly mail")
