from collections import Counter
from datetime import date, timedelta
from itertools import combinations, count
from random import Random

import pytest

from lms.competencies.models import Basis
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Span
from lms.teams.ahead import ahead_of
from lms.teams.matrix import Row
from lms.teams.staffing import Candidate, Period, candidates_of, smallest
from lms.teams.staffing_ways import Kind, Step, carried, done, ways_of, works_on
from tests.support.drawn_teams import LONG_AGO, TODAY, drawn_team

LONG, TEAMS = 40, 400
FIRST, LAST = TODAY + timedelta(days=5), TODAY + timedelta(days=LONG)
NEEDS = {"law": 2, "cost": 1, "risk": 3}
PERIOD = Period(NEEDS, FIRST, LAST)
DAYS = [FIRST + timedelta(days=after) for after in range(PERIOD.count)]
ASSESS = {(key, level): Step(key, level, 90, until=date(2029, 11, 30)) for key, level in NEEDS.items()}
GROW = {**ASSESS, ("cost", 1): Step("cost", 1, 20, by_learning=True)}
numbers = count(1)


@pytest.fixture(scope="module")
def drawn() -> list[list[Candidate]]:
    """Teams of six at most, the same in each run."""
    chance = Random(20261130)  # noqa: S311 the same teams in each run
    return [candidates_of(drawn_team(chance, list(NEEDS), 6, LONG), PERIOD) for _ in range(TEAMS)]


def covered(people: tuple[Candidate, ...], first: date = FIRST) -> bool:
    """Whether somebody of these holds each level on each day, counted day by day."""
    return all(
        any(each.ahead.holds(key, level, day) for each in people)
        for day in DAYS
        if day >= first
        for key, level in NEEDS.items()
    )


def test_somebody_is_ready_until_the_first_day_on_which_a_level_is_not_held(
    drawn: list[list[Candidate]],
) -> None:
    for each in (each for team in drawn for each in team):
        ends = {
            key: next((day for day in DAYS if not each.ahead.holds(key, level, day)), None)
            for key, level in NEEDS.items()
        }
        assert {key: each.lapses(key) for key in NEEDS} == ends
        assert each.until == min((day for day in ends.values() if day), default=None)
        assert each.ready == covered((each,))
        assert each.starts == (each.until != FIRST)


def test_levels_short_are_those_of_the_evidence_of_the_first_day(drawn: list[list[Candidate]]) -> None:
    for each in (each for team in drawn for each in team):
        short = [max(0, level - each.ahead.level(key, FIRST)) for key, level in NEEDS.items()]
        assert each.levels_short == sum(short)


def test_somebody_is_back_on_the_first_day_from_which_they_are_ready_after_an_absence(
    drawn: list[list[Candidate]],
) -> None:
    for each in (each for team in drawn for each in team if not each.ready):
        day = next((day for day in DAYS if covered((each,), day)), None)
        away = day and any(day - timedelta(days=1) in span for span in each.ahead.absences)
        assert each.back_on() == (day if away else None)


def test_no_fewer_people_cover_it_than_the_smallest_group_that_is_found(
    drawn: list[list[Candidate]],
) -> None:
    seen: Counter[int] = Counter()
    for found in drawn:
        sizes = [size for size in (1, 2, 3) if any(covered(each) for each in combinations(found, size))]
        group = smallest(found)
        assert len(group) == next(iter(sizes), 0)
        assert not group or covered(group)
        seen[len(group)] += 1
    assert min(seen[size] for size in (0, 1, 2, 3)) > 3, seen


def test_whoever_leads_in_a_group_holds_the_level_on_every_day(drawn: list[list[Candidate]]) -> None:
    for group in filter(None, map(smallest, drawn)):
        for key, leads in carried(group).items():
            throughout = [
                each for each in group if all(each.ahead.holds(key, NEEDS[key], day) for day in DAYS)
            ]
            assert leads == throughout


def test_every_way_covers_the_work_on_every_day_once_it_is_done(drawn: list[list[Candidate]]) -> None:
    seen: Counter[Kind] = Counter()
    for found in drawn:
        for way in ways_of(found, ASSESS, GROW, TODAY):
            first = way.day if way.kind is Kind.RETURN and way.day else FIRST
            assert covered(tuple(done(each, way.steps, TODAY) for each in way.people), first)
            seen[way.kind] += 1
    assert set(seen) == set(Kind), seen


def test_what_is_to_be_shown_fits_before_the_first_day_with_a_level_missing(
    drawn: list[list[Candidate]],
) -> None:
    for found in drawn:
        for way in (way for way in ways_of(found, ASSESS, GROW, TODAY) if way.steps):
            (person,) = way.people
            end = person.until
            assert way.day == end
            assert end is not None
            ahead = [TODAY + timedelta(days=after) for after in range((end - TODAY).days)]
            at_work = [day for day in ahead if works_on(day) and person.ahead.counts(day)]
            assert len(way.steps) <= way.takes <= way.left == len(at_work)


def test_ways_stand_by_how_sure_and_how_quick_and_are_three_at_most(drawn: list[list[Candidate]]) -> None:
    for found in drawn:
        kinds = [list(Kind).index(way.kind) for way in ways_of(found, ASSESS, GROW, TODAY)]
        assert kinds == sorted(kinds)
        assert len(kinds) <= 3


def person(number: int, shown: dict[str, tuple[int, date | None]]) -> Candidate:
    """Somebody with these levels, each until a day."""
    pieces = {
        key: [Piece(next(numbers), key, level, Basis.IMPORT, LONG_AGO, until)]
        for key, (level, until) in shown.items()
    }
    post = AppointmentFacts(number, number, 1, "buyer", None, Span(LONG_AGO))
    row = Row(number, f"Person {number}", (), None, ())
    ahead = ahead_of(row, PersonFacts([post], [], pieces), frozenset({1}))
    return Candidate(ahead, PERIOD)


def test_growth_that_takes_more_working_days_than_are_left_is_no_way() -> None:
    """The work begins on the Saturday, and St Andrew’s Day is a holiday in Scotland only: five are left."""
    short = [person(1, {"law": (2, None), "cost": (1, None)})]
    for parts, ways in ((5, 1), (6, 0)):
        steps = {("risk", 3): Step("risk", 3, 90, parts)}
        found = ways_of(short, ASSESS, steps, TODAY)
        assert [(way.kind, way.takes, way.left) for way in found] == [(Kind.GROW, parts, 5)] * ways


def test_the_quicker_of_two_who_can_grow_comes_first() -> None:
    two = [person(1, {"law": (2, None)}), person(2, {"law": (2, None), "cost": (1, None)})]
    assert [way.people[0].ahead.row.person_id for way in ways_of(two, ASSESS, GROW, TODAY)] == [2, 1]


def test_of_three_hundred_people_the_smallest_group_is_found_though_all_differ() -> None:
    people = [
        person(
            number,
            {
                key: (3, FIRST + timedelta(days=each))
                for key, each in zip(NEEDS, (number % 35, number // 9, (number * 7) % 35), strict=True)
            },
        )
        for number in range(300)
    ]
    assert smallest(people) == ()
    people.append(person(300, dict.fromkeys(("law", "risk"), (3, None))))
    people.append(person(301, {"cost": (1, None)}))
    assert {each.ahead.row.person_id for each in smallest(people)} == {300, 301}
