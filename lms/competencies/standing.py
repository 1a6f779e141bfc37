"""What counts on a day: the pure rule that turns a person's facts into a standing and a state.

Nothing here knows a database. Spans are half-open: `until` and `to` are the first day that no
longer counts. Rules 2 and 3 of the domain, as the gap ledger states them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from lms.competencies.models import Basis, EndingKind

GRACE_AFTER_ABSENCE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to the first day that no longer belongs to it; None: no end is known."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        """Whether the span holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of evidence with the endings written for it."""

    id: int
    competency: str
    level: int
    basis: Basis
    start: date
    until: date | None
    words: str = ""
    endings: tuple[tuple[date, EndingKind], ...] = ()


class EndCause(StrEnum):
    """Why evidence stopped counting; in the order in which a day names one."""

    LAPSED = "lapsed"
    EDITION = "edition"
    ASSESSMENT_ENDED = "assessment-ended"
    WITHDRAWN = "withdrawn"


ORDER = {cause: place for place, cause in enumerate(EndCause)}


@dataclass(frozen=True, slots=True)
class End:
    """The first day on which a piece no longer counts, and why."""

    day: date
    cause: EndCause


@dataclass(frozen=True, slots=True)
class Standing:
    """The highest level that counts on a day, what shows it, and what once did."""

    level: int = 0
    until: date | None = None
    by: Piece | None = None
    ever: bool = False
    once: int = 0


class Below(StrEnum):
    """How an appointment is under its requirement."""

    UNRECORDED = "unrecorded"
    LAPSED = "lapsed"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class State:
    """What is asked and held on a day."""

    required: int
    standing: Standing

    @property
    def missing(self) -> int:
        """Levels short of the requirement, never below 0."""
        return max(0, self.required - self.standing.level)

    @property
    def below(self) -> Below | None:
        """How it is below, or None when the requirement is met or nothing is asked."""
        if not self.missing:
            return None
        if not self.standing.ever:
            return Below.UNRECORDED
        return Below.LAPSED if self.standing.once >= self.required else Below.SHORT


@dataclass(slots=True)
class PersonFacts:
    """All that decides what one person holds."""

    appointments: list["AppointmentFacts"] = field(default_factory=list)
    absences: list[Span] = field(default_factory=list)
    pieces: dict[str, list[Piece]] = field(default_factory=dict)

    def away(self, day: date) -> bool:
        """Whether the person is away on a day."""
        return any(day in span for span in self.absences)


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """An appointment with its end, however it was set."""

    id: int
    person_id: int
    team_id: int
    role_profile: str
    pillar: str | None
    span: Span


def standing_on(pieces: Sequence[Piece], absences: Sequence[Span], day: date) -> Standing:
    """The standing in one competency on a day, from all of a person's evidence for it."""
    best: tuple[int, date, int] | None = None
    by: Piece | None = None
    until: date | None = None
    ever, once = False, 0
    for piece in pieces:
        if piece.start > day:
            continue
        ever = True
        end = end_of(piece, pieces, absences)
        if end is not None and end.day <= day:
            if end.cause in {EndCause.LAPSED, EndCause.EDITION}:
                once = max(once, piece.level)
            continue
        rank = (piece.level, end.day if end else date.max, piece.id)
        if best is None or rank > best:
            best, by, until = rank, piece, end.day if end else None
    return Standing(by.level if by else 0, until, by, ever, once)


def end_of(piece: Piece, pieces: Iterable[Piece], absences: Sequence[Span]) -> End | None:
    """When a piece stops counting and why: the earliest of its ends; None while none is known."""
    ends: list[End] = []
    if piece.until is not None and (day := after_absence(piece.until, absences)):
        ends.append(End(day, EndCause.LAPSED))
    for day, kind in piece.endings:
        if kind is EndingKind.WITHDRAWN:
            ends.append(End(day, EndCause.WITHDRAWN))
        elif moved := after_absence(day, absences):
            ends.append(End(moved, EndCause.EDITION))
    if piece.basis is Basis.LEARNING:
        ends += [
            End(other.start, EndCause.ASSESSMENT_ENDED)
            for other in pieces
            if other.basis is Basis.ASSESSMENT and other.level < piece.level and other.start >= piece.start
        ]
    if len(ends) < 2:  # noqa: PLR2004 nothing to choose from
        return ends[0] if ends else None
    return min(ends, key=lambda end: (end.day, ORDER[end.cause]))


def after_absence(day: date, absences: Sequence[Span]) -> date | None:
    """The day itself, or, while the person is away, 60 days after the first day back.

    None while no return is known.
    """
    while away := [span for span in absences if day in span]:
        ends = [span.end for span in away]
        back = max((end for end in ends if end is not None), default=None)
        if back is None or None in ends:
            return None
        if not any(back in span for span in absences):
            back += GRACE_AFTER_ABSENCE
        day = back
    return day


@dataclass(frozen=True)
class Requirements:
    """Every requirement, by role profile and competency, each from its day."""

    rows: dict[tuple[str, str], list[tuple[date, int]]]
    _asked: dict[tuple[str, date], dict[str, int]] = field(default_factory=dict, compare=False)

    def on(self, role_profile: str, day: date) -> dict[str, int]:
        """The competencies that a role profile asks for on a day, with the level; 0 is left out."""
        if (role_profile, day) not in self._asked:
            asked = {
                competency: level
                for (role, competency), steps in self.rows.items()
                if role == role_profile and (level := level_on(steps, day))
            }
            self._asked[role_profile, day] = dict(sorted(asked.items()))
        return self._asked[role_profile, day]

    def level(self, role_profile: str, competency: str, day: date) -> int:
        """The level that a role profile asks of one competency on a day; 0 when it asks nothing."""
        return level_on(self.rows.get((role_profile, competency), ()), day)


def level_on(steps: Sequence[tuple[date, int]], day: date) -> int:
    """The level asked on a day by steps in their order; 0 before the first."""
    level = 0
    for start, value in steps:
        if start <= day:
            level = value
    return level
