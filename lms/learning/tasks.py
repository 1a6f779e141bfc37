"""Gathers what is asked of a person: by a colleague, a new edition, a lapse, the role, or themselves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lms.competencies.standing import PersonFacts, State
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.framework import Competency
from lms.learning.closing import Closure, closure_of, falls_below
from lms.learning.module_states import ModuleState, Pass
from lms.learning.next_step import Item, Why
from lms.learning.passes import counts_until, longest
from lms.learning.reading import minutes_done

LAPSES_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Lapse:
    """A competency that is met today, and the first day on which it no longer is."""

    competency: Competency
    day: date
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Standpoint:
    """What decides what is asked of a person on a day, all in plain values."""

    person_id: int
    today: date
    facts: PersonFacts
    states: Mapping[str, State]
    published: Catalogue
    modules: Mapping[str, ModuleState]

    @property
    def passed(self) -> set[str]:
        """The modules with a pass that counts today."""
        return self.passed_on(self.today)

    def passed_on(self, day: date) -> set[str]:
        """The modules with a pass that will still count on a day, if nothing more is learned."""
        return {
            module_id
            for module_id, state in self.modules.items()
            if longest(state.passes, self.published.module(module_id), day, self.facts.absences)
        }

    def left(self, module_id: str) -> int:
        """The minutes that are left of a module, the check among them."""
        module = self.published.module(module_id)
        if module is None:
            return 0
        return max(module.minutes - self.done(module), module.check_minutes)

    def done(self, module: ModuleEntry) -> int:
        """The minutes of a module that were read since it was last passed."""
        state = self.modules.get(module.id)
        if state is None or state.stop is None or not state.is_open:
            return 0
        return minutes_done(module.parts, state.stop.seen, state.stop.part)


def closures_of(stand: Standpoint) -> list[Closure]:
    """What closes each gap, the quickest to close first."""
    passed = stand.passed
    framework = stand.published.framework
    found = [
        closure_of(competency, stand.states[competency.id], passed)
        for competency in framework.competencies
        if competency.id in stand.states and stand.states[competency.id].missing
    ]
    left = {module: stand.left(module) for closure in found for module in closure.modules}
    return sorted(
        found,
        key=lambda each: (each.assess is not None, each.minutes(left, framework.assessments.minutes)),
    )


def lapses_of(stand: Standpoint) -> list[Lapse]:
    """What is met today and no longer will be within 90 days, the first day first."""
    found = []
    for competency in stand.published.framework.competencies:
        state = stand.states.get(competency.id)
        if state is None:
            continue
        day = falls_below(
            stand.facts.pieces.get(competency.id, ()),
            stand.facts.absences,
            state.required,
            stand.today,
            stand.today + LAPSES_WITHIN,
        )
        if day is not None:
            found.append(Lapse(competency, day, _renewed_by(competency, state, stand.passed_on(day))))
    return sorted(found, key=lambda lapse: (lapse.day, lapse.competency.id))


def items_of(stand: Standpoint, closures: Iterable[Closure], lapses: Iterable[Lapse]) -> list[Item]:
    """Everything that is asked, in no order; a module can be asked for more than once."""
    if stand.facts.away(stand.today):
        return []
    return [
        *_enrolments(stand),
        *_updates(stand),
        *_lapses(stand, lapses),
        *_gaps(stand, closures),
    ]


def update_owed(latest: Pass | None, module: ModuleEntry) -> date | None:
    """The day on which an earlier edition's pass stops counting; None when no update is owed."""
    if latest is None or not any(latest.edition < each.edition for each in module.earlier_until):
        return None
    return counts_until(latest, module)


def update_minutes(module: ModuleEntry) -> int:
    """The minutes of the parts that changed, and of the check."""
    changed = {change.part for change in module.changes if change.asks != "nothing"}
    return sum(part.minutes for part in module.parts if part.slug in changed) + module.check_minutes


def _enrolments(stand: Standpoint) -> Iterator[Item]:
    for module_id, state in stand.modules.items():
        if stand.published.module(module_id) is None:
            continue  # it was retired: it can no longer be done, and nobody waits for it
        for asked in state.asked:
            why = Why.CHOSEN if asked.by_id == stand.person_id else Why.ASSIGNED
            yield Item(why, module_id, stand.left(module_id), asked.due_day)


def _updates(stand: Standpoint) -> Iterator[Item]:
    for module_id, state in stand.modules.items():
        module = stand.published.module(module_id)
        if module and (day := update_owed(state.latest, module)):
            yield Item(Why.UPDATE, module_id, update_minutes(module), day)


def _lapses(stand: Standpoint, lapses: Iterable[Lapse]) -> Iterator[Item]:
    for lapse in lapses:
        for module_id in lapse.modules:
            module = stand.published.module(module_id)
            if module:
                state = stand.modules.get(module_id)
                known = state is not None and bool(state.passes)
                minutes = module.check_minutes if known else stand.left(module_id)
                yield Item(Why.LAPSE, module_id, minutes, lapse.day, lapse.competency.id)


def _gaps(stand: Standpoint, closures: Iterable[Closure]) -> Iterator[Item]:
    order = [competency.id for competency in stand.published.framework.competencies]
    for closure in closures:
        for module_id in closure.learn[0].modules if closure.learn else ():
            if stand.published.module(module_id):
                yield Item(
                    Why.GAP,
                    module_id,
                    stand.left(module_id),
                    competency=closure.competency.id,
                    levels=closure.learnable,
                    position=order.index(closure.competency.id),
                )


def _renewed_by(competency: Competency, state: State, passed: set[str]) -> tuple[str, ...]:
    """The modules that keep the required level; those whose pass reaches further are left out."""
    for level in range(state.required, state.standing.level + 1):
        modules = competency.shown_by.get(level, ())
        if modules:
            return tuple(module for module in modules if module not in passed)
    return ()
