"""Tells what happens to people after their organisation is on board: assessments, moves, absence, errors."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml

from lms.competencies.evidence import enter_in_error, record_evidence
from lms.competencies.models import Basis
from lms.core.database import db
from lms.core.dates import add_months
from lms.demonstration.events import History
from lms.demonstration.people import Board, Requires, Told
from lms.demonstration.plan import TEAM_OF_ROLE
from lms.people import appointments
from lms.people.acts import act
from lms.people.models import Appointment

WORDS = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
ASSESSMENT_MONTHS = 36
HIGHEST_BY_MANAGER = 3
RENEWED_BEFORE = timedelta(days=60)
AT_ONCE = (1, 4)
LEAVES, RISES, MOVES, GOES_AWAY, MISTAKEN, NO_RETURN_YET = 0.11, 0.09, 0.06, 0.07, 0.012, 0.2
TO_ANOTHER_FORCE = 0.6
PROMOTIONS = {
    "procurement-assistant": "buyer",
    "buyer": "senior-buyer",
    "contract-manager": "supplier-manager",
    "senior-buyer": "category-lead",
}
OTHER_WORK = {"buyer": "contract-manager", "contract-manager": "buyer", "fleet-and-kit-buyer": "buyer"}


class Careers:
    """Plans and tells the careers of one organisation's people."""

    def __init__(
        self,
        history: History,
        requires: Requires,
        areas: dict[str, str],
        random: Random,
        *,
        boards: list[Board],
        untouched: frozenset[str] = frozenset(),
    ) -> None:
        self.history = history
        self.boards = boards
        self.requires = requires
        self.areas = areas
        self.random = random
        self.untouched = untouched

    def plan(self, told: Told, day: date) -> None:
        """Plan what happens to a person from the day on which they are counted."""
        random = self.random
        self.history.on(day + timedelta(days=random.randrange(45, 330)), lambda: self.assess(told))
        if random.random() < LEAVES:
            self.history.on(day + timedelta(days=random.randrange(90, 900)), lambda: self.leave(told))
        if random.random() < RISES and told.member.role in PROMOTIONS and not told.member.manages:
            self.history.on(day + timedelta(days=random.randrange(120, 900)), lambda: self.promote(told))
        if random.random() < MOVES and not told.member.manages:
            self.history.on(day + timedelta(days=random.randrange(150, 900)), lambda: self.move(told))
        if random.random() < GOES_AWAY:
            self.history.on(day + timedelta(days=random.randrange(60, 880)), lambda: self.go_away(told))

    def assess(self, told: Told) -> None:
        """A manager and a person talk over some competencies; the next time is planned."""
        if told.gone or told.manager is None or told.manager.gone:
            return
        asked = self.requires[told.member.role]
        due = [
            each
            for each, level in asked.items()
            if each not in self.untouched and self._is_due(told, each, level)
        ]
        chosen = self.random.sample(due, min(len(due), self.random.randint(*AT_ONCE)))
        if chosen:
            with act("assessment", told.manager.id, people=[told.id]):
                for competency in sorted(chosen):
                    self._assess_one(told, competency, asked[competency])
            if self.random.random() < MISTAKEN:
                self._plan_error(told)
        self.history.on(
            self._today() + timedelta(days=self.random.randrange(200, 420)), lambda: self.assess(told)
        )

    def record(self, told: Told, competency: str, level: int) -> int:
        """Write one assessment by the person's manager today; returns the evidence's number."""
        if told.manager is None:
            message = f"{told.member.name} has nobody to assess them"
            raise LookupError(message)
        today = self._today()
        until = add_months(today, ASSESSMENT_MONTHS)
        evidence = record_evidence(
            told.id,
            competency,
            level,
            Basis.ASSESSMENT,
            from_day=today,
            until_day=until,
            words=self.words(told, competency),
            by=told.manager.id,
        )
        told.levels[competency], told.ends[competency] = level, until
        return evidence.id

    def leave(self, told: Told) -> None:
        """A person leaves; those who lead a team stay."""
        if told.gone or told.member.manages:
            return
        told.gone = True
        appointments.close_appointment(
            db.session.get_one(Appointment, told.appointment_id), self._today(), by=None
        )

    def promote(self, told: Told) -> None:
        """A person takes the next role in the same team."""
        if told.member.role in PROMOTIONS:
            self.change_post(told, role=PROMOTIONS[told.member.role])

    def move(self, told: Told) -> None:
        """A person goes to the same work in another force, or to other work in their own."""
        own = next(board for board in self.boards if board.plan.id == told.organisation)
        others = [
            each
            for each in self.boards
            if each is not own and each.plan.kind == own.plan.kind and not each.written_down
        ]
        if others and self.random.random() < TO_ANOTHER_FORCE:
            self.change_post(told, board=self.random.choice(others))
        elif own.plan.kind != "fire" and told.member.role in OTHER_WORK and not own.written_down:
            self.change_post(told, role=OTHER_WORK[told.member.role], board=own)

    def change_post(self, told: Told, *, role: str = "", board: Board | None = None) -> None:
        """One post ends and another begins that day; on a board it is in the team that does such work."""
        if told.gone:
            return
        role = role or told.member.role
        team_id = told.team_id
        if board is not None:
            told.member.team = 0 if board.plan.kind == "fire" else TEAM_OF_ROLE[role] + 1
            team_id = board.teams[told.member.team]
        with act("role-change", None, people=[told.id], roles=[role], teams=[told.team_id, team_id]):
            appointments.close_appointment(
                db.session.get_one(Appointment, told.appointment_id), self._today(), by=None
            )
            told.appointment_id = appointments.appoint(
                told.id, team_id, role, self._today(), by=None, pillar_id=told.member.pillar
            ).id
        told.member.role, told.team_id = role, team_id
        if board is not None:
            told.organisation, told.manager = board.plan.id, board.head_of(told.member.team)

    def go_away(self, told: Told) -> None:
        """A person is away for some months; a few have no day of return yet."""
        if told.gone:
            return
        back = (
            None
            if self.random.random() < NO_RETURN_YET
            else self._today() + timedelta(days=self.random.randrange(40, 270))
        )
        appointments.record_absence(told.id, self._today(), back, by=None)

    def _is_due(self, told: Told, competency: str, asked: int) -> bool:
        """Whether there is a level to gain, or one that lapses soon or has lapsed."""
        ends = told.ends.get(competency, date.max)
        return told.levels.get(competency, 0) < asked or ends < self._today() + RENEWED_BEFORE

    def _assess_one(self, told: Told, competency: str, asked: int) -> None:
        held = told.levels.get(competency, 0)
        reached = held + 1 if held < asked and self.random.random() < told.member.skill else held
        level = min(max(1, reached), asked, HIGHEST_BY_MANAGER)
        if level > held or told.ends.get(competency, date.max) < self._today() + RENEWED_BEFORE:
            self.record(told, competency, level)

    def _plan_error(self, told: Told) -> None:
        competency = self.random.choice(sorted(self.requires[told.member.role]))
        before = told.levels.get(competency)
        manager = told.manager
        number = self.record(told, competency, HIGHEST_BY_MANAGER)
        if before is None:
            told.levels.pop(competency)
        else:
            told.levels[competency] = before
        self.history.on(
            self._today() + timedelta(days=self.random.randrange(2, 25)),
            lambda: enter_in_error(
                number, by=manager.id if manager else None, reason="Entered for the wrong person"
            ),
        )

    def words(self, told: Told, competency: str) -> str:
        """What an assessor saw, with a contract reference."""
        reference = (
            f"{told.organisation[:3].upper()}-{self._today().year}-{self.random.randrange(11, 480):03}"
        )
        return str(self.random.choice(WORDS[self.areas[competency]])).format(ref=reference)

    def _today(self) -> date:
        return self.history.day
