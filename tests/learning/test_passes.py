"""How long a pass counts, from plain values."""

from datetime import date, timedelta

import pytest

from lms.competencies.standing import Span
from lms.content.catalogue import EarlierUntil
from lms.learning.module_states import Pass
from lms.learning.passes import counts_until, current, longest, new_until
from tests.support.catalogue import module

DAY = date(2026, 11, 30)
END = date(2027, 11, 30)
GRACE = EarlierUntil(edition=2, day=date(2027, 3, 1))


def test_a_pass_counts_until_its_validity_ends_or_a_newer_edition_takes_over() -> None:
    entry = module("notices", edition=3, earlier_until=(GRACE, EarlierUntil(edition=3, day=date(2028, 1, 1))))
    assert counts_until(Pass(1, DAY, END), entry) == GRACE.day
    assert counts_until(Pass(2, DAY, END), entry) == END
    assert counts_until(Pass(2, DAY, None), entry) == date(2028, 1, 1)
    assert counts_until(Pass(3, DAY, None), entry) is None
    assert counts_until(Pass(1, DAY, END), None) == END


def test_the_last_day_is_the_one_before_its_end() -> None:
    assert current(Pass(1, DAY, END), None, END - timedelta(days=1))
    assert not current(Pass(1, DAY, END), None, END)


@pytest.mark.parametrize(("back", "counts"), [(None, True), (END + timedelta(days=10), True)])
def test_an_absence_moves_an_end_that_falls_into_it(back: date | None, *, counts: bool) -> None:
    away = [Span(END - timedelta(days=10), back)]
    assert current(Pass(1, DAY, END), None, END + timedelta(days=20), away) is counts


def test_of_several_passes_the_one_that_ends_last_counts() -> None:
    short, long, over = Pass(1, DAY, END), Pass(1, DAY, None), Pass(1, DAY, DAY)
    assert longest([short, long, over], None, DAY) == long
    assert longest([over], None, DAY) is None


def test_a_renewal_counts_from_the_old_end_in_the_90_days_before_it() -> None:
    old = Pass(1, DAY, END)
    assert new_until(old, 12, END - timedelta(days=90)) == date(2028, 11, 30)
    assert new_until(old, 12, END - timedelta(days=91)) == date(2028, 8, 31)
    assert new_until(None, 12, DAY) == END
    assert new_until(old, None, DAY) is None


def test_a_pass_on_a_day_that_a_month_lacks_counts_to_the_first_of_the_next() -> None:
    assert new_until(None, 12, date(2028, 2, 29)) == date(2029, 3, 1)
