"""Who is current on the clauses of a standard: whose passes of the modules that teach each of them count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.competencies.facts import facts_of
from lms.competencies.standing import PersonFacts
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.core.database import db
from lms.learning.course_list import Progress, progress_of
from lms.learning.models import Completion
from lms.learning.module_states import ModuleState, Pass
from lms.learning.passes import longest

Passes = Mapping[tuple[int, str], list[Pass]]
"""The passes of a person and a module."""


@dataclass(frozen=True, slots=True)
class Share:
    """The people who are current on a clause, of those counted, and the names of those who are not."""

    current: int
    of: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """How far a person is with a module, and the first day on which their pass no longer counts."""

    progress: Progress
    until: date | None


@dataclass(frozen=True, slots=True)
class Taught:
    """Shares by the number of a clause, and what the person who asks has with each module.

    `counted` people are in each share; `away` names those left out; `throughout` of the counted are
    current on every clause that a module teaches. No share is given when nobody is counted.
    """

    shares: Mapping[str, Share]
    counted: int
    away: tuple[str, ...]
    throughout: int
    own: Mapping[str, Own]

    @property
    def bare(self) -> list[str]:
        """The numbers of the clauses on which nobody of the counted is current."""
        return [number for number, share in self.shares.items() if not share.current]


def taught_of(
    explained: Mapping[str, list[ModuleEntry]],
    people: Mapping[int, str],
    person_id: int,
    published: Catalogue,
    today: date,
) -> Taught:
    """What counts today for these people, by name, and for the person who asks; three statements."""
    modules = {module.id: module for listed in explained.values() for module in listed}
    facts = facts_of([person_id, *people])
    passes = passes_of([person_id, *people], modules.values(), published)
    return build_taught(explained, people, person_id, facts=facts, passes=passes, today=today)


def build_taught(
    explained: Mapping[str, list[ModuleEntry]],
    people: Mapping[int, str],
    person_id: int,
    *,
    facts: Mapping[int, PersonFacts],
    passes: Passes,
    today: date,
) -> Taught:
    """The same from plain values. One module that teaches a clause is enough to be current on it."""
    away = {each for each in people if facts[each].away(today)}
    counted = sorted((name, each) for each, name in people.items() if each not in away)
    modules = {module.id: module for listed in explained.values() for module in listed}
    passed = {
        each: {
            key
            for key, module in modules.items()
            if longest(passes.get((each, key), ()), module, today, facts[each].absences) is not None
        }
        for _, each in counted
    }
    behind = {
        number: [
            (name, each) for name, each in counted if not any(module.id in passed[each] for module in listed)
        ]
        for number, listed in explained.items()
    }
    lacking = {each for found in behind.values() for _, each in found}
    shares = {
        number: Share(len(counted) - len(found), len(counted), tuple(name for name, _ in found))
        for number, found in behind.items()
        if counted
    }
    own = {
        module.id: Own(
            *progress_of(
                module,
                ModuleState(passes=passes.get((person_id, module.id), [])),
                facts[person_id].absences,
                today,
            )
        )
        for module in modules.values()
    }
    names = tuple(sorted(people[each] for each in away))
    return Taught(shares, len(counted), names, len(counted) - len(lacking), own)


def passes_of(people: Collection[int] | None, modules: Iterable[ModuleEntry], published: Catalogue) -> Passes:
    """The passes of these people, or of everybody (None), in these modules, also under earlier ids of theirs.

    One statement.
    """
    ids = [each for module in modules for each in (module.id, *module.aliases)]
    query = (
        select(
            Completion.person_id,
            Completion.module_id,
            Completion.edition,
            Completion.passed_on,
            Completion.until_day,
        )
        .where(Completion.module_id.in_(ids), Completion.void_act_id.is_(None))
        .order_by(Completion.id)
    )
    if people is not None:
        query = query.where(Completion.person_id.in_(people))
    found: defaultdict[tuple[int, str], list[Pass]] = defaultdict(list)
    for person, module_id, edition, passed_on, until in db.session.execute(query):
        found[person, published.resolve(module_id)].append(Pass(edition, passed_on, until))
    return found
