"""Whole-life costs, against the factors of the Green Book and sums that were made by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.calculators.whole_life_cost import Offer, compare, discount_factor

POUNDS = st.integers(0, 1_000_000).map(Decimal)
RATE = Decimal("3.5")


@pytest.mark.parametrize(
    ("year", "factor"),
    [(0, "1.000"), (1, "0.966"), (2, "0.934"), (3, "0.902"), (5, "0.842"), (10, "0.709")],
)
def test_factors_are_those_of_the_green_book(year: int, factor: str) -> None:
    assert round(discount_factor(year, RATE), 3) == Decimal(factor)


def test_each_cost_falls_into_its_year_and_resale_into_the_last() -> None:
    offer = Offer("Van", Decimal(100), Decimal(10), ((2, Decimal(5)), (0, Decimal(1))), Decimal(40))
    (cost, _) = compare([offer, Offer("Other", Decimal(0))], 3, Decimal(10)).costs
    assert list(cost.plain) == [101, 10, 15, -30]
    assert cost.plain_total == 96
    # 101 + 10 / 1.1 + 15 / 1.21 - 30 / 1.331
    assert round(cost.discounted_total, 4) == Decimal("99.9482")


def test_discounting_can_change_which_offer_is_cheapest() -> None:
    dear_now = Offer("Dear now", Decimal(1_000), Decimal(0))
    dear_later = Offer("Dear later", Decimal(0), Decimal(102))
    found = compare([dear_now, dear_later], 10, RATE)
    # Ten times 102 is 1,020; ten years at 3.5% are worth 8.3166 years of today, and 102 of each 848.29.
    assert [cost.offer.name for cost in found.by_plain] == ["Dear now", "Dear later"]
    assert [cost.offer.name for cost in found.by_discounted] == ["Dear later", "Dear now"]
    assert found.changes_order
    assert round(found.lead, 2) == Decimal("151.71")


@given(st.lists(st.tuples(POUNDS, POUNDS, POUNDS), min_size=2, max_size=4), st.integers(1, 30))
def test_without_a_rate_discounting_changes_nothing(
    amounts: list[tuple[Decimal, Decimal, Decimal]], years: int
) -> None:
    offers = [Offer(str(n), price, yearly, (), resale) for n, (price, yearly, resale) in enumerate(amounts)]
    found = compare(offers, years, Decimal(0))
    assert not found.changes_order
    assert [cost.plain for cost in found.costs] == [cost.discounted for cost in found.costs]
    assert [cost.plain_total for cost in found.costs] == [
        price + yearly * years - resale for price, yearly, resale in amounts
    ]


@given(POUNDS, POUNDS, st.integers(1, 30), st.decimals("0.1", 15, places=1))
def test_a_higher_rate_never_makes_costs_dearer(
    price: Decimal, yearly: Decimal, years: int, rate: Decimal
) -> None:
    offers = [Offer("One", price, yearly), Offer("Two", price)]
    low, high = (compare(offers, years, each).costs[0].discounted_total for each in (rate, rate + 1))
    assert price <= high <= low <= price + yearly * years
