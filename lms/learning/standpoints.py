"""Loads what decides what is asked of a person, in a fixed number of statements."""

from datetime import date

from lms.competencies.facts import facts_of
from lms.competencies.standing import PersonFacts, Requirements, State
from lms.content.catalogue import Catalogue
from lms.learning.module_states import states_of
from lms.learning.record import appointments_on, required_of, standing_in
from lms.learning.tasks import Standpoint


def standpoint_of(
    person_id: int, today: date, published: Catalogue, asked: Requirements, facts: PersonFacts | None = None
) -> Standpoint:
    """Where a person stands on a day, in what their roles ask for, with all their modules.

    `facts` are the person's, when they are loaded already.
    """
    if facts is None:
        facts = facts_of([person_id])[person_id]
    required = required_of(appointments_on(facts, today), asked, today)
    return Standpoint(
        person_id=person_id,
        today=today,
        facts=facts,
        states={
            competency: State(level, standing_in(facts, competency, today))
            for competency, level in required.items()
        },
        published=published,
        modules=states_of(person_id, published.resolve),
    )


def state_in(stand: Standpoint, competency: str) -> State:
    """What is asked and held in a competency, also in one that no role of the person asks for."""
    return stand.states.get(competency) or State(0, standing_in(stand.facts, competency, stand.today))


def met_after(stand: Standpoint, module_id: str) -> int:
    """How many of the competencies asked would be met once a module were passed as well."""
    passed = stand.passed | {module_id}
    return sum(
        1
        for competency in stand.states
        if _level_with(stand, competency, passed) >= stand.states[competency].required
    )


def _level_with(stand: Standpoint, competency_id: str, passed: set[str]) -> int:
    competency = stand.published.framework.competency(competency_id)
    shown = competency.shown_by if competency else {}
    learned = [level for level, modules in shown.items() if modules and passed.issuperset(modules)]
    return max([stand.states[competency_id].standing.level, *learned])
