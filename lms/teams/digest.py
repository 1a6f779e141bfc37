"""What the weekly mail says to a manager about their people: pure rules over plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.competencies.standing import PersonFacts, standing_on
from lms.learning.digest import comes_near, ends_ahead


@dataclass(frozen=True, slots=True)
class MovedUp:
    """Somebody who holds a higher level than at the last mail."""

    name: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class TeamLapse:
    """Somebody who meets a requirement, and the first day on which they no longer do."""

    name: str
    title: str
    level: int
    day: date


class WaitsFor(StrEnum):
    """What somebody has still to do about a level."""

    DISPUTE = "dispute"
    """An assessor who is neither decides a dispute."""
    CONFIRMATION = "confirmation"
    """An assessor of another organisation confirms level 4."""
    QUALIFICATION = "qualification"
    """A manager sees a qualification."""
    APPLICATION = "application"
    """A manager confirms a use at work."""
    PROPOSAL = "proposal"
    """A manager answers what a plan of a lead proposes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something about a person that waits; `title` is the competency, qualification, module or reference."""

    kind: WaitsFor
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """Assigned work whose day is over, and whose it is."""

    name: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class TeamNews:
    """All that is said to a manager about the people who report to them on that day."""

    waiting: tuple[Waiting, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    lapsing: tuple[TeamLapse, ...] = ()
    moved_up: tuple[MovedUp, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.waiting or self.overdue or self.lapsing or self.moved_up)


def moved_up(
    names: Mapping[int, str],
    before: Mapping[int, PersonFacts],
    now: Mapping[int, PersonFacts],
    titles: Mapping[str, str],
    *,
    since: date,
    today: date,
) -> tuple[MovedUp, ...]:
    """Whoever holds a higher level today than was known of them at the last mail, by name.

    `before` is what was known then, so that what was written since with an earlier day is told too.
    """
    found = []
    for person_id, name in names.items():
        earlier, present = before.get(person_id, PersonFacts()), now.get(person_id, PersonFacts())
        for competency, pieces in present.pieces.items():
            level = standing_on(pieces, present.absences, today).level
            if level > standing_on(earlier.pieces.get(competency, ()), earlier.absences, since).level:
                found.append(MovedUp(name, titles.get(competency, competency), level))
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.title)))


def team_lapses(
    people: Iterable[tuple[str, PersonFacts, Mapping[str, int]]],
    titles: Mapping[str, str],
    *,
    since: date,
    today: date,
) -> tuple[TeamLapse, ...]:
    """The requirements of these people that are met and have come near their end since the last mail.

    The first day comes first.
    """
    found = [
        TeamLapse(name, titles.get(competency, competency), level, day)
        for name, facts, required in people
        for competency, level, day in ends_ahead(facts, required, today)
        if comes_near(day, since, today)
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.name.casefold(), each.title)))
