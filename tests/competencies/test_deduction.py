"""What follows from sums, against elimination in fractions and every set tried."""

import random
from fractions import Fraction
from itertools import combinations

import pytest

from lms.competencies.deduction import Unknowns


def in_span(sums: list[set[int]], asked: tuple[int, ...], count: int) -> bool:
    def rank(rows: list[list[Fraction]]) -> int:
        done = 0
        for column in range(count):
            lead = next((row for row in range(done, len(rows)) if rows[row][column]), None)
            if lead is None:
                continue
            rows[done], rows[lead] = rows[lead], rows[done]
            for row in range(done + 1, len(rows)):
                times = rows[row][column] / rows[done][column]
                rows[row] = [one - times * other for one, other in zip(rows[row], rows[done], strict=True)]
            done += 1
        return done

    known = [[Fraction(number in each) for number in range(count)] for each in sums]
    return rank([*known, [Fraction(number in asked) for number in range(count)]]) == rank(known)


def learned(sums: list[set[int]], near: list[int]) -> Unknowns:
    unknowns = Unknowns(near)
    for each in sums:
        if step := unknowns.step(each):
            unknowns.learn(step)
    return unknowns


@pytest.mark.parametrize("seed", range(30))
def test_small_sets_are_those_that_follow_and_hold_no_other(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any sums
    count = 9
    sums = [set(chance.sample(range(count), chance.randint(1, 6))) for _ in range(chance.randint(1, 6))]
    sizes = {number: chance.randint(1, 2) for number in range(count)}
    expected: set[tuple[int, ...]] = set()
    for many in range(1, 5):
        for some in combinations(range(count), many):
            made_of_others = any(set(each) < set(some) for each in expected)
            if sum(sizes[each] for each in some) <= 4 and not made_of_others and in_span(sums, some, count):
                expected.add(some)
    found = learned(sums, [number // 3 for number in range(count)]).small_sets(sizes, 4)
    assert expected <= found
    assert all(in_span(sums, each, count) for each in found)


@pytest.mark.parametrize("seed", range(30))
def test_a_step_says_beforehand_what_will_follow(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any sums
    sums = [set(chance.sample(range(8), chance.randint(1, 5))) for _ in range(6)]
    unknowns = Unknowns([number // 2 for number in range(8)])
    for place, each in enumerate(sums):
        step = unknowns.step(each)
        assert (step is None) == in_span(sums[:place], tuple(each), 8)
        if step is None:
            continue
        for asked in combinations(range(8), 2):
            begins = in_span(sums[: place + 1], asked, 8) and not in_span(sums[:place], asked, 8)
            assert unknowns.follows_with(step, asked) == begins
            if begins:
                assert all(set(asked) & direction.keys() for direction in unknowns.touched(step))
        unknowns.learn(step)


def test_the_step_with_which_a_sum_began_to_follow_is_found_again_and_can_be_forgotten() -> None:
    unknowns = learned([{0, 1, 2, 3}, {0, 1}, {2, 4}, {2, 3, 4}], [0, 0, 0, 0, 0])
    assert unknowns.step({4}) is None
    last = unknowns.step_of({4})
    unknowns.back_to(last)
    assert unknowns.step({4}) is not None
    assert unknowns.step({0, 1}) is None
