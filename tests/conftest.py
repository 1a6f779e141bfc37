"""What every test can ask for, and what none may do: reach the network, or share a database."""

import gc
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from lms import create_app
from lms.core.settings import PREFIX
from tests.support.application import settings_for
from tests.support.browser import Visitor, served, started_browser
from tests.support.cast import Cast, gather
from tests.support.databases import Databases, PostgreSQLDatabases, SQLiteDatabases, let_go
from tests.support.memory import passing_folder
from tests.support.pages import CheckedClient
from tests.support.postgres import running_server
from tests.support.sharing import SharedRule, share

ENGINE = "TEST_ENGINE"
SERVER = "TEST_DATABASE_URL"
OBJECTS_BETWEEN_SEARCHES = 20_000
MakeApp = Callable[..., Flask]
server_key = pytest.StashKey[Any]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgresql"), default=os.environ.get(ENGINE, "sqlite"))
    parser.addoption(
        "--pages",
        choices=("checked", "opened"),
        default="checked",
        help="opened: leave out what every page must be as HTML, which another run has asked",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Settings of a developer's own installation must not reach the tests.
    for name in [each for each in os.environ if each.startswith(PREFIX)]:
        del os.environ[name]
    Flask.url_rule_class = SharedRule
    CheckedClient.checking = config.getoption("--pages") == "checked"
    # Looking for garbage after each 700 objects took an eighth of a run.
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES, 20, 20)
    is_worker = hasattr(config, "workerinput")
    if config.getoption("--engine") == "postgresql" and not is_worker and not os.environ.get(SERVER):
        server = running_server(many=True)
        os.environ[SERVER] = server.__enter__()
        config.stash[server_key] = server


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(server_key, None)
    if server is not None:
        server.__exit__(None, None, None)
        os.environ.pop(SERVER, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[config.getoption("--engine")]
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]
    for item in items:
        if "databases" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish() -> None:
    # What stays until the end need not be searched each time.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Undo what pytest-flask does: a context held round a test leaks who is logged in between clients."""


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:  # noqa: ANN401 each family has a form of its own
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(str(address[0])):
            message = f"a test may not connect to {address[0]}"
            raise PermissionError(message)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Copies of a migrated database, on the engine of this run."""
    if request.config.getoption("--engine") == "postgresql":
        made = PostgreSQLDatabases(os.environ[SERVER], os.environ.get("PYTEST_XDIST_WORKER", "main"))
        yield made
        made.close()
    else:
        with passing_folder("sqlite-") as folder:
            yield SQLiteDatabases(folder)


@pytest.fixture
def make_app(databases: Databases) -> Iterator[MakeApp]:
    """Make an application on a new database, or on a copy of one; its arguments are settings.

    `make_app(demonstration=True)`
    """
    made: list[tuple[Flask, str]] = []

    def make(copy_of: str = "", **settings: Any) -> Flask:  # noqa: ANN401 any setting's value
        address = databases.copy(copy_of) if copy_of else databases.fresh()
        app = create_app(settings_for(address, **settings))
        app.testing = True
        app.test_client_class = CheckedClient
        share(app)
        made.append((app, address))
        return app

    yield make
    for app, address in made:
        let_go(app)
        databases.drop(address)


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """An application on a migrated database of its own that holds nothing."""
    return make_app()


@pytest.fixture(scope="session")
def gathered(databases: Databases) -> Iterator[tuple[str, Cast]]:
    """The small nation, written once in each worker: the address of its database, and who is in it."""
    address = databases.fresh()
    app = create_app(settings_for(address))
    share(app)
    cast = gather(app)
    let_go(app)
    yield address, cast
    databases.drop(address)


@pytest.fixture
def cast(gathered: tuple[str, Cast]) -> Cast:
    """Who is in the small nation."""
    return gathered[1]


@pytest.fixture
def nation(make_app: MakeApp, gathered: tuple[str, Cast]) -> Flask:
    """An application on a small nation of its own."""
    return make_app(gathered[0])


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A visitor whose every page is checked."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once in each worker."""
    with started_browser() as browser:
        yield browser


@pytest.fixture
def visitor(chromium: Browser, app: Flask) -> Iterator[Visitor]:
    """A real browser before the served application; fails when a page complained in its console."""
    with served(app) as address:
        visiting = Visitor(chromium, app, address)
        yield visiting
        for context in chromium.contexts:
            context.close()
    assert visiting.complaints == []


@pytest.fixture
def page_at(visitor: Visitor) -> Callable[..., Any]:
    """Open a page at a width: `page_at(390, "/record", person_id=…)`."""
    return visitor.page_at


@pytest.fixture
def repository() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parents[1]
