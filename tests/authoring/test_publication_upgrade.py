"""A database from before the origins of publications is brought forward without losing a row."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text

from lms import create_app
from lms.authoring.publishing import publish_courses
from lms.authoring.rollback import roll_back
from lms.content.models import ModuleVersion, Publication
from lms.core.database import db
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.samples import SAMPLES

ROWS = (
    "INSERT INTO publication (id, at, document) VALUES (1, '2026-10-01 09:00:00', '{\"modules\": []}')",
    "INSERT INTO module (id) VALUES ('standstill')",
    """INSERT INTO module_version (id, module_id, edition, hash, document, source, published_at)
    VALUES (1, 'standstill', 1, 'abc', '{}', 'text', '2026-10-01 09:00:00')""",
)


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Flask]:
    """An application on a database at the released schema, with a publication in it."""
    address = databases.empty()
    app = create_app(settings_for(address))
    assert app.test_cli_runner().invoke(args=["db", "upgrade", "0003"]).exit_code == 0
    with app.app_context(), db.engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
        if connection.dialect.name == "postgresql":
            for table in ("publication", "module_version"):
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1)"))
    yield app
    let_go(app)
    databases.drop(address)


def test_an_upgrade_keeps_publications_and_versions_and_says_nothing_of_their_origin(earlier: Flask) -> None:
    assert earlier.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with earlier.app_context():
        kept = db.session.scalars(select(Publication)).one()
        assert (kept.id, kept.document, kept.fingerprint, kept.changes) == (1, {"modules": []}, None, None)
        version = db.session.scalars(select(ModuleVersion)).one()
        assert (version.source, version.commit, version.committed_at) == ("text", None, None)


def test_what_was_published_before_can_be_listed_and_gone_back_to(earlier: Flask) -> None:
    earlier.test_cli_runner().invoke(args=["db", "upgrade"])
    listed = earlier.test_cli_runner().invoke(args=["courses", "publications"])
    assert listed.output == "    1  01.10.2026 10:00\n"
    with earlier.app_context():
        publish_courses(SAMPLES, by=None)
        assert roll_back(None, by=None).restores == 1
