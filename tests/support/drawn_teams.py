"""Small teams drawn at random, the same in each run: posts, absences and evidence that begin and end."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from random import Random

from lms.competencies.models import Basis, EndingKind
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Span
from lms.teams.ahead import Ahead, ahead_of
from lms.teams.matrix import Row

TODAY = date(2026, 11, 30)
LONG_AGO = date(2024, 1, 1)
TEAM, ANOTHER = 1, 2
OFTEN = 0.8
"""The share of what is as it is for most people."""
numbers = count(1)


def drawn_day(chance: Random, longest: int) -> date:
    """A day from two months ago to a little after so many days."""
    return TODAY + timedelta(days=chance.randint(-60, longest + 15))


def drawn_team(chance: Random, keys: Sequence[str], most: int, longest: int) -> list[Ahead]:
    """At most so many people, of whom something changes within so many days."""
    return [_person(chance, number, keys, longest) for number in range(chance.randint(0, most))]


def _person(chance: Random, number: int, keys: Sequence[str], longest: int) -> Ahead:
    posts = [_post(chance, number, longest) for _ in range(1 + (chance.random() > OFTEN))]
    absences = [_span(chance, longest) for _ in range(chance.choice((0, 0, 0, 0, 1, 2)))]
    shown = {
        key: [_piece(chance, key, longest) for _ in range(chance.choice((0, 0, 0, 1, 3)))] for key in keys
    }
    row = Row(number, f"Person {number}", (), None, ())
    return ahead_of(row, PersonFacts(posts, absences, shown), frozenset({TEAM}))


def _post(chance: Random, number: int, longest: int) -> AppointmentFacts:
    span = chance.choice((Span(LONG_AGO), Span(LONG_AGO), Span(LONG_AGO), _span(chance, longest)))
    return AppointmentFacts(
        next(numbers), number, chance.choice((TEAM, TEAM, TEAM, ANOTHER)), "buyer", None, span
    )


def _span(chance: Random, longest: int) -> Span:
    start = drawn_day(chance, longest)
    return Span(start, chance.choice((None, start + timedelta(days=chance.randint(1, longest)))))


def _piece(chance: Random, key: str, longest: int) -> Piece:
    until = None if chance.random() < OFTEN else drawn_day(chance, longest)
    span = Span(LONG_AGO, until) if chance.random() < OFTEN else _span(chance, longest)
    ended = (
        () if chance.random() < OFTEN else ((drawn_day(chance, longest), chance.choice(list(EndingKind))),)
    )
    basis, level = chance.choice(list(Basis)), chance.choice((1, 2, 3, 3, 4))
    return Piece(next(numbers), key, level, basis, span.start, span.end, "", ended)
