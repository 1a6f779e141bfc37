"""How often something may be tried; counted in the database, so that all processes share the count."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.database import At, Model, db, insertion, writing

WINDOW = timedelta(minutes=15)


class RateLimit(Model):
    """How often one key was tried since the beginning of a window."""

    __tablename__ = "rate_limit"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    window: Mapped[At] = mapped_column(primary_key=True)
    hits: Mapped[int]


def hit(key: str) -> None:
    """Count one try of `key` in the present window, and forget windows that are over."""
    window = _window()
    statement = insertion(RateLimit).values(key=key, window=window, hits=1)
    with writing():
        db.session.execute(delete(RateLimit).where(RateLimit.window < window - WINDOW))
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=["key", "window"], set_={"hits": RateLimit.hits + 1}
            )
        )


def exceeded(keys: list[str], most: int) -> bool:
    """Whether any of these keys was tried `most` times or more in the present window."""
    query = select(RateLimit.key).where(
        RateLimit.key.in_(keys), RateLimit.window == _window(), RateLimit.hits >= most
    )
    return db.session.scalars(query.limit(1)).first() is not None


def _window() -> datetime:
    seconds = int(WINDOW.total_seconds())
    moment = int(clock.now().timestamp())
    return datetime.fromtimestamp(moment - moment % seconds, tz=clock.now().tzinfo)
