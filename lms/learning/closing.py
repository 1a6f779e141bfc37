"""What closes a gap, and what a pass of a module would change: pure rules over the framework."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.competencies.standing import Piece, Span, State, standing_on
from lms.content.framework import Competency


@dataclass(frozen=True, slots=True)
class Learn:
    """A level that learning shows, with the modules that are still to be passed for it."""

    level: int
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """What closes the gap in one competency: levels to learn, lowest first, then perhaps an assessment."""

    competency: Competency
    state: State
    learn: tuple[Learn, ...]
    assess: int | None

    @property
    def modules(self) -> tuple[str, ...]:
        """All modules that are to be passed, in order."""
        return tuple(dict.fromkeys(module for step in self.learn for module in step.modules))

    @property
    def learnable(self) -> int:
        """How many of the missing levels learning closes."""
        return self.learn[-1].level - self.state.standing.level if self.learn else 0

    def minutes(self, left: Mapping[str, int], assessment: int) -> int:
        """The minutes that it takes: those left of each module, and of an assessment if it needs one."""
        learning = sum(left.get(module, 0) for module in self.modules)
        return learning + (assessment if self.assess else 0)


def closure_of(competency: Competency, state: State, passed: Collection[str]) -> Closure:
    """What leads from the level held to the level required; `passed` are the modules that count today.

    Levels are climbed one by one where learning shows them. A level without modules needs an
    assessment, unless a higher one that is asked for can be learned.
    """
    held, required = state.standing.level, state.required
    levels = [level for level in range(held + 1, required + 1) if competency.shown_by.get(level)]
    learn = tuple(Learn(level, _to_pass(competency.shown_by[level], passed)) for level in levels)
    top = levels[-1] if levels else held
    return Closure(competency, state, learn, required if top < required else None)


def falls_below(
    pieces: Sequence[Piece], absences: Sequence[Span], required: int, today: date, horizon: date
) -> date | None:
    """The first day after today, up to a horizon, on which the requirement that is met now no longer is."""
    standing = standing_on(pieces, absences, today)
    while standing.level >= required and standing.until is not None and standing.until <= horizon:
        day = standing.until
        standing = standing_on(pieces, absences, day)
        if standing.level < required:
            return day
    return None


class Change(StrEnum):
    """What a pass changes in a record."""

    SHOWS = "shows"
    """A higher level is shown."""
    STEP = "step"
    """It is one of several modules that show a level; others are still to be passed."""
    KEEPS = "keeps"
    """A level that is held is shown anew."""
    PREPARES = "prepares"
    """It prepares for an assessment."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a pass of one module does in one competency; `others` are modules that the level also needs."""

    change: Change
    competency: Competency
    before: int
    after: int
    required: int
    others: int = 0


def effect_of(
    module: str,
    competencies: Iterable[Competency],
    held: Mapping[str, int],
    required: Mapping[str, int],
    passed: Collection[str],
) -> Effect | None:
    """The most that a pass of a module does: what the role asks for comes first, then the greater step."""
    effects = [
        _effect(module, competency, held.get(competency.id, 0), required.get(competency.id, 0), passed)
        for competency in competencies
    ]
    return min((each for each in effects if each is not None), key=_rank, default=None)


def _rank(effect: Effect) -> tuple[int, int, int]:
    if min(effect.after, effect.required) > effect.before:
        use = 0
    else:
        use = 1 if effect.change is Change.KEEPS and effect.required else 2
    return use, list(Change).index(effect.change), effect.before - effect.after


def _effect(
    module: str, competency: Competency, held: int, required: int, passed: Collection[str]
) -> Effect | None:
    shown = sorted(level for level, modules in competency.shown_by.items() if module in modules)
    above = [level for level in shown if level > held]
    if above:
        level = above[0]
        others = sum(1 for each in competency.shown_by[level] if each != module and each not in passed)
        change = Change.STEP if others else Change.SHOWS
        return Effect(change, competency, held, level, required, others)
    if shown:
        return Effect(Change.KEEPS, competency, held, held, required)
    prepared = sorted(
        level for level, modules in competency.prepared_by.items() if module in modules and level > held
    )
    if prepared:
        return Effect(Change.PREPARES, competency, held, prepared[0], required)
    return None


def _to_pass(modules: Sequence[str], passed: Collection[str]) -> tuple[str, ...]:
    open_ones = tuple(module for module in modules if module not in passed)
    return open_ones or tuple(modules)
