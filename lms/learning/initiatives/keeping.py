"""Initiatives are begun, changed and ended by leads, and never deleted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.competencies.sheets import Atom
from lms.competencies.suppression import Group
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.initiatives.models import Initiative
from lms.learning.readiness import Asked, Needs
from lms.people.access import Subject, allowed
from lms.people.acts import act
from lms.people.identity import Identity, load
from lms.people.models import Act, Organisation, Person, Region
from lms.people.subjects import organisation_subject


class Fault(StrEnum):
    """Why nothing is written."""

    NOT_ALLOWED = "not-allowed"
    ENDED = "ended"
    """Somebody has ended or changed it meanwhile."""
    UNKNOWN = "unknown"
    """It asks for nothing, or for what is not published, or of a place that is none."""
    PAST = "past"


class InitiativeError(ValueError):
    """Nothing is written, for the reason `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a lead writes: a name, why, what is asked, and the day of going live.

    The scope is the nation, a region or an organisation, and never a role or a pillar: of these small
    groups could be told from two initiatives that ask for the same, unless most rows of both were hidden.
    """

    name: str
    why: str
    needs: Needs
    scope: Group
    go_live: date

    @property
    def asked(self) -> Asked:
        """What is asked of everybody: the scope only chooses which figures are looked at."""
        return Asked(of_others=self.needs)

    def holds(self, atom: Atom) -> bool:
        """Whether the people of an atom are in scope."""
        return self.scope.region in {None, atom.region} and self.scope.organisation in {
            None,
            atom.organisation,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """An initiative, who wrote it and who ended it; `replaced_by` is the number of what it was changed to."""

    id: int
    wanted: Wanted
    by_id: int | None
    by_name: str | None
    at: datetime
    ended_by: str | None
    ended_at: datetime | None
    replaced_by: int | None

    @property
    def days_left(self) -> int:
        """How many days there are until it goes live; below 0 once it has."""
        return (self.wanted.go_live - clock.today()).days


def subject_of(scope: Group) -> Subject:
    """The place of a scope as permission is asked about it. Raises InitiativeError when it is none."""
    if scope.organisation is not None:
        organisation = db.session.get(Organisation, scope.organisation)
        if organisation is None:
            raise InitiativeError(Fault.UNKNOWN)
        return organisation_subject(organisation)
    if scope.region is None:
        return Subject()
    if db.session.get(Region, scope.region) is None:
        raise InitiativeError(Fault.UNKNOWN)
    return Subject(regions=frozenset({scope.region}))


def may_keep(identity: Identity | None, scope: Group) -> bool:
    """Whether somebody leads the whole of a scope, and so may begin, change and end what is asked of it."""
    return allowed(identity, "reports.organisation", subject_of(scope))


def begin(wanted: Wanted, *, by: int) -> int:
    """Begin an initiative; gives its number. Raises InitiativeError."""
    return _begin(wanted, by=by)


def change(number: int, wanted: Wanted, *, by: int) -> int:
    """End an initiative and begin another in its place; gives the number of that. Raises InitiativeError."""
    with act("initiative", by, people=[by]):
        end(number, by=by)
        return _begin(wanted, by=by, replaces=number)


def end(number: int, *, by: int) -> None:
    """End an initiative: from now on nobody is asked. Raises InitiativeError."""
    with act("initiative-end", by, people=[by]) as current:
        row = db.session.get_one(Initiative, number, populate_existing=True, with_for_update=True)
        _demand(by, Group(row.region_id, row.organisation_id))
        if row.ended_act_id is not None:
            raise InitiativeError(Fault.ENDED)
        row.ended_act_id = current.id
        db.session.flush()


def entries(number: int | None = None) -> list[Entry]:
    """All initiatives, or the one with this number, those that go live first first; one statement."""
    begun, ended, next_one = aliased(Act), aliased(Act), aliased(Initiative)
    author, ender = aliased(Person), aliased(Person)
    query = (
        select(Initiative, begun.by_id, author.name, begun.at, ender.name, ended.at, next_one.id)
        .join(begun, begun.id == Initiative.act_id)
        .outerjoin(author, author.id == begun.by_id)
        .outerjoin(ended, ended.id == Initiative.ended_act_id)
        .outerjoin(ender, ender.id == ended.by_id)
        .outerjoin(next_one, next_one.replaces_id == Initiative.id)
        .order_by(Initiative.go_live, Initiative.id)
        .execution_options(populate_existing=True)
    )
    if number is not None:
        query = query.where(Initiative.id == number)
    return [
        Entry(row.id, _wanted(row), by_id, by_name, at, ended_by, ended_at, replaced_by)
        for row, by_id, by_name, at, ended_by, ended_at, replaced_by in db.session.execute(query)
    ]


def open_entries() -> list[Entry]:
    """Those that nobody has ended."""
    return [each for each in entries() if each.ended_at is None]


def unknown(needs: Needs, published: Catalogue) -> tuple[list[str], list[tuple[str, int]]]:
    """The modules and the levels of these that are published no more."""
    levels = {each.id: each.levels for each in published.framework.competencies}
    modules = [key for key in sorted(needs.modules) if published.module(published.resolve(key)) is None]
    return modules, [(key, level) for key, level in sorted(needs.levels) if level not in levels.get(key, {})]


def needs_assessment(needs: Needs, published: Catalogue) -> list[tuple[str, int]]:
    """The levels that passing modules does not show."""
    return [pair for pair in sorted(needs.levels) if not published.closing(*pair)]


def _begin(wanted: Wanted, *, by: int, replaces: int | None = None) -> int:
    with act("initiative", by, people=[by]) as current:
        _demand(by, wanted.scope)
        _demand_sound(wanted)
        row = Initiative(
            name=wanted.name,
            why=wanted.why,
            modules=sorted(wanted.needs.modules),
            levels=dict(sorted(wanted.needs.levels)),
            region_id=wanted.scope.region,
            organisation_id=wanted.scope.organisation,
            go_live=wanted.go_live,
            replaces_id=replaces,
            act_id=current.id,
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def _demand(by: int, scope: Group) -> None:
    """Raise InitiativeError unless somebody leads the whole of a scope now."""
    if not may_keep(load(by, clock.today()), scope):
        raise InitiativeError(Fault.NOT_ALLOWED)


def _demand_sound(wanted: Wanted) -> None:
    published = catalogue.current()
    if not any(wanted.needs) or any(unknown(wanted.needs, published)):
        raise InitiativeError(Fault.UNKNOWN)
    if wanted.go_live <= clock.today():
        raise InitiativeError(Fault.PAST)


def _wanted(row: Initiative) -> Wanted:
    needs = Needs(frozenset(row.modules), frozenset(row.levels.items()))
    return Wanted(row.name, row.why, needs, Group(row.region_id, row.organisation_id), row.go_live)
