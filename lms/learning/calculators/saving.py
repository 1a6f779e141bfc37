"""What a change saves against its baseline. Source: the government's efficiency framework.

The price effect is taken at the new volume, and the volume effect at the baseline price, so that both
together are the whole difference in spend and nothing is counted twice.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Baseline(StrEnum):
    """What the baseline price is."""

    PAID = "paid"
    """It was paid for real, before the change."""
    ASKED = "asked"
    """A supplier asked for it, and it was never paid."""


class Release(StrEnum):
    """What happens to the money."""

    BUDGET = "budget"
    """A budget falls by it."""
    ELSEWHERE = "elsewhere"
    """It is spent on something else that has been decided."""
    NOTHING = "nothing"
    """No money becomes free: time or quality is gained."""


class Volume(StrEnum):
    """Why the volume changes."""

    SAME_SERVICE = "same"
    """The service is as good as before, or better."""
    LESS = "less"
    """Less is done, or done later."""


class Nature(StrEnum):
    """What kind of benefit it is."""

    CASH = "cash"
    NOT_CASH = "not-cash"
    AVOIDED = "avoided"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what is bought, in pounds and pieces a year.

    `one_off` is in pounds, once; `running` in pounds a year; `years` are those for which it is claimed.
    """

    price: Decimal
    volume: Decimal
    new_price: Decimal
    new_volume: Decimal
    years: int
    one_off: Decimal = Decimal(0)
    running: Decimal = Decimal(0)
    baseline: Baseline = Baseline.PAID
    release: Release = Release.BUDGET
    why_volume: Volume = Volume.SAME_SERVICE


@dataclass(frozen=True, slots=True)
class Saving:
    """A change worked out. Amounts are in pounds; a cost that rises is a saving below 0."""

    change: Change

    @property
    def spend_before(self) -> Decimal:
        """Spend a year by the baseline."""
        return self.change.price * self.change.volume

    @property
    def spend_after(self) -> Decimal:
        """Spend a year after the change, without the cost of the change."""
        return self.change.new_price * self.change.new_volume

    @property
    def price_effect(self) -> Decimal:
        """What the price saves a year, at the new volume."""
        return (self.change.price - self.change.new_price) * self.change.new_volume

    @property
    def volume_effect(self) -> Decimal:
        """What the volume saves a year, at the baseline price."""
        return (self.change.volume - self.change.new_volume) * self.change.price

    @property
    def does_less(self) -> bool:
        """Whether the volume effect comes from doing less, or later: that is no efficiency."""
        return self.change.why_volume is Volume.LESS and self.volume_effect > 0

    @property
    def claimed_volume_effect(self) -> Decimal:
        """The volume effect as far as it may be claimed."""
        return Decimal(0) if self.does_less else self.volume_effect

    @property
    def recurring(self) -> Decimal:
        """What can be claimed a year, after the running cost of the change."""
        return self.price_effect + self.claimed_volume_effect - self.change.running

    @property
    def net(self) -> Decimal:
        """What can be claimed over all years, after all costs of the change."""
        return self.recurring * self.change.years - self.change.one_off

    @property
    def nature(self) -> Nature:
        """What kind of benefit the net is."""
        if self.net <= 0:
            return Nature.NONE
        if self.change.baseline is Baseline.ASKED:
            return Nature.AVOIDED
        return Nature.NOT_CASH if self.change.release is Release.NOTHING else Nature.CASH
