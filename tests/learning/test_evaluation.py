"""What a course's page says of everybody: four levels with denominators, and no small number."""

import pytest

from lms.core.database import db
from lms.learning.evaluation import NOBODY, Numbers, Step, showable, shown
from lms.people.models import Person, Team
from tests.learning.conftest import FIRST_DAY, School
from tests.support import build
from tests.support.learners import opened, passed
from tests.support.statements import statements

COURSE = "/courses/first-steps/"


def numbers(**steps: int) -> Numbers:
    return {**NOBODY, **{Step[key.upper()]: number for key, number in steps.items()}}


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        (numbers(began=20, tried=14, first=7, passed=13, answered=7, will_use=0, assessed=8, applied=5), ""),
        (numbers(began=20, tried=10, passed=10, applied=4), "applied"),
        (numbers(began=20, tried=10, passed=10, applied=8), "applied"),
        (numbers(began=20, tried=10, passed=10, answered=3, will_use=0), "answered will-use"),
        (numbers(began=20, tried=10, passed=10, answered=10, will_use=10), ""),
        (numbers(began=12, tried=6, passed=10), "began"),
        (numbers(began=12, tried=10, passed=6), "began"),
        (numbers(began=4), "began"),
    ],
)
def test_what_is_hidden_of_one_row(row: Numbers, hidden: str) -> None:
    assert set(Step) - showable(row, 5) == {Step(each) for each in hidden.split()}


def test_what_is_hidden_holds_no_number() -> None:
    row = numbers(began=20, tried=10, passed=10, applied=4)
    found = shown(row, showable(row, 5))
    assert found[Step.APPLIED] is None
    assert found.parent(Step.APPLIED) == 10
    assert found.hidden == 1


def crowd(school: School, began: int, through: int) -> None:
    with school.on(FIRST_DAY):
        team = db.session.scalars(db.select(Team)).first()
        assert team
        for number in range(began):
            somebody = build.person(f"Person {number}")
            build.appointed(somebody, team, "buyer")
            opened(somebody, "notices", "the-order-of-the-notices")
            if number < through:
                passed(somebody, "notices", FIRST_DAY)


def test_nobody_and_too_few_are_said_as_such(school: School) -> None:
    assert "Nobody who holds a post has begun it yet." in school.page(COURSE).text
    crowd(school, 3, 0)
    school.app.extensions.pop("evaluation-of-courses")
    assert "Too few people have got this far to say how many" in school.page(COURSE).text


def test_a_hidden_denominator_is_said_and_hides_nothing_else(school: School) -> None:
    crowd(school, 12, 10)
    page = school.page(COURSE)
    assert "10 of a number not shown who began it passed a module of it." in page.text
    assert "0 of 10 who passed used it at work" in page.text


def test_the_page_counts_everybody_with_denominators_and_the_moment(school: School) -> None:
    crowd(school, 20, 11)
    page = school.page(COURSE)
    assert "11 of 20 who began it passed a module of it." in page.text
    assert "0 of 11 who passed used it at work, as their manager confirmed." in page.text
    assert "Counted on 30 November 2026, 12:00" in page.text


def test_the_count_costs_one_statement_and_none_while_it_is_kept(school: School) -> None:
    def cost() -> int:
        with statements() as seen:
            school.page(COURSE, fragment=False)
        return len(seen)

    cost()
    kept = cost()
    school.app.extensions.pop("evaluation-of-courses")
    assert cost() == kept + 1
    crowd(school, 20, 11)
    school.app.extensions.pop("evaluation-of-courses")
    assert cost() == kept + 1


def test_whoever_holds_no_post_is_not_counted(school: School) -> None:
    crowd(school, 20, 11)
    with school.on(FIRST_DAY):
        opened(db.session.get_one(Person, school.manager_id), "notices", "the-order-of-the-notices")
    assert "11 of 20 who began it" in school.page(COURSE).text
