"""A database from before cases and reflections is brought forward, and its check goes on."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.core.database import db
from lms.learning import attempts, reflections
from lms.learning.models import Attempt, CpdEntry
from tests.support.databases import Databases
from tests.support.samples import entry, publish_samples
from tests.support.upgrades import at_schema, bring_forward

EARLIER = "0004"
ROWS = (
    "INSERT INTO person (id, name, email) VALUES (1, 'Rowan Sample', 'rowan.sample@example.org')",
    "INSERT INTO module (id) VALUES ('standstill')",
    """INSERT INTO module_version (id, module_id, edition, hash, document, source, published_at)
    VALUES (1, 'standstill', 1, 'abc', '{}', 'text', '2026-10-01 09:00:00')""",
    """INSERT INTO attempt (id, person_id, module_id, version_id, seed, questions, begun_at)
    VALUES (1, 1, 'standstill', 1, 7, '["how-long"]', '2026-10-01 09:00:00')""",
)


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Flask]:
    """An application on a database at the earlier schema, with a check under way."""
    with at_schema(databases, EARLIER, ROWS, ("person", "module_version", "attempt")) as app:
        yield app


def test_an_upgrade_keeps_a_check_that_is_under_way(earlier: Flask) -> None:
    bring_forward(earlier)
    with earlier.app_context():
        kept = db.session.scalars(select(Attempt)).one()
        assert (kept.seed, kept.questions, kept.decided) == (7, ["how-long"], None)
        assert attempts.next_position(kept) == 1
        assert db.session.scalar(select(func.count(CpdEntry.id))) == 0


def test_what_is_written_after_an_upgrade_is_kept(earlier: Flask) -> None:
    earlier.test_cli_runner().invoke(args=["db", "upgrade"])
    with earlier.app_context():
        publish_samples()
        reflections.save(1, entry("standstill"), "on-monday", "The first firm.")
        reflections.save(1, entry("standstill"), "on-monday", "The second firm.")
        written = reflections.written_in(1, entry("standstill"))
        assert [each.words for each in written.values()] == ["The second firm."]
