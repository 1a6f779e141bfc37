"""An installation that has answers and no counts yet: an upgrade counts them."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from lms import create_app
from lms.content.checking import check
from lms.content.documents import ModuleDocument, to_json
from lms.core.database import db
from lms.learning.comments import Comment
from lms.learning.counting import AnswerCount
from lms.learning.reading_counts import PartCount
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.samples import SAMPLES, right_response

EARLIER = "0005"
ROWS = (
    "INSERT INTO person (id, name, email) VALUES (1, 'Rowan Sample', 'rowan.sample@example.org')",
    "INSERT INTO module (id) VALUES ('standstill')",
    """INSERT INTO module_version (id, module_id, edition, hash, document, source, published_at)
    VALUES (1, 'standstill', 1, 'abc', :document, 'text', '2026-10-01 09:00:00')""",
    """INSERT INTO attempt
    (id, person_id, module_id, version_id, seed, questions, begun_at, finished_at, passed)
    VALUES (1, 1, 'standstill', 1, 7, '[]', '2026-10-01 09:00:00', '2026-10-02 09:00:00', true)""",
)
ANSWER = """INSERT INTO answer (id, attempt_id, position, question_id, response, "right", at)
    VALUES (:position, 1, :position, :question, :response, true, '2026-10-02 09:00:00')"""


def document() -> ModuleDocument:
    """A sample as it would be kept."""
    found = (each.document for each in check(SAMPLES).passed_modules())
    return next(each for each in found if each and each.id == "standstill")


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Flask]:
    """An application on a database at the earlier schema, with a check that was passed."""
    address = databases.empty()
    app = create_app(settings_for(address))
    assert app.test_cli_runner().invoke(args=["db", "upgrade", EARLIER]).exit_code == 0
    kept = document()
    with app.app_context(), db.engine.begin() as connection:
        for row in ROWS:
            values = {"document": json.dumps(to_json(kept))} if ":document" in row else {}
            connection.execute(text(row), values)
        for position, question in enumerate(kept.questions, 1):
            response = json.dumps(right_response(question))
            connection.execute(
                text(ANSWER), {"position": position, "question": question.id, "response": response}
            )
    yield app
    let_go(app)
    databases.drop(address)


def test_an_upgrade_counts_the_answers_that_are_there(earlier: Flask) -> None:
    runner = earlier.test_cli_runner()
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    assert runner.invoke(args=["db", "check"]).exit_code == 0
    with earlier.app_context():
        found = db.session.scalars(select(AnswerCount).order_by(AnswerCount.question_id)).all()
        assert [each.question_id for each in found] == ["how-long", "when-begins", "who-waits"]
        assert {(each.people, each.right, each.picked, each.others_right, each.others) for each in found} == {
            (1, True, "0", 2, 2)
        }
        for table in (PartCount, Comment):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0
