"""Work that somebody was asked to do by a day that has passed."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from lms.content.catalogue import Catalogue
from lms.core.database import db
from lms.learning.models import Enrolment


def overdue_of(people: Iterable[int], day: date, published: Catalogue) -> Counter[int]:
    """How many modules each of these people should have done before a day and has not; one statement.

    Whoever was asked twice for one module is late once; who is excused is not late, and nobody is
    with a module that was retired.
    """
    query = (
        select(Enrolment.person_id, Enrolment.module_id)
        .where(
            Enrolment.person_id.in_(sorted(people)),
            Enrolment.due_day < day,
            Enrolment.done_completion_id.is_(None),
            Enrolment.excused_act_id.is_(None),
        )
        .distinct()
    )
    late = {(person, published.resolve(module)) for person, module in db.session.execute(query)}
    return Counter(person for person, module in late if published.module(module) is not None)
