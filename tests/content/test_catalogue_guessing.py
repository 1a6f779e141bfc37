"""No check of our own courses is passed by somebody who guesses by a rule."""

from functools import cache

import pytest

from lms.content.guessing import CHANCE, RULES, Rule
from lms.core.settings import ROOT
from tools.guessing import Guessed, guess_all, whole

PASSED_AT_MOST = 0.1
"""The share of modules whose pass mark guessers may reach."""

FROM_CHANCE = 0.1
"""How far a rule's share of right answers over the whole catalogue may be from that of chance."""


@cache
def modules() -> list[Guessed]:
    return guess_all(ROOT / "courses")


def test_nine_of_ten_modules_cannot_be_passed_by_any_rule() -> None:
    passed = {each.module.id: each.reached_by() for each in modules() if each.reached_by()}
    assert len(passed) <= PASSED_AT_MOST * len(modules()), passed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_scores_over_the_whole_what_chance_does(rule: Rule) -> None:
    assert whole(modules(), rule) == pytest.approx(whole(modules(), CHANCE), abs=FROM_CHANCE)
