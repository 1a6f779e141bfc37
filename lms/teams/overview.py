"""Loads the page of a manager: who can do what in their teams, and where cover is thin."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from lms.competencies.facts import facts_of, requirements
from lms.competencies.standing import PersonFacts
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.people.identity import Held
from lms.people.reports import Reports, TeamNode, reports_of
from lms.teams.ahead import ahead_of
from lms.teams.by_team import TeamCover, cover_by_team, team_names
from lms.teams.choice import Choice
from lms.teams.cover import DO, LEAD, Cover, cover_of, thin_of
from lms.teams.listing import Listed, columns_shown, listed_of
from lms.teams.matrix import Cell, Columns, Matrix, build_matrix
from lms.teams.outlook import Later, Outlooks, later_on, outlooks_of
from lms.teams.overdue import overdue_of


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page shows. Cover and `thin` count everybody, whoever is listed."""

    teams: tuple[TeamNode, ...]
    shown: tuple[TeamNode, ...]
    """The chosen team, or those that stand highest."""
    matrix: Matrix
    columns: tuple[Columns, ...]
    """The columns that are shown, of those of the matrix."""
    choice: Choice
    listed: list[Listed]
    lead: tuple[Cover, ...]
    do: tuple[Cover, ...]
    thin: list[Cover]
    by_team: list[TeamCover]
    outlooks: tuple[Outlooks, ...]
    later: Later | None

    @property
    def competencies(self) -> list[Competency]:
        """The competencies of the columns shown."""
        return [each for group in self.columns for each in group.competencies]

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-len(self.listed) // self.choice.size))

    @property
    def page(self) -> int:
        """The page shown; the last one where the address asks for a later one."""
        return min(self.choice.page, self.pages)

    @property
    def rows(self) -> list[Listed]:
        """The people of the page."""
        return self.listed[(self.page - 1) * self.choice.size : self.page * self.choice.size]

    @property
    def cells(self) -> list[Cell]:
        """One cell of the page for each look; a few, however many people there are."""
        return list({cell.look: cell for each in self.rows for cell in each.part.cells}.values())

    @property
    def card_cells(self) -> list[Cell]:
        """One cell of the page’s cards for each competency and look."""
        found = {(cell.competency.id, cell.look): cell for each in self.rows for cell in each.part.card}
        return list(found.values())

    @property
    def below(self) -> int:
        """How many teams stand below those that are named as shown."""
        named = {each.id for each in self.shown}
        return sum(1 for each in self.teams if each.id not in named and each.line & named)


def overview_of(
    manager_id: int, grants: Iterable[Held], choice: Choice, published: Catalogue, day: date
) -> Overview:
    """What a manager sees by these grants; eight statements, however many people report to them.

    Raises LookupError when the grants do not cover the chosen team.
    """
    reports = reports_of(manager_id, grants, day)
    chosen = reports.team(choice.team) if choice.team is not None else None
    if choice.team is not None and chosen is None:
        message = f"team {choice.team} is not covered"
        raise LookupError(message)
    names = reports.within(choice.team)
    facts = facts_of(names)
    until = day + choice.window
    matrix = build_matrix(names, facts, requirements(), published.framework, day=day, until=until)
    columns = columns_shown(matrix, choice.about)
    shown = {each.id for group in columns for each in group.competencies}
    lead, do = cover_of(matrix, LEAD), cover_of(matrix, DO)
    able, doing = _about(lead, shown), _about(do, shown)
    outlooks, later = _outlooks(reports, choice, matrix, facts, (able, doing))
    return Overview(
        reports.teams,
        (chosen,) if chosen else tuple(each for each in reports.teams if not each.depth),
        matrix,
        columns,
        choice,
        listed_of(
            matrix, columns, choice, overdue_of(names, day, published), team_names(reports, choice.team)
        ),
        able,
        doing,
        thin_of(lead),
        cover_by_team(matrix, reports, choice.team),
        outlooks,
        later,
    )


def _about(covers: Iterable[Cover], shown: Collection[str]) -> tuple[Cover, ...]:
    return tuple(each for each in covers if each.competency.id in shown)


def _outlooks(
    reports: Reports,
    choice: Choice,
    matrix: Matrix,
    facts: dict[int, PersonFacts],
    covers: tuple[tuple[Cover, ...], tuple[Cover, ...]],
) -> tuple[tuple[Outlooks, ...], Later | None]:
    """What is ahead of the people in the teams shown; who is away today may be back by then."""
    teams = frozenset(each.id for each in reports.teams if choice.team is None or choice.team in each.line)
    people = [
        ahead_of(row, facts.get(row.person_id, PersonFacts()), teams) for row in (*matrix.rows, *matrix.away)
    ]
    lead, do = covers
    later = later_on(people, [each.competency for each in lead], choice.on) if choice.on else None
    return outlooks_of(lead, do, people, matrix.day, later), later
