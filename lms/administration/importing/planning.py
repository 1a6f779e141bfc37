"""Works out what an import would write, from the rows and what is recorded; plain values only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from lms.administration.importing.changes import Held, PersonChanges, changes_of
from lms.administration.importing.known import Known
from lms.administration.importing.problems import Problem, did_you_mean
from lms.administration.importing.rows import ImportRow, TeamKey
from lms.administration.importing.teams import TeamPlan, plan_teams

LIKE_ADDRESSES = 0.9
"""Addresses of one domain are alike in most of their letters."""


@dataclass(frozen=True, slots=True)
class ManagerGrant:
    """A person who is to manage a team, from a day."""

    email: str
    team: TeamKey
    from_day: date


@dataclass(slots=True)
class Plan:
    """What an import would write; new people and people under a new name by address."""

    new_people: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    teams: TeamPlan = field(default_factory=TeamPlan)
    changes: PersonChanges = field(default_factory=PersonChanges)
    managers: list[ManagerGrant] = field(default_factory=list)

    @property
    def begun(self) -> int:
        """How many appointments begin without ending another."""
        return len(self.changes.begun) - self.changes.moves

    @property
    def moved(self) -> int:
        """How many appointments end because another begins."""
        return self.changes.moves

    @property
    def closed(self) -> int:
        """How many appointments end because a row says so."""
        return len(self.changes.closed) - self.changes.moves

    @property
    def is_empty(self) -> bool:
        """Whether everything that the file states is recorded already."""
        return not (
            self.new_people
            or self.renamed
            or self.teams.new
            or self.teams.placed_earlier
            or self.changes.begun
            or self.changes.closed
            or self.managers
        )


def plan_import(
    rows: list[ImportRow], stated: Collection[str], known: Known, today: date
) -> tuple[Plan, list[Problem]]:
    """What the rows change in what is known, and what stands against it.

    `stated` are the addresses of everybody in the file, those of rows with problems too.
    """
    problems = _unknown_managers(rows, stated, known)
    plan = Plan()
    plan.teams, found = plan_teams(rows, known)
    problems += found
    by_person: dict[str, list[ImportRow]] = {}
    for row in rows:
        by_person.setdefault(row.email, []).append(row)
    still_held: list[ImportRow] = []
    for email, own in by_person.items():
        person = known.people.get(email)
        if person is None:
            plan.new_people[email] = own[0].name
        elif person.name != own[0].name:
            plan.renamed[email] = own[0].name
        held = [Held(each, each.end) for each in person.appointments] if person else []
        changes, found = changes_of(own, held, plan.teams)
        plan.changes.add(changes)
        problems += found
        still_held += [row for row in own if _is_held(row, held, plan.teams, today)]
    plan.managers = _managers(still_held, known, plan.teams, today)
    return plan, problems


def _unknown_managers(rows: list[ImportRow], stated: Collection[str], known: Known) -> list[Problem]:
    candidates = {*stated, *known.managers, *known.people}
    return [
        Problem(
            row.row,
            "manager_email",
            row.manager_email,
            _("Nobody has this address, neither in the file nor in the records"),
            did_you_mean(
                row.manager_email, candidates, _("Give the manager a row of their own."), LIKE_ADDRESSES
            ),
        )
        for row in rows
        if row.manager_email and row.manager_email not in stated and row.manager_email not in known.people
    ]


def _is_held(row: ImportRow, held: Iterable[Held], teams: TeamPlan, today: date) -> bool:
    """Whether the row's appointment holds today or later, after the import."""
    same = next((each for each in held if each.is_stated_by(row, teams)), None)
    end = same.end if same else row.to_day
    return end is None or end > today


def _managers(rows: list[ImportRow], known: Known, teams: TeamPlan, today: date) -> list[ManagerGrant]:
    """A grant for each manager over a team that no grant of theirs covers yet; teams at the top first."""
    begins: dict[tuple[str, TeamKey], date] = {}
    for row in rows:
        if row.manager_email:
            key = row.manager_email, row.team_key
            begins[key] = min(row.from_day, begins.get(key, row.from_day))
    given: list[ManagerGrant] = []
    for (email, team), day in sorted(begins.items(), key=lambda each: len(teams.line(each[0][1], known))):
        line = teams.line(team, known)
        person = known.people.get(email)
        covered: set[int | TeamKey] = {each.team for each in given if each.email == email}
        covered |= person.managed if person else set()
        if covered.isdisjoint(line):
            given.append(ManagerGrant(email, team, max(day, today)))
    return given
