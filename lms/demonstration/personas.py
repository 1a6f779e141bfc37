"""The six people who can be entered as, and the team that the manager among them leads."""

from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import yaml

from lms.competencies.evidence import enter_in_error, record_evidence
from lms.competencies.models import Basis
from lms.content import catalogue
from lms.core.dates import add_months
from lms.demonstration.applying import UsedByTheTeam
from lms.demonstration.careers import Careers
from lms.demonstration.events import History
from lms.demonstration.learners import Learners
from lms.demonstration.managing import BEGINS, Managing
from lms.demonstration.monday import MODULE, Monday
from lms.demonstration.people import RECORDS, Board, Told, add_person
from lms.demonstration.plan import FOLDER, Member, OrganisationPlan
from lms.learning.enrolments import assign
from lms.learning.reading import note_place
from lms.people import appointments, grants
from lms.people.accounts import ensure_account
from lms.people.acts import act
from lms.people.grants import NATION, SELF, Reach
from lms.people.models import Duty, Scope
from lms.people.readings import note_reading

KEPT: dict[str, Any] = yaml.safe_load((FOLDER / "aldermoor.yaml").read_text(encoding="utf-8"))
AUTHOR = ("Idris Draftwell", "idris.draftwell@example.org", Duty.AUTHOR, NATION)
REGION_LEAD = (
    "Lee Mockridge",
    "lee.mockridge@example.org",
    Duty.REGION_LEAD,
    Reach(Scope.REGION, region_id="east-midlands"),
)
NATIONAL_LEAD = ("Nia Samplewell", "nia.samplewell@example.org", Duty.NATIONAL_LEAD, NATION)
TEAM_OF_MANAGER = 1
TEAM_OF_ADMINISTRATOR = 3
IN_DATE = (200, 900)


def make_room(plan: OrganisationPlan) -> None:
    """Leave the manager's team empty in the drawn organisation: its people are written down."""
    plan.members = [each for each in plan.members if each.team != TEAM_OF_MANAGER]
    plan.joiners = [each for each in plan.joiners if each.team != TEAM_OF_MANAGER]


def add_leads(day: date) -> None:
    """The author and the two leads, who hold no post in a force."""
    for name, email, duty, reach in (AUTHOR, REGION_LEAD, NATIONAL_LEAD):
        with act("grant", None, reason="the demonstration has this person"):
            person = appointments.add_person(name, email)
            ensure_account(person.id)
            grants.give_grant(person.id, Duty.LEARNER, SELF, from_day=day, by=None, reason="works here")
            grants.give_grant(person.id, duty, reach, from_day=day, by=None, reason="the work asks for it")


class ManagersTeam:
    """Tells the team of the manager: nine people whose levels stand in the file."""

    def __init__(self, history: History, careers: Careers, learners: Learners, random: Random) -> None:
        self.history = history
        self.careers = careers
        self.learners = learners
        self.random = random
        self.team: dict[str, Told] = {}

    def come_on_board(self, board: Board) -> None:
        """Write the manager, the administrator and the nine; inside the organisation's own act."""
        day = board.plan.onboarding
        manager = self._add(KEPT["manager"], board, TEAM_OF_MANAGER, day, manages=True)
        manager.manager = board.heads.get(0)
        administrator = self._add(KEPT["administrator"], board, TEAM_OF_ADMINISTRATOR, day)
        reach = Reach(Scope.ORGANISATION, organisation_id=board.plan.id)
        grants.give_grant(
            administrator.id,
            Duty.ADMINISTRATOR,
            reach,
            from_day=day,
            by=None,
            reason="keeps the force’s people",
        )
        administrator.manager = manager
        self._plan_levels(manager, KEPT["manager"])
        self._plan_levels(administrator, KEPT["administrator"])
        for row in KEPT["people"]:
            start = max(day, self.history.today - timedelta(days=row.get("before_days", row["days"])))
            self.history.on(start, partial(self._join, row, board, manager))
        head = board.heads[0]
        self.history.on(self._before(BEGINS), lambda: self._manage(board, head, manager))

    def _manage(self, board: Board, head: Told, manager: Told) -> None:
        Managing(self.history, self.careers, head, manager, self.team).plan()
        Monday(self.history, self.learners, board, manager, self.team).plan()
        UsedByTheTeam(self.history, manager, self.team, MODULE).plan()

    def _plan_levels(self, told: Told, row: dict[str, Any]) -> None:
        """Plan the evidence of every level in the person's row."""
        for competency, level in zip(KEPT["order"], row["levels"], strict=True):
            if level and competency not in row.get("baseline", ()):
                self._plan_level(told, competency, level, row.get("lapses", {}).get(competency))

    def _join(self, row: dict[str, Any], board: Board, manager: Told) -> None:
        with act("joined", None, teams=[board.teams[TEAM_OF_MANAGER]]):
            told = self._add(row, board, TEAM_OF_MANAGER, self.history.day)
        told.manager = manager
        self.team[told.member.name] = told
        self._plan_levels(told, row)
        for module_id, days in row.get("learned", {}).items():
            self.history.on(
                self._before(days), partial(self.learners.take, told, module_id, tries=1, knows=1.0)
            )
        for module_id, days in row.get("reading", {}).items():
            self.history.on(self._before(days), partial(self._read_half, told, module_id))
        if "before" in row:
            self.history.on(
                self._before(row["days"]), partial(self.careers.change_post, told, role=row["role"])
            )
            self._plan_rowan(told, manager)

    def _plan_level(self, told: Told, competency: str, level: int, lapses: int | None) -> None:
        """Plan one piece of evidence that counts today, and ends when the file says."""
        today = self.history.today
        until = today + timedelta(days=lapses if lapses is not None else self.random.randrange(*IN_DATE))
        shown = max(add_months(until, -36), told.member.since)
        basis = Basis.ASSESSMENT if level > 2 or shown > self.history.day else Basis.IMPORT  # noqa: PLR2004 the level that a manager sees done
        written = max(shown, self.history.day)
        by = told.manager.id if told.manager and basis is Basis.ASSESSMENT else None
        self.history.on(
            min(written, today - timedelta(days=1)),
            lambda: record_evidence(
                told.id,
                competency,
                level,
                basis,
                from_day=shown,
                until_day=until,
                words=self.careers.words(told, competency) if by else RECORDS,
                by=by,
            ),
        )

    def _plan_rowan(self, told: Told, manager: Told) -> None:
        """The learner of the pictures: an entry in error, an assignment, and a module half read."""

        def mistake() -> None:
            number = self.careers.record(told, "procurement-law", 3)
            self.history.on(
                self._before(113),
                lambda: enter_in_error(number, by=manager.id, reason="Entered for the wrong person"),
            )

        self.history.on(self._before(120), mistake)
        for days in (113, 21):
            self.history.on(self._before(days), lambda: note_reading(told.id, manager.id, "team.person"))
        self.history.on(
            self._before(7),
            lambda: assign(
                "assessing-a-supplier",
                [told.id],
                by=manager.id,
                due_day=self.history.today + timedelta(days=9),
                reason="You evaluate suppliers for custody healthcare in January. Do this first.",
            ),
        )

    def _read_half(self, told: Told, module_id: str) -> None:
        """Open the first parts of a module, and stop in the middle."""
        entry = catalogue.current().module(module_id)
        if entry is None:
            return
        for part in entry.parts[: len(entry.parts) // 2]:
            note_place(told.id, module_id, entry.version_id, part.slug)

    def _add(self, row: dict[str, Any], board: Board, team: int, day: date, *, manages: bool = False) -> Told:
        since = self.history.today - timedelta(days=row.get("before_days", row.get("days", 2_200)))
        role = row.get("before", row["role"])
        member = Member(row["name"], row["email"], role, team, "operational-policing", since, manages=manages)
        told = add_person(board, member, day)
        ensure_account(told.id)
        return told

    def _before(self, days: int) -> date:
        return self.history.today - timedelta(days=days)
