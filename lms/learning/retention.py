"""Attempts that did not pass are kept for twelve months, as the privacy notice says, and then erased."""

from datetime import datetime, time

from sqlalchemy import delete, select

from lms.core import clock
from lms.core.database import db, writing
from lms.core.dates import add_months
from lms.learning.models import Answer, Attempt

KEPT_MONTHS = 12


def erase_old_attempts() -> int:
    """Erase attempts that finished over twelve months ago without a pass; gives how many there were."""
    day = add_months(clock.today(), -KEPT_MONTHS)
    before = datetime.combine(day, time(), tzinfo=clock.LONDON)
    old = select(Attempt.id).where(Attempt.passed.is_(False), Attempt.finished_at < before)
    with writing():
        ids = db.session.scalars(old).all()
        db.session.execute(delete(Answer).where(Answer.attempt_id.in_(old)))
        db.session.execute(delete(Attempt).where(Attempt.id.in_(old)))
    return len(ids)
