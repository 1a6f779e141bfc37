"""Work that somebody was asked to do by a day that has passed."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from lms.core.database import db
from lms.learning.models import Enrolment


def overdue_of(people: Iterable[int], day: date) -> dict[int, int]:
    """How many modules each of these people should have done before a day and has not; one statement.

    Whoever was asked twice for one module is late once; who is excused is not late.
    """
    query = select(Enrolment.person_id, func.count(Enrolment.module_id.distinct())).where(
        Enrolment.person_id.in_(sorted(people)),
        Enrolment.due_day < day,
        Enrolment.done_completion_id.is_(None),
        Enrolment.excused_act_id.is_(None),
    )
    rows = db.session.execute(query.group_by(Enrolment.person_id))
    return {row[0]: row[1] for row in rows}
