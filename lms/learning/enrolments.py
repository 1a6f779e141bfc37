"""Who is asked to do which module, by whom and by when; a pass makes it done."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Select, select, update

from lms.core.database import db
from lms.learning.models import Assignment, Enrolment, Target
from lms.people.acts import act


def assign(
    module_id: str, person_ids: Iterable[int], *, by: int, due_day: date | None, reason: str
) -> list[int]:
    """Ask people to do a module, with a reason and perhaps a due day, in one act.

    Whoever is asked already, by the same day or an earlier one, is not asked again. Returns the
    people who are newly asked.
    """
    people = sorted(set(person_ids))
    with act("assignment", by, reason=reason, people=people) as current:
        covered = _assigned_by(module_id, people, due_day)
        newly = [person for person in people if person not in covered]
        if not newly:
            return []
        assignment = Assignment(
            target=Target.MODULE,
            target_id=module_id,
            due_day=due_day,
            reason=reason.strip(),
            by_id=by,
            act_id=current.id,
        )
        db.session.add(assignment)
        db.session.flush()
        db.session.add_all(
            Enrolment(
                person_id=person,
                module_id=module_id,
                by_id=by,
                due_day=due_day,
                reason=assignment.reason or None,
                act_id=current.id,
                assignment_id=assignment.id,
            )
            for person in newly
        )
    return newly


def enrol(person_id: int, module_id: str) -> None:
    """Keep that a person has chosen a module; nothing is added while they have it to do already."""
    with act("enrolment", person_id, people=[person_id]) as current:
        if db.session.scalars(_open(module_id, [person_id])).first() is None:
            db.session.add(
                Enrolment(person_id=person_id, module_id=module_id, by_id=person_id, act_id=current.id)
            )


def finish_enrolments(person_id: int, module_ids: Collection[str], completion_id: int) -> None:
    """Mark all that asked a person for a module as done, excused or not; inside the act of the pass."""
    db.session.execute(
        update(Enrolment)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.module_id.in_(module_ids),
            Enrolment.done_completion_id.is_(None),
        )
        .values(done_completion_id=completion_id)
    )


def _assigned_by(module_id: str, people: list[int], day: date | None) -> set[int]:
    query = _open(module_id, people).where(Enrolment.person_id != Enrolment.by_id)
    if day is not None:
        query = query.where(Enrolment.due_day <= day)
    return set(db.session.scalars(query))


def _open(module_id: str, people: list[int]) -> Select[int]:
    return select(Enrolment.person_id).where(
        Enrolment.module_id == module_id,
        Enrolment.person_id.in_(people),
        Enrolment.done_completion_id.is_(None),
        Enrolment.excused_act_id.is_(None),
    )
