"""The pieces of work of teams that a person added or ended: part of all that is held about them."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from lms.competencies.models import TeamWork
from lms.core.database import db
from lms.people.models import Act, Team


def works_by(person_id: int) -> list[dict[str, Any]]:
    """Each with what it needs, and when this person added or ended it; null for what somebody else did."""
    added, ended = aliased(Act), aliased(Act)
    rows = db.session.execute(
        select(TeamWork.title, TeamWork.needs, Team.name, added.at, added.by_id, ended.at, ended.by_id)
        .join(Team, Team.id == TeamWork.team_id)
        .join(added, added.id == TeamWork.act_id)
        .outerjoin(ended, ended.id == TeamWork.ended_act_id)
        .where(or_(added.by_id == person_id, ended.by_id == person_id))
        .order_by(TeamWork.id)
    )
    return [
        {
            "title": title,
            "team": team,
            "needs": needs,
            "added_at": at.isoformat() if by == person_id else None,
            "ended_at": ended_at.isoformat() if ended_at and ended_by == person_id else None,
        }
        for title, needs, team, at, by, ended_at, ended_by in rows
    ]
