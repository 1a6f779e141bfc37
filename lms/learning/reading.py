"""Where a person stopped in a module, which parts they have opened, and how far that is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.content.documents import PartEntry
from lms.core import clock
from lms.core.database import db, insertion, writing
from lms.learning.models import ReadingPlace
from lms.learning.reading_counts import count_part


@dataclass(frozen=True, slots=True)
class Place:
    """The part last opened, in which version and when (UTC), with all parts ever opened."""

    module_id: str
    part: str
    seen: tuple[str, ...]
    version_id: int
    at: datetime


def place_of(person_id: int, module_id: str) -> Place | None:
    """Where a person stopped in a module; None before they have opened any part; one statement."""
    query = select(ReadingPlace).where(
        ReadingPlace.person_id == person_id, ReadingPlace.module_id == module_id
    )
    row = db.session.scalars(query).first()
    return _place(row) if row else None


def note_place(person_id: int, module_id: str, version_id: int, part: str) -> Place | None:
    """Keep that a person has opened a part, in a short transaction; gives the place of before."""
    with writing():
        kept = db.session.scalars(
            select(ReadingPlace)
            .where(ReadingPlace.person_id == person_id, ReadingPlace.module_id == module_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).first()
        before = _place(kept) if kept else None
        seen = list(dict.fromkeys((*(before.seen if before else ()), part)))
        values = {"part": part, "seen": seen, "version_id": version_id, "at": clock.now()}
        statement = insertion(ReadingPlace).values(person_id=person_id, module_id=module_id, **values)
        db.session.execute(
            statement.on_conflict_do_update(index_elements=["person_id", "module_id"], set_=values)
        )
        if before is None or part not in before.seen:
            left = (before.part, before.at) if before else None
            count_part(module_id, version_id, part, left, clock.now())
    return before


def minutes_done(parts: Iterable[PartEntry], seen: Collection[str], current: str = "") -> int:
    """Minutes of the parts that were opened, without the one that is being read."""
    return sum(part.minutes for part in parts if part.slug in seen and part.slug != current)


def _place(row: ReadingPlace) -> Place:
    return Place(row.module_id, row.part, tuple(row.seen), row.version_id, row.at)
