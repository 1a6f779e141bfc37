"""Tells how people read the published modules and take their checks, each by their own skill."""

from datetime import date, timedelta
from functools import partial
from random import Random

import yaml
from sqlalchemy import select

from lms.content import catalogue
from lms.content.documents import Question
from lms.content.framework import Competency
from lms.content.questions import Response, mark
from lms.content.questions.scenario import walked
from lms.core.database import db, writing
from lms.demonstration.applying import plan_use, react
from lms.demonstration.events import History
from lms.demonstration.feedback import MISLEADING, WRONG, likely, read, stops
from lms.demonstration.people import Requires, Told
from lms.demonstration.plan import FOLDER
from lms.learning import attempts
from lms.learning.enrolments import assign
from lms.learning.models import Attempt

REASONS = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))["asked"]
TAKES, VISITS, AT_A_VISIT = 0.25, 2, 2
NEW_LAW, FOR_THE_LAW = "procurement-law", 0.12
"""The competency whose law was new: some visits go to all its modules, also of those who held it before."""
TRIES = 3
GUESSES = 12
LEAST_KNOWN, MORE_KNOWN = 0.58, 0.4
ASKS, ASKED_AT_ONCE, DOES_IT = 2, 6, 0.75
DUE_IN = (14, 45)


class Learners:
    """Plans and tells the learning of one organisation's people."""

    def __init__(self, history: History, requires: Requires, random: Random) -> None:
        self.history = history
        self.requires = requires
        self.random = random

    def plan(self, told: Told, first: date) -> None:
        """Plan which modules a person takes, from the first day on which there are any."""
        if self.random.random() > TAKES:
            return
        span = max(1, (self.history.today - first).days)
        for _ in range(VISITS):
            day = first + timedelta(days=self.random.randrange(span))
            self.history.on(day, lambda: self._visit(told))

    def plan_asking(self, head: Told, people: list[Told], first: date) -> None:
        """Plan when somebody who leads a team asks its people for a module, up to twice."""
        span = max(1, (self.history.today - first).days)
        for _ in range(self.random.randint(0, ASKS)):
            day = first + timedelta(days=self.random.randrange(span))
            self.history.on(day, lambda: self.ask(head, people))

    def ask(self, head: Told, people: list[Told]) -> None:
        """Ask people of the team for a module that is of use to many of them; most then do it."""
        useful = {each.id: self._useful(each) for each in people if each.manager is head and not each.gone}
        of_use = {
            module_id: [number for number, modules in useful.items() if module_id in modules]
            for modules in useful.values()
            for module_id in modules
        }
        if not of_use:
            return
        module_id = self.random.choices(list(of_use), weights=[len(each) for each in of_use.values()])[0]
        asked = {each.id: each for each in people if each.id in of_use[module_id][:ASKED_AT_ONCE]}
        due = self.history.day + timedelta(days=self.random.randrange(*DUE_IN))
        reason = self.random.choice(REASONS)
        for number in assign(module_id, asked, by=head.id, due_day=due, reason=reason):
            if self.random.random() < DOES_IT:
                day = self.history.day + timedelta(days=self.random.randrange(3, 50))
                self.history.on(day, partial(self.take, asked[number], module_id))

    def take(self, told: Told, module_id: str, tries: int = TRIES, knows: float | None = None) -> None:
        """Read a module and take its check; after one that was not passed, come back some days later.

        `knows` is how likely an answer is right (None: by the person's skill).
        """
        entry = catalogue.current().module(module_id)
        if told.gone or entry is None:
            return
        catalogue.module_version(entry.version_id)  # kept now: what a transaction reads of its own is not
        with writing():
            read(told.id, entry, len(entry.parts))
            attempt_id = attempts.begin(told.id, entry, seed=self.random.randrange(2**31))
            passed = self._answer(attempt_id, knows or LEAST_KNOWN + MORE_KNOWN * told.member.skill)
            if passed:
                react(told.id, entry)
        if passed:
            told.passed.add(module_id)
            plan_use(self.history, told, module_id)
        elif tries > 1:
            day = self.history.day + timedelta(days=self.random.randrange(1, 20))
            self.history.on(day, lambda: self.take(told, module_id, tries - 1))

    def _visit(self, told: Told) -> None:
        """Work at one level that the role asks for, a few modules at a time."""
        goals = self._goals(told)
        if not goals:
            return
        law = NEW_LAW in goals and self.random.random() < FOR_THE_LAW
        modules = goals[NEW_LAW] if law else goals[self.random.choice(sorted(goals))][:AT_A_VISIT]
        for module_id in modules:
            entry = catalogue.current().module(module_id)
            if entry and not told.gone and stops(told.id, module_id):
                read(told.id, entry, max(1, len(entry.parts) // 2))
            else:
                self.take(told, module_id)

    def _goals(self, told: Told) -> dict[str, list[str]]:
        """By competency, the modules not yet passed that show the next level which the role asks for."""
        asked, found = self.requires[told.member.role], {}
        published = catalogue.current()
        for each in published.framework.competencies:
            wanted = self._next_level(told, each, asked.get(each.id, 0))
            modules = [
                one
                for one in each.shown_by.get(wanted, ())
                if one not in told.passed and published.module(one) is not None
            ]
            if modules:
                found[each.id] = modules
        return found

    def _next_level(self, told: Told, competency: Competency, asked: int) -> int:
        """The level above the one held or learned, no higher than asked; 0 where nothing is left to show."""
        if competency.id == NEW_LAW:
            return min(asked, max(competency.shown_by, default=0))
        learned = [level for level, modules in competency.shown_by.items() if told.passed.issuperset(modules)]
        held = max(told.levels.get(competency.id, 0), *learned, 0)
        return held + 1 if held < asked else 0

    def _useful(self, told: Told) -> list[str]:
        """The modules that lead to a next level, each once."""
        return list(dict.fromkeys(one for modules in self._goals(told).values() for one in modules))

    def _answer(self, attempt_id: int, knows: float) -> bool:
        attempt = db.session.get_one(Attempt, attempt_id)
        document = catalogue.module_version(attempt.version_id).document
        for position in range(1, len(attempt.questions) + 1):
            question = attempts.question_at(attempt, document, position)
            wanted = self.random.random() < likely(question.id, knows)
            attempts.answer(attempt_id, position, self._response(question, right=wanted))
        passed = db.session.scalar(select(Attempt.passed).where(Attempt.id == attempt_id))
        return bool(passed)

    def _response(self, question: Question, *, right: bool) -> Response:
        """A response that is right, or one that somebody might give instead."""
        if question.id == MISLEADING and not right:
            return [self.random.choice(WRONG)]
        for _ in range(GUESSES):
            response = self._right(question) if right else self._guess(question)
            if mark(question, response) is right:
                return response
        return self._right(question)

    def _right(self, question: Question) -> Response:
        match question.kind:
            case "number":
                return question.low
            case "order" | "match":
                return list(range(len(question.options)))
            case "scenario":
                return walked(question, lambda options: [each.right for each in options].index(True))
            case _:
                return [place for place, option in enumerate(question.options) if option.right]

    def _guess(self, question: Question) -> Response:
        places = list(range(len(question.options)))
        match question.kind:
            case "number":
                values = [option.value for option in question.options if option.value and not option.right]
                return self.random.choice([*values, "1"])
            case "order" | "match":
                self.random.shuffle(places)
                return places
            case "scenario":
                return walked(question, lambda options: self.random.randrange(len(options)))
            case "multiple":
                return sorted(self.random.sample(places, self.random.randint(1, len(places))))
            case _:
                return [self.random.choice(places)]
