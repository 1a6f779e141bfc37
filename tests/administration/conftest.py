"""Two organisations with published roles, into which people are imported."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date

import pytest
from flask import Flask, has_app_context
from sqlalchemy import func, select

from lms.administration.importing.writing import Outcome, import_people
from lms.content.framework import Pillar
from lms.core import clock
from lms.core.database import db
from lms.people.acts import act
from lms.people.models import (
    Act,
    Appointment,
    Closing,
    Duty,
    Grant,
    Organisation,
    Person,
    Placement,
    Region,
    Scope,
    Team,
)
from tests.conftest import MakeApp
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import module, publish, role
from tests.support.databases import Databases, written
from tests.support.imports import address, file_of
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page

TODAY = date(2026, 11, 30)
FORCES = (("aldermoor", "east"), ("brackenshire", "east"), ("cranmoor", "west"))
ROLES = (role("buyer", {}), role("senior-buyer", {}))
TABLES = (Person, Team, Placement, Appointment, Closing, Grant, Act)


@dataclass
class Importer:
    """Imports rows, and counts what is in the tables."""

    app: Flask

    def run(self, *rows: dict[str, str], dry_run: bool = False, by: int | None = None) -> Outcome:
        """Import a file of these rows."""
        with self.app.app_context():
            return import_people(file_of(*rows), by=by, dry_run=dry_run)

    def refused(self, *rows: dict[str, str]) -> list[str]:
        """What an import of these rows is refused for; it must have written nothing."""
        before = self.counts()
        problems = self.run(*rows).problems
        assert problems
        assert self.counts() == before
        return [str(each) for each in problems]

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.app.app_context():
            return {
                table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) or 0
                for table in TABLES
            }


@pytest.fixture
def importer(app: Flask) -> Iterator[Importer]:
    """An installation with two organisations, two roles and a pillar, and nobody in it."""
    with clock.at(noon(TODAY)):
        yield Importer(app)


def _empty_forces(_app: Flask) -> None:
    publish((), ROLES, (module("one"),), (Pillar(id="it", title="Technology"),))
    build.organisation("aldermoor")
    build.organisation("brackenshire")


@dataclass
class Offices:
    """Two forces of one region and one of another, with administrators and people, by name."""

    app: Flask
    client: CheckedClient
    ids: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, team: str = "", since: date = build.START, until: date | None = None) -> int:
        """A learner, in a team if one is named."""
        with self._context():
            somebody = build.person(name, address(name))
            if team:
                build.appointed(
                    somebody, db.session.get_one(Team, self.teams[team]), "buyer", since, to_day=until
                )
            self.ids[name] = somebody.id
        return self.ids[name]

    def crowd(self, number: int, team: str) -> None:
        """So many people in a team, in one act."""
        with self.app.app_context(), act("import", None):
            for each in range(number):
                somebody = build.person(f"Person {each:03}")
                build.appointed(somebody, db.session.get_one(Team, self.teams[team]))

    def give(self, name: str, duty: Duty, over: str = "") -> None:
        """A grant over a team or an organisation by its name, a region by its id, or everything."""
        with self._context():
            found: Organisation | Region | Team | None = db.session.get(Organisation, over)
            found = found or db.session.get(Region, over) or db.session.get(Team, self.teams.get(over, 0))
            build.grant(self.person(name), duty, found)

    def _context(self) -> AbstractContextManager[object]:
        return nullcontext() if has_app_context() else self.app.app_context()

    def person(self, name: str) -> Person:
        """One of the people; inside an application context."""
        return db.session.get_one(Person, self.ids[name])

    def grants(self, name: str) -> list[Grant]:
        """A person's grants beyond the own record; inside an application context."""
        query = select(Grant).where(Grant.person_id == self.ids[name], Grant.scope != Scope.SELF)
        return list(db.session.scalars(query.order_by(Grant.id)))

    def enter(self, name: str) -> CheckedClient:
        """The client as one of the people."""
        sign_in(self.client, self.ids[name])
        return self.client

    def page(self, name: str, path: str = "", status: int = 200) -> Page:
        """A page of administration as one of the people."""
        return self.enter(name).page(f"/administration{path}", status)

    def about(self, name: str, rest: str = "") -> str:
        """The path of a person."""
        return f"/people/{self.ids[name]}{rest}"


@pytest.fixture
def offices(made_offices: tuple[str, Offices], app: Flask, client: CheckedClient) -> Iterator[Offices]:
    """Ada administers a force, Rae its region, Kit everything; Rowan, Bryn and Asha work in three forces."""
    of = made_offices[1]
    with clock.at(noon(TODAY)):
        yield Offices(app, client, dict(of.ids), dict(of.teams))


def _offices(app: Flask) -> Offices:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    made = Offices(app, client)
    publish((), ROLES, (module("one"),), (Pillar(id="it", title="Technology"),))
    forces = [build.organisation(key, region_id=region) for key, region in FORCES]
    with act("import", None):
        _people(made, forces)
    return made


@pytest.fixture(scope="session")
def made_forces(databases: Databases) -> Iterator[tuple[str, None]]:
    """Two organisations with nobody in them, written once in each worker: the address of their database."""
    with written(databases, _empty_forces, noon(TODAY)) as found:
        yield found


@pytest.fixture(scope="session")
def made_offices(databases: Databases) -> Iterator[tuple[str, Offices]]:
    """The offices, written once in each worker, with the address of their database."""
    with written(databases, _offices, noon(TODAY)) as found:
        yield found


@pytest.fixture
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    """An application on a copy of what the test asks for, else on an empty database."""
    for asked, made in (("importer", "made_forces"), ("offices", "made_offices")):
        if asked in request.fixturenames:
            return make_app(request.getfixturevalue(made)[0])
    return make_app()


def _people(made: Offices, forces: list[Organisation]) -> None:
    for of in forces:
        above = build.team(of, f"Commercial of {of.id}")
        made.teams[above.name] = above.id
        made.teams[f"Buying of {of.id}"] = build.team(of, f"Buying of {of.id}", above).id
    for name, team in (
        ("Ada Adminton", "Commercial of aldermoor"),
        ("Rae Regionson", "Commercial of brackenshire"),
        ("Kit Draftwood", ""),
        ("Rowan Sample", "Buying of aldermoor"),
        ("Bryn Mockford", "Buying of brackenshire"),
        ("Asha Testwood", "Buying of cranmoor"),
    ):
        made.add(name, team)
    made.give("Ada Adminton", Duty.ADMINISTRATOR, "aldermoor")
    made.give("Rae Regionson", Duty.ADMINISTRATOR, "east")
    made.give("Kit Draftwood", Duty.ADMINISTRATOR)
