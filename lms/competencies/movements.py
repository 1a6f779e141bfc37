"""What moved a count, on which day and why: the pure rule of the gap ledger.

Whether an appointment meets what is asked is the same from one change of its facts to the next, and
all days of change are known as soon as a fact is written, later lapses among them. `moves` lists
what happens on these days as signed lines. The sum of all lines up to a day is the count of that
day; the sum between two days, by cause, is why it moved. Nothing here reads a database.

On one day gains come before losses, and each step starts where the one before it left off. So the
state after a step is that of the day with every later cause undone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from lms.competencies.models import Basis
from lms.competencies.standing import (
    AppointmentFacts,
    EndCause,
    PersonFacts,
    Piece,
    Requirements,
    Standing,
    State,
    end_of,
)
from lms.competencies.tally import Cell, Tally
from lms.people.structure import Place


class Cause(StrEnum):
    """Why a count moved; those of one day that change what is held or asked come in this order."""

    ONBOARDED = "onboarded"
    JOINED = "joined"
    LEFT = "left"
    AWAY = "away"
    ROLE = "role"
    REQUIREMENT = "requirement"
    REORGANISED = "reorganised"
    LEARNING = "learning"
    ASSESSMENT = "assessment"
    QUALIFICATION = "qualification"
    IMPORT = "import"
    LAPSED = "lapsed"
    EDITION = "edition"
    ASSESSMENT_ENDED = "assessment-ended"
    WITHDRAWN = "withdrawn"


GAINS = tuple((Cause(basis), basis) for basis in Basis)
LOSSES = tuple((Cause(ending), ending) for ending in EndCause)
REMEMBERED = {EndCause.LAPSED, EndCause.EDITION}
"""What ended so was once held; an assessment or a withdrawal says that it was not."""

AWAY, SECOND_POST = "(away)", "(second post)"
"""Stand in the place of a competency: posts of people who are away, and of people with two that count."""

DAY = timedelta(days=1)
Line = tuple[date, Cell, str, Cause]
"""The day, where, for which competency, and why."""
Lines = dict[Line, Tally]


@dataclass(frozen=True)
class Structure:
    """What is asked of roles, where each team stood from which day on, and since when organisations count."""

    placements: Mapping[int, Sequence[tuple[date, Place]]]
    on_board: Mapping[str, date]
    requirements: Requirements

    def place(self, team: int, day: date) -> Place | None:
        """Where a team stands on a day, if its organisation is on board by then."""
        found = None
        for start, place in self.placements.get(team, ()):
            if start <= day:
                found = place
        return found if found and self.on_board.get(found.organisation_id, date.max) <= day else None

    def days(self, post: AppointmentFacts) -> Iterator[date]:
        """The days on which the place of a post changes."""
        for start, place in self.placements.get(post.team_id, ()):
            yield start
            if place.organisation_id in self.on_board:
                yield self.on_board[place.organisation_id]


def moves(person: PersonFacts, structure: Structure, competencies: Iterable[str] | None = None) -> Lines:
    """The movements of one person; without competencies of all that are asked, and of head counts."""
    presence = Presence(person, structure)
    lines: Lines = defaultdict(Tally)
    wanted = presence.asked() if competencies is None else competencies
    for competency in wanted:
        shown = Shown(person.pieces.get(competency, ()), person)
        for day, cell, cause, state, times in _Walk(presence, shown, competency).lines():
            lines[day, cell, competency, cause].add(state, times)
    if competencies is None:
        for line, times in presence.heads():
            lines[line].appointments += times
    return {line: tally for line, tally in lines.items() if tally}


class Presence:
    """Where each post of a person is counted, from one change to the next."""

    def __init__(self, person: PersonFacts, structure: Structure) -> None:
        self.person = person
        self.posts = person.appointments
        self.structure = structure
        days = {day for post in self.posts for day in structure.days(post)}
        spans = (*(post.span for post in self.posts), *person.absences)
        days |= {day for span in spans for day in (span.start, span.end) if day}
        self.days = sorted(days)
        self._cells = {day: tuple(self._cell(post, day) for post in self.posts) for day in self.days}

    def asked(self) -> list[str]:
        """Every competency that one of the roles asks for on some day."""
        roles = {post.role_profile for post in self.posts}
        return sorted({competency for role, competency in self.structure.requirements.rows if role in roles})

    def days_of(self, competency: str) -> Iterator[date]:
        """All days on which a post may begin or cease to be counted, or more or less is asked."""
        yield from self.days
        for role in {post.role_profile for post in self.posts}:
            yield from (day for day, _ in self.structure.requirements.rows.get((role, competency), ()))

    def cells(self, day: date) -> tuple[Cell | None, ...]:
        """Where each post is counted on a day, if at all."""
        if day not in self._cells:
            self._cells[day] = tuple(self._cell(post, day) for post in self.posts)
        return self._cells[day]

    def coming(self, post: AppointmentFacts, day: date, *, counted_before: bool) -> Cause:
        """Why a post begins to be counted; `counted_before`: some post was, the day before."""
        place = self.structure.place(post.team_id, day)
        if place and self.structure.on_board[place.organisation_id] == day:
            return Cause.ONBOARDED
        if self.person.away(day - DAY):
            return Cause.AWAY
        if post.span.start < day:
            return Cause.REORGANISED
        return Cause.ROLE if counted_before else Cause.JOINED

    def going(self, post: AppointmentFacts, day: date, *, counted_now: bool) -> Cause:
        """Why a post ceases to be counted; `counted_now`: some other post is."""
        if self.person.away(day):
            return Cause.AWAY
        if day in post.span:
            return Cause.REORGANISED
        return Cause.ROLE if counted_now else Cause.LEFT

    def heads(self) -> Iterator[tuple[Line, int]]:
        """The changes of head counts; their cause is not told, so it is the same for all."""
        before: dict[tuple[Cell, str], int] = {}
        for day in self.days:
            now = self._heads(day)
            for (cell, subject), number in now.items():
                yield (day, cell, subject, Cause.REORGANISED), number
            for (cell, subject), number in before.items():
                yield (day, cell, subject, Cause.REORGANISED), -number
            before = now

    def _heads(self, day: date) -> dict[tuple[Cell, str], int]:
        counted = [cell for cell in self.cells(day) if cell]
        found: dict[tuple[Cell, str], int] = defaultdict(int)
        if len(counted) > 1:
            for cell in counted:
                found[cell, SECOND_POST] += 1
        if self.person.away(day):
            cells = (self._cell(post, day, whoever=True) for post in self.posts)
            for cell in filter(None, cells):
                found[cell, AWAY] += 1
        return found

    def _cell(self, post: AppointmentFacts, day: date, *, whoever: bool = False) -> Cell | None:
        if day not in post.span or (self.person.away(day) and not whoever):
            return None
        place = self.structure.place(post.team_id, day)
        if place is None:
            return None
        return Cell(place.region_id, place.organisation_id, post.team_id, post.role_profile, post.pillar)


@dataclass(frozen=True, slots=True)
class _Counting:
    """A piece of evidence with the day on which it stops to count, not before its first, and why."""

    level: int
    basis: Basis
    start: date
    end: date
    cause: EndCause | None


class Shown:
    """All evidence of one person for one competency."""

    def __init__(self, pieces: Sequence[Piece], person: PersonFacts) -> None:
        self._pieces = [self._counting(piece, pieces, person) for piece in pieces]

    def days(self) -> Iterator[date]:
        """The days on which evidence begins or stops to count."""
        for piece in self._pieces:
            yield piece.start
            if piece.cause:
                yield piece.end

    def on(self, day: date) -> Standing:
        """What is held on a day, and what once was."""
        begun = [piece for piece in self._pieces if piece.start <= day]
        ended = [piece.level for piece in begun if piece.end <= day and piece.cause in REMEMBERED]
        levels = [piece.level for piece in begun if piece.end > day]
        return Standing(max(levels, default=0), ever=bool(begun), once=max(ended, default=0))

    def steps(self, day: date, held: Standing) -> Iterator[tuple[Cause, Standing]]:
        """How a day leads from what was held before to what is held on it, a cause at a time."""
        for cause, basis in GAINS:
            gained = [piece.level for piece in self._pieces if piece.start == day and piece.basis is basis]
            if gained:
                held = replace(held, level=max(held.level, *gained), ever=True)
                yield cause, held
        ending = [piece for piece in self._pieces if piece.end == day and piece.cause]
        counting = [piece.level for piece in self._pieces if piece.start <= day < piece.end]
        for place, (cause, ended_by) in enumerate(LOSSES):
            lost = [piece.level for piece in ending if piece.cause is ended_by]
            if lost:
                later = {each for _, each in LOSSES[place + 1 :]}
                left = [*counting, *(piece.level for piece in ending if piece.cause in later)]
                once = max(held.once, *lost) if ended_by in REMEMBERED else held.once
                held = replace(held, level=max(left, default=0), once=once)
                yield cause, held

    @staticmethod
    def _counting(piece: Piece, pieces: Sequence[Piece], person: PersonFacts) -> _Counting:
        end = end_of(piece, pieces, person.absences)
        last = max(end.day, piece.start) if end else date.max
        return _Counting(piece.level, piece.basis, piece.start, last, end.cause if end else None)


Step = tuple[date, Cell, Cause, State, int]
"""One appointment in a state, that is counted (1) or no longer (-1)."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through the days of one person and one competency."""

    presence: Presence
    shown: Shown
    competency: str

    def lines(self) -> Iterator[Step]:
        """Every change, as a state that is taken away and one that is added."""
        posts = self.presence.posts
        was: tuple[Cell | None, ...] = (None,) * len(posts)
        asked, held = (0,) * len(posts), Standing()
        for day in sorted({*self.presence.days_of(self.competency), *self.shown.days()}):
            now = self.presence.cells(day)
            asks = tuple(self._level(post, day) for post in posts)
            holds = self.shown.on(day)
            for place, post in enumerate(posts):
                before, after = was[place], now[place]
                if before and after:
                    yield from self._steps(day, (before, after), (asked[place], asks[place]), held)
                elif after:
                    cause = self.presence.coming(post, day, counted_before=any(was))
                    yield day, after, cause, State(asks[place], holds), 1
                elif before:
                    cause = self.presence.going(post, day, counted_now=any(now))
                    yield day, before, cause, State(asked[place], held), -1
            was, asked, held = now, asks, holds

    def _steps(
        self, day: date, cells: tuple[Cell, Cell], asked: tuple[int, int], held: Standing
    ) -> Iterator[Step]:
        """What happens to a post that is counted before and after, a cause at a time."""
        at, before = cells[0], State(asked[0], held)
        causes = [(Cause.REQUIREMENT, held), (Cause.REORGANISED, held), *self.shown.steps(day, held)]
        for cause, holds in causes:
            to = at if cause is Cause.REQUIREMENT else cells[1]
            after = State(asked[1], holds)
            if (to, after) != (at, before):
                yield day, at, cause, before, -1
                yield day, to, cause, after, 1
            at, before = to, after

    def _level(self, post: AppointmentFacts, day: date) -> int:
        return self.presence.structure.requirements.level(post.role_profile, self.competency, day)
