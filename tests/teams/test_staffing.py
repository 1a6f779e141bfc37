from datetime import date, timedelta
from itertools import combinations, count

from hypothesis import given
from hypothesis import strategies as st

from lms.competencies.models import Basis
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Span
from lms.teams.ahead import ahead_of
from lms.teams.matrix import Row
from lms.teams.staffing import Candidate, Period, candidates_of, smallest
from lms.teams.staffing_ways import Kind, Step, done, ways_of

TODAY, LONG = date(2026, 11, 30), 40
FIRST, LAST = TODAY + timedelta(days=5), TODAY + timedelta(days=LONG)
NEEDS = {"law": 2, "cost": 1, "risk": 3}
numbers = count(1)
days = st.integers(-30, LONG + 10).map(lambda after: TODAY + timedelta(days=after))
ASSESS = {(key, level): Step(key, level, 90, until=date(2029, 11, 30)) for key, level in NEEDS.items()}
GROW = {**ASSESS, ("cost", 1): Step("cost", 1, 20, by_learning=True)}


@st.composite
def spans(draw: st.DrawFn, longest: int = 60) -> Span:
    start = draw(days)
    return Span(
        start, draw(st.none() | st.integers(1, longest).map(lambda long: start + timedelta(days=long)))
    )


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    people = []
    for number in range(draw(st.integers(1, 6))):
        posts = [AppointmentFacts(next(numbers), number, 1, "buyer", None, Span(date(2024, 1, 1)))]
        if draw(st.booleans()):
            posts = [AppointmentFacts(next(numbers), number, 1, "buyer", None, draw(spans()))]
        shown: dict[str, list[Piece]] = {}
        for key in NEEDS:
            for _ in range(draw(st.integers(0, 2))):
                long_ago = draw(st.booleans())
                span = Span(date(2024, 1, 1), draw(st.none() | days)) if long_ago else draw(spans())
                piece = Piece(next(numbers), key, draw(st.integers(1, 4)), Basis.IMPORT, span.start, span.end)
                shown.setdefault(key, []).append(piece)
        facts = PersonFacts(posts, draw(st.lists(spans(20), max_size=1)), shown)
        people.append(ahead_of(Row(number, f"Person {number}", (), None, ()), facts, frozenset({1})))
    return candidates_of(people, Period(NEEDS, FIRST, LAST))


def each_day(first: date = FIRST) -> list[date]:
    return [first + timedelta(days=after) for after in range((LAST - first).days + 1)]


def covered(people: tuple[Candidate, ...], first: date = FIRST) -> bool:
    """Whether somebody of these holds each level on each day, counted day by day."""
    return all(
        any(each.ahead.holds(key, level, day) for each in people)
        for day in each_day(first)
        for key, level in NEEDS.items()
    )


@given(candidates())
def test_somebody_is_ready_until_the_first_day_on_which_a_level_is_not_held(found: list[Candidate]) -> None:
    for each in found:
        ends = [
            day
            for day in each_day()
            if not all(each.ahead.holds(key, level, day) for key, level in NEEDS.items())
        ]
        assert each.until == next(iter(ends), None)
        assert each.ready == covered((each,))


@given(candidates())
def test_no_fewer_people_cover_it_than_the_smallest_group_that_is_found(found: list[Candidate]) -> None:
    sizes = [size for size in (1, 2, 3) if any(covered(each) for each in combinations(found, size))]
    group = smallest(found)
    assert len(group) == next(iter(sizes), 0)
    assert not group or covered(group)


@given(candidates())
def test_every_way_covers_the_work_on_every_day_once_it_is_done(found: list[Candidate]) -> None:
    for way in ways_of(found, ASSESS, GROW, TODAY):
        first = way.day if way.kind is Kind.RETURN and way.day else FIRST
        assert covered(tuple(done(each, way.steps, TODAY) for each in way.people), first)


@given(candidates())
def test_ways_stand_by_how_sure_and_how_quick_and_are_three_at_most(found: list[Candidate]) -> None:
    kinds = [list(Kind).index(way.kind) for way in ways_of(found, ASSESS, GROW, TODAY)]
    assert kinds == sorted(kinds)
    assert len(kinds) <= 3


def test_of_three_hundred_people_the_smallest_group_is_found_though_all_differ() -> None:
    people = []
    for number in range(300):
        shown = {
            key: [Piece(next(numbers), key, 3, Basis.IMPORT, date(2024, 1, 1), FIRST + timedelta(days=each))]
            for key, each in zip(NEEDS, (number % 35, number // 9, (number * 7) % 35), strict=True)
        }
        post = AppointmentFacts(number, number, 1, "buyer", None, Span(date(2024, 1, 1)))
        row = Row(number, f"Person {number}", (), None, ())
        people.append(ahead_of(row, PersonFacts([post], [], shown), frozenset({1})))
    assert smallest(candidates_of(people, Period(NEEDS, FIRST, LAST))) == ()
