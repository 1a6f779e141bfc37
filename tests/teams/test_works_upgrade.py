"""A database from before teams had works of their own is brought forward: what was there stays."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from lms.competencies.models import Assessment, TeamWork
from lms.core.database import db, writing
from lms.learning.models import Assignment
from tests.support.databases import Databases
from tests.support.upgrades import at_schema, bring_forward

EARLIER = "0009"
ROWS = (
    "INSERT INTO person (id, name, email) VALUES (1, 'Rowan Sample', 'rowan.sample@example.org')",
    "INSERT INTO person (id, name, email) VALUES (2, 'Morgan Example', 'morgan.example@example.org')",
    "INSERT INTO team (id, name) VALUES (1, 'Commercial team')",
    "INSERT INTO competency (id) VALUES ('law')",
    "INSERT INTO act (id, no, at, kind, by_id) VALUES (1, 1, '2026-11-29 09:00:00', 'assignment', 2)",
    """INSERT INTO assignment (id, target, target_id, team_id, reason, by_id, act_id)
    VALUES (1, 'level', 'law/2', 1, 'We buy in January', 2, 1)""",
    """INSERT INTO assessment (id, person_id, competency_id, level, kind, words, months, by_id, act_id)
    VALUES (1, 1, 'law', 2, 'seen', 'Seen in the work', 36, 2, 1)""",
)
TABLES = ("person", "team", "act", "assignment", "assessment")


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Flask]:
    """An application on a database at the earlier schema, brought forward."""
    with at_schema(databases, EARLIER, ROWS, TABLES) as app:
        bring_forward(app)
        yield app


def test_what_was_assessed_and_assigned_stays_and_teams_have_no_works_yet(earlier: Flask) -> None:
    with earlier.app_context():
        assert db.session.scalars(select(TeamWork)).all() == []
        assessment = db.session.scalars(select(Assessment)).one()
        assert (assessment.words, assessment.level, assessment.by_id) == ("Seen in the work", 2, 2)
        assignment = db.session.scalars(select(Assignment)).one()
        assert (assignment.target_id, assignment.team_id) == ("law/2", 1)


def test_a_work_can_be_kept_with_what_it_needs(earlier: Flask) -> None:
    with earlier.app_context():
        with writing():
            db.session.add(TeamWork(team_id=1, title="Vehicles", needs={"law": 2}, act_id=1))
        kept = db.session.scalars(select(TeamWork)).one()
        assert (kept.needs, kept.ended_act_id) == ({"law": 2}, None)
