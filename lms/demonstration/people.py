"""Tells how organisations come on board: teams, people, their grants and earlier levels, in one act."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis
from lms.core.database import db
from lms.core.dates import add_months
from lms.demonstration.plan import Member, OrganisationPlan
from lms.people import appointments, grants
from lms.people.acts import act
from lms.people.grants import SELF, Reach
from lms.people.models import Duty, Organisation, Scope, Team

IMPORT_MONTHS = 36
SHOWN_BEFORE = (20, 330)
KEPT_LEAST = 0.62
MOST_IMPORTED, MORE_THAN_ASKED = 3, 0.25
RECORDS = "From the organisation’s own training record"
Requires = dict[str, dict[str, int]]
"""Role profile to the competencies that it asks for, with the level."""


@dataclass(slots=True)
class Told:
    """A person of the invented nation once they are recorded."""

    id: int
    member: Member
    organisation: str
    team_id: int
    appointment_id: int
    manager: "Told | None" = None
    levels: dict[str, int] = field(default_factory=dict)
    ends: dict[str, date] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    gone: bool = False


@dataclass(slots=True)
class Board:
    """An organisation that is on board: its teams, the whole one first, and who leads which of them.

    Nobody comes from elsewhere to one with a team that is `written_down`.
    """

    plan: OrganisationPlan
    teams: list[int]
    heads: dict[int, Told] = field(default_factory=dict)
    written_down: bool = False

    def head_of(self, team: int) -> Told | None:
        """Who leads a team (an index), or the whole."""
        return self.heads.get(team, self.heads.get(0))


def come_on_board(
    plan: OrganisationPlan, requires: Requires | None, random: Random, untouched: frozenset[str]
) -> tuple[list[Told], Board]:
    """Write an organisation's teams, people and grants, and the levels that they bring (None: none yet).

    Competencies that are `untouched` bring nothing. Inside the caller's act.
    """
    appointments.onboard(plan.id, plan.onboarding, by=None)
    board = Board(plan, add_teams(plan))
    people = [add_person(board, member, plan.onboarding) for member in plan.members]
    for each in people:
        head = board.heads.get(0) if each.member.manages else board.head_of(each.member.team)
        each.manager = None if head is each else head
    if requires is not None:
        for each in people:
            asked = requires[each.member.role].items()
            import_levels(
                each, {key: level for key, level in asked if key not in untouched}, plan.onboarding, random
            )
    return people, board


def add_teams(plan: OrganisationPlan) -> list[int]:
    """The whole team and the teams below it."""
    organisation = db.session.get_one(Organisation, plan.id)
    root: Team | None = None
    teams: list[int] = []
    for name in plan.teams:
        team = appointments.add_team(
            name, organisation, plan.onboarding - timedelta(days=3_000), parent=root, by=None
        )
        root = root or team
        teams.append(team.id)
    return teams


def add_person(board: Board, member: Member, day: date) -> Told:
    """A person with their post, the learner's duty and, where they lead a team, the manager's."""
    team_id = board.teams[member.team]
    person = appointments.add_person(member.name, member.email)
    held = appointments.appoint(
        person.id, team_id, member.role, member.since, by=None, pillar_id=member.pillar
    )
    grants.give_grant(person.id, Duty.LEARNER, SELF, from_day=day, by=None, reason="works here")
    told = Told(person.id, member, board.plan.id, team_id, held.id)
    if member.manages:
        reach = Reach(Scope.TEAM, team_id=team_id)
        grants.give_grant(person.id, Duty.MANAGER, reach, from_day=day, by=None, reason="leads the team")
        board.heads[member.team] = told
    return told


def join(board: Board, member: Member) -> Told:
    """Somebody comes to an organisation that is on board, with nothing recorded yet."""
    with act("joined", None, teams=[board.teams[member.team]]):
        told = add_person(board, member, member.since)
    told.manager = board.head_of(member.team)
    return told


def import_levels(told: Told, asked: dict[str, int], day: date, random: Random) -> None:
    """What the organisation's own training records show, with the days on which it was shown."""
    for competency, level in asked.items():
        if random.random() > KEPT_LEAST + (1 - KEPT_LEAST) * told.member.skill:
            continue
        shown = max(1, level - (random.random() > told.member.skill))
        if shown == level < MOST_IMPORTED and random.random() < MORE_THAN_ASKED:
            shown += 1
        start = day - timedelta(days=random.randrange(*SHOWN_BEFORE))
        until = add_months(start, IMPORT_MONTHS)
        record_evidence(
            told.id,
            competency,
            shown,
            Basis.IMPORT,
            from_day=start,
            until_day=until,
            words=RECORDS,
            by=None,
        )
        told.levels[competency], told.ends[competency] = shown, until
