"""A manager’s answers to what plans propose: accepting makes the enrolment, refusing says why."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import Select, select

from lms.competencies.facts import facts_of
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.assignments import due_for
from lms.learning.enrolments import assign
from lms.learning.models import Enrolment, Outcome, Proposal, SentPlan
from lms.learning.refusals import Refusal
from lms.learning.sent_plans import is_offered, passed_since
from lms.people.acts import act
from lms.people.identity import load
from lms.people.models import Act, Duty, Person
from lms.people.reports import reports_of


class Fault(StrEnum):
    """Why an answer is not kept."""

    NOT_ALLOWED = "not-allowed"
    ANSWERED = "answered"
    """Somebody else answered first, or the lead took it back."""
    RETIRED = "retired"


class AnswerError(ValueError):
    """It is not written, for the reason `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Terms:
    """What is accepted: by when, and perhaps another module than the one that was proposed."""

    day: date
    module: str | None = None


def accept_all(plan_id: int, day: date, *, by: int) -> int:
    """Accept all that waits of a plan for the own people; of how many people. Raises AnswerError."""
    waiting = select(Proposal.person_id).where(Proposal.plan_id == plan_id, Proposal.outcome.is_(None))
    people = set(db.session.scalars(waiting)) & _own(by)
    with act("plan-accepted", by, people=people) as current:
        query = select(Proposal).where(
            Proposal.plan_id == plan_id,
            Proposal.outcome.is_(None),
            Proposal.person_id.in_(sorted(people & _own(by))),
        )
        published = catalogue.current()
        found = [each for each in _fresh(query) if is_offered(each, published)]
        if not found:
            raise AnswerError(Fault.ANSWERED)
        _accept(found, Terms(day), by, current.id, published)
        return len({each.person_id for each in found})


def accept(number: int, terms: Terms, *, by: int) -> None:
    """Accept one proposal. Raises AnswerError."""
    with act("plan-accepted", by, people=_person_of(number)) as current:
        published = catalogue.current()
        found = _one(number, by)
        if not is_offered(found, published):
            raise AnswerError(Fault.RETIRED)
        _accept([found], terms, by, current.id, published)


def refuse(number: int, kind: Refusal, words: str | None, *, by: int) -> None:
    """Refuse one proposal; the lead reads why, and not of whom. Raises AnswerError."""
    with act("plan-refused", by, people=_person_of(number)) as current:
        found = _one(number, by)
        found.outcome, found.answered_act_id = Outcome.REFUSED, current.id
        found.refusal, found.reason = kind, words


def _accept(found: Sequence[Proposal], terms: Terms, by: int, act_id: int, published: Catalogue) -> None:
    """Ask for what was proposed, each module of all with the same due day at once.

    Nobody is asked for what they have passed since the plan was sent.
    """
    plan, today = db.session.get_one(SentPlan, found[0].plan_id), clock.today()
    people = {each.person_id for each in found}
    sent_on = clock.london_day(db.session.get_one(Act, plan.act_id).at)
    facts, passed = facts_of(people), passed_since(people, sent_on, published)
    asking: dict[tuple[str, date | None], list[Proposal]] = defaultdict(list)
    for each in found:
        module = published.resolve(terms.module or each.module_id or "")
        changed = terms.day != plan.due_day or module != published.resolve(each.module_id or "")
        each.outcome = Outcome.CHANGED if changed else Outcome.ACCEPTED
        each.answered_act_id, due = act_id, due_for(terms.day, None, facts[each.person_id], today)
        if module and (each.person_id, module) not in passed:
            asking[module, due].append(each)
        else:
            each.due_day = due
    reason = _reason(plan)
    for (module, due), some in sorted(asking.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        asked = [each.person_id for each in some]
        assign(module, asked, by=by, due_day=due, reason=reason)
        enrolments = _enrolments(module, asked)
        for each in some:
            each.enrolment_id = enrolments.get(each.person_id)


def _enrolments(module: str, people: Collection[int]) -> Mapping[int, int]:
    """What asks each of these people for a module, of several the newest by somebody else."""
    query = select(Enrolment.person_id, Enrolment.id).where(
        Enrolment.module_id == module,
        Enrolment.person_id.in_(sorted(people)),
        Enrolment.person_id != Enrolment.by_id,
        Enrolment.done_completion_id.is_(None),
        Enrolment.excused_act_id.is_(None),
    )
    return dict(db.session.execute(query.order_by(Enrolment.id)).all())


def _reason(plan: SentPlan) -> str:
    lead = db.session.get_one(Person, plan.by_id).name
    if plan.words:
        return _("From a plan by %(name)s: %(words)s", name=lead, words=plan.words)
    return _("From a plan by %(name)s", name=lead)


def _one(number: int, by: int) -> Proposal:
    """A proposal that waits, for somebody of the own tree as it is now. Raises AnswerError."""
    found = _fresh(select(Proposal).where(Proposal.id == number))
    if not found or found[0].person_id not in _own(by):
        raise AnswerError(Fault.NOT_ALLOWED)
    if found[0].outcome is not None:
        raise AnswerError(Fault.ANSWERED)
    return found[0]


def _fresh(query: Select[Proposal]) -> list[Proposal]:
    return list(db.session.scalars(query.order_by(Proposal.id).execution_options(populate_existing=True)))


def _person_of(number: int) -> list[int]:
    return list(db.session.scalars(select(Proposal.person_id).where(Proposal.id == number)))


def _own(by: int) -> set[int]:
    """Who reports to somebody, by the grants that hold now."""
    identity = load(by, clock.today())
    return set(reports_of(by, identity.held(Duty.MANAGER) if identity else (), clock.today()).names)
