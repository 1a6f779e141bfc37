from datetime import date

import pytest

from lms.competencies.models import Basis
from lms.competencies.standing import Piece, Span, Standing, State
from lms.content.framework import Competency
from lms.learning.closing import Change, Effect, closure_of, effect_of, falls_below

WORDS = {level: f"Does what level {level} asks." for level in (1, 2, 3, 4)}
TODAY, HORIZON = date(2026, 11, 30), date(2027, 2, 28)


def competency(
    key: str = "law",
    shown_by: dict[int, tuple[str, ...]] | None = None,
    prepared_by: dict[int, tuple[str, ...]] | None = None,
) -> Competency:
    return Competency(
        id=key,
        area="source",
        title=key.title(),
        short=key,
        summary="What it is.",
        levels=WORDS,
        shown_by=shown_by or {},
        prepared_by=prepared_by or {},
    )


def state(held: int, required: int) -> State:
    return State(required, Standing(held))


def test_a_gap_is_climbed_level_by_level_where_learning_shows_them() -> None:
    closure = closure_of(competency(shown_by={1: ("a",), 2: ("b", "c")}), state(0, 2), ())
    assert [(step.level, step.modules) for step in closure.learn] == [(1, ("a",)), (2, ("b", "c"))]
    assert closure.assess is None
    assert closure.learnable == 2
    assert closure.modules == ("a", "b", "c")


def test_a_module_that_is_passed_is_not_asked_for_again() -> None:
    closure = closure_of(competency(shown_by={2: ("b", "c")}), state(1, 2), {"b"})
    assert closure.modules == ("c",)


def test_when_all_are_passed_and_the_level_is_not_held_they_are_asked_for_again() -> None:
    closure = closure_of(competency(shown_by={2: ("b",)}), state(1, 2), {"b"})
    assert closure.modules == ("b",)


def test_a_level_without_modules_needs_an_assessment() -> None:
    closure = closure_of(competency(shown_by={1: ("a",)}), state(0, 3), ())
    assert closure.assess == 3
    assert closure.learnable == 1
    assert closure_of(competency(), state(1, 2), ()).learnable == 0


def test_no_assessment_is_needed_below_a_level_that_learning_shows() -> None:
    closure = closure_of(competency(shown_by={3: ("c",)}), state(1, 3), ())
    assert closure.assess is None
    assert closure.learnable == 2


def test_the_time_of_a_gap_counts_what_is_left_of_each_module_and_of_an_assessment() -> None:
    closure = closure_of(competency(shown_by={1: ("a",), 2: ("b",)}), state(0, 3), ())
    assert closure.minutes({"a": 14, "b": 20}, assessment=90) == 124


def piece(level: int, until: date | None, number: int = 1) -> Piece:
    return Piece(number, "law", level, Basis.LEARNING, date(2024, 1, 1), until)


def test_the_day_of_falling_below_is_the_first_on_which_the_requirement_is_not_met() -> None:
    lapse = date(2027, 1, 17)
    assert falls_below([piece(2, lapse)], (), 2, TODAY, HORIZON) == lapse


def test_a_higher_level_that_lapses_is_no_lapse_while_a_lower_one_is_enough() -> None:
    pieces = [piece(3, date(2027, 1, 1)), piece(2, None, 2)]
    assert falls_below(pieces, (), 2, TODAY, HORIZON) is None
    pieces = [piece(3, date(2027, 1, 1)), piece(2, date(2027, 2, 1), 2)]
    assert falls_below(pieces, (), 2, TODAY, HORIZON) == date(2027, 2, 1)


def test_what_lapses_after_the_horizon_is_not_yet_asked_for() -> None:
    assert falls_below([piece(2, date(2027, 3, 1))], (), 2, TODAY, HORIZON) is None


def test_a_lapse_in_an_absence_moves_behind_the_return() -> None:
    away = Span(date(2027, 1, 1), date(2027, 2, 1))
    assert falls_below([piece(2, date(2027, 1, 17))], (away,), 2, TODAY, HORIZON) is None


def test_what_is_not_met_today_falls_no_further() -> None:
    assert falls_below([piece(1, date(2027, 1, 17))], (), 2, TODAY, HORIZON) is None


@pytest.mark.parametrize(
    ("module", "held", "passed", "expected"),
    [
        ("a", 0, (), (Change.SHOWS, 1, 0)),
        ("b", 1, (), (Change.STEP, 2, 1)),
        ("b", 1, ("c",), (Change.SHOWS, 2, 0)),
        ("a", 1, (), (Change.KEEPS, 1, 0)),
        ("p", 2, (), (Change.PREPARES, 3, 0)),
    ],
)
def test_what_a_pass_changes(
    module: str, held: int, passed: tuple[str, ...], expected: tuple[Change, int, int]
) -> None:
    law = competency(shown_by={1: ("a",), 2: ("b", "c")}, prepared_by={3: ("p",)})
    change, after, others = expected
    effect = effect_of(module, [law], {"law": held}, {"law": 3}, passed)
    assert effect == Effect(change, law, held, after, 3, others)


def test_a_pass_is_told_by_what_the_role_asks_for() -> None:
    law = competency("law", shown_by={2: ("a",)})
    route = competency("route", shown_by={2: ("a",)})
    effect = effect_of("a", [law, route], {}, {"route": 2}, ())
    assert effect is not None
    assert effect.competency is route


def test_a_module_that_no_level_lists_changes_nothing() -> None:
    assert effect_of("other", [competency(shown_by={1: ("a",)})], {}, {"law": 1}, ()) is None
