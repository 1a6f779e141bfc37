"""What the weekly mail says to somebody about their own learning: pure rules over plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lms.competencies.standing import PersonFacts
from lms.learning.closing import falls_below

DUE_BEFORE = (0, 7, 14)
LAPSES_BEFORE = (7, 30, 60)
"""How many days before it a due day or a lapse is told of; and not again in between."""
AGAIN_AFTER = timedelta(days=28)
"""What is overdue or waits is told of at once, and again when it has been so for as long as this."""


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


def due_soon(asked: Iterable[Due], *, since: date, today: date) -> tuple[Due, ...]:
    """What has come near its day or passed it since the last mail, the first day first.

    Each title once, by its earlier day.
    """
    first: dict[str, Due] = {}
    for each in sorted(asked, key=lambda due: (due.day, due.title)):
        first.setdefault(each.title, Due(each.title, each.day, each.by, each.day < today))
    return tuple(
        each
        for each in first.values()
        if comes_near(each.day, since, today, DUE_BEFORE) or is_late_anew(each.day, since, today)
    )


def comes_near(day: date, since: date, today: date, marks: Iterable[int] = LAPSES_BEFORE) -> bool:
    """Whether a day has come as near as one of these numbers of days since the last mail."""
    left, before = (day - today).days, (day - since).days
    return any(0 <= left <= mark < before for mark in marks)


def is_late_anew(day: date, since: date, today: date) -> bool:
    """Whether a due day has passed since the last mail, or has now been over for another four weeks."""
    first = day + timedelta(days=1)
    return first <= today and (today - first) // AGAIN_AFTER > (since - first) // AGAIN_AFTER


def is_told_anew(moment: datetime, since: datetime, now: datetime) -> bool:
    """Whether something began after the last mail, or has now been so for another four weeks."""
    return moment <= now and (now - moment) // AGAIN_AFTER > (since - moment) // AGAIN_AFTER


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
    until = today + timedelta(days=max(LAPSES_BEFORE))
    for competency, level in required.items():
        pieces = person.pieces.get(competency, ())
        if day := falls_below(pieces, person.absences, level, today, until):
            yield competency, level, day
