"""Who is counted today and current on which clauses, kept in the process and brought forward by later acts.

A page costs one small statement while nothing is written. What is kept is never changed in place.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from flask import current_app

from lms.competencies.facts import facts_of, requirements
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.learning.clauses import ClauseNeeds, Clauses, Counts, Learned, clause_needs, counts_of
from lms.learning.passes import longest
from lms.learning.readiness import Asked, Needs, parts_of
from lms.learning.ready_counts import read_again, structure_now
from lms.learning.taught import passes_of
from lms.people.acts import latest_no

EVERYBODY = Asked(of_others=Needs())
KEPT = 1_000
"""Of how many measures what follows is kept, for all who ask, until the next act."""
Derived = TypeVar("Derived")


@dataclass(frozen=True)
class ClauseCounts:
    """Everybody who is counted today, as known at an act, and what their roles need."""

    upto: int
    today: date
    published: Catalogue
    needs: ClauseNeeds
    people: Mapping[int, Learned]
    _derived: dict[Hashable, Any] = field(default_factory=dict)

    def of(self, clauses: Clauses, *, every: bool = True, teams: Collection[int] | None = None) -> Counts:
        """Whose role needs one of these clauses, and who is not current on `every` one, or on any."""
        return counts_of(self.people.values(), self.needs, clauses, every=every, teams=teams)

    def derived(self, name: Hashable, work_out: Callable[[], Derived]) -> Derived:
        """What follows from these counts, worked out once under its name."""
        if name not in self._derived:
            if len(self._derived) >= KEPT:
                self._derived.clear()
            self._derived[name] = work_out()
        found: Derived = self._derived[name]
        return found


def clause_counts(published: Catalogue) -> ClauseCounts:
    """What is counted today, as known now.

    One statement when nothing was written since this was asked last, eight when something was, and
    seven when this day was never asked.
    """
    today, latest = clock.today(), latest_no()
    kept: ClauseCounts | None = current_app.extensions.get("clauses")
    if kept is None or (kept.today, kept.published) != (today, published):
        kept = None
    elif latest <= kept.upto:
        return kept
    touched = read_again(kept.upto if kept else None, latest)
    asked = requirements()
    required = {role.id: asked.on(role.id, today) for role in published.framework.roles}
    needs = clause_needs(required, published)
    if kept is None or touched is None:
        people = _read(None, today, published, needs)
    else:
        others = {person: own for person, own in kept.people.items() if person not in touched}
        people = {**others, **(_read(touched, today, published, needs) if touched else {})}
    found = ClauseCounts(latest, today, published, needs, people)
    current_app.extensions["clauses"] = found
    return found


def _read(
    people: Collection[int] | None, today: date, published: Catalogue, needs: ClauseNeeds
) -> dict[int, Learned]:
    """These people, or everybody (None), without those who are not counted today."""
    facts = facts_of(people, about=())
    structure = structure_now()
    modules = [each for each in published.modules if each.id in needs.of_module]
    passed: dict[int, list[str]] = {}
    for (person, module_id), passes in passes_of(people, modules, published).items():
        absences = facts[person].absences
        if longest(passes, published.module(module_id), today, absences) is not None:
            passed.setdefault(person, []).append(module_id)
    found = {}
    for person, own in facts.items():
        parts = parts_of(own, structure, EVERYBODY, {}, {})
        posts = tuple((part.atom, part.team) for part in parts if part.counted(today))
        if posts:
            found[person] = Learned(posts, needs.of_modules(passed.get(person, ())))
    return found
