"""Two organisations with published roles, into which people are imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.administration.importing.writing import Outcome, import_people
from lms.content.framework import Pillar
from lms.core import clock
from lms.core.database import db
from lms.people.models import Act, Appointment, Closing, Grant, Person, Placement, Team
from tests.support import build
from tests.support.catalogue import module, publish, role
from tests.support.imports import file_of
from tests.support.learners import noon

TODAY = date(2026, 11, 30)
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
        with app.app_context():
            publish((), ROLES, (module("one"),), (Pillar(id="it", title="Technology"),))
            build.organisation("aldermoor")
            build.organisation("brackenshire")
        yield Importer(app)
