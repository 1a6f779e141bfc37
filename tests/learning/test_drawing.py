"""The rules of a draw, on random modules and histories."""

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lms.content.documents import Question
from lms.learning.drawing import draw, needed, opens_on


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 the draw of a test is no secret


outcome_lists = st.lists(st.integers(1, 4), min_size=1, max_size=16)


def pool(outcomes: list[int]) -> list[Question]:
    return [
        Question(id=f"q{n}", kind="single", outcome=outcome, about="it", part="one", stem_html="", options=())
        for n, outcome in enumerate(outcomes)
    ]


@given(outcome_lists, st.integers(1, 16), st.integers())
def test_every_outcome_is_covered_and_as_many_are_asked_as_the_author_says(
    outcomes: list[int], ask: int, seed: int
) -> None:
    questions = pool(outcomes)
    drawn = draw(questions, ask, [], chance(seed))
    by_id = {question.id: question for question in questions}
    assert {by_id[each].outcome for each in drawn} == set(outcomes)
    assert len(drawn) == len(set(drawn)) == min(max(ask, len(set(outcomes))), len(questions))


@given(outcome_lists, st.integers(1, 16), st.integers())
def test_a_retry_takes_as_many_unseen_questions_as_the_outcomes_allow(
    outcomes: list[int], ask: int, seed: int
) -> None:
    questions = pool(outcomes)
    first = draw(questions, ask, [], chance(seed))
    second = draw(questions, ask, [first], chance(seed + 1))
    unseen = [question for question in questions if question.id not in first]
    repeated = [each for each in second if each in first]
    bare = set(outcomes) - {question.outcome for question in unseen}
    assert len(repeated) == max(len(bare), len(second) - len(unseen))


def test_of_seen_questions_those_asked_longest_ago_come_first() -> None:
    questions = pool([1, 1, 1])
    assert draw(questions, 1, [["q2"], ["q0"], ["q1"]], chance(1)) == ["q2"]
    assert draw(questions, 2, [["q2"], ["q0"], ["q1"]], chance(1)) == ["q0", "q2"]


def test_questions_stand_in_the_order_of_the_text() -> None:
    questions = pool([3, 1, 2, 1, 3])
    for seed in range(20):
        drawn = draw(questions, 4, [], chance(seed))
        assert drawn == sorted(drawn)


def test_two_draws_differ() -> None:
    questions = pool([1] * 12)
    assert len({tuple(draw(questions, 4, [], chance(seed))) for seed in range(12)}) > 6


def test_the_pass_mark_is_rounded_up() -> None:
    assert needed(7, 80) == 6
    assert needed(10, 80) == 8
    assert needed(4, 75) == 3
    assert needed(3, 1) == 1
    assert needed(3, 100) == 3


def test_the_second_try_of_a_day_that_did_not_pass_shuts_the_check_until_tomorrow() -> None:
    today = date(2026, 11, 30)
    assert opens_on(0, today) == opens_on(1, today) == today
    assert opens_on(2, today) == date(2026, 12, 1)
