"""Builders of facts for tests: one function a fact, through the services that real use calls."""

from collections.abc import Mapping
from datetime import date
from itertools import count

from sqlalchemy import select

from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis, Evidence, Requirement
from lms.content.models import CompetencyRow, PillarRow, RoleProfileRow
from lms.core.database import db, writing
from lms.people import appointments, grants
from lms.people.accounts import ensure_account
from lms.people.acts import act
from lms.people.grants import NATION, SELF, Reach
from lms.people.models import (
    Appointment,
    Duty,
    Grant,
    Organisation,
    OrganisationKind,
    Person,
    Region,
    Scope,
    Team,
)

START = date(2024, 1, 1)
numbers = count(1)
codes = count(1)


def region(region_id: str = "east", name: str = "East Midlands") -> Region:
    """A region."""
    with writing():
        kept = db.session.get(Region, region_id) or Region(id=region_id, name=name, position=next(numbers))
        db.session.add(kept)
    return kept


def _free_code() -> str:
    """A code that no organisation of this database has: it may be a copy of one that was written long ago."""
    taken = set(db.session.scalars(select(Organisation.code)))
    return next(code for code in (f"{each % 1_000:03}" for each in codes) if code not in taken)


def organisation(
    organisation_id: str = "aldermoor",
    *,
    region_id: str = "east",
    kind: OrganisationKind = OrganisationKind.FORCE,
    on_board: date | None = START,
) -> Organisation:
    """An organisation in a region, on board from a day."""
    region(region_id)
    with writing():
        kept = Organisation(
            id=organisation_id,
            name=f"{organisation_id.title()} Police",
            code=_free_code(),
            kind=kind,
            region_id=region_id,
            tile_column=next(numbers) % 7,
            tile_row=next(numbers) % 9,
        )
        db.session.add(kept)
    if on_board is not None:
        appointments.onboard(organisation_id, on_board, by=None)
    return kept


def team(of: Organisation, name: str = "Commercial team", parent: Team | None = None) -> Team:
    """A team in an organisation."""
    return appointments.add_team(name, of, START, parent=parent, by=None)


def anchors(
    *, competencies: tuple[str, ...] = (), roles: tuple[str, ...] = (), pillars: tuple[str, ...] = ()
) -> None:
    """The rows that facts point to, for tests that publish no framework."""
    with writing():
        for kind, keys in ((CompetencyRow, competencies), (RoleProfileRow, roles), (PillarRow, pillars)):
            db.session.add_all(kind(id=key) for key in keys if db.session.get(kind, key) is None)


def asked(role: str, levels: Mapping[str, int], day: date = START) -> None:
    """What a role asks, from a day; with the anchors it needs."""
    anchors(competencies=tuple(levels), roles=(role,))
    with act("requirements", None, everybody=True, roles=[role]):
        db.session.add_all(
            Requirement(role_profile_id=role, competency_id=competency, level=level, from_day=day)
            for competency, level in levels.items()
        )


def person(name: str = "Rowan Sample", email: str | None = None, *, learner: bool = True) -> Person:
    """A person with an account, and the learner's duty unless told otherwise."""
    address = email or f"{name.lower().replace(' ', '.')}.{next(numbers)}@example.org"
    with act("person", None):
        kept = appointments.add_person(name, address)
        ensure_account(kept.id)
    if learner:
        grant(kept, Duty.LEARNER)
    return kept


def appointed(
    somebody: Person,
    team_: Team,
    role: str = "buyer",
    from_day: date = START,
    *,
    to_day: date | None = None,
    pillar: str | None = None,
) -> Appointment:
    """A person's appointment."""
    return appointments.appoint(
        somebody.id, team_.id, role, from_day, by=None, pillar_id=pillar, to_day=to_day
    )


def grant(somebody: Person, duty: Duty, over: Team | Organisation | Region | None = None) -> Grant:
    """A duty over a team's tree, an organisation, a region, or, for leads of the nation, everything."""
    match over:
        case Team():
            reach = Reach(Scope.TEAM, team_id=over.id)
        case Organisation():
            reach = Reach(Scope.ORGANISATION, organisation_id=over.id)
        case Region():
            reach = Reach(Scope.REGION, region_id=over.id)
        case None:
            reach = SELF if duty is Duty.LEARNER else NATION
    return grants.give_grant(somebody.id, duty, reach, from_day=START, by=None, reason="the work asks for it")


def evidence(
    somebody: Person,
    competency: str,
    level: int,
    from_day: date = START,
    *,
    until: date | None = None,
    basis: Basis = Basis.IMPORT,
    by: Person | None = None,
) -> Evidence:
    """Evidence that a person has shown a level."""
    return record_evidence(
        somebody.id,
        competency,
        level,
        basis,
        from_day=from_day,
        until_day=until,
        words=f"Seen at level {level}",
        by=by.id if by else None,
    )
