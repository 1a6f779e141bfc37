"""Databases of the tests: one is migrated in each worker, and every test gets a copy of its own."""

import itertools
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from flask import Flask
from sqlalchemy import Engine, create_engine, make_url, text

from lms import create_app
from lms.core import clock
from lms.core.database import db
from lms.core.migrations import bring_forward
from lms.core.settings import Settings
from tests.support.application import settings_for
from tests.support.memory import in_memory
from tests.support.pages import CheckedClient
from tests.support.sharing import share

Made = TypeVar("Made")


class Databases(ABC):
    """Where copies come from."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    @abstractmethod
    def fresh(self) -> str:
        """Make a copy of the migrated database and give its address."""

    @abstractmethod
    def empty(self) -> str:
        """Make a database without a table and give its address."""

    @abstractmethod
    def copy(self, address: str) -> str:
        """Make a copy of one that no connection uses and give its address."""

    @abstractmethod
    def drop(self, address: str) -> None:
        """Remove a copy that no connection uses."""

    @abstractmethod
    def close(self) -> None:
        """Remove what all copies came from."""


class SQLiteDatabases(Databases):
    """Copies of one file."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._template = folder / "template.db"
        migrate(settings_for(f"sqlite:///{self._template}"))

    def fresh(self) -> str:
        return self.copy(f"sqlite:///{self._template}")

    def empty(self) -> str:
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    def copy(self, address: str) -> str:
        copy = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(make_url(address).database or "", copy)
        return f"sqlite:///{copy}"

    def drop(self, address: str) -> None:
        name = make_url(address).database
        for each in self._folder.glob(f"{Path(name or '').name}*"):
            each.unlink()

    def close(self) -> None:
        self.drop(f"sqlite:///{self._template}")


class PostgreSQLDatabases(Databases):
    """Clones of one database: the server copies files where they are in memory, else it writes pages anew."""

    def __init__(self, server: str, worker: str) -> None:
        super().__init__()
        self._server = make_url(server).set(drivername="postgresql+psycopg")
        self._admin: Engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        self._prefix = f"test_{worker}"
        self._template = f"{self._prefix}_template"
        self._way = "FILE_COPY" if in_memory(str(self._server.query.get("host", ""))) else "WAL_LOG"
        self._run(f'DROP DATABASE IF EXISTS "{self._template}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{self._template}"')
        migrate(settings_for(self._address(self._template)))

    def fresh(self) -> str:
        return self.copy(self._address(self._template))

    def empty(self) -> str:
        return self.copy(self._address("template0"))

    def copy(self, address: str) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{make_url(address).database}" STRATEGY {self._way}')
        return self._address(name)

    def drop(self, address: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{make_url(address).database}" WITH (FORCE)')

    def close(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self._template}" WITH (FORCE)')
        self._admin.dispose()

    def _address(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def written(
    databases: Databases, write: Callable[[Flask], Made], moment: datetime
) -> Iterator[tuple[str, Made]]:
    """Write a database once, at a moment, for tests to copy: its address, and what `write` gave."""
    address = databases.fresh()
    app = create_app(settings_for(address))
    app.test_client_class = CheckedClient
    share(app)
    with clock.at(moment), app.app_context():
        made = write(app)
    let_go(app)
    yield address, made
    databases.drop(address)


def migrate(settings: Settings) -> None:
    """Bring an empty database to the present schema, and let it go."""
    app = create_app(settings)
    with app.app_context():
        bring_forward()
    share(app)
    let_go(app)


def let_go(app: Flask) -> None:
    """Close every connection of an application, so that its database can be copied or dropped."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
