"""Where people and teams stand today, in the form in which permission is asked about them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from lms.core import clock
from lms.core.database import db
from lms.people.access import Subject
from lms.people.models import Appointment, Organisation, Team
from lms.people.structure import holding, latest_placement


def person_subject(person_id: int) -> Subject:
    """The person, the teams of their present appointments with all above, and where those lie."""
    held = holding(clock.today()).where(Appointment.person_id == person_id).subquery()
    stands = _standing(Team.id.in_(select(held.c.team_id))).values()
    return Subject(
        person_id,
        frozenset().union(*(each.teams for each in stands)),
        frozenset().union(*(each.organisations for each in stands)),
        frozenset().union(*(each.regions for each in stands)),
    )


def person_subjects(people: Iterable[int]) -> dict[int, Subject]:
    """Each of these people as `person_subject` has them; two statements."""
    chosen = sorted(set(people))
    held = holding(clock.today()).where(Appointment.person_id.in_(chosen)).subquery()
    teams: dict[int, set[int]] = {person: set() for person in chosen}
    for person, team in db.session.execute(select(held.c.person_id, held.c.team_id)):
        teams[person].add(team)
    stands = team_subjects(set().union(*teams.values()))
    return {
        person: Subject(
            person,
            frozenset().union(*(stands[team].teams for team in own)),
            frozenset().union(*(stands[team].organisations for team in own)),
            frozenset().union(*(stands[team].regions for team in own)),
        )
        for person, own in teams.items()
    }


def team_subjects(team_ids: Iterable[int]) -> dict[int, Subject]:
    """Each of these teams with all above it, and where it lies."""
    return _standing(Team.id.in_(list(team_ids)))


def organisation_subject(organisation: Organisation) -> Subject:
    """An organisation in its region."""
    return Subject(organisations=frozenset({organisation.id}), regions=frozenset({organisation.region_id}))


def _standing(chosen: ColumnElement[bool]) -> dict[int, Subject]:
    """Teams by their line upwards and their place; one statement."""
    line = select(Team.id.label("of"), Team.id, Team.parent_id).where(chosen).cte("line", recursive=True)
    line = line.union(select(line.c.of, Team.id, Team.parent_id).join(line, Team.id == line.c.parent_id))
    placed = latest_placement(clock.today()).subquery()
    rows = db.session.execute(
        select(line.c.of, line.c.id, placed.c.organisation_id, placed.c.region_id).outerjoin(
            placed, placed.c.team_id == line.c.of
        )
    )
    lines: dict[int, set[int]] = {}
    lying: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    for of, team, organisation, region in rows:
        lines.setdefault(of, set()).add(team)
        lying[of] = (frozenset({organisation} if organisation else ()), frozenset({region} if region else ()))
    return {of: Subject(None, frozenset(teams), *lying[of]) for of, teams in lines.items()}
