"""How each kind of question is marked, answered and shuffled."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.documents import ModuleDocument, Question
from lms.content.questions import complete, feedback_for, mark, places_right, shuffled
from lms.content.questions.number import parse_number
from lms.content.reading import read_module
from tests.support.courses import MODULE, replaced

MULTIPLE = """\
/// question | who-is-told
    outcome: 2
    about: who is told

Who is told?

- [x] The winner
    > Yes.
- [ ] The press
    > No duty.
- [x] The others
    > Them too.
///

/// order"""


def document() -> ModuleDocument:
    text = replaced(MODULE, "/// order", MULTIPLE)
    found = read_module(text.encode(), "courses/awarding/standstill.md", "standstill", "awarding").document
    assert found is not None
    return found


@pytest.fixture(scope="module")
def questions() -> dict[str, Question]:
    return {question.kind: question for question in document().questions}


def test_one_right_answer_is_single_and_several_are_multiple(questions: dict[str, Question]) -> None:
    assert list(questions) == ["single", "number", "multiple", "order", "match"]


@pytest.mark.parametrize(
    ("kind", "response", "right", "said"),
    [
        ("single", [1], True, ["The Wednesday is day eight."]),
        ("single", [0], False, ["Three days are over by then."]),
        ("multiple", [2, 0], True, ["Yes.", "Them too."]),
        ("multiple", [0], False, []),
        ("multiple", [0, 1, 2], False, ["No duty."]),
        ("number", "8", True, ["Counted from the day of the notice."]),
        ("number", " 8.0 working days ", True, ["Counted from the day of the notice."]),
        ("number", "10", False, ["That was the rule before."]),
        ("number", "11", False, ["Count the Monday as day one."]),
        ("order", [0, 1, 2], True, ["The notice starts the clock, so the summaries go first."]),
        ("order", [1, 0, 2], False, ["Before the notice."]),
        ("order", [0, 1, 2][::-1], False, []),
        ("match", [0, 1, 2], True, ["Each event has its own notice."]),
        ("match", [0, 1, 1], False, []),
    ],
)
def test_a_response_is_marked_and_answered(
    questions: dict[str, Question], kind: str, response: object, *, right: bool, said: list[str]
) -> None:
    question = questions[kind]
    assert complete(question, response)
    assert mark(question, response) is right
    assert [one.html for one in feedback_for(question, response)] == [f"<p>{words}</p>" for words in said]


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        ("single", []),
        ("single", [0, 1]),
        ("single", [2]),
        ("single", [-1]),
        ("single", [True]),
        ("single", "1"),
        ("single", None),
        ("multiple", []),
        ("multiple", [0, 0]),
        ("number", "eight"),
        ("number", ""),
        ("number", 8),
        ("number", "9" * 400),
        ("number", "1e9"),
        ("order", [0, 1]),
        ("order", [0, 1, 1]),
        ("match", [0, 1]),
        ("match", [0, 1, 9]),
        ("match", {"0": 1}),
    ],
)
def test_a_response_that_answers_nothing_is_wrong_and_says_nothing(
    questions: dict[str, Question], kind: str, response: object
) -> None:
    assert not complete(questions[kind], response)
    assert not mark(questions[kind], response)
    assert feedback_for(questions[kind], response) == ()


@settings(max_examples=40, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_no_response_breaks_a_question(response: object) -> None:
    for question in QUESTIONS:
        if mark(question, response):
            assert complete(question, response)
        assert len(feedback_for(question, response)) <= len(question.options)


QUESTIONS = document().questions


def test_places_of_an_order_and_a_match_are_counted(questions: dict[str, Question]) -> None:
    assert places_right(questions["order"], [0, 2, 1]) == (1, 3)
    assert places_right(questions["match"], [0, 1, 0]) == (2, 3)
    assert places_right(questions["single"], [1]) == (1, 1)
    assert places_right(questions["multiple"], [0]) == (0, 1)


def test_two_rows_of_a_match_may_have_the_same_right_side() -> None:
    text = replaced(MODULE, "| A contract ends | UK11 |", "| A lot is awarded | UK6 |")
    read = read_module(text.encode(), "courses/awarding/standstill.md", "standstill", "awarding").document
    assert read is not None
    question = read.questions[-1]
    assert mark(question, [0, 2, 1])
    assert sorted(shuffled(question, 5)) == [0, 1]


def test_a_wrong_answer_never_says_which_option_is_right(questions: dict[str, Question]) -> None:
    for kind, wrong in (("single", [0]), ("multiple", [0, 1]), ("number", "10"), ("order", [1, 0, 2])):
        question = questions[kind]
        right = {option.feedback_html for option in question.options if option.right}
        said = {one.html for one in feedback_for(question, wrong)}
        assert not said & (right | {question.feedback_html} - {""})


@pytest.mark.parametrize("seed", range(30))
def test_a_seed_gives_one_order_that_is_never_the_answer(questions: dict[str, Question], seed: int) -> None:
    for question in questions.values():
        order = shuffled(question, seed)
        assert order == shuffled(question, seed)
        assert question.kind == "number" or sorted(order) == list(range(len(question.options)))
    for kind in ("order", "match"):
        assert shuffled(questions[kind], seed) != [0, 1, 2]
    assert shuffled(questions["number"], seed) == []


def test_seeds_and_questions_differ_in_their_order(questions: dict[str, Question]) -> None:
    assert len({tuple(shuffled(questions["multiple"], seed)) for seed in range(30)}) == 6


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8", 8),
        ("-8.50", -8.5),
        ("£1,250", 1250),
        ("12 %", 12),
        ("1 000", 1000),
        ("\u22125", -5),
        ("8 DAYS", 8),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: float) -> None:
    assert parse_number(text, "days") == number


@pytest.mark.parametrize("text", ["", "a", "1e5", "1.2.3", "٨", "--5", "8 8x", "inf", "nan"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_answers_can_be_kept_as_json(questions: dict[str, Question]) -> None:
    assert mark(questions["single"], json.loads(json.dumps([1])))
