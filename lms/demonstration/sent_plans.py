"""A plan that the lead of the region sent some weeks ago, with the answers of managers to it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from lms.content import catalogue
from lms.core import clock
from lms.core.database import db, writing
from lms.demonstration.events import History
from lms.demonstration.learners import Learners
from lms.demonstration.people import Told
from lms.demonstration.personas import KEPT, REGION_LEAD
from lms.demonstration.plan import Member
from lms.learning.models import Outcome, Proposal, SentPlan
from lms.learning.refusals import Refusal
from lms.learning.sent_plans import Order, PlannedStep, send_plan
from lms.people.accounts import ensure_account
from lms.people.appointments import find_person
from lms.people.managers import managers_of
from lms.reports.needs import needs_on
from lms.reports.planning import all_closed, bundles_of, people_of
from lms.teams.answering import Terms, accept, refuse

COMPETENCY = "cost-and-price"
AGO = 24
"""Days ago that it was sent; the first manager answers four days later."""
ASKED_WITHIN = timedelta(days=90)
WORDS = "Whole-life cost decides the vehicle and energy lots in spring. Please free an hour before."
SMALLEST = 5
WAITING, REFUSED, CHANGED = 6, 5, 5
"""Of how many people of a step managers have not answered, refused, and accepted with a later day."""
LATER = timedelta(days=28)
REASONS = (
    (Refusal.NO_TIME, "The year-end awards come first; ask again in April."),
    (Refusal.OTHERWISE, "Covered by the finance team’s own workshop in January."),
    (Refusal.NO_TIME, None),
    (Refusal.OTHERWISE, None),
    (Refusal.NO_TIME, "Three tenders close before then."),
)
PASSING, PASSED = 6, timedelta(days=2)
"""How many of those who were accepted in the last step have passed since, and how long ago."""


def plan_sent_plan(history: History) -> None:
    """Plan that the lead sends it."""
    history.on(history.today - timedelta(days=AGO), partial(_send, history))


def _send(history: History) -> None:
    """Send the steps of enough people that learning alone closes, and plan the answers to each."""
    lead, published = _id_of(REGION_LEAD[1]), catalogue.current()
    region, day = REGION_LEAD[3].region_id, clock.today() + ASKED_WITHIN
    needs = needs_on(day, region, (), [COMPETENCY], published)
    doing = people_of(needs, all_closed(bundles_of(needs.values())))
    steps = [
        PlannedStep(need, tuple(people))
        for need, people in sorted(doing.items())
        if len(people) >= SMALLEST and need.tasks and not need.assessed
    ]
    if not steps:
        return
    order = Order(region, COMPETENCY, day, WORDS)
    number = send_plan(order, steps, by=lead, smallest=SMALLEST, published=published).number
    for place, step in enumerate(steps):
        _plan_answers(history, number, step.people, place)
    _plan_passes(history, number, steps[-1])


def _plan_answers(history: History, plan: int, people: Sequence[int], place: int) -> None:
    """Plan the answers for the people of a step; the team of the pictures comes first, and waits."""
    found = managers_of(people, clock.today())
    managers = {each: min(found[each]) for each in people if found[each]}
    pictured = _id_of(KEPT["manager"]["email"])
    own = [each for each, manager in managers.items() if manager == pictured]
    others = [each for each, manager in managers.items() if manager != pictured]
    waiting = max(0, WAITING - len(own[1:]))
    for number, person in enumerate([*own[:1], *others[waiting:]]):
        day = clock.today() + timedelta(days=4 + (number + place) % (AGO - 6))
        history.on(day, partial(_answer, plan, person, number))


def _plan_passes(history: History, plan: int, step: PlannedStep) -> None:
    """Plan that some people pass what they were asked for, once the last answer is given."""
    learners = Learners(history, {}, Random(f"passes of plan {plan}"))  # noqa: S311 an invented nation keeps no secret

    def take() -> None:
        accepted = select(Proposal).where(
            Proposal.plan_id == plan,
            Proposal.outcome == Outcome.ACCEPTED,
            Proposal.person_id.in_(step.people),
        )
        for each in db.session.scalars(accepted.order_by(Proposal.id).limit(PASSING)).all():
            member = Member("", "", "", 0, None, history.day)
            learners.take(Told(each.person_id, member, "", 0, 0), each.module_id or "", tries=1, knows=1.0)

    history.on(history.today - PASSED, take)


def _answer(plan: int, person: int, number: int) -> None:
    """Answer what a plan proposes for somebody: the first is accepted, the next refused, then changed."""
    manager = min(managers_of([person], clock.today())[person], default=None)
    if manager is None:
        return
    with writing():
        ensure_account(manager)
    due = db.session.get_one(SentPlan, plan).due_day
    for proposal in _waiting(plan, person):
        if 0 < number <= REFUSED:
            kind, words = REASONS[number % len(REASONS)]
            refuse(proposal, kind, words, by=manager)
        else:
            later = LATER if REFUSED < number <= REFUSED + CHANGED else timedelta()
            accept(proposal, Terms(due + later), by=manager)


def _waiting(plan: int, person: int) -> Iterable[int]:
    query = select(Proposal.id).where(Proposal.plan_id == plan, Proposal.person_id == person)
    return db.session.scalars(query.where(Proposal.outcome.is_(None)).order_by(Proposal.id)).all()


def _id_of(email: str) -> int:
    found = find_person(email)
    if found is None:
        raise LookupError(email)
    return found.id
