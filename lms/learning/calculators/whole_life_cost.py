"""What offers cost over their whole life, year by year and discounted. Source: the Treasury's Green Book.

Year 0 is the day on which the price is paid, and is not discounted. What is paid in the course of a later
year is discounted by that whole year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lms.learning.calculators.amounts import PER_CENT


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer, in pounds of the prices of year 0.

    Its price falls into year 0, `yearly` into each year from 1, `single` costs into the year beside them;
    `resale` is what the thing brings at the end of the last year.
    """

    name: str
    price: Decimal
    yearly: Decimal = Decimal(0)
    single: tuple[tuple[int, Decimal], ...] = ()
    resale: Decimal = Decimal(0)

    def in_year(self, year: int, years: int) -> Decimal:
        """What it costs in a year, less what it brings; `years` is the term."""
        cost = self.yearly if year else self.price
        cost += sum((amount for when, amount in self.single if when == year), Decimal(0))
        return cost - self.resale if year == years else cost


@dataclass(frozen=True, slots=True)
class Cost:
    """An offer over its term, in pounds: the plain and the discounted cost of each year from 0."""

    offer: Offer
    plain: tuple[Decimal, ...]
    discounted: tuple[Decimal, ...]

    @property
    def plain_total(self) -> Decimal:
        """The sum of all years."""
        return sum(self.plain, Decimal(0))

    @property
    def discounted_total(self) -> Decimal:
        """The sum of all years, each discounted."""
        return sum(self.discounted, Decimal(0))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offers beside each other; `factors` are the discount factors of the years from 0."""

    factors: tuple[Decimal, ...]
    costs: tuple[Cost, ...]

    @property
    def by_plain(self) -> list[Cost]:
        """The offers, the cheapest first, as if a pound were worth the same in every year."""
        return sorted(self.costs, key=lambda cost: cost.plain_total)

    @property
    def by_discounted(self) -> list[Cost]:
        """The offers, the cheapest first, discounted."""
        return sorted(self.costs, key=lambda cost: cost.discounted_total)

    @property
    def lead(self) -> Decimal:
        """By how many discounted pounds the cheapest is below the next; 0 where they cost the same."""
        first, second = self.by_discounted[:2]
        return second.discounted_total - first.discounted_total

    @property
    def changes_order(self) -> bool:
        """Whether discounting puts the offers in another order."""
        return self.by_plain != self.by_discounted


def discount_factor(year: int, rate: Decimal) -> Decimal:
    """What a pound of a year is worth in year 0, at a rate in per cent a year."""
    return 1 / (1 + rate / PER_CENT) ** year


def compare(offers: Sequence[Offer], years: int, rate: Decimal) -> Comparison:
    """Offers over a term in years, at a discount rate in per cent a year, in real terms."""
    factors = tuple(discount_factor(year, rate) for year in range(years + 1))
    costs = []
    for offer in offers:
        plain = tuple(offer.in_year(year, years) for year in range(years + 1))
        discounted = tuple(cost * factor for cost, factor in zip(plain, factors, strict=True))
        costs.append(Cost(offer, plain, discounted))
    return Comparison(factors, tuple(costs))
