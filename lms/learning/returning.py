"""Due days of whoever returns: what fell due while they were away, or was asked without a day, gets one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.learning.assignments import TIME_TO_DO
from lms.learning.models import Assignment, Enrolment
from lms.people.acts import facts_written
from lms.people.models import Absence, Act, Closing, Fact


@dataclass(frozen=True, slots=True)
class Return:
    """The first day away and the first day back; `away` is not so where the absence never was."""

    first: date
    back: date
    away: bool = True


def due_after(returned: Return, due: date | None, asked: date, meant: date) -> date | None:
    """The new due day of something that was asked on a day for a day that was meant; None: it stays.

    Without a due day they get the days that they would have had, and 28 at least. What fell due
    while they were away is due 28 days after the return.
    """
    if due is None:
        return returned.back + max(meant - asked, TIME_TO_DO)
    if returned.away and returned.first <= due < returned.back:
        return returned.back + TIME_TO_DO
    return None


@facts_written.connect
def give_due_days(act: Act, facts: Sequence[Fact]) -> None:
    """Give whoever returns, by what this act wrote, due days for what is assigned and open."""
    returns = dict(_returns(act, facts))
    if not returns:
        return
    query = (
        select(Enrolment, Assignment.due_day, Act.at)
        .join(Assignment, Assignment.id == Enrolment.assignment_id)
        .join(Act, Act.id == Enrolment.act_id)
        .where(
            Enrolment.person_id.in_(sorted(returns)),
            Enrolment.done_completion_id.is_(None),
            Enrolment.excused_act_id.is_(None),
            Assignment.due_day.is_not(None),
        )
    )
    for asked, meant, at in db.session.execute(query):
        day = meant and due_after(returns[asked.person_id], asked.due_day, clock.london_day(at), meant)
        if day is not None:
            asked.due_day, asked.changed_act_id = day, act.id


def _returns(act: Act, facts: Sequence[Fact]) -> Iterator[tuple[int, Return]]:
    """Each person with a return: of an absence with an end, its end, or one that was entered in error."""
    for fact in facts:
        if isinstance(fact, Absence):
            if fact.void_act_id == act.id:
                yield fact.person_id, Return(fact.from_day, clock.today(), away=False)
            elif fact.to_day is not None and fact.void_act_id is None:
                yield fact.person_id, Return(fact.from_day, fact.to_day)
        elif isinstance(fact, Closing) and fact.absence_id is not None and fact.void_act_id is None:
            absence = db.session.get_one(Absence, fact.absence_id)
            yield absence.person_id, Return(absence.from_day, fact.day)
