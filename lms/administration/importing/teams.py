"""Finds the teams that rows name among those that are recorded, and plans those that are new."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from lms.administration.importing.known import Known, KnownTeam
from lms.administration.importing.problems import Problem
from lms.administration.importing.rows import ImportRow, TeamKey


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team to add: what it is called, what it stands under, and since when it is needed."""

    key: TeamKey
    name: str
    parent: TeamKey | None
    from_day: date


@dataclass(slots=True)
class TeamPlan:
    """The recorded team behind a key (None while it is new), the new ones in order, parents first."""

    found: dict[TeamKey, int] = field(default_factory=dict)
    new: list[NewTeam] = field(default_factory=list)
    placed_earlier: dict[int, date] = field(default_factory=dict)
    """Recorded teams in which somebody works before the team belongs anywhere, with that day."""
    parents: dict[TeamKey, TeamKey] = field(default_factory=dict)

    def line(self, key: TeamKey, known: Known) -> list[int | TeamKey]:
        """A team and those above it, nearest first: ids of recorded teams, keys of new ones."""
        found: list[int | TeamKey] = []
        step: TeamKey | None = key
        while step is not None and step not in found:
            if step in self.found:
                return [*found, *known.line(self.found[step])]
            found.append(step)
            step = self.parents.get(step)
        return found


def plan_teams(rows: list[ImportRow], known: Known) -> tuple[TeamPlan, list[Problem]]:
    """Which teams are recorded, which are new, and which rows cannot mean any."""
    plan, problems = TeamPlan(), []
    recorded: dict[TeamKey, list[KnownTeam]] = {}
    for team in known.teams.values():
        recorded.setdefault(TeamKey.of(team.organisation, team.name), []).append(team)
    for row in rows:
        candidates = recorded.get(row.team_key, [])
        fitting = [each for each in candidates if _fits(row, each, known)]
        if len(fitting) == 1:
            plan.found[row.team_key] = fitting[0].id
        elif candidates:
            problems.append(_unclear(row, candidates, known))
        elif row.parent_key:
            plan.parents[row.team_key] = row.parent_key
        parents = recorded.get(row.parent_key, []) if row.parent_key else []
        if row.parent_key and len(parents) == 1:
            plan.found[row.parent_key] = parents[0].id
        elif parents and not candidates:
            mend = _("Put the new team under a team whose name is there once.")
            message = _("Several teams of the organisation have this name")
            problems.append(Problem(row.row, "parent_team", row.parent_team, message, mend))
    plan.new = _new_teams(rows, plan)
    plan.placed_earlier = _placed_earlier(rows, plan, known)
    return plan, problems


def _fits(row: ImportRow, team: KnownTeam, known: Known) -> bool:
    if row.parent_key is None:
        return True
    parent = known.teams.get(team.parent_id or 0)
    return parent is not None and parent.name.casefold() == row.parent_key.name


def _unclear(row: ImportRow, candidates: list[KnownTeam], known: Known) -> Problem:
    if len(candidates) > 1:
        mend = _("Say in parent_team under which of them it stands.")
        return Problem(row.row, "team", row.team, _("Several teams of the organisation have this name"), mend)
    parent = known.teams.get(candidates[0].parent_id or 0)
    if parent is None:
        message = _("The team %(team)s is recorded at the top of the organisation", team=row.team)
        mend = _("Leave parent_team empty, or give the new team another name.")
    else:
        message = _("The team %(team)s is recorded under %(parent)s", team=row.team, parent=parent.name)
        mend = _("Write “%(parent)s”, or give the new team another name.", parent=parent.name)
    return Problem(row.row, "parent_team", row.parent_team, message, mend)


def _new_teams(rows: Iterable[ImportRow], plan: TeamPlan) -> list[NewTeam]:
    names: dict[TeamKey, str] = {}
    begins: dict[TeamKey, date] = {}
    for row in rows:
        names.setdefault(row.team_key, row.team)
        if row.parent_key:
            names.setdefault(row.parent_key, row.parent_team)
        step: TeamKey | None = row.team_key
        seen: set[TeamKey] = set()
        while step is not None and step not in plan.found and step not in seen:
            seen.add(step)
            begins[step] = min(row.from_day, begins.get(step, row.from_day))
            step = plan.parents.get(step)
    ordered = sorted(begins, key=lambda key: _depth(key, plan))
    return [NewTeam(key, names[key], plan.parents.get(key), begins[key]) for key in ordered]


def _depth(key: TeamKey, plan: TeamPlan) -> int:
    seen = {key}
    while (parent := plan.parents.get(key)) and parent not in seen:
        seen.add(parent)
        key = parent
    return len(seen)


def _placed_earlier(rows: Iterable[ImportRow], plan: TeamPlan, known: Known) -> dict[int, date]:
    found: dict[int, date] = {}
    for row in rows:
        team_id = plan.found.get(row.team_key)
        if team_id is not None and row.from_day < known.teams[team_id].placed_from:
            found[team_id] = min(row.from_day, found.get(team_id, row.from_day))
    return found
