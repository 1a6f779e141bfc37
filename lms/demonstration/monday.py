"""Tells what the manager of the pictures has in hand: learning that was assigned, absence, a deputy."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from lms.content import catalogue
from lms.demonstration.events import History
from lms.demonstration.learners import Learners
from lms.demonstration.people import Board, Told
from lms.learning.assignments import Aim, modules_for
from lms.learning.models import Target
from lms.learning.qualifications import confirm, enter, waiting_of
from lms.learning.reflections import CpdKind, keep_elsewhere
from lms.people import appointments
from lms.teams import absences, assigning, delegation, works

MODULE = "fraud-and-bid-rigging"
ASKED, DUE = 35, 6
"""Days ago that the team was asked for the module, and that its day was over."""
REASON = "Internal audit asks that the whole team has done this before the new framework begins."
DONE = {"Asha Testwood": 29, "Harriet Galley": 18, "Rowan Sample": 11}
EXTENDED = ("Carys Exemplar", 8, 12, "Two contract reviews fall into these weeks.")
EXCUSED = ("Grace Vellum", 10, "Teaches this in the force’s induction for budget holders.")
AWAY = ("Ellis Octavo", 16)
DEPUTY = ("Asha Testwood", 3, 12, 27, "Morgan is on leave.")
"""Who stands in, days ago that it was handed over, and days ahead from which and until which it holds."""
SECOND_POST = ("Harriet Galley", "contract-manager", 2, 45)
"""Who has one more post, as what, in which team of the force, and days ago that it began."""
KEPT_ALIVE = ("Harriet Galley", "contract-management-practitioner", "CMP-18807", 400)
"""Whose accreditation lives by CPD: which, its number, and days ago that it was awarded."""
SEEN, LAST_HOURS = (105, 98), 44
"""Days ago that it was entered and seen, and that the CPD of its first year was complete."""
HOURS = (
    ("Contract and commercial awareness week", CpdKind.FORMAL, 9, 330),
    ("Yearly conference of contract managers", CpdKind.OTHERS, 7, 250),
    ("Mentoring two new contract managers", CpdKind.EXPERIENCE, 8, 160),
    ("Review of three contracts with another force", CpdKind.EXPERIENCE, 8, LAST_HOURS),
)
"""What was done, of which kind, for how many hours, and days ago."""
WORK = ("Renewing custody healthcare", {"negotiation": 3, "contract-management": 3, "supplier-risk": 2}, 14)
"""A piece of work of the team that nobody can run yet, what it needs, and days ago that it was added."""
LEARNT = "What I took from it is in the notes of our review meeting."


class Monday:
    """Plans what the manager decided in the last weeks, and what is left to decide."""

    def __init__(
        self, history: History, learners: Learners, board: Board, manager: Told, team: dict[str, Told]
    ) -> None:
        self.history = history
        self.learners = learners
        self.board = board
        self.manager = manager
        self.team = team
        """By name; somebody may still join it."""
        self.number = 0

    def plan(self) -> None:
        """Plan all of it, from a day on which none of it has happened."""
        self._on(ASKED, self._assign)
        for name, days in DONE.items():
            self._on(days, partial(self._do, name))
        self._on(EXTENDED[1], self._extend)
        self._on(EXCUSED[1], self._excuse)
        self._on(AWAY[1], self._go_away)
        self._on(DEPUTY[1], self._delegate)
        self._on(SECOND_POST[3], self._appoint)
        self._on(WORK[2], self._add_work)
        self._on(SEEN[0], self._enter)
        self._on(SEEN[1], self._see)
        for what, kind, hours, days in HOURS:
            self._on(min(days, SEEN[0] + 1), partial(self._learn, what, kind, hours, days))

    def _assign(self) -> None:
        aim = Aim(Target.MODULE, MODULE)
        due = self.history.today - timedelta(days=DUE)
        modules = modules_for(aim, catalogue.current(), self.history.day)
        order = assigning.Order(aim, (), self.manager.team_id, None, due, REASON)
        self.number = assigning.send(order, [each.id for each in modules], by=self.manager.id).number

    def _do(self, name: str) -> None:
        self.learners.take(self.team[name], MODULE, tries=1, knows=1.0)

    def _extend(self) -> None:
        name, _, days, reason = EXTENDED
        day = self.history.today + timedelta(days=days)
        assigning.extend(self.number, [self.team[name].id], day, by=self.manager.id, reason=reason)

    def _excuse(self) -> None:
        name, _, reason = EXCUSED
        assigning.excuse(self.number, [self.team[name].id], by=self.manager.id, reason=reason)

    def _go_away(self) -> None:
        absences.absent(self.team[AWAY[0]].id, self.history.day, None, by=self.manager.id)

    def _delegate(self) -> None:
        name, _, begins, ends, reason = DEPUTY
        first, last = (self.history.today + timedelta(days=days) for days in (begins, ends))
        email = self.team[name].member.email
        delegation.delegate(self.manager.team_id, email, first, last, by=self.manager.id, reason=reason)

    def _appoint(self) -> None:
        name, role, team, _ = SECOND_POST
        told = self.team[name]
        appointments.appoint(
            told.id, self.board.teams[team], role, self.history.day, by=None, pillar_id=told.member.pillar
        )

    def _add_work(self) -> None:
        title, needs, _ = WORK
        works.add(self.manager.team_id, title, needs, by=self.manager.id)

    def _enter(self) -> None:
        name, accreditation, number, days = KEPT_ALIVE
        enter(self.team[name].id, accreditation, number, self.history.today - timedelta(days=days))

    def _see(self) -> None:
        name, _, number, days = KEPT_ALIVE
        person_id = self.team[name].id
        (waiting,) = waiting_of(person_id)
        awarded = self.history.today - timedelta(days=days)
        confirm(person_id, waiting, number, awarded, by=self.manager.id)

    def _learn(self, what: str, kind: CpdKind, hours: int, days: int) -> None:
        day = self.history.today - timedelta(days=days)
        keep_elsewhere(self.team[KEPT_ALIVE[0]].id, what, LEARNT, day=day, kind=kind, minutes=60 * hours)

    def _on(self, days: int, tell: Callable[[], object]) -> None:
        """Plan something for so many days ago."""
        self.history.on(self.history.today - timedelta(days=days), tell)
