"""A manager with two teams, for tests of the manager’s pages."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

from flask import Flask, has_app_context

from lms.core.database import db
from lms.people.acts import act
from lms.people.models import Duty, Organisation, Person, Team
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.pages import CheckedClient, Page

TODAY = date(2026, 11, 30)
ASKED = {
    "buyer": {"law": 2, "risk": 1, "tendering": 2, "cost": 2, "fraud": 2},
    "senior-buyer": {"law": 3, "risk": 2, "tendering": 3, "cost": 2, "fraud": 2},
    "contract-manager": {"law": 1, "risk": 3},
}


@dataclass
class World:
    """A manager over a force's commercial team, which has a sourcing team below; nobody is in it yet."""

    app: Flask
    client: CheckedClient
    manager_id: int
    team_id: int
    below_id: int
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def team(self) -> Team:
        return db.session.get_one(Team, self.team_id)

    @property
    def below(self) -> Team:
        return db.session.get_one(Team, self.below_id)

    @property
    def manager(self) -> Person:
        return self.person(self.manager_id)

    def person(self, person_id: int) -> Person:
        return db.session.get_one(Person, person_id)

    def joins(
        self,
        name: str,
        levels: dict[str, int] | None = None,
        *,
        role_profile: str = "buyer",
        team: int | None = None,
        since: date = build.START,
        until: date | None = None,
    ) -> int:
        """Appoint a new person, who has shown these levels, in the manager's team unless told otherwise."""
        with nullcontext() if has_app_context() else self.app.app_context():
            somebody = build.person(name)
            build.appointed(somebody, db.session.get_one(Team, team or self.team_id), role_profile, since)
            for key, level in (levels or {}).items():
                build.evidence(somebody, key, level, until=until)
            self.ids[name] = somebody.id
            return somebody.id

    def crowd(self, number: int, levels: dict[str, int] | None = None) -> None:
        """Appoint so many people at once, named “Person 00” and on, in one act."""
        with self.app.app_context(), act("import", None):
            for name in (f"Person {each:02}" for each in range(number)):
                self.joins(name, levels)

    def open(
        self, address: str = "/team", status: int = 200, *, by: int | None = None, fragment: bool = True
    ) -> Page:
        """Open a page as the manager, or as somebody else."""
        sign_in(self.client, by or self.manager_id)
        return self.client.page(address, status, fragment=fragment)


def world_of(app: Flask) -> World:
    """Make the world; inside the context of its application."""
    publish(
        tuple(competency(key) for key in ASKED["buyer"]),
        tuple(role(key, levels) for key, levels in ASKED.items()),
        (module("standstill"),),
    )
    force = build.organisation()
    team = build.team(force)
    below = build.team(force, "Sourcing team", team)
    manager = build.person("Morgan Example")
    build.appointed(manager, team, "senior-buyer")
    build.grant(manager, Duty.MANAGER, team)
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return World(app, client, manager.id, team.id, below.id)


def another_force(name: str = "thornmere") -> Organisation:
    """Make a force in another region."""
    return build.organisation(name, region_id="north")
