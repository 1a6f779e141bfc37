"""What a pass changed in a record: a pure comparison of the facts with and without what it wrote."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from lms.competencies.standing import (
    AppointmentFacts,
    PersonFacts,
    Piece,
    Requirements,
    State,
    end_of,
    standing_on,
)
from lms.content.framework import Competency, Framework
from lms.learning.record import appointments_on, required_of

HIGHEST = 4


@dataclass(frozen=True, slots=True)
class LevelChange:
    """One competency that the module shows: what is asked and held before the pass and after it."""

    competency: Competency
    before: State
    after: State

    @property
    def gained(self) -> int:
        """How many levels the pass added."""
        return self.after.standing.level - self.before.standing.level


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many of the competencies that a role profile asks for are met, before and after."""

    role_profile: str
    asked: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Added:
    """Evidence that the pass wrote; `until` is the first day that no longer counts."""

    piece: Piece
    until: date | None


class Why(StrEnum):
    """Why something stayed as it was."""

    OTHERS = "others"
    """The level also takes other modules."""
    COUNTED = "counted"
    """Learning shows the level for as long already."""
    HIGHER = "higher"
    """A higher level is held."""
    ASSESSMENT = "assessment"
    """The level needs an assessment."""
    EDITION = "edition"
    """The edition that was passed no longer counts."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A level that the pass did not add, and why; `modules` are those still to be passed."""

    competency: Competency
    level: int
    why: Why
    modules: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a pass changed, and what it did not."""

    levels: tuple[LevelChange, ...]
    roles: tuple[RoleCount, ...]
    added: tuple[Added, ...]
    unchanged: tuple[Unchanged, ...]


@dataclass(frozen=True, slots=True)
class PassedModule:
    """A pass: its module and day, the evidence that it wrote, and the modules that then count."""

    module_id: str
    day: date
    evidence: frozenset[int]
    counting: frozenset[str]


def compare(passed: PassedModule, after: PersonFacts, asked: Requirements, framework: Framework) -> Changes:
    """Compare the facts as they were known after the pass with the same facts without its evidence."""
    before = without(after, passed.evidence)
    held = appointments_on(after, passed.day)
    required = required_of(held, asked, passed.day)
    concerned = [each for each in framework.competencies if _concerns(each, passed, after)]
    levels = tuple(
        LevelChange(
            each,
            _state(each.id, required.get(each.id, 0), before, passed.day),
            _state(each.id, required.get(each.id, 0), after, passed.day),
        )
        for each in concerned
    )
    return Changes(
        levels=levels,
        roles=tuple(_role_count(each, before, after, asked, passed.day) for each in held),
        added=tuple(_added(passed.evidence, after)),
        unchanged=tuple(why for each in levels for why in _unchanged(each, passed, after)),
    )


def without(facts: PersonFacts, evidence: Collection[int]) -> PersonFacts:
    """The same facts, as if these pieces of evidence had not been written."""
    pieces = {
        competency: [piece for piece in kept if piece.id not in evidence]
        for competency, kept in facts.pieces.items()
    }
    return replace(facts, pieces=pieces)


def _concerns(competency: Competency, passed: PassedModule, facts: PersonFacts) -> bool:
    listed = (*competency.shown_by.values(), *competency.prepared_by.values())
    written = any(piece.id in passed.evidence for piece in facts.pieces.get(competency.id, ()))
    return written or any(passed.module_id in modules for modules in listed)


def _state(competency: str, required: int, facts: PersonFacts, day: date) -> State:
    return State(required, standing_on(facts.pieces.get(competency, ()), facts.absences, day))


def _role_count(
    held: AppointmentFacts, before: PersonFacts, after: PersonFacts, asked: Requirements, day: date
) -> RoleCount:
    required = asked.on(held.role_profile, day)
    met = [
        sum(1 for each, level in required.items() if not _state(each, level, facts, day).missing)
        for facts in (before, after)
    ]
    return RoleCount(held.role_profile, len(required), *met)


def _added(evidence: Collection[int], facts: PersonFacts) -> Iterator[Added]:
    for pieces in facts.pieces.values():
        for piece in pieces:
            if piece.id in evidence:
                end = end_of(piece, pieces, facts.absences)
                yield Added(piece, end.day if end else None)


def _unchanged(change: LevelChange, passed: PassedModule, facts: PersonFacts) -> Iterator[Unchanged]:
    competency, pieces = change.competency, facts.pieces.get(change.competency.id, ())
    held = change.after.standing
    written = {piece.level for piece in pieces if piece.id in passed.evidence}
    top = held.level
    for level, modules in sorted(competency.shown_by.items()):
        if passed.module_id not in modules:
            continue
        missing = tuple(each for each in modules if each not in passed.counting)
        if passed.module_id in missing:
            yield Unchanged(competency, level, Why.EDITION)
        elif missing:
            yield Unchanged(competency, level, Why.OTHERS, missing)
            top = max(top, level)
        elif level < held.level and level == max(_shown(competency, passed.module_id)):
            yield Unchanged(competency, held.level, Why.HIGHER)
        elif level not in written and level == held.level:
            yield Unchanged(competency, level, Why.COUNTED, until=held.until)
    if assessed := _assessed_next(competency, passed.module_id, top):
        yield Unchanged(competency, assessed, Why.ASSESSMENT)


def _assessed_next(competency: Competency, module_id: str, top: int) -> int | None:
    """The next level that a module leads to and learning does not show."""
    if _shown(competency, module_id):
        following = top + 1
        return following if following <= HIGHEST and not competency.shown_by.get(following) else None
    prepared = [level for level, modules in competency.prepared_by.items() if module_id in modules]
    return min((level for level in prepared if level > top), default=None)


def _shown(competency: Competency, module_id: str) -> list[int]:
    return [level for level, modules in competency.shown_by.items() if module_id in modules]
