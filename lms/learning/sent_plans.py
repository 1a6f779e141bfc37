"""Plans that leads send: what they propose for whom, who is left out, and taking back what waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from lms.content.catalogue import Catalogue
from lms.core.database import db
from lms.learning.models import Completion, Enrolment, Outcome, Proposal, SentPlan
from lms.learning.to_do import Need, Task, TaskKind
from lms.people.acts import act

ASKED, PROPOSED = "asked", "proposed"
"""Why somebody is left out: others ask the same of them by the day, or another plan proposes it."""
WORDS_LENGTH = 500


class NobodyLeftError(ValueError):
    """A plan would propose nothing: too few people of its steps are not asked already."""


class SentBeforeError(ValueError):
    """The same lead has sent just this: it is the plan `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class WithdrawnError(ValueError):
    """A plan was withdrawn before."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a plan: a gap with what closes it, and of whom."""

    need: Need
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What a lead asks for, over which place and about what (None: all), and by when."""

    region: str | None
    competency: str | None
    due_day: date
    words: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the plan, how many steps of it are left, and how many had too few people left."""

    number: int
    steps: int
    dropped: int


def send_plan(
    order: Order, steps: Sequence[PlannedStep], *, by: int, smallest: int, published: Catalogue
) -> Sent:
    """Propose the steps for their people; inside an act for everybody, so that no two plans cross.

    Whoever is asked already by the day, or has it proposed in another plan, is left out; a step with fewer
    than `smallest` people left is not sent. Raises NobodyLeftError and SentBeforeError.
    """
    with act("plan-sent", by, reason=order.words, everybody=True) as current:
        reasons = _asked_already(steps, order.due_day, published)
        kept = [step for step in steps if len(_left(step, reasons)) >= smallest]
        if not kept:
            raise _refused(order, steps, by)
        plan = SentPlan(
            region_id=order.region,
            competency_id=order.competency,
            steps=[_stored(step, reasons) for step in kept],
            due_day=order.due_day,
            words=order.words,
            by_id=by,
            act_id=current.id,
        )
        db.session.add(plan)
        db.session.flush()
        db.session.execute(insert(Proposal), _proposals(plan.id, kept, reasons))
        return Sent(plan.id, len(kept), len(steps) - len(kept))


def withdraw(number: int, *, by: int, reason: str) -> int:
    """Take back what waits of a plan; what was accepted stays. Gives how many proposals it was.

    Raises WithdrawnError where it was withdrawn before.
    """
    people = db.session.scalars(select(Proposal.person_id).where(Proposal.plan_id == number)).all()
    with act("plan-withdrawn", by, reason=reason, people=people) as current:
        plan = db.session.get_one(SentPlan, number, populate_existing=True)
        if plan.withdrawn_act_id is not None:
            raise WithdrawnError
        plan.withdrawn_act_id = current.id
        waiting = (Proposal.plan_id == number, Proposal.outcome.is_(None))
        count = len(db.session.scalars(select(Proposal.id).where(*waiting)).all())
        values = {"outcome": Outcome.TAKEN_BACK, "answered_act_id": current.id}
        db.session.execute(update(Proposal).where(*waiting).values(values))
    return count


Reasons = Mapping[tuple[int, tuple[str, int]], str]
"""Why a person is not to be asked for something: by the person and the key of it."""


def _asked_already(steps: Iterable[PlannedStep], day: date, published: Catalogue) -> Reasons:
    """Of whom what is asked already by a day, or proposed; two statements."""
    people = sorted({person for step in steps for person in step.people})
    reasons: dict[tuple[int, tuple[str, int]], str] = {}
    proposed = select(Proposal).where(Proposal.person_id.in_(people), Proposal.outcome.is_(None))
    for each in db.session.scalars(proposed):
        subject = published.resolve(each.module_id) if each.module_id else each.competency_id or ""
        reasons[each.person_id, (subject, each.level or 0)] = PROPOSED
    asked = select(Enrolment.person_id, Enrolment.module_id).where(
        Enrolment.person_id.in_(people),
        Enrolment.by_id != Enrolment.person_id,
        Enrolment.due_day <= day,
        Enrolment.done_completion_id.is_(None),
        Enrolment.excused_act_id.is_(None),
    )
    for person, module in db.session.execute(asked):
        reasons[person, (published.resolve(module), 0)] = ASKED
    return reasons


def _left(step: PlannedStep, reasons: Reasons) -> list[int]:
    """The people of a step who are to be asked for something of it."""
    return [each for each in step.people if any((each, task.key) not in reasons for task in step.need.tasks)]


def _stored(step: PlannedStep, reasons: Reasons) -> dict[str, Any]:
    left = set(_left(step, reasons))
    why = [reasons[each, step.need.tasks[0].key] for each in step.people if each not in left]
    return {
        "competency": step.need.competency,
        "held": step.need.held,
        "required": step.need.required,
        "tasks": [asdict(task) for task in step.need.tasks],
        "people": len(step.people),
        "left_out": {reason: why.count(reason) for reason in (ASKED, PROPOSED)},
    }


def _proposals(plan: int, steps: Iterable[PlannedStep], reasons: Reasons) -> list[dict[str, Any]]:
    """A row for each person and what they are to do, with the steps that need it."""
    found: dict[tuple[int, tuple[str, int]], dict[str, Any]] = {}
    for number, step in enumerate(steps, 1):
        for person in step.people:
            for task in step.need.tasks:
                if (person, task.key) in reasons:
                    continue
                row = found.setdefault((person, task.key), _row(plan, person, task))
                row["steps"].append(number)
    return list(found.values())


def _row(plan: int, person: int, task: Task) -> dict[str, Any]:
    assessed = task.kind is TaskKind.ASSESSMENT
    return {
        "plan_id": plan,
        "person_id": person,
        "steps": [],
        "module_id": None if assessed else task.subject,
        "competency_id": task.subject if assessed else None,
        "level": task.level if assessed else None,
    }


def _refused(order: Order, steps: Sequence[PlannedStep], by: int) -> Exception:
    """Why nothing is sent; a button pressed twice asks for just what the newest plan of the lead does."""
    query = select(SentPlan).where(SentPlan.by_id == by, SentPlan.withdrawn_act_id.is_(None))
    newest = db.session.scalars(query.order_by(SentPlan.id.desc()).limit(1)).first()
    before = newest is not None and _is_like(newest, order, steps)
    return SentBeforeError(newest.id) if newest and before else NobodyLeftError()


def _is_like(plan: SentPlan, order: Order, steps: Sequence[PlannedStep]) -> bool:
    before = {(each["competency"], each["held"], each["required"]) for each in plan.steps}
    return (plan.region_id, plan.competency_id, plan.due_day) == (
        order.region,
        order.competency,
        order.due_day,
    ) and before <= {(step.need.competency, step.need.held, step.need.required) for step in steps}


def passed_since(people: Iterable[int], day: date, published: Catalogue) -> set[tuple[int, str]]:
    """Who of these people has passed which module on a day or later; one statement."""
    query = select(Completion.person_id, Completion.module_id).where(
        Completion.person_id.in_(sorted(set(people))),
        Completion.passed_on >= day,
        Completion.void_act_id.is_(None),
    )
    return {(person, published.resolve(module)) for person, module in db.session.execute(query)}


def is_offered(proposal: Proposal, published: Catalogue) -> bool:
    """Whether what is proposed can still be asked for; not where its module was retired."""
    return is_asked_for(proposal.module_id, proposal.competency_id, published)


def is_asked_for(module: str | None, competency: str | None, published: Catalogue) -> bool:
    """Whether there is this module, or (None) this competency, to ask for."""
    if module is None:
        return published.framework.competency(competency or "") is not None
    return published.module(published.resolve(module)) is not None


def plans_waiting(published: Catalogue, people: Iterable[int] | None = None) -> set[int]:
    """The plans of which something waits that can be asked for, of these people or of all; one statement."""
    query = select(Proposal.plan_id, Proposal.module_id, Proposal.competency_id).distinct()
    query = query.where(Proposal.outcome.is_(None))
    if people is not None:
        query = query.where(Proposal.person_id.in_(sorted(people)))
    return {
        plan
        for plan, module, competency in db.session.execute(query)
        if is_asked_for(module, competency, published)
    }
