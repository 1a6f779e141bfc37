"""A learner before the sample courses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from lms import create_app
from lms.core import clock
from lms.people.models import Duty
from tests.support import build
from tests.support.application import settings_for, sign_in
from tests.support.databases import Databases, let_go
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page
from tests.support.samples import publish_samples
from tests.support.sharing import share

MakeApp = Callable[..., Flask]
FIRST_DAY = date(2026, 11, 30)


@dataclass
class School:
    """Two sample modules, a buyer whose role asks for what they show, and the buyer's manager."""

    app: Flask
    client: CheckedClient
    buyer_id: int
    manager_id: int

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """Be at noon of a day, with the application at hand for services."""
        with clock.at(noon(day)), self.app.app_context():
            yield

    def page(self, address: str, status: int = 200, *, of: int | None = None, fragment: bool = True) -> Page:
        """Open a page as the buyer."""
        sign_in(self.client, of or self.buyer_id)
        return self.client.page(address, status, fragment=fragment)


@pytest.fixture(scope="session")
def schooled(databases: Databases) -> Iterator[tuple[str, int, int]]:
    """The school, written once in each worker: the address of its database, its buyer and its manager."""
    address = databases.fresh()
    app = create_app(settings_for(address))
    share(app)
    with clock.at(noon(FIRST_DAY)), app.app_context():
        publish_samples()
        team = build.team(build.organisation())
        manager = build.person("Morgan Example")
        build.grant(manager, Duty.MANAGER, team)
        buyer = build.person("Rowan Sample")
        build.appointed(buyer, team, "buyer", FIRST_DAY)
        people = buyer.id, manager.id
    let_go(app)
    yield address, *people
    databases.drop(address)


@pytest.fixture
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    """An application on a school of its own where the test asks for one, else on an empty database."""
    if "school" in request.fixturenames:
        return make_app(request.getfixturevalue("schooled")[0])
    return make_app()


@pytest.fixture
def school(schooled: tuple[str, int, int], app: Flask, client: CheckedClient) -> Iterator[School]:
    with clock.at(noon(FIRST_DAY)):
        yield School(app, client, *schooled[1:])
