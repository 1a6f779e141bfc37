"""A database from before assignments is brought forward: what was asked and written stays."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.core.database import db, writing
from lms.learning.models import Assignment, CpdEntry, Enrolment
from tests.support.databases import Databases
from tests.support.upgrades import at_schema, bring_forward

EARLIER = "0008"
ROWS = (
    "INSERT INTO person (id, name, email) VALUES (1, 'Rowan Sample', 'rowan.sample@example.org')",
    "INSERT INTO person (id, name, email) VALUES (2, 'Morgan Example', 'morgan.example@example.org')",
    "INSERT INTO module (id) VALUES ('standstill')",
    """INSERT INTO module_version (id, module_id, edition, hash, document, source, published_at)
    VALUES (1, 'standstill', 1, 'abc', '{}', 'text', '2026-10-01 09:00:00')""",
    "INSERT INTO act (id, no, at, kind, by_id) VALUES (1, 1, '2026-10-01 09:00:00', 'assignment', 2)",
    """INSERT INTO enrolment (id, person_id, module_id, by_id, due_day, reason, act_id)
    VALUES (1, 1, 'standstill', 2, '2026-12-18', 'We buy in January', 1),
    (2, 2, 'standstill', 2, NULL, NULL, 1)""",
    """INSERT INTO cpd_entry (id, person_id, module_id, version_id, reflection_id, words, written_at)
    VALUES (1, 1, 'standstill', 1, 'on-monday', 'The first firm.', '2026-10-01 09:00:00')""",
    """INSERT INTO cpd_entry (id, person_id, module_id, version_id, reflection_id, words, written_at,
    kind, minutes, kept_at) VALUES (2, 1, 'standstill', 1, 'on-monday', 'Kept.', '2026-10-01 09:00:00',
    'experience', 15, '2026-10-01 09:00:00')""",
)
TABLES = ("person", "module_version", "act", "enrolment", "cpd_entry")


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Flask]:
    """An application on a database at the earlier schema, brought forward."""
    with at_schema(databases, EARLIER, ROWS, TABLES) as app:
        bring_forward(app)
        yield app


def test_what_somebody_asked_of_another_is_an_assignment_and_what_one_chose_is_none(earlier: Flask) -> None:
    with earlier.app_context():
        asked, chosen = db.session.scalars(select(Enrolment).order_by(Enrolment.id))
        assert (asked.person_id, asked.module_id, asked.reason) == (1, "standstill", "We buy in January")
        assignment = db.session.scalars(select(Assignment)).one()
        assert (assignment.target, assignment.target_id, assignment.by_id) == ("module", "standstill", 2)
        assert (assignment.due_day, assignment.reason) == (asked.due_day, asked.reason)
        assert (asked.assignment_id, chosen.assignment_id) == (assignment.id, None)
        assert (asked.changed_act_id, asked.excused_act_id) == (None, None)


def test_what_was_written_stays_and_a_module_has_one_draft(earlier: Flask) -> None:
    with earlier.app_context():
        words = db.session.scalars(select(CpdEntry.words).order_by(CpdEntry.id)).all()
        assert words == ["The first firm.", "Kept."]
        draft = db.session.get_one(CpdEntry, 1)
        again = {key: getattr(draft, key) for key in ("person_id", "module_id", "version_id", "written_at")}
        db.session.rollback()
        with pytest.raises(IntegrityError), writing():
            db.session.add(CpdEntry(**again, reflection_id="on-monday", words="A second draft"))
