"""Which clauses of the standards the work of a role needs, and who is current on them: pure rules.

A role needs a clause when a module on the path to the role teaches it. Whoever has a pass that counts of
one module that teaches it is current on the clause, whether that module is on the path or not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from lms.competencies.sheets import Atom
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import StandardDocument
from lms.learning.paths import path_of

Clauses = int
"""A set of clauses, a bit for each."""
Counts = Mapping[Atom, tuple[int, int]]
"""How many people are counted in each atom, and how many of them do not meet it."""


class ClauseNeeds(NamedTuple):
    """The clauses of all standards that modules teach: what each module teaches, and each role needs."""

    places: Mapping[tuple[str, str], Clauses]
    of_module: Mapping[str, Clauses]
    of_role: Mapping[str, Clauses]

    def of_standard(self, standard: str) -> Clauses:
        """The clauses of a standard that modules teach."""
        return sum(clause for (name, _), clause in self.places.items() if name == standard)

    def clause(self, standard: str, number: str) -> Clauses:
        """One clause; none where no module teaches it."""
        return self.places.get((standard, number), 0)

    def of_modules(self, modules: Iterable[str]) -> Clauses:
        """What modules teach together."""
        found = 0
        for module in modules:
            found |= self.of_module.get(module, 0)
        return found


class Learned(NamedTuple):
    """Where somebody is counted today, each post with its team, and the clauses on which they are current."""

    posts: tuple[tuple[Atom, int], ...]
    clauses: Clauses


def explained_by(standard: StandardDocument, published: Catalogue) -> dict[str, list[ModuleEntry]]:
    """The modules that name each clause of a standard in their first lines, in the order of courses."""
    found: defaultdict[str, list[ModuleEntry]] = defaultdict(list)
    for course in published.courses:
        for module in published.modules_of(course.id):
            for reference in module.clauses:
                name, _, number = reference.partition("/")
                if name == standard.id:
                    found[number].append(module)
    return found


def clause_needs(required: Mapping[str, Mapping[str, int]], published: Catalogue) -> ClauseNeeds:
    """What is needed by each role, of which `required` has the levels by competency."""
    places: dict[tuple[str, str], Clauses] = {}
    of_module: defaultdict[str, Clauses] = defaultdict(int)
    for standard in published.standards:
        explained = explained_by(standard, published)
        for number in (each.number for each in standard.clauses if each.number in explained):
            places[standard.id, number] = clause = 1 << len(places)
            for module in explained[number]:
                of_module[module.id] |= clause
    needs = ClauseNeeds(places, of_module, {})
    paths = {role: path_of(levels, published) for role, levels in required.items()}
    of_role = {role: needs.of_modules(step.module.id for step in path.steps) for role, path in paths.items()}
    return needs._replace(of_role=of_role)


def counts_of(
    people: Iterable[Learned],
    needs: ClauseNeeds,
    clauses: Clauses,
    *,
    every: bool = True,
    teams: Collection[int] | None = None,
) -> Counts:
    """Of whom the role needs one of these clauses, and who is not current on `every` one that it needs.

    Or, without that, on any of them. With `teams` only of these teams.
    """
    found: dict[Atom, list[int]] = {}
    for atom, team, needed, current in _needing(people, needs, clauses):
        if teams is None or team in teams:
            counts = found.setdefault(atom, [0, 0])
            counts[0] += 1
            counts[1] += (needed & ~current != 0) if every else not needed & current
    return {atom: (counted, unmet) for atom, (counted, unmet) in found.items()}


def _needing(
    people: Iterable[Learned], needs: ClauseNeeds, clauses: Clauses
) -> Iterator[tuple[Atom, int, Clauses, Clauses]]:
    needed_by = {role: needed & clauses for role, needed in needs.of_role.items() if needed & clauses}
    for person in people:
        for atom, team in person.posts:
            if needed := needed_by.get(atom.role):
                yield atom, team, needed, person.clauses
