"""Every reading of another person's record is kept, and the person sees it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, insert, literal, select

from lms.core import clock
from lms.core.database import Moment, db, writing
from lms.people.models import Person, RecordReading


@dataclass(frozen=True, slots=True)
class Reading:
    """Who opened a record, when (UTC), and on which page."""

    reader: str
    at: datetime
    page: str


def note_reading(person_id: int, reader_id: int, page: str) -> None:
    """Keep that somebody opened another person's record; one's own is not kept."""
    if person_id == reader_id:
        return
    with writing():
        db.session.add(RecordReading(person_id=person_id, reader_id=reader_id, at=clock.now(), page=page))


def note_overview(people: Collection[int], reader_id: int, page: str) -> None:
    """Keep that somebody saw levels of these people in one table: once a day for each; one statement."""
    start = clock.end_of_london_day(clock.today() - timedelta(days=1))
    noted = exists().where(
        RecordReading.person_id == Person.id,
        RecordReading.reader_id == reader_id,
        RecordReading.page == page,
        RecordReading.at >= start,
    )
    seen = select(Person.id, literal(reader_id), literal(clock.now(), Moment()), literal(page)).where(
        Person.id.in_(people), Person.id != reader_id, ~noted
    )
    with writing():
        db.session.execute(insert(RecordReading).from_select(["person_id", "reader_id", "at", "page"], seen))


def readings_of(person_id: int, limit: int = 200) -> list[Reading]:
    """Who opened a person's record, newest first."""
    rows = db.session.execute(
        select(Person.name, RecordReading.at, RecordReading.page)
        .join(Person, Person.id == RecordReading.reader_id)
        .where(RecordReading.person_id == person_id)
        .order_by(RecordReading.at.desc(), RecordReading.id.desc())
        .limit(limit)
    )
    return [Reading(name, at, page) for name, at, page in rows]
