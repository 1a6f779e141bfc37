"""The questions of a check that was passed: every answer is explained."""

import pytest

from lms.content.documents import Question
from lms.learning import attempts
from tests.learning.conftest import FIRST_DAY, School
from tests.support import build
from tests.support.pages import Page
from tests.support.samples import entry, questions_of, take

MODULE = "/courses/first-steps/notices"


def passed(school: School, wrong: int) -> tuple[Page, list[Question]]:
    """The first question of a check that was passed with the first ones wrong."""
    with school.on(FIRST_DAY):
        attempt_id = take(school.buyer_id, "notices", wrong=wrong)
        attempt = attempts.attempt_of(school.buyer_id, attempt_id)
        assert attempt is not None
        asked = questions_of(attempt)
    result = school.page(f"{MODULE}/check/result/{attempt_id}")
    return result.follow("See all questions, with every answer explained"), asked


def pages(page: Page, count: int) -> list[Page]:
    found = [page]
    while len(found) < count:
        found.append(found[-1].follow("Next question"))
    return found


@pytest.mark.parametrize("wrong", [0, 1])
def test_every_answer_is_explained_after_a_pass(school: School, wrong: int) -> None:
    page, asked = passed(school, wrong)
    for number, (each, question) in enumerate(zip(pages(page, len(asked)), asked, strict=True), 1):
        assert each.h1 == f"Question {number} of 4"
        assert "Your check, passed 30 November 2026" in each.text
        assert f"You passed with {4 - wrong} of 4. Every answer is explained." in each.text
        missed = number <= wrong
        assert each.select(".verdict__title") == [
            "You missed this one" if missed else "You had this one right"
        ]
        for option in question.options:
            if question.kind != "number" or option.value:
                assert option.feedback_html in each.response.text


def test_the_right_answer_is_named_beside_the_wrong_one(school: School) -> None:
    page, asked = passed(school, 1)
    assert asked[0].kind in {"single", "multiple"}
    right = [option.text for option in asked[0].options if option.right]
    marked = page.tree.cssselect(".option--right")
    assert sorted(each.cssselect(".option__text")[0].text_content() for each in marked) == sorted(right)
    assert set(page.select(".option--right .tag")) == {"Right answer"}
    assert set(page.select(".option--wrong .tag")) == {"Your answer"}


def test_the_last_question_leads_back_to_the_result(school: School) -> None:
    page, asked = passed(school, 0)
    last = pages(page, len(asked))[-1]
    assert last.follow("See your result").h1 == "You passed"


def test_a_check_that_was_not_passed_explains_nothing_more(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices", wrong=4)
    page = school.page(f"{MODULE}/check/1")
    assert "Every answer is explained" not in page.text
    assert "Right answer" not in page.text
    for asked in ("", "x", "1.5", "0x1"):
        page = school.page(f"{MODULE}/check/1?explained={asked}")
        assert "Every answer is explained" not in page.text
        assert "Right answer" not in page.text


def test_the_answers_of_an_earlier_pass_stay_explained(school: School) -> None:
    page, _asked = passed(school, 0)
    with school.on(FIRST_DAY):
        attempts.begin(school.buyer_id, entry("notices"))
    address = f"{page.path}?{page.response.request.query_string.decode()}"
    assert "Every answer is explained." in school.page(address).text
    assert "Every answer is explained." not in school.page(page.path).text


def test_only_ones_own_pass_is_explained(school: School) -> None:
    with school.on(FIRST_DAY):
        failed = take(school.buyer_id, "notices", wrong=4)
        own = take(school.buyer_id, "notices")
    school.page(f"{MODULE}/check/1?explained={failed}", 404)
    school.page(f"{MODULE}/check/1?explained={own}", 404, of=_somebody(school))
    school.page(f"/courses/first-steps/standstill/check/1?explained={own}", 404)


def _somebody(school: School) -> int:
    with school.on(FIRST_DAY):
        return build.person("Sam Example").id
