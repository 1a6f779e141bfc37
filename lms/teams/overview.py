"""Loads the page of a manager: who can do what in their teams, and where cover is thin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lms.competencies.facts import facts_of, requirements
from lms.content import catalogue
from lms.people.identity import Held
from lms.people.reports import TeamNode, reports_of
from lms.teams.choice import Choice, Order
from lms.teams.cover import DO, LEAD, Cover, cover_of, thin_of
from lms.teams.matrix import Matrix, Row, build_matrix

PEOPLE_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page shows. `rows` are one page of the people; cover and `thin` count all of them."""

    teams: tuple[TeamNode, ...]
    shown: tuple[TeamNode, ...]
    """The chosen team, or those that stand highest."""
    matrix: Matrix
    rows: tuple[Row, ...]
    page: int
    pages: int
    lead: tuple[Cover, ...]
    do: tuple[Cover, ...]
    thin: list[Cover]

    @property
    def below(self) -> int:
        """How many teams stand below those that are named as shown."""
        named = {each.id for each in self.shown}
        return sum(1 for each in self.teams if each.id not in named and each.line & named)


def overview_of(manager_id: int, grants: Iterable[Held], choice: Choice, day: date) -> Overview:
    """What a manager sees by these grants; seven statements, however many people report to them.

    Raises LookupError when the grants do not cover the chosen team.
    """
    reports = reports_of(manager_id, grants, day)
    chosen = reports.team(choice.team) if choice.team is not None else None
    if choice.team is not None and chosen is None:
        message = f"team {choice.team} is not covered"
        raise LookupError(message)
    names = reports.within(choice.team)
    matrix = build_matrix(
        names,
        facts_of(names),
        requirements(),
        catalogue.current().framework,
        day=day,
        until=day + choice.window,
    )
    rows = in_order(matrix.rows, choice.order)
    pages = max(1, -(-len(rows) // PEOPLE_A_PAGE))
    page = min(choice.page, pages)
    lead = cover_of(matrix, LEAD)
    return Overview(
        reports.teams,
        (chosen,) if chosen else tuple(each for each in reports.teams if not each.depth),
        matrix,
        rows[(page - 1) * PEOPLE_A_PAGE : page * PEOPLE_A_PAGE],
        page,
        pages,
        lead,
        cover_of(matrix, DO),
        thin_of(lead),
    )


def in_order(rows: tuple[Row, ...], order: Order) -> tuple[Row, ...]:
    """Rows that stand by name, in the order asked for."""
    return rows if order is Order.NAME else tuple(sorted(rows, key=lambda row: row.roles))
