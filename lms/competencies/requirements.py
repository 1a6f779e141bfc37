"""What roles ask, kept as facts: publishing a framework writes the requirements that changed."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from lms.competencies.models import Requirement
from lms.core.database import db
from lms.people.acts import act, void

Pair = tuple[str, str]
"""A role profile and a competency."""


def publish_requirements(
    asked: Mapping[Pair, tuple[int, date | None]], today: date, *, by: int | None
) -> int:
    """Write the requirements that differ from those kept; what is no longer asked becomes level 0.

    `asked` gives each pair's level and the day from which it counts (None: from `today`). Returns
    how many were written.
    """
    kept = _latest()
    wanted = {pair: (level, day or today) for pair, (level, day) in asked.items()}
    wanted |= {pair: (0, today) for pair in kept if pair not in wanted}
    changed = {
        pair: step for pair, step in wanted.items() if step[0] != (kept[pair].level if pair in kept else 0)
    }
    if not changed:
        return 0
    with act("requirements", by, everybody=True, roles=[role for role, _ in changed]):
        for (role, competency), (level, day) in sorted(changed.items()):
            before = kept.get((role, competency))
            if before is not None and before.from_day > day:
                void(db.session.get_one(Requirement, before.id))  # a change that was planned is called off
            db.session.add(
                Requirement(role_profile_id=role, competency_id=competency, level=level, from_day=day)
            )
    return len(changed)


def _latest() -> dict[Pair, Requirement]:
    rows = db.session.scalars(
        select(Requirement)
        .where(Requirement.void_act_id.is_(None))
        .order_by(Requirement.from_day, Requirement.id)
    )
    return {(row.role_profile_id, row.competency_id): row for row in rows}
