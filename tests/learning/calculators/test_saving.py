"""Savings, on sums that were made by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.calculators.saving import Baseline, Change, Nature, Release, Saving, Volume

CHANGE = Change(
    price=Decimal(412),
    volume=Decimal(1_200),
    new_price=Decimal(389),
    new_volume=Decimal(1_100),
    years=3,
    one_off=Decimal(6_000),
    running=Decimal(1_500),
)
AMOUNTS = st.decimals(0, 100_000, places=2)


def saving(**changes: object) -> Saving:
    return Saving(replace(CHANGE, **changes))  # type: ignore[arg-type]


def test_price_and_volume_stand_apart_and_make_the_whole_difference() -> None:
    found = saving()
    # 412 x 1,200 = 494,400 and 389 x 1,100 = 427,900: 66,500 less a year.
    assert [found.spend_before, found.spend_after] == [494_400, 427_900]
    assert found.price_effect == 23 * 1_100
    assert found.volume_effect == 100 * 412
    assert found.price_effect + found.volume_effect == 66_500
    # A year 66,500 - 1,500 = 65,000; three of them less 6,000 once.
    assert [found.recurring, found.net] == [65_000, 189_000]


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_two_effects_are_always_the_difference_in_spend(
    price: Decimal, volume: Decimal, new_price: Decimal, new_volume: Decimal
) -> None:
    found = saving(price=price, volume=volume, new_price=new_price, new_volume=new_volume)
    assert found.price_effect + found.volume_effect == found.spend_before - found.spend_after


def test_doing_less_is_not_claimed_and_the_better_price_still_is() -> None:
    found = saving(why_volume=Volume.LESS)
    assert found.does_less
    assert [found.volume_effect, found.claimed_volume_effect] == [41_200, 0]
    assert [found.recurring, found.net] == [23_800, 65_400]
    more = saving(why_volume=Volume.LESS, new_volume=Decimal(1_300))
    assert not more.does_less
    assert more.claimed_volume_effect == -41_200


@pytest.mark.parametrize(
    ("baseline", "release", "nature"),
    [
        (Baseline.PAID, Release.BUDGET, Nature.CASH),
        (Baseline.PAID, Release.ELSEWHERE, Nature.CASH),
        (Baseline.PAID, Release.NOTHING, Nature.NOT_CASH),
        (Baseline.ASKED, Release.BUDGET, Nature.AVOIDED),
        (Baseline.ASKED, Release.NOTHING, Nature.AVOIDED),
    ],
)
def test_only_money_that_was_paid_and_becomes_free_is_cash(
    baseline: Baseline, release: Release, nature: Nature
) -> None:
    assert saving(baseline=baseline, release=release).nature is nature


def test_a_change_that_costs_what_it_brings_is_no_saving() -> None:
    assert saving(one_off=Decimal(195_000)).net == 0
    assert saving(one_off=Decimal(195_000)).nature is Nature.NONE
    assert saving(one_off=Decimal("194_999.99")).nature is Nature.CASH
