from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from lms import create_app
from lms.core import clock
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.learners import noon
from tests.support.service import TODAY, Service, gather


@pytest.fixture(scope="session")
def gathered_service(databases: Databases) -> Iterator[tuple[str, dict[str, int], int]]:
    """The address of the service’s database, written once in each worker, who asks, and a team."""
    address = databases.fresh()
    app = create_app(settings_for(address))
    ids, team = gather(app)
    let_go(app)
    yield address, ids, team
    databases.drop(address)


@pytest.fixture
def service(
    make_app: Callable[..., Flask], gathered_service: tuple[str, dict[str, int], int]
) -> Iterator[Service]:
    """A copy of the service, on its day."""
    address, ids, team = gathered_service
    with clock.at(noon(TODAY)):
        yield Service(make_app(address), ids, team)
