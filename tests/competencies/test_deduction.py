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


def learned(sums: list[set[int]], count: int) -> Unknowns:
    unknowns = Unknowns(count, [[number // 3 for number in range(count)]])
    for each in sums:
        unknowns.learn(each)
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
    found = learned(sums, count).small_sets(sizes, 4)
    assert expected <= found
    assert all(in_span(sums, each, count) for each in found)


@pytest.mark.parametrize("seed", range(30))
def test_a_watched_sum_is_told_of_once_when_it_begins_to_follow(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any sums
    sums = [set(chance.sample(range(8), chance.randint(1, 5))) for _ in range(6)]
    unknowns = Unknowns(8, [[number // 2 for number in range(8)]])
    pairs = list(combinations(range(8), 2))
    for pair in pairs:
        unknowns.watch(pair, pair)
    for place, each in enumerate(sums):
        steps = len(unknowns)
        for _ in range(2):  # once to be forgotten again, as whoever tries a row does
            unknowns.back_to(steps)
            unknowns.learn(each)
        assert (len(unknowns) == steps) == in_span(sums[:place], tuple(each), 8)
        assert {*unknowns.begun()} == {
            pair
            for pair in pairs
            if in_span(sums[: place + 1], pair, 8) and not in_span(sums[:place], pair, 8)
        }


def test_the_step_with_which_a_sum_began_to_follow_is_found_again_and_can_be_forgotten() -> None:
    unknowns = learned([{0, 1, 2, 3}, {0, 1}, {2, 4}, {2, 3, 4}], 5)
    before = len(unknowns)
    unknowns.learn({4})
    assert len(unknowns) == before
    unknowns.back_to(unknowns.step_of({4}))
    known = len(unknowns)
    unknowns.learn({0, 1})
    assert len(unknowns) == known
    unknowns.learn({4})
    assert len(unknowns) == known + 1
