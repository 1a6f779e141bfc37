"""Imports a file of people: all of it in one act, or nothing."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from lms.administration.importing.known import load_known, names, people_by_email
from lms.administration.importing.planning import Plan, plan_import
from lms.administration.importing.problems import Problem
from lms.administration.importing.reading import read_lines
from lms.administration.importing.rows import ImportRow, TeamKey, check_lines
from lms.core import clock
from lms.core.database import db
from lms.people import appointments, grants
from lms.people.accounts import ensure_account
from lms.people.acts import act
from lms.people.grants import SELF, Reach
from lms.people.models import Appointment, Duty, Organisation, Placement, Scope, Team

REASON = "import of people"


class ImportRaceError(Exception):
    """Somebody else wrote the same people while the import ran; nothing was written, it can be run again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do; with problems it did nothing. `no` is the number of its act."""

    plan: Plan
    problems: list[Problem]
    no: int | None = None


class _PlanChangedError(Exception):
    """Now that the rows are locked, the file states nothing new, or no longer fits what is recorded."""

    def __init__(self, plan: Plan, problems: list[Problem]) -> None:
        super().__init__()
        self.outcome = Outcome(plan, problems)


def import_people(data: bytes, *, by: int | None, dry_run: bool = False) -> Outcome:
    """Check a CSV file of people and write what it changes, as one act.

    A file with a problem, and one that states what is recorded already, write nothing.
    Raises ImportRaceError when another writer came in between, and GrantError when the one who
    imports would become a manager by it.
    """
    lines, problems = read_lines(data)
    rows, found = check_lines(lines, names())
    problems += found
    stated = {line.values["email"].lower() for line in lines}
    plan, found = _plan(rows, stated)
    problems = sorted(problems + found, key=lambda each: each.row or 0)
    if problems or plan.is_empty or dry_run:
        return Outcome(plan, problems)
    try:
        return _write(rows, stated, plan, by)
    except _PlanChangedError as error:
        return error.outcome
    except IntegrityError as error:
        raise ImportRaceError from error


def _plan(rows: list[ImportRow], stated: set[str]) -> tuple[Plan, list[Problem]]:
    """The plan by what is recorded now."""
    today = clock.today()
    known = load_known(_addresses(rows), {row.organisation for row in rows}, today)
    return plan_import(rows, stated, known, today)


def _addresses(rows: list[ImportRow]) -> set[str]:
    return {each for row in rows for each in (row.email, row.manager_email) if each}


def _write(rows: list[ImportRow], stated: set[str], planned: Plan, by: int | None) -> Outcome:
    organisations = {row.organisation for row in rows}
    known = load_known(_addresses(rows), organisations, clock.today())
    ending = [each for each, _ in planned.changes.closed]
    with act(
        "import",
        by,
        reason=REASON,
        everybody=True,  # a team may turn out to have stood somewhere earlier
        people=[each.id for each in known.people.values()],
        roles={row.role for row in rows} | {each.role for each in ending},
        teams={*known.teams, *(each.team_id for each in ending)},
        organisations=organisations,
    ) as current:
        plan, problems = _plan(rows, stated)
        if problems or plan.is_empty:
            raise _PlanChangedError(plan, problems)
        people = _write_people(plan, _addresses(rows), by)
        teams = _write_teams(plan, by)
        _write_appointments(plan, people, teams, by)
        _write_managers(plan, people, teams, by)
    return Outcome(plan, [], current.no)


def _write_people(plan: Plan, emails: set[str], by: int | None) -> dict[str, int]:
    """Add and rename people; the id behind every address of the file."""
    for email, name in plan.new_people.items():
        person = appointments.add_person(name, email)
        ensure_account(person.id)
        grants.give_grant(person.id, Duty.LEARNER, SELF, from_day=clock.today(), by=by, reason=REASON)
    found = people_by_email(emails)
    for email, name in plan.renamed.items():
        found[email].name = name
    return {email: person.id for email, person in found.items()}


def _write_teams(plan: Plan, by: int | None) -> dict[TeamKey, int]:
    """Add teams, and place recorded ones from an earlier day; the id behind every team of the file."""
    teams = dict(plan.teams.found)
    for new in plan.teams.new:
        organisation = db.session.get_one(Organisation, new.key.organisation)
        parent = db.session.get_one(Team, teams[new.parent]) if new.parent else None
        added = appointments.add_team(new.name, organisation, new.from_day, parent=parent, by=by)
        teams[new.key] = added.id
    for team_id, day in plan.teams.placed_earlier.items():
        key = next(key for key, found in plan.teams.found.items() if found == team_id)
        organisation = db.session.get_one(Organisation, key.organisation)
        db.session.add(
            Placement(
                team_id=team_id,
                organisation_id=organisation.id,
                region_id=organisation.region_id,
                from_day=day,
            )
        )
    return teams


def _write_appointments(
    plan: Plan, people: dict[str, int], teams: dict[TeamKey, int], by: int | None
) -> None:
    for known, day in plan.changes.closed:
        appointments.close_appointment(db.session.get_one(Appointment, known.id), day, by=by)
    for row in plan.changes.begun:
        appointments.appoint(
            people[row.email],
            teams[row.team_key],
            row.role,
            row.from_day,
            by=by,
            pillar_id=row.pillar,
            to_day=row.to_day,
        )


def _write_managers(plan: Plan, people: dict[str, int], teams: dict[TeamKey, int], by: int | None) -> None:
    for each in plan.managers:
        grants.give_grant(
            people[each.email],
            Duty.MANAGER,
            Reach(Scope.TEAM, team_id=teams[each.team]),
            from_day=each.from_day,
            by=by,
            reason=REASON,
        )
