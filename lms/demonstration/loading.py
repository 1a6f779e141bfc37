"""Tells the whole invented nation: thirty months that end today, in order of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import func, select

from lms.authoring.publishing import publish_courses
from lms.content import catalogue
from lms.core.database import db
from lms.demonstration import plan, stories
from lms.demonstration.careers import Careers
from lms.demonstration.courses import Editions
from lms.demonstration.events import History
from lms.demonstration.learners import Learners
from lms.demonstration.people import Requires, Told, come_on_board
from lms.demonstration.personas import add_personas
from lms.people.models import Person
from lms.people.reference import load_reference

Say = Callable[[str], None]


class LoadedError(Exception):
    """The database holds people already; a demonstration begins with an empty one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a demonstration: how many people, which draw, and on which day it ends."""

    people: int
    seed: int
    today: date


def load(wish: Wish, say: Say) -> None:
    """Write the nation; the same for the same wish.

    Raises LoadedError when there are people already.
    """
    if db.session.scalar(select(func.count()).select_from(Person)):
        raise LoadedError
    load_reference(plan.FOLDER / "nation.yaml")
    history = History(wish.today)
    start = wish.today - plan.HISTORY
    with Editions(wish.today) as editions:
        for day, folder in editions.published():
            history.on(day, lambda folder=folder: publish_courses(folder, by=None))
        history.on(start, lambda: _people(history, wish))
        history.tell(lambda told, known: say(f"{told} of {known} events") if told % 1000 == 0 else None)


def _people(history: History, wish: Wish) -> None:
    """Plan everybody's history, once the framework is published."""
    framework = catalogue.current().framework
    requires: Requires = {
        role.id: {asked.competency: asked.level for asked in role.requires} for role in framework.roles
    }
    areas = {competency.id: competency.area for competency in framework.competencies}
    for organisation in plan.draw(wish.seed, wish.people, wish.today):
        random = Random(f"{wish.seed}/{organisation.id}")  # noqa: S311 an invented nation keeps no secret
        careers = Careers(history, requires, areas, random)
        learners = Learners(history, requires, random)
        history.on(
            organisation.onboarding,
            lambda each=organisation, c=careers, n=learners, r=random: _board(each, requires, c, n, r),
        )


def _board(
    organisation: plan.OrganisationPlan, requires: Requires, careers: Careers, learners: Learners, random: Random
) -> list[Told]:
    people = come_on_board(organisation, requires, random)
    for each in people:
        careers.plan(each, organisation.onboarding)
        learners.plan(each, organisation.onboarding + timedelta(days=10))
    return people
