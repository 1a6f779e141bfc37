"""The rule of the gap ledger on histories at random: its sums, its causes and their order."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from lms.competencies.movements import Cause, Line, Lines, Structure, moves
from lms.competencies.standing import PersonFacts
from lms.competencies.tally import Tally
from tests.support.movement_rules import HEADS, RULES, added_up
from tests.support.second_count import Count, SecondCount
from tests.support.timelines import ACTS, HISTORIES, Timeline

PARTS = 4
"""All rules are tried in so many tests, which may run side by side."""


def people(seeds: range) -> Iterator[tuple[int, PersonFacts, Structure]]:
    for seed in seeds:
        known = Timeline(seed).known()
        yield from ((seed, person, known.structure) for person in known.people)


def part_of_the_histories(part: int) -> range:
    return range(part, HISTORIES, PARTS)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_rule_holds_of_every_history(part: int) -> None:
    for seed, person, structure in people(part_of_the_histories(part)):
        count, lines = SecondCount(person, structure), moves(person, structure)
        faults = {rule.__name__: found for rule in RULES if (found := list(rule(count, lines)))}
        assert faults == {}, f"history {seed}"


def test_the_histories_hold_enough_of_everything_to_be_a_test() -> None:
    causes: Counter[str] = Counter()
    together, both_ways = 0, 0
    for _, person, structure in people(range(500)):
        lines = moves(person, structure)
        causes.update(competency if competency in HEADS else cause for _, _, competency, cause in lines)
        days = Counter((day, cell, competency) for day, cell, competency, _ in lines)
        together += sum(number > 1 for number in days.values())
        both_ways += sum(tally.below == 0 and any(tally.numbers[1:4]) for tally in lines.values())
    assert set(causes) == {*Cause, *HEADS}
    assert min(causes.values()) >= 10
    assert together >= 100
    assert both_ways >= 10


def test_movements_of_one_competency_are_those_of_all_that_name_it() -> None:
    for seed, person, structure in people(range(100)):
        every = moves(person, structure)
        for competency in ("law", "risk", "unheard of"):
            alone = {line: tally for line, tally in every.items() if line[2] == competency}
            assert moves(person, structure, [competency]) == alone, f"history {seed}"


def test_no_line_is_kept_that_changes_nothing() -> None:
    for seed, person, structure in people(range(100)):
        assert all(tally for tally in moves(person, structure).values()), f"history {seed}"


# What becomes known later: each act appends the difference alone.


def everyone(timeline: Timeline, act: int) -> Lines:
    known = timeline.known(act)
    total: Lines = {}
    for person in known.people:
        for line, tally in moves(person, known.structure).items():
            total.setdefault(line, Tally()).merge(tally)
    return total


def differences(timeline: Timeline) -> dict[int, Lines]:
    """What each act appends to the ledger."""
    before: Lines = {}
    appended: dict[int, Lines] = {}
    for act in range(1, ACTS + 1):
        now = everyone(timeline, act)
        lines: dict[Line, Tally] = {line: Tally() for line in {*before, *now}}
        for line, tally in lines.items():
            tally.merge(now.get(line, Tally()))
            tally.merge(before.get(line, Tally()), -1)
        appended[act] = {line: tally for line, tally in lines.items() if tally}
        before = now
    return appended


def report(appended: dict[int, Lines], day: date, act: int) -> Count:
    """The sum of all lines up to a day that were recorded up to an act."""
    total: Lines = {}
    for recorded, lines in appended.items():
        if recorded <= act:
            for line, tally in lines.items():
                total.setdefault(line, Tally()).merge(tally)
    return added_up(total, day)


def counted(timeline: Timeline, day: date, act: int) -> Count:
    """The same, counted afresh from the facts as they were known at the act."""
    known = timeline.known(act)
    total: Count = {}
    for person in known.people:
        for key, numbers in SecondCount(person, known.structure).on(day).items():
            total[key] = tuple(map(sum, zip(total.get(key, (0,) * 7), numbers, strict=True)))
    return total


@pytest.mark.parametrize("part", range(PARTS))
def test_a_report_is_the_sum_of_what_acts_appended_up_to_a_day_and_an_act(part: int) -> None:
    for seed in part_of_the_histories(part):
        timeline = Timeline(seed)
        appended = differences(timeline)
        days = sorted({line[0] for lines in appended.values() for line in lines})
        chance = Random(seed)  # noqa: S311 any day will do
        for act in range(1, ACTS + 1):
            for day in chance.sample(days, min(3, len(days))):
                assert report(appended, day, act) == counted(timeline, day, act), f"history {seed}, {day}"


def test_acts_take_back_what_they_replace_on_its_own_day() -> None:
    taken_back = 0
    for seed in range(200):
        appended = differences(Timeline(seed))
        for act in range(2, ACTS + 1):
            earlier = {line for each in range(1, act) for line in appended[each]}
            taken_back += sum(line in earlier for line in appended[act])
    assert taken_back >= 200


@pytest.mark.parametrize("part", range(PARTS))
def test_a_change_is_what_moved_between_the_days_and_what_was_restated(part: int) -> None:
    for seed in part_of_the_histories(part):
        timeline = Timeline(seed)
        appended = differences(timeline)
        days = sorted({line[0] for lines in appended.values() for line in lines})
        if len(days) < 2:
            continue
        chance = Random(seed)  # noqa: S311 any two days and acts will do
        early, late = sorted(chance.sample(days, 2))
        first, last = sorted(chance.sample(range(1, ACTS + 1), 2))
        rows = [(each, line, tally) for each, lines in appended.items() for line, tally in lines.items()]
        moved = [(line, tally) for each, line, tally in rows if each <= last and early < line[0] <= late]
        restated = [(line, tally) for each, line, tally in rows if line[0] <= early and first < each <= last]
        total: Lines = {}
        for key, numbers in counted(timeline, early, first).items():
            total[early, *key, Cause.JOINED] = Tally(*numbers)
        for (_, cell, competency, cause), tally in moved + restated:
            total.setdefault((early, cell, competency, cause), Tally()).merge(tally)
        assert added_up(total, early) == counted(timeline, late, last), f"history {seed}"
