"""Writes an invented nation of any size: a small one by the pure rule, then copies of it by the database.

A copy is of facts, acts and movements alike, with other people and teams in other organisations. All
copies of an act come one after another in the order of acts, so that time still goes forwards.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from lms.competencies.cells import COLUMNS, sums_of
from lms.competencies.models import Balance, CellRow, Ending, Evidence, Flow, Movement, Requirement, Rollup
from lms.competencies.models import Shape as Shapes
from lms.competencies.tally import NUMBERS, Cell
from lms.content.models import CompetencyRow, PillarRow, RoleProfileRow
from lms.core.database import Model, db
from lms.people.models import (
    Absence,
    Act,
    Appointment,
    Closing,
    Onboarding,
    Organisation,
    OrganisationKind,
    Person,
    Placement,
    Region,
    Team,
)
from tests.support.nations import PILLARS, ROLES
from tools.bench.nation import (
    COMPETENCY_IDS,
    ORGANISATIONS,
    REGIONS,
    WAVES,
    Plan,
    organisation_id,
    region_id,
)

COPIED = (Person, Team, Placement, Appointment, Absence, Closing, Evidence, Ending)
PEOPLE_KEYS = {"person_id": Person, "team_id": Team, "appointment_id": Appointment, "absence_id": Absence}
KEYS: dict[str, type[Model]] = {**PEOPLE_KEYS, "evidence_id": Evidence}
"""Columns of facts that name a row which is copied too."""
IN_A_ROUND = ORGANISATIONS // WAVES
"""After so many copies an organisation stands in its own place again."""
AT_ONCE = 400_000
"""About how many rows one statement writes."""
CACHE = 1 << 20
"""Kibibytes of memory in which SQLite sorts while rows are copied."""
Expression = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Copying:
    """A connection, how many copies there are to be, and how many rows each table has in one."""

    connection: Connection
    copies: int
    rows: dict[str, int]


def write_plan(plan: Plan) -> None:
    """Write the facts of a plan, without the ledger."""
    kept = db.session.connection(execution_options={"writes": True})
    for table, rows in _reference().items():
        kept.execute(insert(table), rows)
    first = {"at": plan.events[0].at, "kind": "structure"}
    acts = [first, *({"at": event.at, "kind": event.kind} for event in plan.events)]
    kept.execute(
        insert(Act), [{"id": no, "no": no, **each, "by_id": None} for no, each in enumerate(acts, 1)]
    )
    for table in (Person, Team, Placement, Onboarding, Requirement, *COPIED[3:]):
        kept.execute(insert(table), plan.rows[table])
    db.session.commit()


def _reference() -> dict[type[Model], list[dict[str, Any]]]:
    return {
        Region: [
            {"id": region_id(number), "name": f"Region {number}", "position": number}
            for number in range(REGIONS)
        ],
        Organisation: [
            {
                "id": organisation_id(number),
                "name": f"Organisation {number}",
                "kind": OrganisationKind.FIRE if number % 2 else OrganisationKind.FORCE,
                "region_id": region_id(number),
            }
            for number in range(ORGANISATIONS)
        ],
        CompetencyRow: [{"id": each} for each in COMPETENCY_IDS],
        RoleProfileRow: [{"id": each} for each in ROLES],
        PillarRow: [{"id": each} for each in PILLARS if each],
    }


def copy_nation(rounds: int, fold: Callable[[], object]) -> None:
    """Turn the nation that is there into so many rounds of copies, and fold the ledger of all.

    In a round each organisation stands in the place of every other one of its wave once, so all rounds
    are alike: one is folded, and what it comes to is taken so many times.
    """
    tables = (*COPIED, Act, Movement, CellRow)
    db.session.remove()
    with _free_connection() as connection:
        _unlogged(connection)
        with connection.begin(), _without_indexes(connection, (*COPIED, Act, CellRow, Rollup)):
            counted = {
                _table(each).name: connection.scalar(select(func.max(_table(each).c.id))) or 0
                for each in tables
            }
            copying = Copying(connection, rounds * IN_A_ROUND, counted)
            templates = {_table(each).name: _taken(connection, each) for each in tables}
            turned = _turns(copying)
            for derived in (Rollup, Balance, Flow):
                connection.execute(delete(_table(derived)))
            for each in COPIED:
                _copy_facts(copying, _table(each), templates[_table(each).name], turned)
            _copy_cells(copying, templates["cell"], turned)
            _interleave(copying, _table(Act), templates["act"])
            _interleave(copying, _table(Movement), templates["movement"], IN_A_ROUND)
            connection.execute(text("UPDATE ledger SET folded_to = 0, folds = 0"))
        fold()
        _unlogged(connection)
        with connection.begin(), _without_indexes(connection, (Movement,)):
            for derived in (Balance, Flow):
                many = {each: _table(derived).c[each] * rounds for each in NUMBERS}
                connection.execute(update(_table(derived)).values(many))
            _empty(connection, Movement)
            _interleave(copying, _table(Movement), templates["movement"])
            for table in (*templates.values(), turned):
                table.drop(connection)
    _settle((*tables, Requirement, Onboarding))


def _settle(tables: tuple[type[Model], ...]) -> None:
    """Let PostgreSQL know the next ids and the sizes of tables."""
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for each in tables:
            name = _table(each).name
            highest = func.max(_table(each).c.id)
            connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), highest)))
        connection.execute(text("ANALYZE"))


@contextmanager
def _free_connection() -> Iterator[Connection]:
    """A connection on which foreign keys are not looked at."""
    off, on = (
        ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT")
        if db.engine.dialect.name == "postgresql"
        else ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON")
    )
    with db.engine.connect() as connection:
        _told(connection, off)
        yield connection
        _told(connection, on)


def _told(connection: Connection, *words: str) -> None:
    """Say something to the database that is no part of a transaction."""
    driver = connection.connection.cursor()
    for each in words:
        driver.execute(each)
    connection.connection.commit()


def _unlogged(connection: Connection) -> None:
    """Let SQLite write straight into its file, as the only connection there is.

    To find a page it would else look through all that a transaction has logged, which grows with the nation.
    """
    db.session.remove()
    db.engine.dispose()
    if connection.dialect.name == "sqlite":
        # Only who has read learns that another connection has begun to log.
        _told(connection, "SELECT count(*) FROM sqlite_master", "PRAGMA journal_mode=OFF")
        _told(connection, "PRAGMA synchronous=OFF", f"PRAGMA cache_size={-CACHE}")


@contextmanager
def _without_indexes(connection: Connection, tables: tuple[type[Model], ...]) -> Iterator[None]:
    """Drop the indexes of tables, and make them again at the end, which is quicker than to keep them."""
    indexes = [index for each in tables for index in _table(each).indexes]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _empty(connection: Connection, model: type[Model]) -> None:
    """Take all rows away, so that PostgreSQL begins a new file, of which it keeps no log."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"TRUNCATE {_table(model).name}"))
    else:
        connection.execute(delete(_table(model)))


def _table(model: type[Model]) -> Table:
    return cast("Table", model.__table__)


def _taken(connection: Connection, model: type[Model]) -> Table:
    """The rows of a table moved into a temporary one, movements in order of their acts."""
    table = _table(model)
    columns = [Column(each.name, each.type, primary_key=each.name == "id") for each in table.columns]
    taken = Table(f"template_{table.name}", MetaData(), *columns, prefixes=["TEMPORARY"])
    taken.create(connection)
    values: list[Expression] = list(table.columns)
    if model is Movement:
        order = (table.c.recorded, table.c.id)
        values[0] = func.row_number().over(order_by=order)
    connection.execute(insert(taken).from_select(list(table.columns.keys()), select(*values)))
    connection.execute(delete(table))
    return taken


def _turns(copying: Copying) -> Table:
    """Where each organisation’s teams stand in each copy: in another one that came on board that day."""
    turned = Table(
        "template_turn",
        MetaData(),
        Column("copy", Integer, primary_key=True),
        Column("organisation_id", String, primary_key=True),
        Column("into_organisation", String),
        Column("into_region", String),
        prefixes=["TEMPORARY"],
    )
    turned.create(copying.connection)
    rows = [
        {
            "copy": copy,
            "organisation_id": organisation_id(number),
            "into_organisation": organisation_id(number + WAVES * copy),
            "into_region": region_id(number + WAVES * copy),
        }
        for copy in range(copying.copies)
        for number in range(ORGANISATIONS)
    ]
    copying.connection.execute(insert(turned), rows)
    return turned


def _act_of(column: Expression, copies: int, copy: Expression) -> Expression:
    """The number of a copy’s act; the first act is the same for all."""
    return case((column <= 1, column), else_=(column - 2) * copies + copy + 2)


def _copy_facts(copying: Copying, table: Table, template: Table, turned: Table) -> None:
    for copy in range(copying.copies):
        shift = literal(copy, Integer)
        values: dict[str, Expression] = {each.name: each for each in template.columns}
        for key in values.keys() & {"act_id", "void_act_id"}:
            values[key] = _act_of(template.c[key], copying.copies, shift)
        values["id"] = template.c.id + copy * copying.rows[table.name]
        for key in values.keys() & KEYS.keys():
            values[key] = template.c[key] + copy * copying.rows[_table(KEYS[key]).name]
        query: Select[Any] = select(template)
        if "email" in values:
            number = func.cast(values["id"], String)
            values |= {"name": literal("Person ") + number, "email": number + literal("@example.org")}
        if table.name == "placement":
            values |= {"organisation_id": turned.c.into_organisation, "region_id": turned.c.into_region}
            query = query.join(
                turned,
                and_(turned.c.copy == copy, turned.c.organisation_id == template.c.organisation_id),
            )
        query = query.with_only_columns(*values.values(), maintain_column_froms=True).order_by(template.c.id)
        copying.connection.execute(insert(table).from_select(list(values), query))


def _interleave(copying: Copying, table: Table, template: Table, most: int | None = None) -> None:
    """All copies of the first row, or the first of these, then all of the second: so acts stay in order."""
    copies = select(template.c.id.label("row"), func.row_number().over(order_by=template.c.id).label("copy"))
    numbers = copies.where(template.c.id <= (most or copying.copies)).subquery()
    copy = numbers.c.copy - 1
    values: dict[str, Expression] = {each.name: each for each in template.columns}
    if table.name == "act":
        values["id"] = values["no"] = _act_of(template.c.id, copying.copies, copy)
    else:
        values["id"] = func.cast(template.c.id - 1, BigInteger) * copying.copies + copy + 1
        values["recorded"] = _act_of(template.c.recorded, copying.copies, copy)
        values["cell_id"] = template.c.cell_id + copy * copying.rows["cell"]
    step = max(1, AT_ONCE // copying.copies)
    for first in range(1, copying.rows[table.name] + 1, step):
        inside: Expression = template.c.id.between(first, first + step - 1)
        query = select(*values.values()).select_from(template.join(numbers, literal(value=True)))
        if table.name == "act":
            inside = and_(inside, (template.c.id > 1) | (copy == 0))
        query = query.where(inside).order_by(template.c.id, numbers.c.copy)
        copying.connection.execute(insert(table).from_select(list(values), query))


def _copy_cells(copying: Copying, template: Table, turned: Table) -> None:
    """Cells of teams for each copy, the sums that they are part of, and which is part of which."""
    cells, rollups = _table(CellRow), _table(Rollup)
    values: dict[str, Expression] = {each.name: each for each in template.columns}
    values |= {
        "id": template.c.id + turned.c.copy * copying.rows["cell"],
        "team_id": template.c.team_id + turned.c.copy * copying.rows["team"],
        "organisation_id": turned.c.into_organisation,
        "region_id": turned.c.into_region,
    }
    query = select(*values.values()).where(
        template.c.organisation_id == turned.c.organisation_id, template.c.shape == Shapes.TEAM
    )
    copying.connection.execute(insert(cells).from_select(list(values), query))
    place = (cells.c.region_id, cells.c.organisation_id, cells.c.role_profile_id, cells.c.pillar_id)
    atoms = copying.connection.execute(select(*place).distinct()).all()
    names = {
        name for region, body, role, pillar in atoms for name in sums_of(Cell(region, body, 0, role, pillar))
    }
    first = copying.rows["cell"] * copying.copies + 1
    rows = [
        {"id": number, **dict(zip(COLUMNS, name, strict=True))}
        for number, name in enumerate(sorted(names), first)
    ]
    copying.connection.execute(insert(cells), rows)
    sums = cells.alias("sums")
    for shape, same in _parts_of_sums(sums, cells).items():
        joined = select(cells.c.id, sums.c.id).join(sums, and_(sums.c.shape == shape, *same))
        joined = joined.where(cells.c.shape == (Shapes.TEAM if shape is Shapes.ATOM else Shapes.ATOM))
        copying.connection.execute(insert(rollups).from_select(["cell_id", "into_id"], joined))


def _parts_of_sums(sums: Any, cells: Table) -> dict[Shapes, list[Expression]]:  # noqa: ANN401 an alias of a table
    """What a cell has in common with each sum that it is part of."""
    same: Callable[[str], Expression] = lambda key: sums.c[key] == cells.c[key]  # noqa: E731
    region, organisation = same("region_id"), same("organisation_id")
    role, pillar = same("role_profile_id"), same("pillar_id")
    return {
        Shapes.ATOM: [region, organisation, role, pillar],
        Shapes.NATION: [],
        Shapes.REGION: [region],
        Shapes.ORGANISATION: [organisation],
        Shapes.ROLE: [role],
        Shapes.PILLAR: [pillar],
    }
