"""No number of a few people can be worked out from the tables of the evaluation."""

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from random import Random

from lms.learning.evaluation import Numbers, Step, added, is_small, showable
from lms.reports.evaluation_rules import protected

SMALLEST = 3
"""Small, so that all tables that agree with a page can be tried."""
CHAIN = (Step.BEGAN, Step.PASSED, Step.APPLIED)
MOST, TABLES = 6, 40
Row = tuple[int, ...]


def drawn(random: Random) -> Numbers:
    """A row in which only one chain of steps holds somebody."""
    began = random.randint(0, MOST)
    passed = random.randint(0, began)
    return numbers(began, passed, random.randint(0, passed))


def numbers(began: int, passed: int, applied: int) -> Numbers:
    return {**dict.fromkeys(Step, 0), Step.BEGAN: began, Step.PASSED: passed, Step.APPLIED: applied}


def agreeing(
    parts: Mapping[str, Numbers], may: Mapping[str, frozenset[Step]], told: frozenset[Step]
) -> Iterator[tuple[Row, ...]]:
    """Every table of three parts that shows the same as this one: a small attacker who tries them all."""
    whole = added(parts.values())
    most = whole[Step.BEGAN] if Step.BEGAN in told else 3 * MOST
    every = [row for row in product(range(most + 1), repeat=3) if row[0] >= row[1] >= row[2]]
    first, second, third = (
        [row for row in every if all(row[n] == parts[key][each] for n, each in seen(may[key]))]
        for key in parts
    )
    wanted = seen(told)
    by_sum: dict[Row, list[Row]] = {}
    for row in third:
        by_sum.setdefault(tuple(row[n] for n, _ in wanted), []).append(row)
    for one, two in product(first, second):
        rest = tuple(whole[each] - one[n] - two[n] for n, each in wanted)
        for three in by_sum.get(rest, ()):
            yield one, two, three


def seen(steps: Collection[Step]) -> list[tuple[int, Step]]:
    return [(n, each) for n, each in enumerate(CHAIN) if each in steps]


def given_away(parts: Mapping[str, Numbers]) -> list[str]:
    """What an attacker knows of a few people who are hidden; also of what a part lacks to its parent."""
    whole = added(parts.values())
    told = showable(whole, SMALLEST)
    may = protected(parts, told, SMALLEST)
    kept: list[tuple[set[int], ...]] = [tuple(set() for _ in range(5)) for _ in parts]
    for table in agreeing(parts, may, told):
        for values, (began, passed, applied) in zip(kept, table, strict=True):
            found = (began, passed, applied, began - passed, passed - applied)
            for each, number in zip(values, found, strict=True):
                each.add(number)
    return [
        f"{key} {each}"
        for key, values in zip(parts, kept, strict=True)
        for each in values
        if all(is_small(number, SMALLEST) for number in each)
    ]


def test_a_reader_who_tries_every_table_is_told_of_no_small_number() -> None:
    random = Random(1)  # noqa: S311 invented numbers keep no secret
    for _ in range(TABLES):
        parts = {name: drawn(random) for name in ("a", "b", "c")}
        assert given_away(parts) == [], parts
