"""Loads what the weekly mail says to somebody about their own learning."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from lms.competencies.models import Assessment, Evidence
from lms.competencies.standing import PersonFacts
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.digest import Assessed, Changed, Due, LearnerNews, due_soon, lapsing_since
from lms.learning.module_states import ModuleState, states_of
from lms.learning.tasks import update_owed
from lms.people.digests import Reader
from lms.people.models import Act, Person


def learner_news(
    reader: Reader,
    person: PersonFacts,
    required: Mapping[str, int],
    published: Catalogue,
    *,
    today: date,
    learns: bool,
) -> LearnerNews:
    """What is new for a person since the last mail; two statements.

    Modules are left out for somebody who may open none (not `learns`).
    """
    titles = {each.id: each.title for each in published.framework.competencies}
    told_to = clock.london_day(reader.told_to)
    modules = states_of(reader.person_id, published.resolve) if learns else {}
    return LearnerNews(
        due_soon(_asked(reader.person_id, modules, published), since=told_to, today=today),
        lapsing_since(person, required, titles, since=told_to, today=today),
        _changed(modules, published, clock.london_day(reader.since)),
        _assessed(reader.person_id, titles, reader.since),
    )


def _asked(person_id: int, modules: Mapping[str, ModuleState], published: Catalogue) -> list[Due]:
    return [
        Due(module.title, asked.due_day, asked.by_name)
        for module_id, state in modules.items()
        if (module := published.module(module_id))
        for asked in state.asked
        if asked.due_day is not None and asked.by_id != person_id
    ]


def _changed(modules: Mapping[str, ModuleState], published: Catalogue, since: date) -> tuple[Changed, ...]:
    """The modules of which an update is owed, by an edition that began after a day."""
    found = []
    for module_id, state in modules.items():
        module = published.module(module_id)
        if module and module.edition_on > since and (day := update_owed(state.latest, module)):
            found.append(Changed(module.title, day))
    return tuple(sorted(found, key=lambda each: (each.day, each.title)))


def _assessed(person_id: int, titles: Mapping[str, str], since: datetime) -> tuple[Assessed, ...]:
    query = (
        select(Assessment.competency_id, Assessment.level, Person.name)
        .join(Evidence, Evidence.id == Assessment.evidence_id)
        .join(Act, Act.id == Evidence.act_id)
        .join(Person, Person.id == Assessment.by_id)
        .where(Assessment.person_id == person_id, Evidence.void_act_id.is_(None), Act.at > since)
        .order_by(Assessment.id)
    )
    rows = db.session.execute(query)
    return tuple(Assessed(titles.get(competency, competency), level, by) for competency, level, by in rows)
