"""What answers say about a question: the rules of the verdicts, from counts alone."""

from collections.abc import Sequence

import pytest

from lms.authoring.item_analysis import LEAST_ANSWERS, Analysis, Tally, Verdict, analyse

RIGHTS = (True, False, False, False)
STRONG, MIDDLE, WEAK = 6, 3, 0


def picked(strong: Sequence[int], weak: Sequence[int], rights: Sequence[bool] = RIGHTS) -> Analysis:
    """So many of the strong and of the weak chose each option; the middle third chose as both did."""
    middle = [(a + b) / 2 for a, b in zip(strong, weak, strict=True)]
    tallies = [
        Tally(rights[place], (place,), score, 6, round(people))
        for score, group in ((STRONG, strong), (MIDDLE, middle), (WEAK, weak))
        for place, people in enumerate(group)
        if people
    ]
    return analyse("single", rights, tallies)


def test_a_question_that_tells_the_strong_from_the_weak_is_of_no_concern() -> None:
    found = picked((90, 4, 3, 3), (50, 20, 20, 10))
    assert (found.verdict, found.about, found.answers) == (Verdict.NO_CONCERN, None, 300)
    assert found.everyone is not None
    assert found.everyone.right == pytest.approx(0.7, abs=0.01)
    assert found.discrimination == pytest.approx(0.4, abs=0.01)


def test_a_wrong_option_that_more_of_the_strong_choose_than_the_right_one_misleads() -> None:
    found = picked((40, 56, 2, 2), (30, 30, 20, 20))
    assert (found.verdict, found.about) == (Verdict.MISLEADS, 1)


def test_a_question_that_the_weak_get_right_more_often_misleads_by_the_option_that_draws_the_strong() -> None:
    found = picked((49, 6, 44, 1), (65, 10, 20, 5))
    assert (found.verdict, found.about) == (Verdict.MISLEADS, 2)


def test_the_figures_of_a_known_misleading_question_mislead() -> None:
    tallies = [
        Tally(place == 0, (place,), score, 6, people)
        for score, picked in ((6, (72, 68, 6, 1)), (3, (76, 60, 8, 3)), (0, (81, 46, 13, 7)))
        for place, people in enumerate(picked)
    ]
    found = analyse("single", RIGHTS, tallies)
    assert (found.verdict, found.about, found.answers) == (Verdict.MISLEADS, 1, 441)


def test_an_option_that_fewer_than_one_in_ten_of_the_strong_choose_misleads_nobody() -> None:
    assert picked((180, 18, 1, 1), (188, 1, 5, 6)).verdict is not Verdict.MISLEADS
    assert picked((170, 28, 1, 1), (188, 1, 5, 6)).verdict is Verdict.MISLEADS


def test_a_difference_that_may_be_chance_is_no_concern() -> None:
    assert picked((78, 8, 8, 6), (80, 7, 7, 6)).verdict is Verdict.NO_CONCERN


@pytest.mark.parametrize(
    ("right", "verdict"),
    [(34, Verdict.TOO_HARD), (36, Verdict.NO_CONCERN), (94, Verdict.NO_CONCERN), (96, Verdict.TOO_EASY)],
)
def test_too_hard_and_too_easy_are_shares_of_everyone(right: int, verdict: Verdict) -> None:
    tallies = [Tally(right=True, picked=(0,), others_right=STRONG, others=6, people=right * 3)]
    tallies += [
        Tally(right=False, picked=(place,), others_right=WEAK, others=6, people=100 - right)
        for place in (1, 2, 3)
    ]
    assert analyse("single", RIGHTS, tallies).verdict is verdict


def test_an_option_that_under_one_in_fifty_choose_is_named() -> None:
    found = picked((80, 10, 9, 1), (60, 22, 17, 1))
    assert (found.verdict, found.about) == (Verdict.UNPICKED, 3)
    assert picked((80, 10, 8, 2), (60, 22, 16, 2)).verdict is Verdict.NO_CONCERN


@pytest.mark.parametrize(("people", "verdict"), [(49, Verdict.TOO_FEW), (50, Verdict.TOO_EASY)])
def test_below_fifty_answers_nothing_is_said_but_how_many_there_are(people: int, verdict: Verdict) -> None:
    found = analyse(
        "single", RIGHTS, [Tally(right=True, picked=(0,), others_right=6, others=6, people=people)]
    )
    assert (found.answers, found.verdict) == (people, verdict)
    assert (found.everyone is None) == (people < LEAST_ANSWERS)


def test_nothing_answered_is_too_few() -> None:
    assert analyse("single", RIGHTS, []) == Analysis(0, Verdict.TOO_FEW)


def test_equal_scores_at_the_edge_of_a_third_are_shared_out_alike() -> None:
    tallies = [
        Tally(right=True, picked=(0,), others_right=3, others=6, people=40),
        Tally(right=False, picked=(1,), others_right=3, others=6, people=20),
    ]
    found = analyse("single", RIGHTS, tallies)
    assert found.strongest == found.weakest
    assert found.strongest is not None
    assert (found.strongest.people, found.discrimination) == (20, 0)
    assert found.strongest.options == pytest.approx((2 / 3, 1 / 3, 0, 0))
    assert analyse("single", RIGHTS, reversed(tallies)) == found


def test_scores_are_compared_as_shares_of_the_other_questions() -> None:
    tallies = [
        Tally(right=True, picked=(0,), others_right=2, others=2, people=30),
        Tally(right=False, picked=(1,), others_right=3, others=6, people=60),
    ]
    found = analyse("single", RIGHTS, tallies)
    assert (found.strongest and found.strongest.right, found.weakest and found.weakest.right) == (1, 0)


def test_of_several_right_options_each_must_draw_more_of_the_strong_than_a_wrong_one() -> None:
    rights = (True, True, False)
    tallies = [
        Tally(right=True, picked=(0, 1), others_right=6, others=6, people=20),
        Tally(right=False, picked=(0, 2), others_right=6, others=6, people=30),
        Tally(right=False, picked=(0,), others_right=0, others=6, people=100),
    ]
    found = analyse("multiple", rights, tallies)
    assert (found.verdict, found.about) == (Verdict.MISLEADS, 2)


def test_items_of_an_order_are_no_wrong_options() -> None:
    tallies = [
        Tally(right=True, picked=(0, 1, 2), others_right=6, others=6, people=40),
        Tally(right=False, picked=(0,), others_right=0, others=6, people=20),
    ]
    found = analyse("order", (False, False, False), tallies)
    assert found.verdict is Verdict.NO_CONCERN
    assert found.everyone is not None
    assert found.everyone.options == pytest.approx((1, 2 / 3, 2 / 3))


@pytest.mark.parametrize(
    ("strong", "weak", "verdict"),
    [
        (30, 60, Verdict.MISLEADS),
        (20, 10, Verdict.TOO_HARD),
        (99, 98, Verdict.TOO_EASY),
        (80, 50, Verdict.NO_CONCERN),
    ],
)
def test_an_unknown_kind_is_judged_by_who_is_right(strong: int, weak: int, verdict: Verdict) -> None:
    tallies = [
        Tally(right, (), score, 6, people)
        for score, share in ((6, strong), (0, weak))
        for right, people in ((True, share), (False, 100 - share))
    ]
    found = analyse("a-kind-to-come", (), tallies)
    assert (found.verdict, found.about) == (verdict, None)


def test_a_check_of_one_question_has_no_thirds() -> None:
    tallies = [Tally(right, (int(not right),), 0, 0, people) for right, people in ((True, 60), (False, 40))]
    found = analyse("single", (True, False), tallies)
    assert (found.strongest, found.weakest, found.discrimination) == (None, None, None)
    assert found.verdict is Verdict.NO_CONCERN
