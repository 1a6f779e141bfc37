"""How often people pass a check at their first go: counts over everybody, which name nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import aliased

from lms.core.database import db
from lms.learning.models import Attempt


@dataclass(frozen=True, slots=True)
class FirstGoes:
    """How many people finished their first go at a check, and how many of them passed."""

    people: int = 0
    passed: int = 0

    def __add__(self, other: "FirstGoes") -> "FirstGoes":
        """Those of two modules together."""
        return FirstGoes(self.people + other.people, self.passed + other.passed)


def first_goes(since: datetime, resolve: Callable[[str], str] = str) -> dict[str, FirstGoes]:
    """The first goes that were finished since a moment (UTC), by module; one statement.

    `resolve` gives the id that a module has now. Goes that did not pass are kept for twelve months, so
    an earlier moment would leave some out.
    """
    earlier = aliased(Attempt)
    query = (
        select(Attempt.module_id, func.count(), func.sum(case((Attempt.passed.is_(True), 1), else_=0)))
        .where(Attempt.finished_at >= since)
        .where(
            ~exists().where(
                earlier.person_id == Attempt.person_id,
                earlier.module_id == Attempt.module_id,
                earlier.id < Attempt.id,
            )
        )
        .group_by(Attempt.module_id)
    )
    found: dict[str, FirstGoes] = {}
    for module, people, passed in db.session.execute(query):
        module_id = resolve(module)
        found[module_id] = found.get(module_id, FirstGoes()) + FirstGoes(people, int(passed or 0))
    return found
