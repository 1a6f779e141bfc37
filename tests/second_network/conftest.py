"""The second network with its people, written once in each worker."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lms import create_app
from tests.conftest import MakeApp
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.pages import CheckedClient
from tests.support.second_network import COURSES, LEARNER, id_of, set_up


@pytest.fixture(scope="session")
def forensic(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database that holds the network and its people, written once in each worker."""
    address = databases.fresh()
    app = create_app(settings_for(address, courses=COURSES))
    app.test_client_class = CheckedClient
    set_up(app, tmp_path_factory.mktemp("people"))
    let_go(app)
    yield address
    databases.drop(address)


@pytest.fixture
def app(make_app: MakeApp, forensic: str) -> Flask:
    """The service of the network, on a copy of its database."""
    return make_app(forensic, courses=COURSES)


@pytest.fixture
def learner_id(app: Flask) -> int:
    """Who learns in it."""
    return id_of(app, LEARNER)
