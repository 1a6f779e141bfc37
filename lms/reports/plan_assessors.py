"""How many assessors may make the assessments of a plan, over all of its place."""

from sqlalchemy import and_, or_, select

from lms.core import clock
from lms.core.database import db
from lms.people.access import EXPERT
from lms.people.models import Duty, Grant, Scope
from lms.reports.plan import PlanReport


def assessors_for(report: PlanReport) -> dict[int, int]:
    """For each level that a shown step assesses, how many people's grants reach it; one statement, or none.

    Assessors of a part of the place are not counted, nor are managers, who assess the own team alone.
    """
    levels = {task.level for row in report.steps for task in row.step.need.tasks if task.level}
    if not levels:
        return {}
    today, region = clock.today(), report.choice.group.region
    query = select(Grant.person_id, Grant.highest_level).where(
        Grant.duty == Duty.ASSESSOR,
        Grant.from_day <= today,
        or_(Grant.to_day.is_(None), Grant.to_day > today),
        or_(Grant.scope == Scope.NATION, and_(Grant.scope == Scope.REGION, Grant.region_id == region)),
    )
    held: dict[int, int] = {}
    for person, highest in db.session.execute(query):
        held[person] = max(held.get(person, 0), highest or EXPERT)
    return {level: sum(highest >= level for highest in held.values()) for level in levels}
