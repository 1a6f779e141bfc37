"""Attempts that did not pass are erased after twelve months; what was passed stays."""

from datetime import timedelta

from sqlalchemy import func, select

from lms.core.database import db
from lms.core.dates import add_months
from lms.learning.models import Answer, Attempt, Completion
from lms.learning.retention import erase_old_attempts
from tests.learning.conftest import FIRST_DAY, School
from tests.support.samples import questions_of, take


def test_attempts_that_did_not_pass_are_erased_after_twelve_months(school: School) -> None:
    with school.on(FIRST_DAY):
        failed = take(school.buyer_id, "notices", wrong=9)
        questions = len(questions_of(db.session.get_one(Attempt, failed)))
        passed = take(school.buyer_id, "notices")
    year_on = add_months(FIRST_DAY, 12)
    with school.on(year_on):
        assert erase_old_attempts() == 0
    with school.on(year_on + timedelta(days=1)):
        assert erase_old_attempts() == 1
        assert db.session.scalars(select(Attempt.id)).all() == [passed]
        assert db.session.scalar(select(func.count()).select_from(Answer)) == questions
        assert db.session.scalar(select(func.count()).select_from(Completion)) == 1


def test_the_command_says_how_many_were_erased(school: School) -> None:
    answer = school.app.test_cli_runner().invoke(args=["attempts", "erase"])
    assert (answer.exit_code, answer.output) == (0, "Attempts erased: 0\n")
