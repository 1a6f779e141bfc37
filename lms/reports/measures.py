"""What the gap report can measure: one of these holds for the whole page."""

from enum import StrEnum

from lms.competencies.disclosure import Shown

PER_PERSON = 100
BANDS = 5
BAND_WIDTH, WIDE_BAND_WIDTH = 10, 20


class Measure(StrEnum):
    """What a figure says of the people whose role asks for a competency."""

    BELOW = "below"
    UNRECORDED = "unrecorded"
    LAPSED = "lapsed"
    SHORT = "short"
    MISSING = "missing"
    COVER = "cover"

    @property
    def is_share(self) -> bool:
        """Whether it counts people, and is shown in percent; missing levels are shown for 100 people."""
        return self is not Measure.MISSING

    @property
    def rises_with_need(self) -> bool:
        """Whether more of it is worse; cover is the one of which less is."""
        return self is not Measure.COVER

    def number(self, tally: Shown | None) -> int | None:
        """How many people, or missing levels, it counts; None where that is hidden or withheld."""
        if tally is None:
            return None
        if self is Measure.COVER:
            return holders(tally)
        found: int | None = getattr(tally, self.value)
        return found

    def says(self, tally: Shown | None) -> bool:
        """Whether it is said of a group; not of one that is hidden, nor where it is withheld."""
        return self.number(tally) is not None

    def per_hundred(self, tally: Shown | None) -> int | None:
        """The figure that a cell shows: for each 100 people who are asked, whole, half up.

        None when it is not said or nobody is asked.
        """
        number = self.number(tally)
        if tally is None or number is None or not tally.appointments:
            return None
        return (2 * PER_PERSON * number + tally.appointments) // (2 * tally.appointments)

    def band(self, value: int) -> int:
        """How dark a value is, from 0 to 4; the darkest is where to look first."""
        width = BAND_WIDTH if self.is_share else WIDE_BAND_WIDTH
        band = min(value // width, BANDS - 1)
        return band if self.rises_with_need else BANDS - 1 - band

    def need(self, tally: Shown | None) -> float | None:
        """By what groups are ordered, the greatest need first; None where there is no figure."""
        number = self.number(tally)
        if tally is None or number is None or not tally.appointments:
            return None
        share = number / tally.appointments
        return share if self.rises_with_need else -share


def holders(tally: Shown) -> int | None:
    """How many hold level 3 Practitioner or more; None where that is withheld."""
    if tally.practitioners is None or tally.experts is None:
        return None
    return tally.practitioners + tally.experts
