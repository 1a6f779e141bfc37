"""The story of a small office, written once in each worker; a test gets a copy of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lms import create_app
from tests.conftest import MakeApp
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.ledgers import Office
from tests.support.sharing import share


@pytest.fixture(scope="session")
def _written(databases: Databases) -> Iterator[str]:
    address = databases.fresh()
    app = create_app(settings_for(address))
    share(app)
    with app.app_context():
        Office().story()
    let_go(app)
    yield address
    databases.drop(address)


@pytest.fixture
def told(make_app: MakeApp, _written: str) -> Flask:
    """An application on the story of an office, folded up to its end but for the last act."""
    return make_app(_written)
