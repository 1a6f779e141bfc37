"""What a contract is worth, and which duties follow. Sources: Procurement Act 2023, as each place says.

The estimated value is the most that the authority could expect to pay over the whole term, with VAT,
options, extensions and renewals (section 4 and Schedule 3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lms.learning.calculators.amounts import PER_CENT, to_the_penny


class Kind(StrEnum):
    """A kind of contract, as Schedule 1 has them."""

    GOODS = "goods"
    WORKS = "works"
    LIGHT_TOUCH = "light-touch"
    CONCESSION = "concession"
    LIGHT_TOUCH_CONCESSION = "light-touch-concession"


class Buyer(StrEnum):
    """Who buys: an authority on the central government list, or any other."""

    OTHER = "other"
    CENTRAL = "central"


class Adds(StrEnum):
    """What a line of an estimate adds."""

    TERM = "term"
    EXTENSION = "extension"
    OPTION = "option"
    OTHER = "fees"
    VAT = "vat"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an estimate, in pounds.

    `number` counts lines of its kind from 1; `years` are those of a term or an extension, `rate` is that of
    VAT in per cent.
    """

    adds: Adds
    amount: Decimal
    number: int = 1
    years: Decimal | None = None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated value, line by line; its lines add up to it."""

    lines: tuple[Line, ...]

    @property
    def value(self) -> Decimal:
        """The estimated value in pounds, VAT included."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def before_vat(self) -> Decimal:
        """All lines but that of VAT."""
        return sum((line.amount for line in self.lines if line.adds is not Adds.VAT), Decimal(0))


def estimate(
    yearly: Decimal,
    years: Decimal,
    *,
    extensions: Sequence[Decimal] = (),
    options: Sequence[Decimal] = (),
    fees: Decimal = Decimal(0),
    vat_rate: Decimal | None = None,
) -> Estimate:
    """The estimated value of a contract.

    `yearly` is in pounds a year; `years` and each of `extensions` are in years, extensions at the yearly
    value; `options` and `fees` are in pounds for the whole term. `vat_rate` is in per cent of amounts
    without VAT, None where all amounts include it.
    """
    lines = [Line(Adds.TERM, to_the_penny(yearly * years), years=years)]
    lines += [
        Line(Adds.EXTENSION, to_the_penny(yearly * each), number, each)
        for number, each in enumerate(extensions, 1)
    ]
    lines += [Line(Adds.OPTION, to_the_penny(each), number) for number, each in enumerate(options, 1)]
    if fees:
        lines.append(Line(Adds.OTHER, to_the_penny(fees)))
    if vat_rate is not None:
        before = sum((line.amount for line in lines), Decimal(0))
        lines.append(Line(Adds.VAT, to_the_penny(before * vat_rate / PER_CENT), rate=vat_rate))
    return Estimate(tuple(lines))


def threshold_figure(kind: Kind, buyer: Buyer) -> str:
    """The id of the figure that holds the threshold (Schedule 1)."""
    if kind is Kind.GOODS:
        return "threshold-goods-central" if buyer is Buyer.CENTRAL else "threshold-goods-sub-central"
    return f"threshold-{kind}"


class Duty(StrEnum):
    """What may follow from a value."""

    NOTICES = "notices"
    """A contract below the threshold is noticed all the same (section 87)."""
    COPY = "copy"
    """A copy of the contract is published (section 53)."""
    INDICATORS = "indicators"
    """Performance indicators are set and published (section 52)."""
    PIPELINE = "pipeline"
    """The contract stands in the pipeline notice of an authority that has one (section 93)."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Whether a duty follows from the value; `figure` is the id of the figure that it is compared with.

    `figure` is empty where the kind of contract is outside the duty, whatever its value.
    """

    duty: Duty
    figure: str
    holds: bool


LIGHT_TOUCH = {Kind.LIGHT_TOUCH, Kind.LIGHT_TOUCH_CONCESSION}
CONCESSIONS = {Kind.CONCESSION, Kind.LIGHT_TOUCH_CONCESSION}
OVER = {
    Duty.COPY: "contract-copy",
    Duty.INDICATORS: "indicators-value",
    Duty.PIPELINE: "pipeline-contract",
}
"""The figure above which a contract at or above the threshold has each duty."""


def duties(
    kind: Kind, buyer: Buyer, value: Decimal, limits: dict[str, Decimal], *, covered: bool
) -> Iterator[Follows]:
    """The duties that depend on the value; `limits` are amounts in pounds by the id of their figure.

    Below the threshold (not `covered`) it is that of notices alone, at or above it the three others.
    """
    if not covered:
        figure = "small-contract-notices-central" if buyer is Buyer.CENTRAL else "small-contract-notices"
        if kind in CONCESSIONS:
            yield Follows(Duty.NOTICES, "", holds=False)
        elif figure in limits:
            yield Follows(Duty.NOTICES, figure, holds=value >= limits[figure])
        return
    for duty, figure in OVER.items():
        if duty is Duty.INDICATORS and kind in LIGHT_TOUCH | CONCESSIONS:
            yield Follows(duty, "", holds=False)
        elif figure in limits:
            yield Follows(duty, figure, holds=value > limits[figure])
