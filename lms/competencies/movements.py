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
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from lms.competencies.models import Basis
from lms.competencies.standing import (
    AppointmentFacts,
    EndCause,
    PersonFacts,
    Piece,
    Requirements,
    Span,
    Standing,
    State,
    end_of,
    level_on,
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


ORDER = {cause: place for place, cause in enumerate(Cause)}
GAINS = {basis: Cause(basis) for basis in Basis}
LOSSES = {ending: Cause(ending) for ending in EndCause}
REMEMBERED = {Cause.LAPSED, Cause.EDITION}
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
    lines: Lines = {} if competencies is not None else presence.heads()
    for competency in presence.asked(structure.requirements) if competencies is None else competencies:
        lines |= moves_of(presence, competency, person.pieces.get(competency, ()), structure.requirements)
    return lines


def moves_of(
    presence: "Presence", competency: str, pieces: Sequence[Piece], requirements: Requirements
) -> Lines:
    """The movements of one person for one competency, of which these pieces are all evidence."""
    shown = Shown(pieces, presence.person.absences)
    lines: Lines = {}
    for spell in presence.spells:
        if asked := requirements.rows.get((spell.role_profile, competency)):
            for day, cell, cause, before, after in _steps(spell, asked, shown):
                add_to(lines, (day, cell, competency, cause), change(before, after))
    return {line: tally for line, tally in lines.items() if tally}


def add_to(lines: Lines, line: Line, tally: Tally) -> None:
    """Add to what a line says; no tally is changed, since lines may share them."""
    lines[line] = lines[line] + tally if line in lines else tally


class Held(NamedTuple):
    """What somebody holds on a day, as far as it is counted; words as in Standing."""

    level: int = 0
    ever: bool = False
    once: int = 0


class Status(NamedTuple):
    """What is asked of an appointment and what is held, as far as it is counted."""

    asked: int
    held: Held


@cache
def change(before: Status | None, after: Status | None) -> Tally:
    """By how much counts change when an appointment has been so (None: not counted) and is so now."""
    tally = Tally()
    for status, times in ((before, -1), (after, 1)):
        if status:
            tally.add(State(status.asked, Standing(**status.held._asdict())), times)
    return tally


Step = tuple[date, Cell, Cause, Status | None, Status | None]
"""What a day and a cause make of an appointment in a cell; None: it is not counted there."""


def _steps(spell: "Spell", requirement: Sequence[tuple[date, int]], shown: "Shown") -> Iterator[Step]:
    """What happens to a post from the day on which it begins to be counted to that on which it ceases to."""
    asks = dict(requirement)
    at, before = spell.places[spell.start], Status(level_on(requirement, spell.start), shown.on(spell.start))
    yield spell.start, at, spell.came, None, before
    for day in sorted({*spell.places, *asks, *shown.days}):
        if not spell.start < day < spell.end:
            continue
        to, asked, held = spell.places.get(day, at), asks.get(day, before.asked), before.held
        causes = [(Cause.REQUIREMENT, held)] if day in asks else []
        causes += [(Cause.REORGANISED, held)] if day in spell.places else []
        for cause, holds in (*causes, *shown.steps(day, held)):
            place, after = at if cause is Cause.REQUIREMENT else to, Status(asked, holds)
            if place != at:
                yield day, at, cause, before, None
                yield day, place, cause, None, after
            elif after != before:
                yield day, at, cause, before, after
            at, before = place, after
    if spell.went:
        yield spell.end, at, spell.went, before, None


@dataclass(slots=True)
class Spell:
    """A time in which a post is counted without a break, in one place after the other."""

    role_profile: str
    start: date
    came: Cause
    places: dict[date, Cell]
    end: date = date.max
    went: Cause | None = None


class Presence:
    """Where each post of a person is counted, from one change to the next: the same for each competency."""

    def __init__(self, person: PersonFacts, structure: Structure) -> None:
        self.person = person
        self._posts = person.appointments
        self._structure = structure
        days = {day for post in self._posts for day in structure.days(post)}
        spans = (*(post.span for post in self._posts), *person.absences)
        days |= {day for span in spans for day in (span.start, span.end) if day}
        self._cells = {day: tuple(self._cell(post, day) for post in self._posts) for day in sorted(days)}
        self.spells = [spell for place in range(len(self._posts)) for spell in self._spells(place)]

    def asked(self, requirements: Requirements) -> list[str]:
        """Every competency that one of the roles asks for on some day."""
        roles = {post.role_profile for post in self._posts}
        return sorted({competency for role, competency in requirements.rows if role in roles})

    def heads(self) -> Lines:
        """The changes of head counts; their cause is not told, so it is the same for all."""
        lines: Lines = defaultdict(Tally)
        before: dict[tuple[Cell, str], int] = {}
        for day in self._cells:
            now = self._heads(day)
            for times, heads in ((1, now), (-1, before)):
                for (cell, subject), number in heads.items():
                    lines[day, cell, subject, Cause.REORGANISED].appointments += times * number
            before = now
        return {line: tally for line, tally in lines.items() if tally}

    def _spells(self, place: int) -> Iterator[Spell]:
        """The spells of one post."""
        post, spell = self._posts[place], None
        was: tuple[Cell | None, ...] = ()
        for day, now in self._cells.items():
            cell = now[place]
            if spell is None and cell:
                spell = Spell(post.role_profile, day, self._coming(post, day, counted_before=any(was)), {})
            elif spell and not cell:
                spell.end, spell.went = day, self._going(post, day, counted_now=any(now))
                yield spell
                spell = None
            if spell and cell:
                spell.places[day] = cell
            was = now
        if spell:
            yield spell

    def _coming(self, post: AppointmentFacts, day: date, *, counted_before: bool) -> Cause:
        """Why a post begins to be counted; `counted_before`: some post was, the day before."""
        place = self._structure.place(post.team_id, day)
        if place and self._structure.on_board[place.organisation_id] == day:
            return Cause.ONBOARDED
        if self.person.away(day - DAY):
            return Cause.AWAY
        if post.span.start < day:
            return Cause.REORGANISED
        return Cause.ROLE if counted_before else Cause.JOINED

    def _going(self, post: AppointmentFacts, day: date, *, counted_now: bool) -> Cause:
        """Why a post ceases to be counted; `counted_now`: some other post is."""
        if self.person.away(day):
            return Cause.AWAY
        if day in post.span:
            return Cause.REORGANISED
        return Cause.ROLE if counted_now else Cause.LEFT

    def _heads(self, day: date) -> dict[tuple[Cell, str], int]:
        cells = [cell for cell in self._cells[day] if cell]
        found: dict[tuple[Cell, str], int] = defaultdict(int)
        if len(cells) > 1:
            for cell in cells:
                found[cell, SECOND_POST] += 1
        if self.person.away(day):
            usual = (self._cell(post, day, whoever=True) for post in self._posts)
            for cell in filter(None, usual):
                found[cell, AWAY] += 1
        return found

    def _cell(self, post: AppointmentFacts, day: date, *, whoever: bool = False) -> Cell | None:
        if day not in post.span or (self.person.away(day) and not whoever):
            return None
        place = self._structure.place(post.team_id, day)
        if place is None:
            return None
        return Cell(place.region_id, place.organisation_id, post.team_id, post.role_profile, post.pillar)


class _Counting(NamedTuple):
    """A piece of evidence with the day on which it stops to count, not before its first, and both causes."""

    level: int
    start: date
    gain: Cause
    end: date
    loss: Cause | None


class Shown:
    """All evidence of one person for one competency, and the days on which it begins or stops to count."""

    def __init__(self, pieces: Sequence[Piece], absences: Sequence[Span]) -> None:
        self._pieces = [self._counting(piece, pieces, absences) for piece in pieces]
        self.days = {day for piece in self._pieces for day in (piece.start, piece.end)}

    def on(self, day: date) -> Held:
        """What is held on a day, and what once was."""
        begun = [piece for piece in self._pieces if piece.start <= day]
        ended = [piece.level for piece in begun if piece.end <= day and piece.loss in REMEMBERED]
        levels = [piece.level for piece in begun if piece.end > day]
        return Held(max(levels, default=0), bool(begun), max(ended, default=0))

    def steps(self, day: date, held: Held) -> Iterator[tuple[Cause, Held]]:
        """How a day leads from what was held before to what is held on it, a cause at a time."""
        if day not in self.days:
            return
        beginning = [(piece.gain, piece.level) for piece in self._pieces if piece.start == day]
        beginning.sort(key=lambda each: ORDER[each[0]])
        for cause, gained in beginning:
            held = Held(max(held.level, gained), ever=True, once=held.once)
            yield cause, held
        ending = [(piece.loss, piece.level) for piece in self._pieces if piece.end == day and piece.loss]
        ending.sort(key=lambda each: ORDER[each[0]])
        for place, (cause, lost) in enumerate(ending, 1):
            left = [piece.level for piece in self._pieces if piece.start <= day < piece.end]
            left += [level for _, level in ending[place:]]
            once = max(held.once, lost) if cause in REMEMBERED else held.once
            held = Held(max(left, default=0), held.ever, once)
            yield cause, held

    @staticmethod
    def _counting(piece: Piece, pieces: Sequence[Piece], absences: Sequence[Span]) -> _Counting:
        end = end_of(piece, pieces, absences)
        gain = GAINS[piece.basis]
        if end is None:
            return _Counting(piece.level, piece.start, gain, date.max, None)
        return _Counting(piece.level, piece.start, gain, max(end.day, piece.start), LOSSES[end.cause])
