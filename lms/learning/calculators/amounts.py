"""Numbers in the words of a figure: “£5 million”, “8 working days”, “3.5%”; and money to the penny."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from lms.content.framework import Figure

PENNY = Decimal("0.01")
PER_CENT = Decimal(100)
_NUMBER = re.compile(r"£?([0-9][0-9,]*(?:\.[0-9]+)?)(?: ?(million|billion|%))?")
_TIMES = {"million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}


def number_in(words: str) -> Decimal:
    """The number that words begin with, in pounds, days or per cent as they say.

    Raises ValueError when they begin with none.
    """
    found = _NUMBER.match(words.strip())
    if found is None:
        message = f"{words!r} begins with no number"
        raise ValueError(message)
    return Decimal(found[1].replace(",", "")) * _TIMES.get(found[2] or "", Decimal(1))


def to_the_penny(amount: Decimal) -> Decimal:
    """An amount in pounds, rounded to the penny; half a penny is rounded up."""
    return amount.quantize(PENNY, ROUND_HALF_UP)


def amount_on(figure: Figure | None, day: date) -> Decimal | None:
    """The number that a figure holds on a day; None where it has none then, or is not published."""
    words = figure.on(day) if figure else None
    return number_in(words) if words else None
