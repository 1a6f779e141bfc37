"""Histories at random without a database: few distinct days, so that much happens on each.

A history is a list of entries. Each was written by an act, and some turned out to be in error in a
later one, so that the same history can be asked for as it was known at any act.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Generic, TypeVar

from lms.competencies.models import Basis, EndingKind
from lms.competencies.movements import Structure
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Requirements, Span
from lms.core.dates import add_months
from lms.people.structure import Place

HISTORIES = int(os.environ.get("TEST_HISTORIES", "2000"))
"""How many histories the tests go through; each is made from its number alone."""

ACTS = 4
LONG_AGO, FIRST = date(2022, 9, 1), date(2023, 9, 1)
LEAP = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1))
GRACE = timedelta(days=60)
ORGANISATIONS = {"alder": ("north", "south"), "birch": ("north",), "cedar": ("south",)}
TEAMS, ROLES, PILLARS, COMPETENCIES = (1, 2, 3), ("buyer", "lead"), (None, "energy"), ("law", "risk")
LEVELS = {
    Basis.LEARNING: (2, 3, 3, 4),
    Basis.ASSESSMENT: (1, 1, 2, 3, 4),
    Basis.QUALIFICATION: (1, 2, 3, 4),
    Basis.IMPORT: (1, 2, 3, 4),
}
"""Learning tends to be high and assessments low, so that these often end it."""
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Content]):
    """A fact, the act that wrote it, and the act that found it to be in error."""

    fact: Content
    by: int
    void: int | None

    def known(self, act: int) -> bool:
        return self.by <= act and (self.void is None or act < self.void)


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a history as they were known at one act."""

    people: list[PersonFacts]
    structure: Structure


Subject = tuple[str, int]
"""What an end is written for: a post, an absence or a piece of evidence, with its number."""


class Timeline:
    """One history: up to three people, three teams, three organisations in two regions, two roles."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 an invented history keeps no secret
        self._number = 0
        self._days = self._pool()
        self.people = self._random.choice((1, 1, 1, 2, 3))
        self._posts: list[Entry[AppointmentFacts]] = []
        self._absences: list[Entry[tuple[int, int, Span]]] = []
        self._pieces: list[Entry[tuple[int, Piece]]] = []
        self._ends: list[Entry[tuple[Subject, date, EndingKind | None]]] = []
        self._placements: list[Entry[tuple[int, date, Place]]] = []
        self._onboardings: list[Entry[tuple[str, date]]] = []
        self._requirements: list[Entry[tuple[str, str, date, int]]] = []
        self._found()
        for person in range(self.people):
            self._work(person)
            self._leave(person)
            for competency in COMPETENCIES:
                self._show(person, competency)

    def known(self, act: int = ACTS) -> Known:
        """The history as it was known at an act."""
        return Known([self._person(person, act) for person in range(self.people)], self._structure(act))

    # Days

    def _pool(self) -> list[date]:
        """The few days on which this history happens: leap days, neighbours, sixty days and a year later."""
        chance = self._random
        days = [*chance.sample(LEAP, 2), FIRST + timedelta(days=chance.randrange(600))]
        days.append(chance.choice(days) + timedelta(days=1))
        days.append(chance.choice(days) + GRACE)
        days.append(add_months(chance.choice(days), 12))
        return sorted(set(days))

    def _day(self) -> date:
        return self._random.choice(self._days)

    def _first(self) -> date:
        """Long ago, or on one of the days."""
        return LONG_AGO if self._chance(0.7) else self._day()

    def _end(self, start: date, *, never: float) -> date | None:
        """No end, or one of the days: nearly always a later one, else the span is empty."""
        if self._chance(never):
            return None
        later = [day for day in self._days if day > start]
        return self._random.choice(later) if later and self._chance(0.93) else self._day()

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    # What is written

    def _entry(self, fact: Content, *, sure: float = 0.92) -> Entry[Content]:
        """Most is written by the first act and stays true."""
        by = 1 if self._chance(0.6) else self._random.randint(1, ACTS)
        wrong = by < ACTS and not self._chance(sure)
        return Entry(fact, by, self._random.randint(by + 1, ACTS) if wrong else None)

    def _found(self) -> None:
        """Where teams stand, since when organisations count, and what is asked."""
        for organisation in ORGANISATIONS:
            for _ in range(self._random.choice((0, 1, 1, 1, 1, 1, 1, 2))):
                self._onboardings.append(self._entry((organisation, self._first())))
        for team in TEAMS:
            for _ in range(self._random.choice((0, 1, 1, 1, 2, 2, 2, 3))):
                organisation = self._random.choice(list(ORGANISATIONS))
                place = Place(organisation, self._random.choice(ORGANISATIONS[organisation]))
                self._placements.append(self._entry((team, self._first(), place)))
        for role in ROLES:
            for competency in COMPETENCIES:
                for _ in range(self._random.choice((0, 1, 2, 2, 3))):
                    level = self._random.choice((0, 1, 2, 3, 3, 4, 4))
                    self._requirements.append(self._entry((role, competency, self._first(), level)))

    def _work(self, person: int) -> None:
        """Posts one after another, renewed, changed or taken up again later, and perhaps one beside them."""
        start, post = self._first(), self._post()
        for _ in range(self._random.randint(1, 3)):
            end = self._end(start, never=0.35)
            self._appoint(person, post, start, end)
            if end is None:
                break
            start = end if self._chance(0.75) else self._day()
            post = post if self._chance(0.3) else self._post(post)
        if self._chance(0.4):
            start = self._first()
            same = self._chance(0.2)
            self._appoint(person, post if same else self._post(), start, self._end(start, never=0.5))

    def _post(self, before: tuple[int, str, str | None] | None = None) -> tuple[int, str, str | None]:
        """A team, a role and a pillar; some stay those that they were before."""
        new = (self._random.choice(TEAMS), self._random.choice(ROLES), self._random.choice(PILLARS))
        if before is None:
            return new
        team, role, pillar = (self._chance(0.6) for _ in range(3))
        return new[0] if team else before[0], new[1] if role else before[1], new[2] if pillar else before[2]

    def _appoint(self, person: int, post: tuple[int, str, str | None], start: date, end: date | None) -> None:
        number = self._next()
        at_first = self._ended_later("post", number, end)
        self._posts.append(self._entry(AppointmentFacts(number, person, *post, Span(start, at_first))))

    def _leave(self, person: int) -> None:
        """Absences that overlap, follow one another, or begin on the day that a lapse moves to."""
        if self._chance(0.5):
            return
        start = self._day()
        for _ in range(self._random.randint(1, 3)):
            end = self._end(start, never=0.12)
            number = self._next()
            span = Span(start, self._ended_later("absence", number, end))
            self._absences.append(self._entry((person, number, span)))
            start = self._random.choice((end, end + GRACE, self._day())) if end else self._day()

    def _show(self, person: int, competency: str) -> None:
        for _ in range(self._random.choice((0, 1, 2, 3, 3, 4, 5))):
            start = LONG_AGO if self._chance(0.15) else self._day()
            until = add_months(start, 12) if self._chance(0.15) else self._end(start, never=0.25)
            basis = self._random.choice((*Basis, Basis.LEARNING, Basis.LEARNING, Basis.ASSESSMENT))
            number, level = self._next(), self._random.choice(LEVELS[basis])
            piece = Piece(number, competency, level, basis, start, until)
            self._pieces.append(self._entry((person, piece)))
            for _ in range(self._random.choice((0, 0, 0, 1, 2))):
                kind = self._random.choice(list(EndingKind))
                self._ends.append(self._entry((("piece", number), self._day(), kind)))

    def _ended_later(self, kind: str, number: int, end: date | None) -> date | None:
        """The end that is written with the fact; half of the ends are written as facts of their own."""
        if end is None or self._chance(0.5):
            return end
        self._ends.append(self._entry(((kind, number), end, None)))
        return None

    def _next(self) -> int:
        self._number += 1
        return self._number

    # What is known

    def _person(self, person: int, act: int) -> PersonFacts:
        ends = self._known_ends(act)
        pieces: dict[str, list[Piece]] = defaultdict(list)
        for whose, piece in _known(self._pieces, act):
            if whose == person:
                endings = [(day, kind) for day, kind in ends["piece", piece.id] if kind]
                pieces[piece.competency].append(replace(piece, endings=tuple(endings)))
        posts = [
            replace(post, span=_closed(post.span, ends["post", post.id]))
            for post in _known(self._posts, act)
            if post.person_id == person
        ]
        absences = [
            _closed(span, ends["absence", number])
            for whose, number, span in _known(self._absences, act)
            if whose == person
        ]
        return PersonFacts(posts, absences, dict(pieces))

    def _known_ends(self, act: int) -> dict[Subject, list[tuple[date, EndingKind | None]]]:
        found: dict[Subject, list[tuple[date, EndingKind | None]]] = defaultdict(list)
        for subject, day, kind in _known(self._ends, act):
            found[subject].append((day, kind))
        return found

    def _structure(self, act: int) -> Structure:
        placements: dict[int, list[tuple[date, Place]]] = defaultdict(list)
        for team, day, place in _known(self._placements, act):
            placements[team].append((day, place))
        on_board: dict[str, date] = {}
        for organisation, day in _known(self._onboardings, act):
            on_board[organisation] = min(day, on_board.get(organisation, day))
        asked: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
        for role, competency, day, level in _known(self._requirements, act):
            asked[role, competency].append((day, level))
        return Structure(_in_order(placements), on_board, Requirements(_in_order(asked)))


Key = TypeVar("Key")


def _in_order(dated: dict[Key, list[tuple[date, Content]]]) -> dict[Key, list[tuple[date, Content]]]:
    """In order of day; of two for one day the later written stays the later."""
    return {key: sorted(rows, key=lambda row: row[0]) for key, rows in dated.items()}


def _known(entries: Iterable[Entry[Content]], act: int) -> Iterator[Content]:
    return (entry.fact for entry in entries if entry.known(act))


def _closed(span: Span, ends: list[tuple[date, EndingKind | None]]) -> Span:
    days = [day for day in (span.end, *(day for day, _ in ends)) if day is not None]
    return Span(span.start, min(days, default=None))
