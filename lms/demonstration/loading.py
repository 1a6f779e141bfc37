"""Tells the whole invented nation: thirty months that end today, in order of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from lms.authoring.publishing import publish_courses
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.demonstration import stories
from lms.demonstration.careers import Careers
from lms.demonstration.courses import days, publishings
from lms.demonstration.events import History, moment
from lms.demonstration.learners import Learners
from lms.demonstration.people import Requires, come_on_board
from lms.demonstration.personas import KEPT, ManagersTeam, add_leads, make_room
from lms.demonstration.plan import FOLDER, HISTORY, OrganisationPlan, draw
from lms.demonstration.stories import Stories
from lms.people.acts import act
from lms.people.models import Person
from lms.people.reference import load_reference

Say = Callable[[str], None]
HOME: str = KEPT["organisation"]


class LoadedError(Exception):
    """The database holds people already; a demonstration begins with an empty one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a demonstration: how many people, which draw, and on which day it ends."""

    people: int
    seed: int
    today: date


def load(wish: Wish, committed: Path, say: Say) -> None:
    """Write the nation; the same for the same wish and the same courses.

    Raises LoadedError when there are people already.
    """
    if db.session.scalar(select(func.count()).select_from(Person)):
        raise LoadedError
    with clock.at(moment(wish.today - HISTORY)):
        load_reference(FOLDER / "nation.yaml")
    history = History(wish.today)
    with publishings(committed, wish.today) as folders:
        for each in folders:
            history.on(each.day, partial(publish_courses, each.folder, by=None))
        history.on(folders[0].day, lambda: Nation(history, wish).plan())
        history.tell(lambda told, known: say(f"{told} of {known} events") if told % 1000 == 0 else None)


class Nation:
    """Plans everybody's history, once the framework is published."""

    def __init__(self, history: History, wish: Wish) -> None:
        self.history = history
        self.wish = wish
        self.requires: Requires = {}
        self.areas = {each.id: each.area for each in catalogue.current().framework.competencies}
        self.first_modules, self.more_asked = days(wish.today)[1], days(wish.today)[3]

    def learn_requirements(self) -> None:
        """What each role asks, as published by now."""
        for role in catalogue.current().framework.roles:
            self.requires[role.id] = {asked.competency: asked.level for asked in role.requires}

    def plan(self) -> None:
        """Plan each organisation's day on board, and the people who hold no post."""
        self.learn_requirements()
        self.history.on(self.more_asked, self.learn_requirements)
        add_leads(self.history.day)
        for organisation in draw(self.wish.seed, self.wish.people, self.wish.today):
            self.history.on(organisation.onboarding, partial(self._board, organisation))

    def _board(self, organisation: OrganisationPlan) -> None:
        random = Random(f"{self.wish.seed}/{organisation.id}")  # noqa: S311 an invented nation keeps no secret
        tales = Stories(self.history, self.requires, random)
        untouched = tales.untouched(organisation.id, organisation.region)
        careers = Careers(self.history, self.requires, self.areas, random, untouched)
        learners = Learners(self.history, self.requires, random)
        late = organisation.id == stories.LATE_FORCE
        own_team = ManagersTeam(self.history, careers, learners, random) if organisation.id == HOME else None
        if own_team is not None:
            make_room(organisation)
        with act("import", None, reason="the organisation came on board", organisations=[organisation.id]):
            people, teams = come_on_board(organisation, None if late else self.requires, random, untouched)
            if organisation.id == stories.LAPSING_FORCE:
                tales.lapse(people)
            if organisation.region == stories.IMPROVED_REGION:
                tales.improve(people, careers)
            if own_team is not None:
                own_team.come_on_board(organisation, teams, people[0])
        if late:
            tales.import_late(people)
        for each in people:
            careers.plan(each, organisation.onboarding)
            learners.plan(each, max(self.first_modules, organisation.onboarding) + timedelta(days=10))
