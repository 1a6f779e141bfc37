"""How far people read in a module and how long they stay, by part: counts, never a person."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from lms.authoring.counts import LEAST_PEOPLE
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import PartEntry
from lms.core.database import db
from lms.learning.reading_counts import OPENED, PartCount


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part with who opened it: a share of those who opened the first, and their median minutes.

    `minutes` is None where fewer than 20 were timed; of the last part nobody is, since the check is next.
    """

    part: PartEntry
    opened: int
    share: int
    minutes: int | None


def parts_read(entry: ModuleEntry, published: Catalogue) -> list[PartRead]:
    """The parts of the present edition; empty while fewer than 20 have opened one; one statement."""
    query = (
        select(PartCount.part, PartCount.minutes, func.sum(PartCount.people))
        .where(PartCount.module_id.in_(published.ids_of(entry.id)), PartCount.edition == entry.edition)
        .group_by(PartCount.part, PartCount.minutes)
    )
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for part, minutes, people in db.session.execute(query):
        found[part][minutes] = people
    most = max((found[part.slug].get(OPENED, 0) for part in entry.parts), default=0)
    if most < LEAST_PEOPLE:
        return []
    return [
        PartRead(
            part,
            found[part.slug].get(OPENED, 0),
            round(100 * found[part.slug].get(OPENED, 0) / most),
            median({minutes: people for minutes, people in found[part.slug].items() if minutes != OPENED}),
        )
        for part in entry.parts
    ]


def median(people: Mapping[int, int]) -> int | None:
    """The median of minutes, from how many people stayed for each; None below 20 people."""
    total = sum(people.values())
    if total < LEAST_PEOPLE:
        return None
    passed = 0
    for minutes in sorted(people):
        passed += people[minutes]
        if 2 * passed >= total:
            return minutes
    return None
