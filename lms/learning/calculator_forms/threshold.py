"""The calculator of the estimated value and its threshold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from lms.content.framework import Figure, Framework
from lms.core import clock
from lms.learning.calculator_forms.fields import CalculatorForm, DayField, NumberField, OneOfField
from lms.learning.calculators.amounts import number_in
from lms.learning.calculators.threshold import (
    Buyer,
    Estimate,
    Follows,
    Kind,
    duties,
    estimate,
    threshold_figure,
)

VAT = Decimal(20)
MOST_YEARS = 50
EXTENSIONS = ("extension_1", "extension_2", "extension_3")
OPTIONS = ("option_1", "option_2", "option_3")


class ThresholdForm(CalculatorForm):
    """A contract before it is bought: its kind, its buyer, its value and its day."""

    calculator = "threshold"
    kind = OneOfField(
        _l("Kind of contract"),
        [
            (Kind.GOODS, _l("Goods or services")),
            (Kind.WORKS, _l("Works")),
            (Kind.LIGHT_TOUCH, _l("Light touch services")),
            (Kind.CONCESSION, _l("Concession")),
            (Kind.LIGHT_TOUCH_CONCESSION, _l("Light touch concession")),
        ],
    )
    buyer = OneOfField(
        _l("Who buys"),
        [
            (Buyer.OTHER, _l("A force, a commissioner or a fire authority")),
            (Buyer.CENTRAL, _l("An authority on the central government list")),
        ],
    )
    value = NumberField(_l("Value a year, in pounds"), least="0.01")
    years = NumberField(_l("Years of the first term"), least="0.01", most=MOST_YEARS)
    extension_1 = NumberField(_l("First extension, in years"), most=MOST_YEARS, needed=False)
    extension_2 = NumberField(_l("Second extension, in years"), most=MOST_YEARS, needed=False)
    extension_3 = NumberField(_l("Third extension, in years"), most=MOST_YEARS, needed=False)
    option_1 = NumberField(_l("First option, in pounds"), needed=False)
    option_2 = NumberField(_l("Second option, in pounds"), needed=False)
    option_3 = NumberField(_l("Third option, in pounds"), needed=False)
    fees = NumberField(_l("Fees, premiums and prizes, in pounds"), needed=False)
    vat = OneOfField(
        _l("VAT"),
        [("add", _l("These amounts are without VAT: add it")), ("in", _l("These amounts hold the VAT"))],
    )
    rate = NumberField(_l("Rate of VAT, in per cent"), most=100)
    begins = DayField(_l("Day on which the procurement begins"))


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure as it is on the day: what it is in words, in pounds, and where it stands in the law."""

    words: str
    amount: Decimal
    law: str


@dataclass(frozen=True, slots=True)
class ThresholdAnswer:
    """An estimated value beside its threshold; `threshold` is None where none is known for the day.

    `early` says that the procurement begins before the Act, `covered` that the value is at or above the
    threshold. `limits` are figures on the day by their id.
    """

    kind: Kind
    begins: date
    estimated: Estimate
    early: bool
    covered: bool
    threshold: Limit | None
    follows: tuple[Follows, ...]
    limits: dict[str, Limit]

    @property
    def apart(self) -> Decimal:
        """How many pounds lie between the value and the threshold."""
        return abs(self.estimated.value - self.threshold.amount) if self.threshold else Decimal(0)


def usual(_framework: Framework) -> dict[str, object]:
    """What the form holds at first: one year, the usual rate of VAT, and a procurement that begins today."""
    return {"years": Decimal(1), "rate": VAT, "begins": clock.today()}


def work_out(form: ThresholdForm, framework: Framework) -> ThresholdAnswer:
    """The estimated value, the threshold of the day, and what follows."""
    kind, buyer, begins = Kind(form.kind.data), Buyer(form.buyer.data), form.begins.data
    estimated = estimate(
        form.value.data,
        form.years.data,
        extensions=[form[name].data for name in EXTENSIONS if form[name].data],
        options=[form[name].data for name in OPTIONS if form[name].data],
        fees=form.fees.data or Decimal(0),
        vat_rate=form.rate.data if form.vat.data == "add" else None,
    )
    limits = {name: found for name, figure in framework.figures.items() if (found := _limit(figure, begins))}
    in_force = framework.figures.get("in-force")
    early = in_force is not None and in_force.on(begins) is None
    threshold = None if early else limits.get(threshold_figure(kind, buyer))
    covered = threshold is not None and estimated.value >= threshold.amount
    amounts = {name: limit.amount for name, limit in limits.items()}
    follows = duties(kind, buyer, estimated.value, amounts, covered=covered) if threshold else ()
    return ThresholdAnswer(kind, begins, estimated, early, covered, threshold, tuple(follows), limits)


def _limit(figure: Figure, day: date) -> Limit | None:
    """What an amount of money is on a day; None for what is no money, and where it has no value."""
    words = figure.on(day)
    if words is None or not words.startswith("£"):
        return None
    return Limit(words, number_in(words), figure.source)
