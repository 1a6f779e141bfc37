"""A learner before the sample courses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from lms.core import clock
from lms.people.models import Duty
from tests.support import build
from tests.support.application import sign_in
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page
from tests.support.samples import publish_samples

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


@pytest.fixture
def school(app: Flask, client: CheckedClient) -> Iterator[School]:
    with clock.at(noon(FIRST_DAY)):
        with app.app_context():
            publish_samples()
            team = build.team(build.organisation())
            manager = build.person("Morgan Example")
            build.grant(manager, Duty.MANAGER, team)
            buyer = build.person("Rowan Sample")
            build.appointed(buyer, team, "buyer", FIRST_DAY)
            made = School(app, client, buyer.id, manager.id)
        yield made
