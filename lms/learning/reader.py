"""One part of a module as a page: the place is kept, and what stands beside the text is put together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lms.competencies.facts import requirements
from lms.competencies.standing import State
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import ModuleDocument, Part
from lms.core import clock
from lms.learning.course_list import Shows, due_of, shows_of, title_of
from lms.learning.module_states import ModuleState
from lms.learning.reading import Place, minutes_done, note_place
from lms.learning.standpoints import standpoint_of, state_in
from lms.learning.tasks import Standpoint

PAUSE = timedelta(minutes=30)
"""Whoever comes back after this long is told where they stopped."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a module shows, seen by this reader: `waits_for` are other modules still to be passed."""

    shows: Shows
    state: State
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The text has changed since the reader last opened it: on which day, and whether as a new edition."""

    day: date
    new_edition: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """One part with all that stands round it."""

    module: ModuleEntry
    document: ModuleDocument
    part: Part
    number: int
    seen: frozenset[str]
    done: int
    stopped: date | None
    correction: Correction | None
    due: date | None
    beside: tuple[Beside, ...]

    @property
    def before(self) -> Part | None:
        """The part before this one."""
        return self.document.parts[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Part | None:
        """The part after this one; None when the check is next."""
        return self.document.parts[self.number] if self.number < len(self.document.parts) else None


def open_part(person_id: int, module: ModuleEntry, slug: str, published: Catalogue) -> Reader:
    """Keep that a person is at a part, and give it as a page; eight statements."""
    document = catalogue.module_version(module.version_id).document
    number = [part.slug for part in document.parts].index(slug)
    part = document.parts[number]
    before = note_place(person_id, module.id, module.version_id, slug)
    stand = standpoint_of(person_id, clock.today(), published, requirements())
    mine = stand.modules.get(module.id) or ModuleState()
    seen = frozenset(before.seen if before else ()) | {part.slug}
    return Reader(
        module=module,
        document=document,
        part=part,
        number=number + 1,
        seen=seen,
        done=minutes_done(document.parts, seen, part.slug),
        stopped=_stopped(before, part, mine),
        correction=_correction(before, module),
        due=due_of(mine),
        beside=tuple(_beside(module, stand)),
    )


def _stopped(before: Place | None, part: Part, state: ModuleState) -> date | None:
    """The day on which the person stopped at this part, when they come back to it later."""
    if before is None or before.part != part.slug or clock.now() - before.at < PAUSE:
        return None
    day = clock.london_day(before.at)
    return None if state.latest and state.latest.passed_on >= day else day


def _correction(before: Place | None, module: ModuleEntry) -> Correction | None:
    if before is None or before.version_id == module.version_id:
        return None
    earlier = catalogue.module_version(before.version_id)
    if earlier.edition != module.edition:
        return Correction(module.edition_on, new_edition=True)
    return Correction(clock.london_day(module.published_at), new_edition=False)


def _beside(module: ModuleEntry, stand: Standpoint) -> Iterator[Beside]:
    passed = stand.passed
    for shows in shows_of(module.id, stand.published):
        listed = () if shows.prepares else shows.competency.shown_by[shows.level]
        waits_for = tuple(
            title_of(each, stand.published) for each in listed if each != module.id and each not in passed
        )
        yield Beside(shows, state_in(stand, shows.competency.id), waits_for)
