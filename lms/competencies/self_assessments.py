"""What people say of themselves: kept and shown beside what counts, and never counted."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from lms.competencies.models import SelfAssessment
from lms.core import clock
from lms.core.database import db
from lms.people.acts import act


def latest_said(person_id: int, before: datetime | None = None) -> dict[str, SelfAssessment]:
    """What a person last said of each competency, perhaps only before a moment (UTC); one statement."""
    newest = select(func.max(SelfAssessment.id)).where(SelfAssessment.person_id == person_id)
    if before is not None:
        newest = newest.where(SelfAssessment.at < before)
    query = select(SelfAssessment).where(SelfAssessment.id.in_(newest.group_by(SelfAssessment.competency_id)))
    return {each.competency_id: each for each in db.session.scalars(query)}


def say(person_id: int, levels: Mapping[str, int]) -> int:
    """Keep what a person says of themselves, in one act; gives how many answers are new.

    An answer that they gave before and did not change is kept as of its first day.
    """
    with act("self-assessment", person_id, people=[person_id]):
        said = latest_said(person_id)
        new = {key: level for key, level in levels.items() if key not in said or said[key].level != level}
        db.session.add_all(
            SelfAssessment(person_id=person_id, competency_id=key, level=level, at=clock.now())
            for key, level in sorted(new.items())
        )
    return len(new)
