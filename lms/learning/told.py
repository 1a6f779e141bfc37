"""What a person is told on their first page about assessments of theirs that are new."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from lms.competencies.models import Assessment, Evidence
from lms.core import clock
from lms.core.database import db
from lms.people.models import Act, Person

NEW_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Told:
    """A new assessment; without `evidence_id` it waits for a second assessor, or was refused for a reason."""

    competency: str
    level: int
    by: str
    at: datetime
    evidence_id: int | None
    refused: str | None


def told_of(person_id: int, today: date) -> list[Told]:
    """The assessments of the last 14 days and what became of them, the newest first; one statement."""
    since = clock.end_of_london_day(today - NEW_FOR)
    settled = aliased(Act)
    query = (
        select(
            Assessment.competency_id.label("competency"),
            Assessment.level,
            Person.name.label("by"),
            Act.at,
            Assessment.evidence_id,
            settled.reason.label("refused"),
        )
        .join(Person, Person.id == Assessment.by_id)
        .join(Act, Act.id == Assessment.act_id)
        .outerjoin(settled, settled.id == Assessment.settled_act_id)
        .outerjoin(Evidence, Evidence.id == Assessment.evidence_id)
        .where(Assessment.person_id == person_id, Evidence.void_act_id.is_(None))
        .where(or_(Act.at >= since, settled.at >= since))
        .order_by(Assessment.id.desc())
    )
    return [Told(**row._mapping) for row in db.session.execute(query)]  # noqa: SLF001 its documented way to names
