"""What a lead is shown of the answers to a plan: nothing tells a number of few people."""

from itertools import product
from random import Random

import pytest

from lms.reports.answers_shown import Shown, parts_shown, shown_of

FEW = 5
STATES = ("accepted", "refused", "waiting")
Rows = list[dict[str, int]]


def drawn(chance: Random) -> Rows:
    """One to four steps of at least five people each."""
    rows = []
    for _ in range(chance.randint(1, 4)):
        row = {state: chance.choice((0, 0, 1, 2, 3, 6, 9)) for state in STATES}
        row["waiting"] += max(0, FEW - sum(row.values()))
        rows.append(row)
    return rows


def worlds(rows: Rows) -> list[Rows]:
    """All tables that the same sums of rows allow, for few people."""
    each_row = []
    for row in rows:
        people = sum(row.values())
        found = [
            dict(zip(STATES, (a, b, people - a - b), strict=True))
            for a, b in product(range(people + 1), repeat=2)
            if a + b <= people
        ]
        each_row.append(found)
    return [list(each) for each in product(*each_row)]


def looks_like(rows: Rows, shown: Shown[str]) -> bool:
    """Whether a table agrees with all that is shown of another."""
    sums = {state: sum(row[state] for row in rows) for state in STATES}
    return all(row is None or row == own for row, own in zip(shown.rows, rows, strict=True)) and all(
        number is None or number == sums[state] for state, number in shown.together.items()
    )


def test_no_number_of_few_people_is_shown_nor_told_by_the_others() -> None:
    chance = Random(1)  # noqa: S311 draws of a test keep no secret
    tables = [rows for rows in (drawn(chance) for _ in range(40)) if len(rows) == 2]
    assert len(tables) > 5
    for rows in tables:
        if sum(sum(row.values()) for row in rows) > 24:
            continue
        shown = shown_of(rows, FEW)
        possible = [world for world in worlds(rows) if looks_like(world, shown)]
        for number, row in enumerate(rows):
            for state, people in row.items():
                if 0 < people < FEW:
                    assert len({world[number][state] for world in possible}) >= FEW
        for state in STATES:
            if 0 < sum(row[state] for row in rows) < FEW:
                assert len({sum(row[state] for row in world) for world in possible}) >= FEW


def test_a_table_without_few_people_is_shown_whole() -> None:
    rows = [{"accepted": 7, "refused": 0, "waiting": 5}, {"accepted": 12, "refused": 6, "waiting": 0}]
    shown = shown_of(rows, FEW)
    assert list(shown.rows) == rows
    assert shown.together == {"accepted": 19, "refused": 6, "waiting": 5}


def test_a_row_with_few_people_hides_another_beside_it_and_the_sums_stay() -> None:
    rows = [
        {"accepted": 30, "refused": 2, "waiting": 9},
        {"accepted": 8, "refused": 6, "waiting": 7},
        {"accepted": 50, "refused": 10, "waiting": 9},
    ]
    shown = shown_of(rows, FEW)
    assert shown.rows == (None, None, rows[2])
    assert shown.together == {"accepted": 88, "refused": 18, "waiting": 25}


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"a": 6, "b": 0}, {"a": 6, "b": 0}),
        ({"a": 6, "b": 2, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 1, "b": 2, "c": 9}, {"a": None, "b": None, "c": None}),
        ({"a": 3, "b": 0, "c": 0}, {"a": None, "b": None, "c": None}),
        ({}, {}),
    ],
)
def test_a_part_of_few_people_hides_another(parts: dict[str, int], shown: dict[str, int | None]) -> None:
    assert parts_shown(parts, FEW) == shown


def test_of_no_steps_there_is_nothing() -> None:
    assert shown_of([], FEW).rows == ()
