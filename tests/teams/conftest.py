from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from lms.core import clock
from tests.conftest import MakeApp
from tests.support.databases import Databases, written
from tests.support.learners import noon
from tests.support.managers import TODAY, World, world_of
from tests.support.pages import CheckedClient


@pytest.fixture(scope="session")
def made_world(databases: Databases) -> Iterator[tuple[str, World]]:
    """The world, written once in each worker, with the address of its database."""
    with written(databases, world_of, noon(TODAY)) as found:
        yield found


@pytest.fixture
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    """An application on a world of its own where the test asks for one, else on an empty database."""
    if "world" in request.fixturenames:
        return make_app(request.getfixturevalue("made_world")[0])
    return make_app()


@pytest.fixture
def world(made_world: tuple[str, World], app: Flask, client: CheckedClient) -> Iterator[World]:
    with clock.at(noon(TODAY)):
        yield replace(made_world[1], app=app, client=client, ids={})
