"""What each person in a place still has to do by a day; read in a fixed number of statements."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import select

from lms.competencies.assessing import NEEDS_A_SECOND
from lms.competencies.counts import organisations_on_board, placements, states
from lms.competencies.facts import facts_of, requirements
from lms.competencies.standing import State
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.framework import Competency
from lms.core.database import db
from lms.learning.closing import closure_of
from lms.learning.module_states import Pass
from lms.learning.passes import longest
from lms.learning.taught import passes_of
from lms.learning.to_do import Need, Task, TaskKind
from lms.people.structure import holding

MOST_PEOPLE = 10_000
"""People for whom a plan is worked out while somebody waits for the page."""


class TooManyError(ValueError):
    """More people are in the place than a plan is worked out for."""


def needs_on(
    day: date,
    region: str | None,
    excluded: Collection[str],
    competencies: Collection[str],
    published: Catalogue,
) -> dict[int, list[Need]]:
    """The gaps of everybody in a region, or in all (None), by person, if nobody learns until a day.

    It is the same count as that of the gap report: whoever is away on the day is left out, a second post
    has gaps of its own, and organisations that are `excluded` keep theirs. Raises TooManyError above
    MOST_PEOPLE; six statements.
    """
    placed, on_board = placements(day), organisations_on_board(day)
    teams = {
        team
        for team, where in placed.items()
        if region in {None, where.region_id}
        and where.organisation_id in on_board
        and where.organisation_id not in excluded
    }
    people = _people(teams, day)
    facts, asked = facts_of(people), requirements()
    framework = [each for each in published.framework.competencies if each.id in competencies]
    passes = _passes(people, framework, published)
    found: dict[int, list[Need]] = {}
    for person_id in people:
        person = facts[person_id]
        if person.away(day):
            continue
        own = passes.get(person_id, {})
        passed = {
            module
            for module, kept in own.items()
            if longest(kept, published.module(module), day, person.absences)
        }
        for post in person.appointments:
            if day in post.span and post.team_id in teams:
                held = states(post, person, asked, day)
                needs = _needs(framework, held, passed, own, published)
                found.setdefault(person_id, []).extend(needs)
    return found


def _people(teams: Collection[int], day: date) -> list[int]:
    posts = holding(day).subquery()
    people = select(posts.c.person_id).where(posts.c.team_id.in_(teams)).distinct()
    found = list(db.session.scalars(people.order_by(posts.c.person_id).limit(MOST_PEOPLE + 1)))
    if len(found) > MOST_PEOPLE:
        raise TooManyError
    return found


def _passes(
    people: Collection[int], framework: Collection[Competency], published: Catalogue
) -> dict[int, dict[str, list[Pass]]]:
    shown = {each for competency in framework for listed in competency.shown_by.values() for each in listed}
    modules = (published.module(published.resolve(each)) for each in shown)
    known = [module for module in modules if module]
    found: dict[int, dict[str, list[Pass]]] = {}
    for (person_id, module_id), kept in passes_of(people, known, published).items():
        found.setdefault(person_id, {})[module_id] = kept
    return found


def _needs(
    framework: Collection[Competency],
    held: Mapping[str, State],
    passed: Collection[str],
    own: Mapping[str, list[Pass]],
    published: Catalogue,
) -> Iterator[Need]:
    minutes = published.framework.assessments.minutes
    for competency in framework:
        state = held.get(competency.id)
        if state is None or not state.missing:
            continue
        closure = closure_of(competency, state, passed)
        modules = [published.module(each) for each in closure.modules]
        tasks = [_learning(module, own.get(module.id, ())) for module in modules if module]
        if closure.assess:
            both = minutes * 2 if closure.assess >= NEEDS_A_SECOND else minutes
            tasks.append(Task(TaskKind.ASSESSMENT, competency.id, both, closure.assess))
        closes = tuple(tasks) if all(modules) else ()
        yield Need(competency.id, state.standing.level, state.required, closes)


def _learning(module: ModuleEntry, kept: Collection[Pass]) -> Task:
    """The check alone for who passed the edition of today before, else the whole module."""
    if any(each.edition == module.edition for each in kept):
        return Task(TaskKind.CHECK, module.id, module.check_minutes)
    return Task(TaskKind.MODULE, module.id, module.minutes)
