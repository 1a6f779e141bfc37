"""The due day of whoever was away: what they get when they are back."""

from datetime import date, timedelta

import pytest

from lms.learning.assignments import TIME_TO_DO
from lms.learning.returning import Return, due_after

ASKED = date(2026, 11, 30)
AWAY = Return(date(2026, 11, 2), date(2027, 1, 11))


@pytest.mark.parametrize(("days", "got"), [(10, 28), (28, 28), (91, 91)])
def test_without_a_due_day_they_get_the_days_that_they_would_have_had_and_28_at_least(
    days: int, got: int
) -> None:
    meant = ASKED + timedelta(days=days)
    assert due_after(AWAY, None, ASKED, meant) == AWAY.back + timedelta(days=got)


@pytest.mark.parametrize("due", [AWAY.first, date(2026, 12, 18), AWAY.back - timedelta(days=1)])
def test_what_fell_due_while_they_were_away_is_due_28_days_after_the_return(due: date) -> None:
    assert due_after(AWAY, due, ASKED, due) == AWAY.back + TIME_TO_DO


@pytest.mark.parametrize("due", [AWAY.first - timedelta(days=1), AWAY.back, date(2027, 3, 1)])
def test_what_was_overdue_before_or_is_due_later_keeps_its_day(due: date) -> None:
    assert due_after(AWAY, due, ASKED, due) is None


def test_an_absence_that_never_was_gives_a_day_to_what_has_none_and_moves_no_other() -> None:
    never = Return(AWAY.first, date(2026, 12, 7), away=False)
    assert due_after(never, None, ASKED, date(2026, 12, 18)) == never.back + TIME_TO_DO
    assert due_after(never, date(2026, 12, 1), ASKED, date(2026, 12, 1)) is None
