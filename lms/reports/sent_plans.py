"""What became of the plans that leads sent, as far as it may be shown."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from lms.competencies.facts import facts_of
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.models import Enrolment, Outcome, Proposal, SentPlan
from lms.learning.record import standing_in
from lms.learning.refusals import Refusal
from lms.learning.sent_plans import is_offered, passed_since, plans_waiting
from lms.people.access import allowed
from lms.people.identity import Identity
from lms.people.managers import managers_of
from lms.people.models import Act, Person
from lms.reports.answers_shown import Shown, parts_shown, shown_of
from lms.reports.sending import scope_of


class State(StrEnum):
    """Where one person stands with one step of a plan."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REFUSED = "refused"
    WAITING = "waiting"
    NOBODY = "nobody"
    """It waits, and nobody manages them."""
    LEFT_OUT = "left-out"
    """They were asked already when the plan was sent."""
    RETIRED = "retired"
    """What was proposed is not published any more."""
    TAKEN_BACK = "taken-back"


class Since(StrEnum):
    """Whether somebody has done all of a step since the plan was sent."""

    DONE = "done"
    NOT_DONE = "not-done"


@dataclass(frozen=True, slots=True)
class Heading:
    """A plan as lists name it, by whom it was sent and when, and whether anything of it waits."""

    plan: SentPlan
    by_name: str
    sent_on: date
    withdrawn_on: date | None
    withdrawn_by: str | None
    waits: bool

    @property
    def people(self) -> int:
        """Its people, step by step: who needs two steps is counted in both."""
        return sum(step["people"] for step in self.plan.steps)

    @property
    def minutes(self) -> int:
        """What it takes at most, in staff minutes."""
        return sum(
            step["people"] * sum(task["minutes"] for task in step["tasks"]) for step in self.plan.steps
        )

    @property
    def is_late(self) -> bool:
        """Whether its day is past and something still waits."""
        return self.waits and self.plan.due_day < clock.today()


@dataclass(frozen=True, slots=True)
class SentReport:
    """A plan with what became of it, step by step and together, as far as it is shown."""

    heading: Heading
    states: Shown[State]
    since: Shown[Since]
    refusals: Mapping[Refusal, int | None]
    words: Sequence[str]
    smallest: int

    @property
    def used(self) -> list[State]:
        """The states that anybody may be in; what holds nobody at all is left out."""
        return [state for state in State if self.states.together.get(state) != 0]

    @property
    def hides(self) -> bool:
        """Whether a number is not shown."""
        rows = (*self.states.rows, *self.since.rows)
        sums = (*self.states.together.values(), *self.since.together.values())
        return None in rows or None in sums


def plans_for(who: Identity, published: Catalogue) -> list[Heading]:
    """The plans over places that somebody leads, the newest first; two statements."""
    found = [
        heading
        for heading in _headings(published)
        if allowed(who, "reports.plan", scope_of(heading.plan.region_id))
    ]
    return sorted(found, key=lambda each: each.plan.id, reverse=True)


def still_asking(who: Identity, region: str | None, competency: str, published: Catalogue) -> list[Heading]:
    """The plans of a place whose day is to come, about a competency (empty: about any), the newest first."""
    return [
        each
        for each in plans_for(who, published)
        if each.withdrawn_on is None
        and each.plan.due_day >= clock.today()
        and each.plan.region_id == region
        and (not competency or each.plan.competency_id in {None, competency})
    ]


def heading_of(number: int, published: Catalogue) -> Heading | None:
    """One plan; None where there is none."""
    return next(iter(_headings(published, number)), None)


def sent_report(heading: Heading, published: Catalogue) -> SentReport:
    """What became of a plan by now; ten statements at most, however many people it has."""
    plan, smallest = heading.plan, current_app.config["SMALLEST_GROUP"]
    rows = _proposals(plan.id)
    unmanaged = _unmanaged({row.Proposal.person_id for row in rows if row.Proposal.outcome is None})
    done = _done(rows, heading.sent_on, published)
    states, since, kinds = [], [], Counter[Refusal]()
    for number, step in enumerate(plan.steps, 1):
        by_person = _by_person(number, rows)
        stand = {person: _state(own, unmanaged, published) for person, own in by_person.items()}
        kinds.update(_refusal(by_person[person]) for person in stand if stand[person] is State.REFUSED)
        found = Counter(stand.values())
        found[State.LEFT_OUT] += step["people"] - len(by_person)
        states.append({state: found[state] for state in State})
        ready = sum(all(row.Proposal.id in done for row in own) for own in by_person.values())
        since.append({Since.DONE: ready, Since.NOT_DONE: len(by_person) - ready})
    enough = kinds.total() >= smallest
    refusals = parts_shown({kind: kinds[kind] for kind in Refusal}, smallest) if enough else {}
    refused = {row.Proposal.reason for row in rows if row.Proposal.outcome == Outcome.REFUSED}
    words = sorted(filter(None, refused), key=str.casefold) if enough else ()
    return SentReport(
        heading, shown_of(states, smallest), shown_of(since, smallest), refusals, words, smallest
    )


def _headings(published: Catalogue, number: int | None = None) -> list[Heading]:
    sent, withdrawn, withdrawer = aliased(Act), aliased(Act), aliased(Person)
    waiting = plans_waiting(published)
    query = (
        select(SentPlan, Person.name, sent.at, withdrawn.at, withdrawer.name)
        .join(Person, Person.id == SentPlan.by_id)
        .join(sent, sent.id == SentPlan.act_id)
        .outerjoin(withdrawn, withdrawn.id == SentPlan.withdrawn_act_id)
        .outerjoin(withdrawer, withdrawer.id == withdrawn.by_id)
        .order_by(SentPlan.id)
    )
    rows = db.session.execute(query if number is None else query.where(SentPlan.id == number))
    return [
        Heading(
            plan,
            name,
            clock.london_day(at),
            clock.london_day(gone) if gone else None,
            by,
            plan.id in waiting,
        )
        for plan, name, at, gone, by in rows
    ]


def _proposals(plan: int) -> list[Row[Any]]:
    query = (
        select(Proposal, Enrolment.module_id.label("instead"))
        .outerjoin(Enrolment, Enrolment.id == Proposal.enrolment_id)
        .where(Proposal.plan_id == plan)
        .order_by(Proposal.id)
    )
    return list(db.session.execute(query))


def _unmanaged(people: Collection[int]) -> set[int]:
    if not people:
        return set()
    return {person for person, managers in managers_of(people, clock.today()).items() if not managers}


def _by_person(number: int, rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        if number in row.Proposal.steps:
            found[row.Proposal.person_id].append(row)
    return found


def _state(rows: Sequence[Row[Any]], unmanaged: Collection[int], published: Catalogue) -> State:
    """Where somebody stands with a step, by all that is proposed of it; what still waits comes first."""
    proposals = [row.Proposal for row in rows]
    waiting = [each for each in proposals if each.outcome is None]
    if any(is_offered(each, published) for each in waiting):
        return State.NOBODY if proposals[0].person_id in unmanaged else State.WAITING
    for outcome in (Outcome.TAKEN_BACK, Outcome.REFUSED, Outcome.CHANGED, Outcome.ACCEPTED):
        if any(each.outcome == outcome for each in proposals):
            return State(outcome.value)
    return State.RETIRED


def _refusal(rows: Sequence[Row[Any]]) -> Refusal:
    """Why a step of somebody was refused, by the first module of it that was."""
    first = next(row.Proposal for row in rows if row.Proposal.outcome == Outcome.REFUSED)
    return Refusal(first.refusal)


def _done(rows: Sequence[Row[Any]], since: date, published: Catalogue) -> set[int]:
    """The proposals that are done: the module was passed since, or the level is held today."""
    people = {row.Proposal.person_id for row in rows}
    passed = passed_since(people, since, published)
    assessed = {row.Proposal.person_id for row in rows if row.Proposal.level}
    facts = facts_of(assessed) if assessed else {}
    done = set()
    for row in rows:
        each = row.Proposal
        if each.level:
            held = standing_in(facts[each.person_id], each.competency_id, clock.today()).level >= each.level
        else:
            modules = {published.resolve(key) for key in (each.module_id, row.instead) if key}
            held = any((each.person_id, module) in passed for module in modules)
        if held:
            done.add(each.id)
    return done
