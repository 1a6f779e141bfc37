"""What plans of leads have proposed for a person, and the plans that they sent: part of all that is held."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.core.database import db
from lms.learning.models import Proposal, SentPlan
from lms.people.models import Act, Person


def plans_about(person_id: int) -> dict[str, Any]:
    """What was `proposed` for a person, and the plans that they `sent` as a lead; two statements."""
    return {"proposed": _proposed(person_id), "sent": _sent(person_id)}


def _proposed(person_id: int) -> list[dict[str, Any]]:
    """Each proposal with who sent the plan, and what became of it: null while it waits."""
    sent, answered, answerer = aliased(Act), aliased(Act), aliased(Person)
    rows = db.session.execute(
        select(Proposal, SentPlan, Person.name, sent.at, answered.at, answerer.name)
        .join(SentPlan, SentPlan.id == Proposal.plan_id)
        .join(Person, Person.id == SentPlan.by_id)
        .join(sent, sent.id == SentPlan.act_id)
        .outerjoin(answered, answered.id == Proposal.answered_act_id)
        .outerjoin(answerer, answerer.id == answered.by_id)
        .where(Proposal.person_id == person_id)
        .order_by(Proposal.id)
    )
    return [
        {
            "module": proposal.module_id,
            "competency": proposal.competency_id,
            "level": proposal.level,
            "proposed_by": by,
            "proposed_at": at.isoformat(),
            "by_day": plan.due_day.isoformat(),
            "words": plan.words,
            "outcome": proposal.outcome,
            "answered_by": answered_by,
            "answered_at": answered_at.isoformat() if answered_at else None,
            "refused_for": proposal.refusal,
            "reason": proposal.reason,
        }
        for proposal, plan, by, at, answered_at, answered_by in rows
    ]


def _sent(person_id: int) -> list[dict[str, Any]]:
    """The plans that a lead sent, with their words, and when they were withdrawn."""
    sent, withdrawn = aliased(Act), aliased(Act)
    rows = db.session.execute(
        select(SentPlan, sent.at, withdrawn.at)
        .join(sent, sent.id == SentPlan.act_id)
        .outerjoin(withdrawn, withdrawn.id == SentPlan.withdrawn_act_id)
        .where(SentPlan.by_id == person_id)
        .order_by(SentPlan.id)
    )
    return [
        {
            "region": plan.region_id,
            "competency": plan.competency_id,
            "by_day": plan.due_day.isoformat(),
            "words": plan.words,
            "sent_at": at.isoformat(),
            "withdrawn_at": withdrawn_at.isoformat() if withdrawn_at else None,
        }
        for plan, at, withdrawn_at in rows
    ]
