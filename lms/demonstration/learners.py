"""Tells how people read the published modules and take their checks, each by their own skill."""

from datetime import date, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from lms.content import catalogue
from lms.content.catalogue import ModuleEntry
from lms.content.documents import Question
from lms.content.questions import Response, mark
from lms.core.database import db, writing
from lms.demonstration.events import History
from lms.demonstration.people import Requires, Told
from lms.learning import attempts
from lms.learning.models import Attempt
from lms.learning.reading import note_place

TAKES = 0.5
TRIES = 3
GUESSES = 12
LEAST_KNOWN, MORE_KNOWN = 0.58, 0.4


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
        for place in range(2):
            day = first + timedelta(days=self.random.randrange(span))
            self.history.on(day, partial(self._choose, told, place))

    def take(self, told: Told, module_id: str, tries: int = TRIES, knows: float | None = None) -> None:
        """Read a module and take its check; after one that was not passed, come back some days later.

        `knows` is how likely an answer is right (None: by the person's skill).
        """
        entry = catalogue.current().module(module_id)
        if told.gone or entry is None:
            return
        catalogue.module_version(entry.version_id)  # kept now: what a transaction reads of its own is not
        with writing():
            note_place(told.id, entry.id, entry.version_id, entry.parts[-1].slug)
            attempt_id = attempts.begin(told.id, entry, seed=self.random.randrange(2**31))
            passed = self._answer(attempt_id, knows or LEAST_KNOWN + MORE_KNOWN * told.member.skill)
        if not passed and tries > 1:
            day = self.history.day + timedelta(days=self.random.randrange(1, 20))
            self.history.on(day, lambda: self.take(told, module_id, tries - 1))

    def _choose(self, told: Told, place: int) -> None:
        """The modules that the person's role asks for and that show more than they hold."""
        asked = self.requires[told.member.role]
        published = catalogue.current()
        useful = [module.id for module in published.modules if self._closes(module, asked, told.levels)]
        for module_id in useful[place::2]:
            self.take(told, module_id)

    def _closes(self, module: ModuleEntry, asked: dict[str, int], held: dict[str, int]) -> bool:
        shown = catalogue.current().shown_by(module.id)
        return any(
            level <= asked.get(competency, 0) and held.get(competency, 0) <= level
            for competency, level in shown
        )

    def _answer(self, attempt_id: int, knows: float) -> bool:
        attempt = db.session.get_one(Attempt, attempt_id)
        document = catalogue.module_version(attempt.version_id).document
        for position in range(1, len(attempt.questions) + 1):
            question = attempts.question_at(attempt, document, position)
            wanted = self.random.random() < knows
            attempts.answer(attempt_id, position, self._response(question, right=wanted))
        passed = db.session.scalar(select(Attempt.passed).where(Attempt.id == attempt_id))
        return bool(passed)

    def _response(self, question: Question, *, right: bool) -> Response:
        """A response that is right, or one that somebody might give instead."""
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
            case "multiple":
                return sorted(self.random.sample(places, self.random.randint(1, len(places))))
            case _:
                return [self.random.choice(places)]
