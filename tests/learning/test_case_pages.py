"""A scenario in a check as pages: one decision at a time, each taken once."""

from pathlib import Path

import pytest

from lms.content.documents import Question
from lms.learning import attempts
from lms.learning.models import Attempt
from tests.learning.conftest import FIRST_DAY, School
from tests.support.cases import samples_with_a_case
from tests.support.pages import Page, submit
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.samples import entry, finish, publish_samples, questions_of, right_response
from tests.support.statements import statements

CHECK = "/courses/first-steps/standstill/check"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def begun(school: School, tmp_path: Path) -> Page:
    """The first decision of the case, which is the first question of a new check."""
    with school.on(FIRST_DAY):
        publish_samples(samples_with_a_case(tmp_path))
    return submit(school.page(CHECK), button="Begin the check")


def scenario(school: School) -> Question:
    with school.on(FIRST_DAY):
        attempt = attempt_of(school)
        return questions_of(attempt)[0]


def attempt_of(school: School) -> Attempt:
    """The newest attempt at the module."""
    attempt = attempts.latest_attempt(school.buyer_id, entry("standstill"))
    assert attempt is not None
    return attempt


def decided(page: Page, option: int, headers: dict[str, str] | None = None) -> Page:
    return submit(page, {"answer": option}, button="Decide", headers=headers or {})


def through(page: Page, *options: int) -> Page:
    """Take decisions one after another; gives the page after the last one."""
    for option in options[:-1]:
        page = decided(page, option)
        page = school_link(page, ".actions a")
    return decided(page, options[-1])


def school_link(page: Page, selector: str) -> Page:
    return page.client.page(page.tree.cssselect(selector)[0].get("href", ""))


def test_a_case_begins_with_its_first_decision(begun: Page) -> None:
    assert begun.path == f"{CHECK}/1/1"
    assert begun.h1 == "A case: the profit warning"
    assert "Check what you learned, question 1 of 4" in begun.text
    assert "Decision 1 of at most 4" in begun.text
    assert "The supplier runs healthcare in six custody suites." in begun.text
    assert sorted(begun.select(".options label")) == ["Record it with an owner", "Wait for a second sign"]
    assert begun.select(".summary dd") == ["6 of 6", "not known"]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("sound", [True, False])
def test_a_decision_shows_what_follows_from_it(begun: Page, headers: dict[str, str], *, sound: bool) -> None:
    page = decided(begun, 0 if sound else 1, headers=headers)
    assert page.status == 200
    assert page.select(".verdict__title") == ["A sound decision" if sound else "Not a sound decision"]
    assert page.tree.cssselect(".verdict__title[data-focus][tabindex='-1']")
    assert ("Now somebody asks." in page.text, "It comes the next day." in page.text) == (sound, not sound)
    assert page.select(".option .tag") == ["You chose this"]
    assert page.select(".actions a") == ["Next: Thursday, 16:10" if sound else "Next: Wednesday"]
    assert ("<html" in page.response.text) == (not headers)


def test_nothing_tells_what_follows_before_a_decision_is_taken(begun: Page, school: School) -> None:
    case = scenario(school)
    page = begun
    taken = [0]
    for number, option in enumerate((0, 1, 0), 1):
        told = [each.feedback_html for place in (*taken[:-1],) for each in case.steps[place].options]
        for step in case.steps:
            for each in step.options:
                assert each.feedback_html not in page.response.text or each.feedback_html in told
        page = decided(page, option)
        chosen = case.steps[taken[-1]].options[option]
        others = [each for each in case.steps[taken[-1]].options if each is not chosen]
        assert chosen.feedback_html in page.response.text
        assert [each for each in others if each.feedback_html in page.response.text] == []
        if chosen.leads_to is not None:
            taken.append(chosen.leads_to)
            page = school.page(f"{CHECK}/1/{number + 1}")


def test_a_wrong_turn_leads_somewhere_and_can_be_recovered(begun: Page, school: School) -> None:
    page = through(begun, 1, 0, 0, 0)
    assert "The case is over: right" in page.text
    assert "3 of 4 decisions were sound." in page.text
    assert "Decision 4 of 4" in page.text
    assert page.select(".actions a") == ["Next question", "Read the part this comes from"]
    assert page.follow("Next question").h1 == "Question 2 of 4"
    with school.on(FIRST_DAY):
        attempt = attempt_of(school)
        (answer,) = attempt.answers
        assert (answer.right, answer.response, attempt.decided) == (True, [1, 0, 0, 0], None)


def test_two_wrong_turns_are_not_right(begun: Page) -> None:
    page = through(begun, 1, 0, 2)
    assert "The case is over: not right" in page.text
    assert "1 of 3 decisions were sound." in page.text


def test_whoever_comes_back_is_led_to_the_decision_that_waits(begun: Page, school: School) -> None:
    decided(begun, 0)
    assert school.page(f"{CHECK}/1").path == f"{CHECK}/1/2"
    assert school.page(f"{CHECK}/1/9").path == f"{CHECK}/1/2"
    assert school.page(f"{CHECK}/2").path == f"{CHECK}/1/2"
    page = school.page(CHECK)
    assert "Question 1 of 4 is next." in page.text
    page = page.follow("Go on with question 1")
    assert page.path == f"{CHECK}/1/2"
    assert "You chose: Record it with an owner. A sound decision." in page.text
    assert page.select(".split__side .timeline__when") == ["Tuesday", "Thursday, 16:10 (you are here)"]
    assert page.select(".summary dd") == ["6 of 6", "Week 9", "1 of 1"]


def test_a_decision_is_taken_once(begun: Page, school: School) -> None:
    first = decided(begun, 1)
    again = decided(begun, 0)
    assert again.path == first.path
    assert again.select(".verdict__title") == ["Not a sound decision"]
    with school.on(FIRST_DAY):
        attempt = attempt_of(school)
        assert attempt.decided == [1]
        attempts.decide(attempt.id, 1, 1, 0)
        attempts.decide(attempt.id, 1, 4, 0)
        attempts.decide(attempt.id, 1, 2, 9)
        attempts.answer(attempt.id, 1, [0, 0, 0])
        attempt = attempt_of(school)
        assert (attempt.decided, attempt.answers) == ([1], [])


def test_a_whole_way_sent_at_once_is_not_taken(begun: Page, school: School) -> None:
    token = begun.tree.cssselect("form.question [name=csrf_token]")[0].get("value")
    data = {"answer": ["0", "0", "0"], "csrf_token": token}
    answer = school.client.post(f"{CHECK}/1", data=data, follow_redirects=True)
    assert answer.request.path == f"{CHECK}/1/1"


def test_no_choice_is_asked_for_again(begun: Page) -> None:
    page = submit(begun, button="Decide")
    assert page.status == 422
    assert page.select(".govuk-error-message") == ["Error: Choose what you do"]
    assert page.title.startswith("Error:")
    assert submit(begun, {"answer": 0}, button="Decide", headers=HTMX).status == 200


def test_what_the_other_options_would_have_cost_is_shown_after_a_pass_alone(
    begun: Page, school: School
) -> None:
    page = through(begun, 0, 1, 0)
    assert "would have" not in page.text
    before = school.page(f"{CHECK}/1/2")
    assert "would have" not in before.text
    assert "would have" not in school.page(f"{CHECK}/1/2?explained=x").text
    assert before.select(".split__side .timeline__worth")[-1] == "Comes next"
    with school.on(FIRST_DAY):
        attempt = attempt_of(school)
        for position in (2, 3, 4):
            right = [n for n, each in enumerate(questions_of(attempt)[position - 1].options) if each.right]
            attempts.answer(attempt.id, position, right)
        passed = attempt.id
    assert "would have" not in school.page(f"{CHECK}/1/2").text
    assert school.page(f"{CHECK}/1?explained={passed}").path == f"{CHECK}/1/1"
    page = school.page(f"{CHECK}/1/2?explained={passed}")
    assert "This would have been sound. You know that it can pay until week 9." in page.text
    assert "This would have cost you a sound decision. April is too late." in page.text
    assert page.select(".option .tag") == ["You chose this"]


def test_an_attempt_finishes_on_the_case_that_it_began_with(
    begun: Page, school: School, tmp_path: Path
) -> None:
    decided(begun, 0)
    with school.on(FIRST_DAY):
        publish_samples(
            samples_with_a_case(
                tmp_path / "later", ("- [x] Ask for a cash forecast", "- [x] Ask for figures")
            )
        )
    page = school.page(f"{CHECK}/1")
    assert "Ask for a cash forecast" in page.text


def test_an_update_carries_a_case_that_did_not_change(begun: Page, school: School, tmp_path: Path) -> None:
    through(begun, 0, 0, 0)
    with school.on(FIRST_DAY):
        finish(school.buyer_id, attempt_of(school).id)
        asks = "{part: how-long-to-wait, asks: questions, why: The earlier rule is named}"
        edition = ("edition: 1", f"edition: 2\nchanges: [{asks}]")
        change = ("> That was the earlier rule.", "> That was the rule before 2025.")
        publish_samples(samples_with_a_case(tmp_path / "later", edition, change))
        attempts.begin(school.buyer_id, entry("standstill"))
        assert attempt_of(school).questions == ["how-long"]


def test_a_decision_costs_as_many_statements_as_a_question(begun: Page, school: School) -> None:
    page = through(begun, 0, 0, 0)
    for address in (f"{CHECK}/1/3", f"{CHECK}/2"):
        school.page(address)
    with statements() as of_a_decision:
        school.page(page.path)
    with statements() as of_a_question:
        school.page(f"{CHECK}/2")
    assert len(of_a_decision) == len(of_a_question)


def test_without_an_attempt_a_decision_leads_to_the_first_page(school: School) -> None:
    assert school.page("/courses/first-steps/notices/check/1/1").path == "/courses/first-steps/notices/check"


def test_a_question_that_is_no_case_has_no_decisions(begun: Page, school: School) -> None:
    through(begun, 0, 0, 0)
    assert school.page(f"{CHECK}/2/1").path == f"{CHECK}/2"
    assert school.page(f"{CHECK}/9/1", 404).status == 404


def test_every_word_of_a_case_can_be_translated(begun: Page, school: School) -> None:
    through(begun, 1, 0, 0, 0)
    with school.on(FIRST_DAY):
        attempt = attempt_of(school)
        for position, question in enumerate(questions_of(attempt)[1:], 2):
            attempts.answer(attempt.id, position, right_response(question))
        result = attempt.id
    addresses = [f"{CHECK}/1/{number}?explained={result}" for number in (1, 2, 3, 4)]
    addresses += [f"{CHECK}/2?explained={result}", f"{CHECK}/result/{result}"]
    with pseudo_language():
        pages = [school.client.page(address, checked=False).response.text for address in addresses]
    assert "would have been sound" in pages[0]
    assert [untranslated(page) for page in pages] == [[]] * len(addresses)


def test_every_word_of_a_decision_that_waits_can_be_translated(begun: Page, school: School) -> None:
    with pseudo_language():
        page = school.client.page(f"{CHECK}/1/1", checked=False)
        empty = submit(page, button="⟦Decide⟧", checked=False)
        assert empty.status == 422
        assert [untranslated(each.response.text) for each in (page, empty)] == [[], []]
    assert begun.status == 200
