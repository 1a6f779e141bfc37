"""What the weekly mail says, and when it says nothing: the rules alone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.competencies.models import Basis
from lms.competencies.standing import PersonFacts, Piece, Span
from lms.core import clock
from lms.learning.digest import (
    AGAIN_AFTER,
    LAPSES_BEFORE,
    Due,
    Lapsing,
    LearnerNews,
    comes_near,
    due_soon,
    is_told_anew,
    lapsing_since,
)
from lms.people.digests import is_due
from lms.teams.digest import MovedUp, TeamLapse, TeamNews, moved_up, team_lapses
from lms.teams.digest_news import News

TODAY = date(2026, 11, 30)
LAST = TODAY - timedelta(days=7)
START = date(2025, 1, 1)
TITLES = {"law": "Law"}


def holds(
    level: int, until: date | None = None, start: date = START, away: Span | None = None
) -> PersonFacts:
    piece = Piece(1, "law", level, Basis.IMPORT, start, until)
    return PersonFacts(absences=[away] if away else [], pieces={"law": [piece]})


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def told_due(*days: int, by: str = "Morgan Example") -> list[tuple[str, bool]]:
    asked = [Due(str(each), after(each), by) for each in days]
    return [(each.title, each.late) for each in due_soon(asked, since=LAST, today=TODAY)]


def test_work_is_told_in_the_fortnight_before_its_day_and_once_it_is_over() -> None:
    assert told_due(15, 14, 0, -1) == [("-1", True), ("0", False), ("14", False)]


def test_overdue_work_is_told_at_once_and_every_four_weeks() -> None:
    weeks = [each for each in range(20) if told_due(-1 - 7 * each)]
    assert weeks == [0, 4, 8, 12, 16]


@given(some.integers(-30, 40))
def test_whenever_work_is_assigned_it_is_told_before_its_day_or_when_it_is_over(days: int) -> None:
    mails = [TODAY + timedelta(days=7 * number) for number in range(-9, 12)]
    due = [Due("Law", after(days), "Morgan")]
    told = [now for last, now in pairwise(mails) if due_soon(due, since=last, today=now)]
    before = [each for each in told if each <= after(days)]
    late = [each for each in told if each > after(days)]
    assert len(before) == 2 + (days % 7 == 0)
    assert all(later - earlier == AGAIN_AFTER for earlier, later in pairwise(late))
    assert late[0] <= after(days) + timedelta(days=7)


def test_what_waits_is_told_although_it_began_later_on_the_day_of_the_last_mail() -> None:
    mail = datetime(2026, 11, 23, 7, tzinfo=UTC)
    mails = [mail + timedelta(days=7 * number) for number in range(9)]
    began = mail + timedelta(hours=3)
    told = [number for number, (last, now) in enumerate(pairwise(mails)) if is_told_anew(began, last, now)]
    assert told == [0, 4]
    assert not is_told_anew(mail - timedelta(hours=1), mail, mails[1])


def test_work_that_two_people_asked_for_is_told_once_by_the_earlier_day() -> None:
    asked = [Due("Law", after(9), "Lee"), Due("Law", after(3), "Morgan"), Due("Law", after(40), "Asha")]
    assert due_soon(asked, since=LAST, today=TODAY) == (Due("Law", after(3), "Morgan"),)


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (0, False),
        (1, True),
        (7, True),
        (8, False),
        (23, False),
        (24, True),
        (30, True),
        (31, False),
        (53, False),
        (54, True),
        (60, True),
        (61, False),
    ],
)
def test_a_lapse_is_told_when_it_comes_within_60_30_or_7_days(left: int, told: bool) -> None:  # noqa: FBT001
    assert comes_near(after(left), LAST, TODAY) is told


@given(some.integers(1, 400), some.integers(0, 6))
def test_in_a_row_of_weekly_mails_a_lapse_is_told_three_times(first: int, weekday: int) -> None:
    day = TODAY + timedelta(days=first + max(LAPSES_BEFORE))
    mails = [TODAY + timedelta(days=7 * number + weekday - 7) for number in range(80)]
    told = [now for last, now in pairwise(mails) if comes_near(day, last, now)]
    assert len(told) == len(LAPSES_BEFORE)


def test_a_lapse_counts_against_what_the_role_asks_and_waits_for_who_is_away() -> None:
    def told(person: PersonFacts, required: int) -> tuple[Lapsing, ...]:
        return lapsing_since(person, {"law": required}, TITLES, since=LAST, today=TODAY)

    assert told(holds(2, after(28)), 2) == (Lapsing("Law", 2, after(28)),)
    assert told(holds(1, after(28)), 2) == ()
    assert told(holds(2, after(28), away=Span(after(20), after(40))), 2) == ()


def test_a_manager_is_told_of_a_lapse_at_the_same_marks() -> None:
    people = [(str(days), holds(3, after(days)), {"law": 2}) for days in (59, 40, 28)]
    assert team_lapses(people, TITLES, since=LAST, today=TODAY) == (
        TeamLapse("28", "Law", 2, after(28)),
        TeamLapse("59", "Law", 2, after(59)),
    )


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (holds(1), holds(2), 2),
        (PersonFacts(), holds(2, start=START), 2),
        (holds(2), holds(2), None),
        (holds(2), holds(1), None),
        (holds(2, LAST), holds(2), 2),
    ],
)
def test_who_moved_up_is_told_from_what_was_known_then(
    before: PersonFacts, now: PersonFacts, told: int | None
) -> None:
    found = moved_up({1: "Asha"}, {1: before}, {1: now}, TITLES, since=LAST, today=TODAY)
    assert found == (() if told is None else (MovedUp("Asha", "Law", told),))


def test_nothing_to_say_is_no_news() -> None:
    assert not News(TeamNews(), LearnerNews())
    assert News(TeamNews(), LearnerNews(due=(Due("Law", TODAY, "Morgan"),)))
    assert News(TeamNews(moved_up=(MovedUp("Asha", "Law", 2),)), LearnerNews())


@given(some.lists(some.integers(0, 100_000), min_size=1, max_size=60))
def test_whenever_it_is_tried_no_two_mails_are_within_seven_days(minutes: list[int]) -> None:
    start = datetime(2026, 3, 27, 23, tzinfo=UTC)  # the clocks go forward two nights later
    sent: list[datetime] = []
    for moment in (start + timedelta(minutes=minute) for minute in sorted(minutes)):
        if is_due(sent[-1] if sent else None, clock.london_day(moment), stopped=False):
            sent.append(moment)
    days = [clock.london_day(each) for each in sent]
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(days))


def test_a_mail_is_due_on_the_same_weekday_at_an_earlier_hour_and_never_when_stopped() -> None:
    sent = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert is_due(sent, TODAY, stopped=False)
    assert not is_due(sent, TODAY - timedelta(days=1), stopped=False)
    assert not is_due(None, TODAY, stopped=True)
