"""The check of a module as pages: begun, answered one by one, and its result."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lms.content.documents import Question
from lms.core import clock
from lms.learning import attempts
from lms.learning.enrolments import assign
from lms.learning.responses import ANSWER, field_of
from tests.learning.conftest import FIRST_DAY, School
from tests.support.application import sign_in
from tests.support.learners import noon
from tests.support.pages import Page, submit
from tests.support.samples import (
    changed_samples,
    entry,
    publish_samples,
    questions_of,
    right_response,
    take,
    wrong_response,
)
from tests.support.statements import statements

CHECK = "/courses/first-steps/notices/check"
HTMX = {"HX-Request": "true"}


def begun(school: School) -> tuple[Page, list[Question]]:
    """The first question of a new check, and all of its questions."""
    page = submit(school.page(CHECK), button="Begin the check")
    with school.on(FIRST_DAY):
        attempt = attempts.latest_attempt(school.buyer_id, entry("notices"))
        assert attempt is not None
        return page, questions_of(attempt)


def fields(question: Question, *, right: bool) -> dict[str, Any]:
    """What a person fills in to answer rightly or wrongly."""
    response = right_response(question) if right else wrong_response(question)
    match question.kind:
        case "number":
            return {ANSWER: response}
        case "order":
            assert isinstance(response, list)
            return {field_of(item): place for place, item in enumerate(response, 1)}
        case "match":
            return {field_of(left): side for left, side in enumerate(response)}
        case "multiple":
            return {ANSWER: [str(each) for each in response]}
        case _:
            return {ANSWER: response[0]}


def to_the_end(page: Page, asked: list[Question], *, wrong: int = 0) -> Page:
    """Answer every question in its form, the first ones wrongly, and open the result."""
    for number, question in enumerate(asked, 1):
        page = submit(page, fields(question, right=number > wrong), button="Check my answer")
        page = page.follow("Next question" if number < len(asked) else "See your result")
    return page


def test_the_first_page_says_what_the_check_asks(school: School) -> None:
    with school.on(FIRST_DAY):
        assign(
            "notices", [school.buyer_id], by=school.manager_id, due_day=date(2026, 12, 9), reason="January"
        )
    page = school.page(CHECK)
    assert page.h1 == "Check what you learned"
    assert "4 questions, about 4 minutes. 3 of 4 right is a pass. Nothing is timed." in page.text
    assert "The module is due on 9 December 2026, in 9 days." in page.text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("right", [True, False])
def test_every_kind_of_question_is_answered_in_its_form(
    school: School, headers: dict[str, str], *, right: bool
) -> None:
    page, asked = begun(school)
    for number, question in enumerate(asked, 1):
        assert page.h1 == f"Question {number} of 4"
        assert "3 of 4 right is a pass. Not timed." in page.text
        answered = submit(page, fields(question, right=right), button="Check my answer", headers=headers)
        assert answered.status == 200
        assert answered.select(".verdict__title") == ["Right" if right else "Not right"]
        assert answered.tree.cssselect(".verdict__title[data-focus][tabindex='-1']")
        assert ("<html" in answered.response.text) == (not headers)
        links = {link.text_content(): link.get("href", "") for link in answered.tree.cssselect(".actions a")}
        assert links["Read the part this comes from"].endswith(question.part)
        assert f"Tests outcome {question.outcome}:" in answered.text
        if number < len(asked):
            page = school.client.page(links["Next question"])


def test_nothing_tells_the_answer_before_it_is_given(school: School) -> None:
    page, asked = begun(school)
    for number, question in enumerate(asked, 1):
        for option in question.options:
            assert not option.feedback_html or option.feedback_html not in page.response.text
        assert not question.feedback_html or question.feedback_html not in page.response.text
        answered = submit(page, fields(question, right=False), button="Check my answer")
        for option in question.options:
            assert (
                not option.right
                or not option.feedback_html
                or option.feedback_html not in answered.response.text
            )
        assert "Right answer" not in answered.text
        if number < len(asked):
            page = answered.follow("Next question")


def test_a_wrong_choice_shows_its_own_feedback(school: School) -> None:
    page, asked = begun(school)
    for number, question in enumerate(asked, 1):
        page = submit(page, fields(question, right=False), button="Check my answer")
        if question.kind in {"single", "multiple", "number"}:
            response = wrong_response(question)
            chosen = [question.options[each] for each in response] if isinstance(response, list) else []
            for option in chosen:
                assert option.feedback_html in page.response.text
            assert page.select(".option .tag") == ["Your answer"] * max(1, len(chosen))
        if number < len(asked):
            page = page.follow("Next question")


def test_options_stand_in_an_order_that_a_reload_keeps(school: School) -> None:
    page, asked = begun(school)
    order = page.select("label")
    assert school.page(page.path).select("label") == order
    assert asked


def test_an_empty_answer_is_asked_for_again_and_keeps_what_was_chosen(school: School) -> None:
    page, asked = begun(school)
    words = {
        "single": "Choose an answer",
        "multiple": "Choose an answer",
        "number": "Enter a number",
        "order": "Give each item a place of its own",
        "match": "Choose an answer for each row",
    }
    for number, question in enumerate(asked, 1):
        given: dict[str, Any] = {}
        if question.kind == "number":
            given = {ANSWER: "some"}
        if question.kind in {"order", "match"}:
            given = {field_of(0): 1}
        failed = submit(page, given, button="Check my answer")
        assert failed.status == 422
        assert failed.title.startswith(f"Error: Question {number} of 4")
        assert failed.select(".govuk-error-summary a") == [words[question.kind]]
        target = failed.tree.cssselect(".govuk-error-summary a")[0].get("href", "")
        assert failed.tree.cssselect(target)
        if question.kind == "number":
            assert failed.tree.cssselect("#answer")[0].get("value") == "some"
        if question.kind in {"order", "match"}:
            assert failed.tree.cssselect(f"#{field_of(0)} option[selected]")[0].get("value") == "1"
        answered = submit(failed, fields(question, right=True), button="Check my answer")
        assert answered.select(".verdict__title") == ["Right"]
        if number < len(asked):
            page = answered.follow("Next question")


def test_an_answer_is_not_changed_by_sending_another(school: School) -> None:
    page, asked = begun(school)
    submit(page, fields(asked[0], right=False), button="Check my answer")
    again = submit(page, fields(asked[0], right=True), button="Check my answer")
    assert again.select(".verdict__title") == ["Not right"]


def test_a_check_is_left_and_gone_on_with(school: School) -> None:
    page, asked = begun(school)
    submit(page, fields(asked[0], right=True), button="Check my answer")
    with clock.at(noon(FIRST_DAY + timedelta(days=3))):
        resumed = school.page(CHECK)
        assert "Question 2 of 4 is next. Your answers so far are kept." in resumed.text
        assert resumed.follow("Go on with question 2").h1 == "Question 2 of 4"
        assert school.page(f"{CHECK}/4").path == f"{CHECK}/2"
        assert school.page(f"{CHECK}/1").select(".verdict__title") == ["Right"]
    school.page(f"{CHECK}/5", 404)
    school.page(f"{CHECK}/0", 404)


def test_without_an_attempt_a_question_leads_to_the_first_page(school: School) -> None:
    assert school.page(f"{CHECK}/1").path == CHECK
    assert school.page("/courses/first-steps/notices-old/check").path == CHECK


def test_a_check_under_way_goes_on_with_its_own_text(school: School, tmp_path: Path) -> None:
    page, asked = begun(school)
    with school.on(FIRST_DAY):
        stems = [(question.stem_html[3:-4], "New words?") for question in asked[:1]]
        publish_samples(changed_samples(tmp_path, "first-steps/notices.md", *stems))
    assert "Your check goes on with the text that you began with." in school.page(CHECK).text
    assert "New words?" not in school.page(page.path).text


def test_a_pass_shows_what_changed(school: School) -> None:
    with school.on(FIRST_DAY):
        assign(
            "notices", [school.buyer_id], by=school.manager_id, due_day=date(2026, 12, 9), reason="January"
        )
    page, asked = begun(school)
    result = to_the_end(page, asked, wrong=1)
    assert result.h1 == "You passed"
    assert "Notices in order, edition 1" in result.text
    assert "3 of 4 right, and 3 of 4 was needed" in result.text
    assert result.select(".change__of") == ["Procurement law"]
    assert result.select(".change__level") == ["No level today", "Level 1 Awareness"]
    rows = dict(zip(result.select(".summary dt"), result.select(".summary dd"), strict=True))
    assert rows["Your role"] == "Buyer: you meet 0 of 3 competencies. That is as before."
    assert rows["Evidence added"] == (
        "Procurement law, level 1. Learning: Notices in order, edition 1. "
        "Counts from 30 November 2026 to 30 November 2027."
    )
    assert rows["Assignment"] == "Done, 9 days early. Morgan Example can see it."
    assert rows["What did not change"].startswith(
        "Procurement law: level 2 Working also takes Waiting after an award."
    )
    assert f"Question 1: {asked[0].about}." in result.text
    assert result.select(".split__side .beside__title") == ["Next, because your role asks for it"]
    assert "You would then meet 2 of the 3 competencies." in result.text
    assert result.follow("Next: Waiting after an award").h1 == "Waiting after an award"


def test_a_pass_that_meets_the_role_counts_it(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
        attempt_id = take(school.buyer_id, "standstill")
    result = school.page(f"/courses/first-steps/standstill/check/result/{attempt_id}")
    assert result.select(".change__of") == ["Procurement law", "Supplier risk"]
    assert "Buyer: you meet 2 of 3 competencies. It was 0." in result.text
    assert "Counts from 30 November 2026, without end." in result.text
    assert (
        "Procurement law: a pass shows what you know. Level 3 Practitioner needs an assessment" in result.text
    )
    assert "Go to my record" in result.links()


def test_a_pass_that_does_not_reach_says_which_parts_to_read(school: School) -> None:
    page, asked = begun(school)
    result = to_the_end(page, asked, wrong=2)
    assert result.h1 == "Not passed yet"
    assert "Notices in order, edition 1. You were one answer short." in result.text
    assert "Your record is as it was, and only you see this attempt." in result.text
    assert "2 of 4 right, and 3 of 4 is needed" in result.text
    for question in asked[:2]:
        assert f"You missed {question.about}." in result.text
    assert "No level today, your role asks level 2, as before." in result.text
    assert "This was your first today." in result.text
    assert result.follow("Try the check again now").path == CHECK


def test_after_the_second_try_the_check_opens_tomorrow(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices", wrong=4)
        attempt_id = take(school.buyer_id, "notices", wrong=4)
    result = school.page(f"{CHECK}/result/{attempt_id}")
    assert "You have tried twice today. The next opens tomorrow, Tuesday 1 December 2026." in result.text
    assert "Try the check again now" not in result.links()
    shut = school.page(CHECK)
    assert "The check opens again tomorrow, Tuesday 1 December 2026." in shut.text
    assert shut.follow("See your last result").h1 == "Not passed yet"
    with clock.at(noon(FIRST_DAY + timedelta(days=1))):
        assert "Begin the check" in school.page(CHECK).text


def test_a_check_that_is_shut_is_not_begun_by_an_old_form(school: School) -> None:
    open_page = school.page(CHECK)
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices", wrong=4)
        take(school.buyer_id, "notices", wrong=4)
    refused = submit(open_page, button="Begin the check")
    assert refused.path == CHECK
    assert "The check opens again tomorrow" in refused.text


def test_a_result_is_for_the_one_who_made_the_attempt(school: School) -> None:
    with school.on(FIRST_DAY):
        attempt_id = take(school.buyer_id, "notices")
    school.page(f"{CHECK}/result/{attempt_id}", 404, of=school.manager_id)
    school.page(f"/courses/first-steps/standstill/check/result/{attempt_id}", 404)
    school.page(f"{CHECK}/result/999", 404)


def test_the_result_of_an_attempt_under_way_leads_back_to_it(school: School) -> None:
    begun(school)
    with school.on(FIRST_DAY):
        attempt = attempts.latest_attempt(school.buyer_id, entry("notices"))
        assert attempt is not None
        attempt_id = attempt.id
    assert school.page(f"{CHECK}/result/{attempt_id}").path == f"{CHECK}/1"


def test_a_current_pass_and_a_lapsed_one_are_named_before_a_renewal(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    assert "Your pass counts to 30 November 2027." in school.page(CHECK).text
    with clock.at(noon(date(2027, 11, 30))):
        assert "your pass lapsed on 30 November 2027." in school.page(CHECK).text


@pytest.mark.parametrize("wrong", [0, 4])
def test_the_pages_of_a_check_cost_the_same_whatever_is_kept(school: School, wrong: int) -> None:
    def cost(day: date) -> list[int]:
        with school.on(day):
            attempt_id = take(school.buyer_id, "notices", wrong=wrong)
        sign_in(school.client, school.buyer_id)
        counts = []
        for address in (CHECK, f"{CHECK}/4", f"{CHECK}/result/{attempt_id}"):
            with statements() as sent:
                assert school.client.get(address).status_code == 200
            counts.append(len(sent))
        return counts

    few = cost(FIRST_DAY)
    with school.on(FIRST_DAY):
        for _ in range(6):
            take(school.buyer_id, "standstill")
            assign("notices", [school.buyer_id], by=school.manager_id, due_day=None, reason="Again")
    with clock.at(noon(FIRST_DAY + timedelta(days=1))):
        assert cost(FIRST_DAY + timedelta(days=1)) == few
    assert max(few) <= 9
