"""What plans of leads propose for the people of a manager, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.course_list import title_of
from lms.learning.models import Enrolment, Outcome, Proposal, SentPlan
from lms.learning.sent_plans import is_offered
from lms.people.models import Act, Person


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal: for whom, what, and who answered what and when; `due_day` is the day that was agreed.

    `instead` is the module that was accepted in place of the one that was proposed.
    """

    number: int
    person_id: int
    name: str
    module_id: str | None
    module: str | None
    """The title, or the id of what is published no more; None for an assessment."""
    competency: str | None
    level: int | None
    offered: bool
    outcome: Outcome | None
    reason: str | None
    refusal: str | None
    due_day: date | None
    instead: str | None
    done: bool
    answered_by: str | None
    answered_on: date | None

    @property
    def waits(self) -> bool:
        """Whether an answer is asked for."""
        return self.outcome is None and self.offered


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan with the lines of the own people; each stands in the first step that needs it."""

    number: int
    competency: str
    held: int
    required: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A plan as a manager sees it: the own people alone."""

    plan: SentPlan
    by_name: str
    sent_on: date
    withdrawn_on: date | None
    withdrawn_for: str | None
    steps: tuple[Step, ...]

    @property
    def lines(self) -> list[Line]:
        """All that is proposed for the own people."""
        return [line for step in self.steps for line in step.lines]

    @property
    def waiting(self) -> list[Line]:
        """What waits for an answer."""
        return [line for line in self.lines if line.waits]

    @property
    def people(self) -> int:
        """For how many people something waits."""
        return len({line.person_id for line in self.waiting})

    @property
    def is_late(self) -> bool:
        """Whether its day is past, so that a new one is asked for."""
        return self.plan.due_day < clock.today()


def plans_to(names: Mapping[int, str], published: Catalogue, number: int | None = None) -> list[TeamPlan]:
    """The plans that propose something for these people, what waits first, then the newest; one statement."""
    rows: dict[int, list[Row[Any]]] = {}
    for row in _rows(names, number):
        rows.setdefault(row.SentPlan.id, []).append(row)
    found = [_plan(each, names, published) for each in rows.values()]
    return sorted(found, key=lambda each: (not each.waiting, -each.plan.id))


def _rows(people: Iterable[int], number: int | None) -> list[Row[Any]]:
    sent, withdrawn, answered = aliased(Act), aliased(Act), aliased(Act)
    lead, answerer = aliased(Person), aliased(Person)
    query = (
        select(
            Proposal,
            SentPlan,
            lead.name.label("lead"),
            sent.at.label("sent_at"),
            withdrawn.at.label("withdrawn_at"),
            withdrawn.reason.label("withdrawn_for"),
            answered.at.label("answered_at"),
            answerer.name.label("answerer"),
            Enrolment.module_id.label("accepted_module"),
            Enrolment.due_day.label("accepted_day"),
            Enrolment.done_completion_id.label("completion"),
        )
        .join(SentPlan, SentPlan.id == Proposal.plan_id)
        .join(lead, lead.id == SentPlan.by_id)
        .join(sent, sent.id == SentPlan.act_id)
        .outerjoin(withdrawn, withdrawn.id == SentPlan.withdrawn_act_id)
        .outerjoin(answered, answered.id == Proposal.answered_act_id)
        .outerjoin(answerer, answerer.id == answered.by_id)
        .outerjoin(Enrolment, Enrolment.id == Proposal.enrolment_id)
        .where(Proposal.person_id.in_(sorted(people)))
        .order_by(Proposal.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.execute(query if number is None else query.where(SentPlan.id == number)))


def _plan(rows: Sequence[Row[Any]], names: Mapping[int, str], published: Catalogue) -> TeamPlan:
    first, plan = rows[0], rows[0].SentPlan
    lines: dict[int, list[Line]] = {}
    for row in rows:
        lines.setdefault(min(row.Proposal.steps), []).append(_line(row, names, published))
    steps = tuple(
        Step(number, step["competency"], step["held"], step["required"], _in_order(lines[number]))
        for number, step in enumerate(plan.steps, 1)
        if number in lines
    )
    withdrawn = clock.london_day(first.withdrawn_at) if first.withdrawn_at else None
    return TeamPlan(plan, first.lead, clock.london_day(first.sent_at), withdrawn, first.withdrawn_for, steps)


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (not line.waits, line.name.casefold(), line.number)))


def _line(row: Row[Any], names: Mapping[int, str], published: Catalogue) -> Line:
    proposal: Proposal = row.Proposal
    module = published.resolve(proposal.module_id) if proposal.module_id else None
    accepted = published.resolve(row.accepted_module) if row.accepted_module else None
    return Line(
        proposal.id,
        proposal.person_id,
        names[proposal.person_id],
        module,
        title_of(module, published) if module else None,
        proposal.competency_id,
        proposal.level,
        is_offered(proposal, published),
        Outcome(proposal.outcome) if proposal.outcome else None,
        proposal.reason,
        proposal.refusal,
        row.accepted_day or proposal.due_day,
        title_of(accepted, published) if accepted and accepted != module else None,
        row.completion is not None,
        row.answerer,
        clock.london_day(row.answered_at) if row.answered_at else None,
    )
