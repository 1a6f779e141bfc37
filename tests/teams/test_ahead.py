from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from random import Random

from lms.competencies.models import Basis
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Span
from lms.teams.ahead import Ahead, Nobody, Why, ahead_of, levels_on, nobody_from
from lms.teams.matrix import Row
from tests.support.drawn_teams import TODAY, drawn_day, drawn_team

DAY, LONG, TEAMS, SEED = TODAY, 120, 150, 20261130
UNTIL = DAY + timedelta(days=LONG)
TEAM = frozenset({1})
numbers = count(1)


def somebody(name: str, *ends: date | None, posts: Span | None = None, away: Span | None = None) -> Ahead:
    """Make somebody with level 3 by evidence that ends on these days."""
    shown = [Piece(next(numbers), "law", 3, Basis.IMPORT, date(2024, 1, 1), end) for end in ends]
    span = posts or Span(date(2024, 1, 1))
    post = AppointmentFacts(next(numbers), 1, 1, "buyer", None, span)
    facts = PersonFacts([post], [away] if away else [], {"law": shown})
    return ahead_of(Row(1, name, (), None, ()), facts, TEAM)


def counted(people: Sequence[Ahead], level: int, day: date) -> set[str]:
    """Count again: who is there on a day with a level."""
    return {each.row.name for each in people if each.holds("law", level, day)}


def test_nobody_is_left_on_exactly_the_first_day_on_which_a_count_of_each_day_finds_none() -> None:
    chance = Random(SEED)  # noqa: S311 the same teams in each run
    by_day = [DAY + timedelta(days=after) for after in range(LONG + 1)]
    outcomes = set()
    for _ in range(TEAMS):
        people, level = drawn_team(chance, ["law"], 4, LONG), chance.randint(1, 4)
        empty = next((day for day in by_day if not counted(people, level, day)), None)
        found = nobody_from(people, "law", level, DAY, UNTIL)
        assert (found.day if found else None) == (empty if empty != DAY else None)
        assert not found or found.last.name in counted(people, level, found.day - timedelta(days=1))
        outcomes.add((found is None, empty == DAY))
    assert len(outcomes) == 3, "somebody all along, nobody at first, nobody later"


def test_levels_of_a_day_are_those_of_everybody_who_is_there() -> None:
    chance = Random(SEED)  # noqa: S311 the same teams in each run
    for _ in range(TEAMS):
        people, day = drawn_team(chance, ["law"], 4, LONG), drawn_day(chance, LONG)
        levels = levels_on(people, ["law"], day)
        assert len(levels) == sum(1 for each in people if each.counts(day))
        for level in (1, 2, 3, 4):
            assert sum(1 for each in levels if each[0] >= level) == len(counted(people, level, day))


def test_the_last_whose_evidence_ends_is_named_with_the_day() -> None:
    asha, bryn = somebody("Asha", date(2027, 3, 14)), somebody("Bryn", date(2027, 1, 8))
    assert nobody_from([bryn, asha], "law", 3, DAY, UNTIL) == Nobody(
        date(2027, 3, 14), asha.row, Why.EVIDENCE
    )


def test_an_absence_and_the_end_of_a_post_leave_nobody_too() -> None:
    away = somebody("Asha", None, away=Span(date(2027, 1, 8), None))
    leaving = somebody("Bryn", None, posts=Span(date(2024, 1, 1), date(2027, 2, 1)))
    first, second = (nobody_from([each], "law", 3, DAY, UNTIL) for each in (away, leaving))
    assert first == Nobody(date(2027, 1, 8), away.row, Why.AWAY)
    assert second == Nobody(date(2027, 2, 1), leaving.row, Why.POST)


def test_who_comes_back_in_time_goes_on_with_the_level() -> None:
    back = somebody("Asha", None, away=Span(DAY - timedelta(days=9), date(2027, 1, 4)))
    until_then = somebody("Bryn", date(2027, 1, 4))
    assert nobody_from([back, until_then], "law", 3, DAY, UNTIL) is None
    assert nobody_from([back], "law", 3, DAY, UNTIL) is None


def test_an_end_after_the_last_day_asked_for_is_not_said() -> None:
    asha = somebody("Asha", UNTIL + timedelta(days=1))
    assert nobody_from([asha], "law", 3, DAY, UNTIL) is None
    assert nobody_from([asha], "law", 3, DAY, UNTIL + timedelta(days=1)) is not None
