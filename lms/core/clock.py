"""The one source of time: UTC moments and London days."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_fixed: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The present day in the United Kingdom."""
    return london_day(now())


def london_day(moment: datetime) -> date:
    """The day on which a UTC moment falls in London."""
    return moment.astimezone(LONDON).date()


def end_of_london_day(day: date) -> datetime:
    """The UTC moment at which a London day is over: the first one that no longer belongs to it."""
    following = date.fromordinal(day.toordinal() + 1)
    return datetime(following.year, following.month, following.day, tzinfo=LONDON).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the clock to a UTC moment: for tests, and for a history written in order of time."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
