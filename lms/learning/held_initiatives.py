"""The initiatives that a person began or ended: part of all that is held about them."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from lms.core.database import db
from lms.learning.initiatives.models import Initiative
from lms.people.models import Act


def initiatives_by(person_id: int) -> list[dict[str, Any]]:
    """Each with what it says, and when this person began or ended it; null for what somebody else did."""
    begun, ended = aliased(Act), aliased(Act)
    rows = db.session.execute(
        select(Initiative, begun.at, begun.by_id, ended.at, ended.by_id)
        .join(begun, begun.id == Initiative.act_id)
        .outerjoin(ended, ended.id == Initiative.ended_act_id)
        .where(or_(begun.by_id == person_id, ended.by_id == person_id))
        .order_by(Initiative.id)
    )
    return [
        {
            "name": row.name,
            "why": row.why,
            "modules": row.modules,
            "levels": row.levels,
            "go_live": row.go_live.isoformat(),
            "begun_at": at.isoformat() if by == person_id else None,
            "ended_at": ended_at.isoformat() if ended_at and ended_by == person_id else None,
        }
        for row, at, by, ended_at, ended_by in rows
    ]
