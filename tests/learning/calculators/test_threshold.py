"""Estimated values and what follows from them, on sums that were made by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.framework_files import read_framework
from lms.content.references import Known
from lms.core.settings import ROOT
from lms.learning.calculators.amounts import number_in
from lms.learning.calculators.threshold import (
    Adds,
    Buyer,
    Duty,
    Kind,
    duties,
    estimate,
    threshold_figure,
)

LIMITS = {
    "small-contract-notices": Decimal(30_000),
    "small-contract-notices-central": Decimal(12_000),
    "contract-copy": Decimal(5_000_000),
    "indicators-value": Decimal(5_000_000),
    "pipeline-contract": Decimal(2_000_000),
}
WANTED = {*LIMITS, *(threshold_figure(kind, buyer) for kind in Kind for buyer in Buyer)}
RATES = st.sampled_from(["0", "5", "20"])
MONEY = st.decimals(0, 10_000_000, places=2)


def follow(kind: Kind, value: str, *, covered: bool, buyer: Buyer = Buyer.OTHER) -> dict[Duty, bool]:
    return {each.duty: each.holds for each in duties(kind, buyer, Decimal(value), LIMITS, covered=covered)}


def test_an_estimate_holds_every_extension_and_option_and_then_the_vat() -> None:
    found = estimate(
        Decimal(40_000),
        Decimal(3),
        extensions=[Decimal(1), Decimal(1)],
        options=[Decimal(5_000)],
        fees=Decimal(100),
        vat_rate=Decimal(20),
    )
    amounts = [(line.adds, line.number, int(line.amount)) for line in found.lines]
    # 120,000 + 40,000 + 40,000 + 5,000 + 100 = 205,100; a fifth of it is 41,020.
    assert amounts == [
        (Adds.TERM, 1, 120_000),
        (Adds.EXTENSION, 1, 40_000),
        (Adds.EXTENSION, 2, 40_000),
        (Adds.OPTION, 1, 5_000),
        (Adds.OTHER, 1, 100),
        (Adds.VAT, 1, 41_020),
    ]
    assert (found.before_vat, found.value) == (Decimal(205_100), Decimal(246_120))


def test_amounts_with_vat_get_none_added_and_pennies_are_rounded_up_from_a_half() -> None:
    assert estimate(Decimal("207719.995"), Decimal(1)).value == Decimal("207720.00")
    assert estimate(Decimal("0.05"), Decimal("0.5"), vat_rate=Decimal(20)).value == Decimal("0.04")


@given(MONEY, st.decimals("0.1", 10, places=1), st.lists(MONEY, max_size=3), RATES)
def test_the_lines_of_an_estimate_add_up_and_more_options_never_make_it_less(
    yearly: Decimal, years: Decimal, options: list[Decimal], rate: str
) -> None:
    found = estimate(yearly, years, options=options, vat_rate=Decimal(rate))
    assert found.value == sum(line.amount for line in found.lines)
    assert found.value >= estimate(yearly, years, options=options[1:], vat_rate=Decimal(rate)).value


@pytest.mark.parametrize(
    ("kind", "buyer", "day", "amount"),
    [
        (Kind.GOODS, Buyer.OTHER, date(2025, 12, 31), 214_904),
        (Kind.GOODS, Buyer.OTHER, date(2026, 1, 1), 207_720),
        (Kind.GOODS, Buyer.CENTRAL, date(2025, 12, 31), 139_688),
        (Kind.GOODS, Buyer.CENTRAL, date(2026, 1, 1), 135_018),
        (Kind.WORKS, Buyer.OTHER, date(2025, 12, 31), 5_372_609),
        (Kind.WORKS, Buyer.CENTRAL, date(2026, 1, 1), 5_193_000),
        (Kind.LIGHT_TOUCH, Buyer.OTHER, date(2026, 1, 1), 663_540),
        (Kind.CONCESSION, Buyer.OTHER, date(2026, 1, 1), 5_193_000),
        (Kind.LIGHT_TOUCH_CONCESSION, Buyer.OTHER, date(2026, 1, 1), 5_372_609),
    ],
)
def test_our_figures_hold_the_threshold_of_every_kind_on_its_day(
    kind: Kind, buyer: Buyer, day: date, amount: int
) -> None:
    files = {path.name: path.read_bytes() for path in (ROOT / "courses" / "framework").glob("*.yaml")}
    known = Known()
    read_framework(files, "framework", known)
    assert known.figures is not None
    ours = {
        key: number_in(figure.on(day) or "none") for key, figure in known.figures.items() if key in WANTED
    }
    assert ours[threshold_figure(kind, buyer)] == amount
    assert LIMITS.items() <= ours.items()


def test_below_the_threshold_notices_are_owed_from_their_figure_on() -> None:
    assert follow(Kind.GOODS, "29999.99", covered=False) == {Duty.NOTICES: False}
    assert follow(Kind.GOODS, "30000", covered=False) == {Duty.NOTICES: True}
    assert follow(Kind.GOODS, "12000", covered=False, buyer=Buyer.CENTRAL) == {Duty.NOTICES: True}
    assert follow(Kind.CONCESSION, "4000000", covered=False) == {Duty.NOTICES: False}


def test_above_the_threshold_each_duty_begins_above_its_figure() -> None:
    at = follow(Kind.GOODS, "5000000", covered=True)
    assert at == {Duty.COPY: False, Duty.INDICATORS: False, Duty.PIPELINE: True}
    above = follow(Kind.GOODS, "5000000.01", covered=True)
    assert above == {Duty.COPY: True, Duty.INDICATORS: True, Duty.PIPELINE: True}
    assert follow(Kind.GOODS, "2000000", covered=True)[Duty.PIPELINE] is False


@pytest.mark.parametrize("kind", [Kind.LIGHT_TOUCH, Kind.CONCESSION, Kind.LIGHT_TOUCH_CONCESSION])
def test_light_touch_contracts_and_concessions_have_no_indicators(kind: Kind) -> None:
    found = follow(kind, "9000000", covered=True)
    assert (found[Duty.INDICATORS], found[Duty.COPY]) == (False, True)


@pytest.mark.parametrize(
    ("words", "number"),
    [("£207,720", "207720"), ("£5 million", "5000000"), ("8 working days", "8"), ("3.5%", "3.5")],
)
def test_figures_are_read_as_numbers(words: str, number: str) -> None:
    assert number_in(words) == Decimal(number)


def test_a_figure_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with no number"):
        number_in("24 hours".removeprefix("24 "))
