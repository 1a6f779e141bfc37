"""What people write about their own work: drafts that they change and remove, and entries that they keep.

Nobody else reads either, and neither counts in a check.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, select

from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.course_list import title_of
from lms.learning.models import CpdEntry
from lms.learning.qualifications import continue_years
from lms.people.models import Person

LONGEST = 4000
"""The most characters of what somebody writes."""
MOST_MINUTES = 600


class CpdKind(StrEnum):
    """How somebody developed; of ten hours seven, two and one are the usual plan."""

    EXPERIENCE = "experience"
    """By work of their own."""
    OTHERS = "others"
    """From other people."""
    FORMAL = "formal"
    """By a course or by reading."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry that was kept: its day, where it comes from, and how long it took."""

    day: date
    title: str
    kind: CpdKind
    minutes: int
    words: str


@dataclass(frozen=True, slots=True)
class Development:
    """What a person has kept by a day, newest first."""

    entries: tuple[Kept, ...]

    @property
    def by_kind(self) -> list[tuple[CpdKind, int]]:
        """The minutes of each kind that there is."""
        sums = [(kind, sum(each.minutes for each in self.entries if each.kind is kind)) for kind in CpdKind]
        return [(kind, minutes) for kind, minutes in sums if minutes]


def written_in(person_id: int, module: ModuleEntry) -> dict[str, CpdEntry]:
    """What a person wrote in a module, by reflection: the draft, else what was kept last; one statement."""
    entries = db.session.scalars(_entries(person_id, module)).all()
    newest = sorted(entries, key=lambda each: (each.kept_at is None, each.id))
    return {each.reflection_id or "": each for each in newest}


def save(person_id: int, module: ModuleEntry, reflection_id: str, words: str) -> None:
    """Save a draft, in place of the one before."""
    with writing():
        _draft(person_id, module, reflection_id, words)


def keep(
    person_id: int, module: ModuleEntry, reflection_id: str, words: str, *, kind: CpdKind, minutes: int
) -> None:
    """Keep what was written as development; it does not change afterwards."""
    with writing():
        entry = _draft(person_id, module, reflection_id, words)
        entry.kind, entry.minutes, entry.kept_at = kind, minutes, clock.now()
    continue_years(person_id)


def keep_elsewhere(person_id: int, what: str, words: str, *, day: date, kind: CpdKind, minutes: int) -> None:
    """Keep what was learned outside this service, on its day; it does not change afterwards."""
    now = clock.now()
    with writing():
        db.session.add(
            CpdEntry(
                person_id=person_id,
                day=day,
                words=f"{what}\n\n{words}",
                written_at=now,
                kind=kind,
                minutes=minutes,
                kept_at=now,
            )
        )
    continue_years(person_id)


def remove(person_id: int, module: ModuleEntry, reflection_id: str) -> None:
    """Remove a draft; what was kept stays."""
    with writing():
        draft = _open(person_id, module, reflection_id)
        if draft:
            db.session.delete(draft)


def development_of(person_id: int, day: date) -> Development:
    """What a person has kept up to a day; one statement, and that of the catalogue where there is any."""
    query = select(CpdEntry).where(CpdEntry.person_id == person_id, CpdEntry.kept_at.is_not(None))
    entries = db.session.scalars(query.order_by(CpdEntry.kept_at.desc(), CpdEntry.id.desc())).all()
    published = catalogue.current() if entries else Catalogue()
    return Development(tuple(each for each in _kept(entries, published) if each.day <= day))


def _kept(entries: Iterable[CpdEntry], published: Catalogue) -> Iterator[Kept]:
    for each in entries:
        if each.kept_at and each.kind:
            title, words = "", each.words
            if each.module_id:
                title = title_of(published.resolve(each.module_id), published)
            else:
                title, _blank, words = words.partition("\n\n")
            day = each.day or clock.london_day(each.kept_at)
            yield Kept(day, title, CpdKind(each.kind), each.minutes or 0, words)


def _draft(person_id: int, module: ModuleEntry, reflection_id: str, words: str) -> CpdEntry:
    # Two windows that save at once wait for one another.
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    draft = _open(person_id, module, reflection_id)
    if draft is None:
        draft = CpdEntry(person_id=person_id, module_id=module.id, reflection_id=reflection_id)
        db.session.add(draft)
    draft.version_id, draft.words, draft.written_at = module.version_id, words, clock.now()
    return draft


def _open(person_id: int, module: ModuleEntry, reflection_id: str) -> CpdEntry | None:
    query = _entries(person_id, module).where(
        CpdEntry.reflection_id == reflection_id, CpdEntry.kept_at.is_(None)
    )
    return db.session.scalars(query).first()


def _entries(person_id: int, module: ModuleEntry) -> Select[CpdEntry]:
    names = [module.id, *module.aliases]
    query = select(CpdEntry).where(CpdEntry.person_id == person_id, CpdEntry.module_id.in_(names))
    return query.order_by(CpdEntry.id)
