"""What the weekly mail says to somebody about their own learning: pure rules over plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lms.competencies.standing import PersonFacts
from lms.learning.closing import falls_below

DUE_WITHIN = timedelta(days=14)
DAYS_BEFORE = (7, 30, 60)
"""A lapse is told of when it comes as near as this, and not again in between."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that somebody else asked for, with its day; `late` says that the day is over."""

    title: str
    day: date
    by: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A competency whose requirement is met, and the first day on which it no longer is."""

    title: str
    level: int
    day: date


@dataclass(frozen=True, slots=True)
class Changed:
    """A module that was passed in an earlier edition, and the day on which that pass stops counting."""

    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Assessed:
    """A level that somebody judged, and who."""

    title: str
    level: int
    by: str


@dataclass(frozen=True, slots=True)
class LearnerNews:
    """All that is said to one person about themselves."""

    due: tuple[Due, ...] = ()
    lapsing: tuple[Lapsing, ...] = ()
    changed: tuple[Changed, ...] = ()
    assessed: tuple[Assessed, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.due or self.lapsing or self.changed or self.assessed)


def due_soon(asked: Iterable[Due], today: date) -> tuple[Due, ...]:
    """What is overdue or due within 14 days, the first day first; each title once, by its earlier day."""
    kept: dict[str, Due] = {}
    for each in sorted(asked, key=lambda due: (due.day, due.title)):
        if each.day <= today + DUE_WITHIN:
            kept.setdefault(each.title, Due(each.title, each.day, each.by, each.day < today))
    return tuple(kept.values())


def comes_near(day: date, since: date, today: date) -> bool:
    """Whether a day ahead has come within 60, 30 or 7 days since the last mail."""
    left, before = (day - today).days, (day - since).days
    return left > 0 and any(left <= distance < before for distance in DAYS_BEFORE)


def lapsing_since(
    person: PersonFacts,
    required: Mapping[str, int],
    titles: Mapping[str, str],
    *,
    since: date,
    today: date,
) -> tuple[Lapsing, ...]:
    """The requirements that are met and have come near their end since the last mail, the first day first."""
    found = []
    for competency, level, day in ends_ahead(person, required, today):
        if comes_near(day, since, today):
            found.append(Lapsing(titles.get(competency, competency), level, day))
    return tuple(sorted(found, key=lambda each: (each.day, each.title)))


def ends_ahead(
    person: PersonFacts, required: Mapping[str, int], today: date
) -> Iterable[tuple[str, int, date]]:
    """Each competency that is met today and will not be within 60 days: the level required, and the day."""
    until = today + timedelta(days=max(DAYS_BEFORE))
    for competency, level in required.items():
        pieces = person.pieces.get(competency, ())
        if day := falls_below(pieces, person.absences, level, today, until):
            yield competency, level, day
