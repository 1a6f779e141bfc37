"""Whether a level may be recorded as judged, and what that would end: pure rules over plain values."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.competencies.models import Basis
from lms.competencies.standing import Piece, Span, end_of

NEEDS_A_SECOND = 4
"""The level that counts when an assessor of another organisation has confirmed it."""


class Fault(StrEnum):
    """Why a level is not recorded."""

    NOT_ALLOWED = "not-allowed"
    """Nobody assesses themselves, and the grant may have ended while the page was open."""
    TOO_HIGH = "too-high"
    """The grant does not reach so far."""
    NO_POST = "no-post"
    """Nobody who holds no post is of another organisation."""
    UNKNOWN = "unknown"
    """The framework has no such competency or level any more."""
    MEANWHILE = "meanwhile"
    """Something else was recorded since the page was opened."""
    IN_FUTURE = "in-future"
    WRONG_ORDER = "wrong-order"
    BEFORE_JOINING = "before-joining"
    NOTHING_NEW = "nothing-new"
    """A renewal cites work since the last assessment."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A level that somebody judged, what was seen of it between which days, and for how long it counts."""

    competency: str
    level: int
    words: str
    reference: str | None
    seen_from: date
    seen_to: date
    months: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What a judgement is measured against, on a day.

    `highest` is the level up to which the assessor may judge, 0 for none. `levels` are those that
    the framework describes. `last_seen` is the newest day that an assessment of this competency
    cites, with the level that assessments show now.
    """

    today: date
    highest: int
    levels: frozenset[int]
    joined: date
    assessed: int
    last_seen: date | None


def fault_of(judged: Judged, now: Situation) -> Fault | None:
    """The first reason why a judgement cannot be recorded, or None."""
    renews = judged.level <= now.assessed and now.last_seen is not None
    faults = {
        Fault.NOT_ALLOWED: not now.highest,
        Fault.UNKNOWN: judged.level not in now.levels,
        Fault.TOO_HIGH: judged.level > now.highest,
        Fault.IN_FUTURE: judged.seen_to > now.today,
        Fault.WRONG_ORDER: judged.seen_from > judged.seen_to,
        Fault.BEFORE_JOINING: judged.seen_from < now.joined,
        Fault.NOTHING_NEW: renews and judged.seen_to <= (now.last_seen or date.min),
    }
    return next((fault for fault, holds in faults.items() if holds), None)


def elsewhere(assessor: AbstractSet[str], person: AbstractSet[str]) -> bool:
    """Whether an assessor is of another organisation than a person, by those in which they hold posts.

    Of whoever holds no post it cannot be said.
    """
    return bool(assessor) and bool(person) and not assessor & person


def counting(pieces: Sequence[Piece], absences: Sequence[Span], day: date) -> list[Piece]:
    """The evidence that counts on a day."""
    return [
        piece
        for piece in pieces
        if piece.start <= day and ((end := end_of(piece, pieces, absences)) is None or end.day > day)
    ]


def ended_by(level: int, pieces: Sequence[Piece], absences: Sequence[Span], day: date) -> list[Piece]:
    """The evidence of learning that an assessment at a level ends on a day: all above it."""
    return [
        piece
        for piece in counting(pieces, absences, day)
        if piece.basis is Basis.LEARNING and piece.level > level
    ]


def assessed_level(pieces: Iterable[Piece]) -> int:
    """The highest level that an assessment among these shows."""
    return max((piece.level for piece in pieces if piece.basis is Basis.ASSESSMENT), default=0)
