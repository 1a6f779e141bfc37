"""Who reports to a manager: the teams that their grants cover today, and the people in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, or_, select, true

from lms.core.database import db
from lms.people.identity import Held
from lms.people.models import Appointment, Organisation, Person, Scope, Team
from lms.people.structure import holding, latest_placement


@dataclass(frozen=True, slots=True)
class TeamNode:
    """A team that a manager's grants cover; depth 0 has nothing above it that they cover too."""

    id: int
    name: str
    organisation: str | None
    depth: int
    line: frozenset[int]
    """The team and all covered ones above it."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The teams in the order of their tree, and of everybody in them the name and those of their teams."""

    teams: tuple[TeamNode, ...]
    names: dict[int, str]
    members: dict[int, frozenset[int]]

    def team(self, team_id: int) -> TeamNode | None:
        """The team with this id, if it is covered."""
        return next((each for each in self.teams if each.id == team_id), None)

    def within(self, team_id: int | None) -> dict[int, str]:
        """The names of the people of a team and of those below it; None: of all teams."""
        if team_id is None:
            return self.names
        inside = {each.id for each in self.teams if team_id in each.line}
        return {person: name for person, name in self.names.items() if self.members[person] & inside}


def reports_of(manager_id: int, grants: Iterable[Held], day: date) -> Reports:
    """Who reports to a manager on a day by these grants, the manager left out; two statements."""
    teams = _tree(list(grants), day)
    held = holding(day).where(Appointment.team_id.in_([each.id for each in teams])).subquery()
    rows = db.session.execute(
        select(Person.id, Person.name, held.c.team_id)
        .join(held, held.c.person_id == Person.id)
        .where(Person.id != manager_id)
        .order_by(Person.id, held.c.team_id)
    ).all()
    names = {person: name for person, name, _ in rows}
    members: dict[int, set[int]] = {person: set() for person in names}
    for person, _, team in rows:
        members[person].add(team)
    return Reports(teams, names, {person: frozenset(found) for person, found in members.items()})


def _tree(grants: list[Held], day: date) -> tuple[TeamNode, ...]:
    placed = latest_placement(day).subquery()
    covered = select(Team.id).where(or_(false(), *(_covered(each, day) for each in grants)))
    tree = covered.cte("tree", recursive=True)
    tree = tree.union(select(Team.id).join(tree, Team.parent_id == tree.c.id))
    rows = db.session.execute(
        select(Team.id, Team.name, Team.parent_id, Organisation.name)
        .join(tree, tree.c.id == Team.id)
        .outerjoin(placed, placed.c.team_id == Team.id)
        .outerjoin(Organisation, Organisation.id == placed.c.organisation_id)
        .order_by(Team.name, Team.id)
    ).all()
    parents = {team: parent for team, _, parent, _ in rows}
    below: dict[int | None, list[tuple[int, str, str | None]]] = {}
    for team, name, _, organisation in rows:
        below.setdefault(_above(team, parents), []).append((team, name, organisation))
    return tuple(_nodes(None, frozenset(), below))


def _above(team: int, parents: Mapping[int, int | None]) -> int | None:
    """The team above one, if it is covered; a ring of teams is cut open above the one with the lowest id."""
    line, above = [team], parents[team]
    while above is not None and above in parents and above not in line:
        line.append(above)
        above = parents[above]
    return None if parents[team] not in parents or (above == team and team == min(line)) else parents[team]


def _nodes(
    parent: int | None, line: frozenset[int], below: dict[int | None, list[tuple[int, str, str | None]]]
) -> Iterable[TeamNode]:
    for team, name, organisation in below.get(parent, ()):
        yield TeamNode(team, name, organisation, len(line), line | {team})
        yield from _nodes(team, line | {team}, below)


def _covered(held: Held, day: date) -> ColumnElement[bool]:
    """Which teams a grant names, as `access.covers` has it; those below a team follow by the tree."""
    placed = latest_placement(day).subquery()
    match held.scope:
        case Scope.NATION:
            return true()
        case Scope.REGION:
            return Team.id.in_(select(placed.c.team_id).where(placed.c.region_id == held.region_id))
        case Scope.ORGANISATION:
            return Team.id.in_(
                select(placed.c.team_id).where(placed.c.organisation_id == held.organisation_id)
            )
        case Scope.TEAM:
            return Team.id == held.team_id
        case Scope.SELF:
            return false()
