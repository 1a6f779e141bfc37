"""Counts everything again from the facts, and compares it with what the ledger keeps.

1. For every person the movements that follow from the facts as known now are those that are kept.
2. Balances and flows are the sums of the movements that are folded.
3. What reports show of some days is what a plain count gives, by a rule of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import (
    Integer,
    Select,
    and_,
    cast,
    extract,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from lms.competencies.balances import Clause, Head, head
from lms.competencies.counts import Day, count
from lms.competencies.facts import facts_of
from lms.competencies.folding import KEPT_BY_DAY, Column, sums
from lms.competencies.histories import PENDING, structure_history
from lms.competencies.ledger import chunks
from lms.competencies.models import ANY, Balance, CellRow, Flow, Movement, Shape
from lms.competencies.movements import AWAY, SECOND_POST, Lines, moves
from lms.competencies.sheets import Atom, sheets_on
from lms.competencies.suppression import NO_PILLAR
from lms.competencies.tally import NUMBERS, Cell, Tally
from lms.core import clock
from lms.core.database import db
from lms.people.acts import no_known_on
from lms.people.models import Appointment

FIRST_DIFFERENCES = 20
PEOPLE_AT_ONCE = 2_000
"""How many people are counted together; what is held in memory grows with it."""
MONTHS_AGO = (3, 12)
"""Reports of the first days of these months are counted again, as known now and as known then."""
PLACES = ("region_id", "organisation_id", "team_id", "role_profile_id", "pillar_id")
NAMED = {
    Shape.ATOM: {"region_id", "organisation_id", "role_profile_id", "pillar_id"},
    Shape.NATION: set(),
    Shape.REGION: {"region_id"},
    Shape.ORGANISATION: {"organisation_id"},
    Shape.ROLE: {"role_profile_id"},
    Shape.PILLAR: {"pillar_id"},
}
"""Which places a sum is told apart by."""


class Key(NamedTuple):
    """What a figure is of; a balance has no cause, and a report neither that nor a day that differs."""

    where: str
    day: str
    competency: str
    cause: str = ""


class Difference(NamedTuple):
    """A figure that is not as counted."""

    kind: str
    key: Key
    kept: Tally
    counted: Tally

    def __str__(self) -> str:
        """One line: what it is a figure of, what is kept and what was counted."""
        named = ", ".join(each for each in self.key if each)
        return f"{self.kind}: {named}: kept {_words(self.kept)}; counted {_words(self.counted)}"


@dataclass(slots=True)
class Recount:
    """How many figures were compared, how many differ, and the first of these."""

    compared: int = 0
    different: int = 0
    first: list[Difference] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether something was compared, and nothing differs."""
        return bool(self.compared) and not self.different

    def compare(self, kind: str, key: Key, kept: Tally, counted: Tally) -> None:
        """Compare one figure."""
        self.compared += 1
        if kept != counted:
            self.different += 1
            if len(self.first) < FIRST_DIFFERENCES:
                self.first.append(Difference(kind, key, kept, counted))

    def compare_all(self, kind: str, kept: Mapping[Key, Tally], counted: Mapping[Key, Tally]) -> None:
        """Compare all figures of two counts; what one of them does not have is 0 there."""
        for key in sorted(kept.keys() | counted.keys()):
            self.compare(kind, key, kept.get(key, Tally()), counted.get(key, Tally()))


def recount() -> Recount:
    """Count everything again, as it is when it begins. Raises LedgerError before the ledger is filled."""
    found = Recount()
    with _one_view():
        at = head()
        _compare_movements(found)
        for shape in Shape:
            _compare_balances(found, at, shape)
            _compare_flows(found, at, shape)
        _compare_reports(found)
    return found


def how_far() -> str:
    """How much is kept, and how far it is folded, in a sentence. Raises LedgerError before it is filled."""
    at = head()
    numbers = [
        db.session.scalar(select(func.count()).select_from(each)) for each in (Movement, Balance, Flow)
    ]
    kept = "{} movements, {} balances and {} flows are kept".format(*numbers)
    return f"{kept}, folded up to act {at.folded_to} of {at.latest}, with balances of {at.day}."


@contextmanager
def _one_view() -> Iterator[None]:
    """Every statement sees the same, whatever others write meanwhile; nothing is taken from memory."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    current_app.extensions.pop("sheets", None)
    yield
    db.session.rollback()


def _compare_movements(found: Recount) -> None:
    """A few teams at a time, with everybody who ever held a post there."""
    for teams in _teams():
        kept: dict[Key, Tally] = defaultdict(Tally)
        counted: dict[Key, Tally] = defaultdict(Tally)
        places = [getattr(CellRow, each) for each in PLACES]
        keys = (Movement.effective, *places, Movement.competency_id, Movement.cause)
        query = select(*keys, *sums(Movement)).join(CellRow, CellRow.id == Movement.cell_id)
        for day, *rest in db.session.execute(query.where(CellRow.team_id.in_(teams)).group_by(*keys)):
            place, (competency, cause, *numbers) = rest[: len(PLACES)], rest[len(PLACES) :]
            kept[Key(_where(*place), str(day), competency, cause)] = _tally(numbers)
        for (day, cell, competency, cause), tally in _moves_in(teams):
            counted[Key(_where_of(cell), str(day), competency, cause)].merge(tally)
        found.compare_all("movements", kept, {key: tally for key, tally in counted.items() if tally})


def _teams() -> Iterator[set[int]]:
    """All teams, so many at a time as hold not too many people; 0 for what is in no team."""
    of_team = func.count(Appointment.person_id.distinct())
    query = select(CellRow.team_id, literal(0)).distinct()
    held = select(Appointment.team_id, of_team).group_by(Appointment.team_id)
    sizes: dict[int, int] = {0: 0}
    for team, people in (*db.session.execute(query).all(), *db.session.execute(held).all()):
        sizes[team] = max(people, sizes.get(team, 0))
    teams: set[int] = set()
    size = 0
    for team, people in sorted(sizes.items()):
        teams.add(team)
        size += people
        if size >= PEOPLE_AT_ONCE:
            yield teams
            teams, size = set(), 0
    yield teams


def _moves_in(teams: set[int]) -> Iterator[tuple[tuple[date, Cell, str, str], Tally]]:
    """The movements in these teams, from the facts as known now."""
    held = select(Appointment.person_id).where(Appointment.team_id.in_(teams)).distinct()
    for people in chunks(db.session.scalars(held)):
        facts = facts_of(people)
        posts = [post for person in facts.values() for post in person.appointments]
        history = structure_history({post.role_profile for post in posts}, {post.team_id for post in posts})
        structure = history.at(PENDING)
        for person in facts.values():
            lines: Lines = moves(person, structure)
            yield from ((line, tally) for line, tally in lines.items() if line[1].team in teams)


def _compare_balances(found: Recount, at: Head, shape: Shape) -> None:
    """The movements up to the ledger’s day, for the smallest groups alone."""
    kept: list[Column] = [Balance.competency_id, literal(""), *(_date(at.day))]
    moved: list[Column] = [Movement.competency_id, literal(""), *(_date(at.day))]
    folded = and_(Movement.recorded <= at.folded_to, Movement.effective <= at.day)
    wanted = folded if shape is Shape.ATOM else false()
    _compare_sums(found, "balance", shape, (Balance, kept, true()), (moved, wanted))


def _compare_flows(found: Recount, at: Head, shape: Shape) -> None:
    """The movements of a month and, for the sums that keep them, of a day."""
    folded = Movement.recorded <= at.folded_to
    days: list[Column] = [_part_of(Flow.day, each) for each in ("year", "month", "day")]
    kept: list[Column] = [Flow.competency_id, Flow.cause, *days]
    moved: list[Column] = [_part_of(Movement.effective, each) for each in ("year", "month", "day")]
    for kind, month, day in (("month", True, literal(1)), ("day", False, moved[2])):
        wanted = folded if shape in NAMED and (month or shape in KEPT_BY_DAY) else false()
        by: list[Column] = [Movement.competency_id, Movement.cause, *moved[:2], day]
        which: Clause = Flow.month if month else ~Flow.month
        _compare_sums(found, f"flow of a {kind}", shape, (Flow, kept, which), (by, wanted))


def _compare_sums(
    found: Recount,
    kind: str,
    shape: Shape,
    kept: tuple[type[Balance | Flow], list[Column], Clause],
    counted: tuple[list[Column], Clause],
) -> None:
    """Compare rows of one shape with the sums of movements: competency, cause, year, month and day."""
    table, keys, which = kept
    nothing = [literal(0)] * len(NUMBERS)
    places = [getattr(CellRow, each) for each in PLACES]
    rows: Select[*tuple[Any, ...]] = select(
        *_named([*places, *keys, *(getattr(table, each) for each in NUMBERS), *nothing])
    ).join(CellRow, CellRow.id == table.cell_id)
    again = _added_up(shape, *counted)
    both = union_all(rows.where(CellRow.shape == shape, which), again).subquery()
    names = [*both.c][: len(PLACES) + 5]
    numbers = [func.sum(each) for each in [*both.c][len(names) :]]
    query = select(*names, *numbers).group_by(*names).order_by(*names)
    for row in db.session.execute(query.execution_options(yield_per=5_000)):
        place, rest = row[: len(PLACES)], row[len(PLACES) :]
        competency, cause, year, month, day = rest[:5]
        key = Key(_where(*place), f"{year:04}-{month:02}-{day:02}", competency, cause)
        found.compare(kind, key, _tally(rest[5 : 5 + len(NUMBERS)]), _tally(rest[5 + len(NUMBERS) :]))


def _added_up(shape: Shape, by: list[Column], which: Clause) -> Select[*tuple[Any, ...]]:
    """Movements added up by the places that name a sum, whatever is kept of which cell is part of it."""
    cell = aliased(CellRow)
    named = NAMED.get(shape, set())
    places = [
        getattr(cell, each) if each in named else literal(0 if each == "team_id" else ANY) for each in PLACES
    ]
    nothing = [literal(0)] * len(NUMBERS)
    query = select(*_named([*places, *by, *nothing, *sums(Movement)]))
    query = query.join(cell, cell.id == Movement.cell_id).where(which)
    keys = [getattr(cell, each) for each in PLACES if each in named]
    return query.group_by(*keys, *by).having(or_(*(total != 0 for total in sums(Movement))))


def _compare_reports(found: Recount) -> None:
    today = clock.today()
    _compare_report(found, today, None)
    for months in MONTHS_AGO:
        month = today.year * 12 + today.month - 1 - months
        first = date(month // 12, month % 12 + 1, 1)
        _compare_report(found, first, None)
        _compare_report(found, first, no_known_on(first))


def _compare_report(found: Recount, day: date, no: int | None) -> None:
    """What pages show of a day, as known now or at an act."""
    sheets, _ = sheets_on(day, no)
    kept = {
        Key(_where_of_atom(atom), str(day), competency): tally
        for competency, sheet in sheets.sheets.items()
        for atom, tally in sheet.atoms.items()
    }
    counted: dict[Key, Tally] = defaultdict(Tally)
    people = list(db.session.scalars(select(Appointment.person_id).distinct()))
    for some in chunks(people):
        for (atom, competency), tally in _counts(count(day, no, some)):
            counted[Key(_where_of_atom(atom), str(day), competency)].merge(tally)
    kind = "report" if no is None else f"report as known at act {no}"
    found.compare_all(kind, kept, {key: tally for key, tally in counted.items() if tally})


def _counts(day: Day) -> Iterator[tuple[tuple[Atom, str], Tally]]:
    """What is counted on a day, with second posts and people who are away."""
    for (cell, competency), tally in day.counts.items():
        yield (_atom(cell), competency), tally
    posts: dict[int, int] = defaultdict(int)
    for person in (each for people in day.held.values() for each in people):
        posts[person] += 1
    for cell, people in day.held.items():
        yield (_atom(cell), SECOND_POST), Tally(sum(1 for each in people if posts[each] > 1))
    for cell, people in day.absent.items():
        yield (_atom(cell), AWAY), Tally(len(people))


def _atom(cell: Cell) -> Atom:
    return Atom(cell.region, cell.organisation, cell.role_profile, cell.pillar or NO_PILLAR)


def _where_of_atom(atom: Atom) -> str:
    return _where(atom.region, atom.organisation, 0, atom.role, atom.pillar)


def _where_of(cell: Cell) -> str:
    return _where(
        cell.region,
        cell.organisation,
        cell.team,
        cell.role_profile,
        NO_PILLAR if cell.pillar is None else cell.pillar,
    )


def _where(region: str, organisation: str, team: int, role: str, pillar: str) -> str:
    """A place in words; what it does not name is left out."""
    named = {"region": region, "organisation": organisation, "team": team, "role": role, "pillar": pillar}
    return ", ".join(f"{kind} {name}" for kind, name in named.items() if name)


def _words(tally: Tally) -> str:
    pairs = zip(NUMBERS, tally.numbers, strict=True)
    return ", ".join(f"{number} {name}" for name, number in pairs if number) or "nothing"


def _tally(numbers: Iterable[Any]) -> Tally:
    return Tally(*map(int, numbers))


def _part_of(column: Any, part: str) -> Column:  # noqa: ANN401 any column of days
    return cast(extract(part, column), Integer)


def _date(day: date) -> tuple[Column, ...]:
    return literal(day.year), literal(day.month), literal(day.day)


def _named(columns: list[Any]) -> list[Any]:
    """Columns under names of their own, so that two queries can be put together."""
    return [column.label(f"column_{place}") for place, column in enumerate(columns)]
