"""What is ahead of a team: who is counted on a later day, by evidence, posts and absences known today.

Nothing here knows a database. Days on which something ends are the first that no longer counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.competencies.standing import PersonFacts, Piece, Span, end_of, standing_on
from lms.teams.matrix import Row


class Why(StrEnum):
    """Why somebody who held a level is not counted with it from a day on."""

    EVIDENCE = "evidence"
    AWAY = "away"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Ahead:
    """All that decides from when to when a person counts in a team; `posts` are those in the team."""

    row: Row
    posts: tuple[Span, ...]
    absences: tuple[Span, ...]
    pieces: Mapping[str, Sequence[Piece]]

    def counts(self, day: date) -> bool:
        """Whether they hold a post in the team on a day, and are not away."""
        return any(day in post for post in self.posts) and not any(day in away for away in self.absences)

    def level(self, competency: str, day: date) -> int:
        """The level that their evidence shows on a day, whether they are there or not."""
        return standing_on(self.pieces.get(competency, ()), self.absences, day).level

    def holds(self, competency: str, level: int, day: date) -> bool:
        """Whether they are there on a day and hold a level."""
        return self.counts(day) and self.level(competency, day) >= level

    def ends(self, competency: str, level: int, day: date) -> date | None:
        """The first day after `day` on which they do not hold a level; None while none is known."""
        later = sorted({each for each in self.changes(competency) if each > day})
        return next((each for each in later if not self.holds(competency, level, each)), None)

    def why(self, day: date) -> Why:
        """Why they do not hold on a day what they held the day before."""
        if self.counts(day):
            return Why.EVIDENCE
        return Why.AWAY if any(day in post for post in self.posts) else Why.POST

    def changes(self, competency: str) -> Iterator[date]:
        """Every day on which they may begin or cease to hold anything of a competency."""
        for span in (*self.posts, *self.absences):
            yield span.start
            if span.end is not None:
                yield span.end
        pieces = self.pieces.get(competency, ())
        for piece in pieces:
            yield piece.start
            if end := end_of(piece, pieces, self.absences):
                yield end.day


@dataclass(frozen=True, slots=True)
class Nobody:
    """The first day on which nobody holds a level, who was the last to hold it, and why they ceased."""

    day: date
    last: Row
    why: Why


def ahead_of(row: Row, facts: PersonFacts, teams: frozenset[int]) -> Ahead:
    """What is ahead of a person in these teams."""
    posts = tuple(each.span for each in facts.appointments if each.team_id in teams)
    return Ahead(row, posts, tuple(facts.absences), facts.pieces)


def nobody_from(
    people: Iterable[Ahead], competency: str, level: int, day: date, until: date
) -> Nobody | None:
    """When nobody is left with a level that somebody holds on `day`, by `until` at the latest.

    None where somebody holds it all along, and where nobody holds it on `day`.
    """
    team = list(people)
    last: Ahead | None = None
    while True:
        latest: date | None = None
        for each in team:
            if each.holds(competency, level, day):
                end = each.ends(competency, level, day)
                if end is None or end > until:
                    return None
                if latest is None or end > latest:
                    latest, last = end, each
        if latest is None:
            return Nobody(day, last.row, last.why(day)) if last else None
        day = latest


def levels_on(people: Iterable[Ahead], competencies: Sequence[str], day: date) -> list[tuple[int, ...]]:
    """The levels of everybody who is counted on a day, one for each competency."""
    return [tuple(each.level(key, day) for key in competencies) for each in people if each.counts(day)]
