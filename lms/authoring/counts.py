"""What people did with modules, counted for authors: how many, never who."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CTE, String, column, func, select, values

from lms.content.catalogue import Catalogue
from lms.core.database import db
from lms.learning.models import Attempt, ReadingPlace

LEAST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """People who read a module, who finished a check of it, and whose first one passed."""

    readers: int = 0
    finished: int = 0
    passed_first: int = 0

    @property
    def share(self) -> int | None:
        """Whose first check passed, in whole percent; None under 20 people."""
        return round(100 * self.passed_first / self.finished) if self.finished >= LEAST_PEOPLE else None


def counts_of(module_ids: Iterable[str], published: Catalogue, since: datetime) -> Mapping[str, Counts]:
    """Readers since a moment (UTC), and first checks of all time, of each module; two statements."""
    wanted = sorted(set(module_ids))
    if not wanted:
        return {}
    names = _names(wanted, published)
    readers = _readers(names, since)
    first = _first_checks(names)
    return {each: Counts(readers.get(each, 0), *first.get(each, (0, 0))) for each in wanted}


def _names(wanted: Iterable[str], published: Catalogue) -> CTE:
    """Every name that a module has had, with its present one: somebody who met two of them is one person."""
    pairs = [(name, each) for each in wanted for name in published.ids_of(each)]
    table = values(column("name", String), column("module", String), name="names").data(pairs)
    return table.cte("names")


def _readers(names: CTE, since: datetime) -> dict[str, int]:
    query = (
        select(names.c.module, func.count(ReadingPlace.person_id.distinct()).label("readers"))
        .join(ReadingPlace, ReadingPlace.module_id == names.c.name)
        .where(ReadingPlace.at >= since)
        .group_by(names.c.module)
    )
    return {row.module: row.readers for row in db.session.execute(query)}


def _first_checks(names: CTE) -> dict[str, tuple[int, int]]:
    """People who finished a check, and those whose first one passed; attempts are numbered in time."""
    first = (
        select(names.c.module, func.min(Attempt.id).label("attempt"))
        .join(Attempt, Attempt.module_id == names.c.name)
        .where(Attempt.finished_at.is_not(None))
        .group_by(names.c.module, Attempt.person_id)
        .subquery()
    )
    query = (
        select(first.c.module, func.count(), func.count().filter(Attempt.passed.is_(True)))
        .join(Attempt, Attempt.id == first.c.attempt)
        .group_by(first.c.module)
    )
    return {module: (finished, passed) for module, finished, passed in db.session.execute(query)}
