"""An installation that has answers and no counts yet: an upgrade counts them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text

from lms import create_app
from lms.content import catalogue
from lms.content.questions import mark
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.comments import Comment
from lms.learning.counting import AnswerCount
from lms.learning.models import Answer, Attempt
from lms.learning.reading_counts import PartCount
from tests.support import build
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.samples import entry, publish_samples, right_response

EARLIER = "0005"


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Flask]:
    """An application on an empty database."""
    address = databases.empty()
    app = create_app(settings_for(address))
    yield app
    let_go(app)
    databases.drop(address)


def test_an_upgrade_counts_the_answers_that_are_there(earlier: Flask) -> None:
    app = earlier
    runner = app.test_cli_runner()
    assert runner.invoke(args=["db", "upgrade", EARLIER]).exit_code == 0
    with app.app_context():
        known = set(inspect(db.engine).get_table_names())
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    with app.app_context():
        build.anchors(roles=("buyer",))
        publish_samples()
        _attempt(build.person().id)
        _go_back_to(known)
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    assert runner.invoke(args=["db", "check"]).exit_code == 0
    with app.app_context():
        found = db.session.scalars(select(AnswerCount)).all()
        assert [(each.people, each.right, each.others_right, each.others) for each in found] == [
            (1, True, 2, 2)
        ] * 3
        for table in (PartCount, Comment):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0


def _go_back_to(known: set[str]) -> None:
    """Take away what later migrations made; publishing today needs it, and only adds to these tables."""
    with writing():
        for name in sorted(set(inspect(db.engine).get_table_names()) - known):
            db.session.execute(text(f"DROP TABLE IF EXISTS {name}"))
        db.session.execute(text("UPDATE alembic_version SET version_num = :earlier"), {"earlier": EARLIER})


def _attempt(person_id: int) -> None:
    """A finished attempt as it was kept before there were counts."""
    module = entry("standstill")
    questions = catalogue.module_version(module.version_id).document.questions
    with writing():
        db.session.add(
            Attempt(
                person_id=person_id,
                module_id=module.id,
                version_id=module.version_id,
                seed=1,
                questions=[each.id for each in questions],
                begun_at=clock.now(),
                finished_at=clock.now(),
                passed=True,
                answers=[
                    Answer(
                        position=position,
                        question_id=each.id,
                        response=right_response(each),
                        right=mark(each, right_response(each)),
                        at=clock.now(),
                    )
                    for position, each in enumerate(questions, 1)
                ],
            )
        )
