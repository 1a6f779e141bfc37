"""Tells the whole invented nation: thirty months that end today, in order of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from lms.authoring.publishing import publish_courses
from lms.competencies.filling import filled_afterwards
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.demonstration import feedback, stories
from lms.demonstration.board_views import plan_board_views
from lms.demonstration.careers import Careers
from lms.demonstration.courses import AS_COMMITTED, days, publishings
from lms.demonstration.events import History, moment
from lms.demonstration.initiatives import plan_initiatives
from lms.demonstration.learners import Learners
from lms.demonstration.people import Board, Requires, Told, come_on_board, join
from lms.demonstration.personas import AUTHOR, KEPT, ManagersTeam, add_leads, make_room
from lms.demonstration.plan import FOLDER, HISTORY, Member, OrganisationPlan, draw
from lms.demonstration.sent_plans import plan_sent_plan
from lms.demonstration.stories import Stories
from lms.people.acts import act
from lms.people.models import Person
from lms.people.reference import load_reference

Say = Callable[[str], None]
HOME: str = KEPT["organisation"]
SAID_EVERY = 250


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
    with publishings(committed, wish.today) as folders, filled_afterwards(say):
        for each in folders:
            history.on(each.day, partial(publish_courses, each.folder, by=None))
        history.on(folders[0].day, lambda: Nation(history, wish).plan())
        plan_comments(history)
        plan_initiatives(history)
        plan_sent_plan(history)
        plan_board_views(history)
        history.tell(lambda told, known: _report(history, told, known, say))


def plan_comments(history: History) -> None:
    """Plan two comments of the manager’s people: one is answered when the text is mended, one stays open."""
    open_by, mended_by = (KEPT["people"][place]["email"] for place in (1, 2))
    module = "changing-a-contract"
    for ago, words, email, named in (
        (30, feedback.MENDED, mended_by, True),
        (4, feedback.OPEN, open_by, False),
    ):
        day = history.today - timedelta(days=ago)
        history.on(day, partial(feedback.comment, words, email, module, named=named))
    history.on(history.today - AS_COMMITTED, partial(feedback.answer, feedback.MENDED, AUTHOR[1]))


def _report(history: History, told: int, known: int, say: Say) -> None:
    if told % SAID_EVERY == 0:
        say(f"{told} of {known} events, up to {history.day}")


class Nation:
    """Plans everybody's history, once the framework is published."""

    def __init__(self, history: History, wish: Wish) -> None:
        self.history = history
        self.wish = wish
        self.requires: Requires = {}
        self.boards: list[Board] = []
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

    def _board(self, plan: OrganisationPlan) -> None:
        random = Random(f"{self.wish.seed}/{plan.id}")  # noqa: S311 an invented nation keeps no secret
        tales = Stories(self.history, self.requires, random)
        untouched = tales.untouched(plan.id, plan.region)
        careers = Careers(
            self.history, self.requires, self.areas, random, boards=self.boards, untouched=untouched
        )
        learners = Learners(self.history, self.requires, random)
        late = plan.id == stories.LATE_FORCE
        if plan.id == HOME:
            make_room(plan)
        reason = "the organisation came on board"
        with act("import", None, reason=reason, everybody=True, organisations=[plan.id]):
            people, board = come_on_board(plan, None if late else self.requires, random, untouched)
            if plan.id == stories.LAPSING_FORCE:
                tales.lapse(people)
            if plan.region == stories.IMPROVED_REGION:
                tales.improve(people, careers)
            if plan.id == HOME:
                board.written_down = True
                ManagersTeam(self.history, careers, learners, random).come_on_board(board)
        if late:
            tales.import_late(people)
        self._go_on(board, people, careers, learners)

    def _go_on(self, board: Board, people: list[Told], careers: Careers, learners: Learners) -> None:
        """Plan what happens once an organisation is on board, also to those who join it later."""
        day = board.plan.onboarding
        first = max(self.first_modules, day) + timedelta(days=10)
        for each in people:
            careers.plan(each, day)
            learners.plan(each, first)
        for member in board.plan.joiners:
            self.history.on(member.since, partial(self._join, board, member, careers, learners))
        for head in board.heads.values():
            learners.plan_asking(head, people, first)
        self.boards.append(board)

    def _join(self, board: Board, member: Member, careers: Careers, learners: Learners) -> None:
        told = join(board, member)
        careers.plan(told, self.history.day)
        learners.plan(told, max(self.first_modules, self.history.day) + timedelta(days=10))
