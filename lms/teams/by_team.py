"""The teams below a manager: who works in which, and where cover is thin in each; plain values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lms.people.reports import Reports, TeamNode
from lms.teams.cover import LEAD, Cover, cover_of, thin_of
from lms.teams.matrix import Matrix


@dataclass(frozen=True, slots=True)
class TeamCover:
    """A team with those below it, how many of its people are counted, and where too few could lead."""

    team: TeamNode
    people: int
    thin: list[Cover]


def cover_by_team(matrix: Matrix, reports: Reports, chosen: int | None) -> list[TeamCover]:
    """One for each team next below those that are shown; whoever holds two posts counts in both teams."""
    found = []
    for node in branches(reports.teams, chosen):
        inside = {each.id for each in reports.teams if node.id in each.line}
        rows = tuple(row for row in matrix.rows if reports.members[row.person_id] & inside)
        part = replace(matrix, rows=rows, away=())
        found.append(TeamCover(node, len(rows), thin_of(cover_of(part, LEAD))))
    return found


def branches(teams: Sequence[TeamNode], chosen: int | None) -> list[TeamNode]:
    """The teams next below the chosen one; without one, those that stand highest, or below a single one."""
    if chosen is None:
        highest = [each for each in teams if not each.depth]
        if len(highest) != 1:
            return highest
        chosen = highest[0].id
    depth = next(each.depth for each in teams if each.id == chosen) + 1
    return [each for each in teams if each.depth == depth and chosen in each.line]


def team_names(reports: Reports, chosen: int | None) -> Mapping[int, tuple[str, ...]]:
    """In which of the teams shown each person holds a post; empty where only one team is shown."""
    inside = [each for each in reports.teams if chosen is None or chosen in each.line]
    if len(inside) < 2:  # noqa: PLR2004 one team is named above the table already
        return {}
    return {
        person: tuple(each.name for each in inside if each.id in held)
        for person, held in reports.members.items()
    }
