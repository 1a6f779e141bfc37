"""What is counted, and where: the cell of an appointment, and the numbers of a group."""

from dataclasses import dataclass, fields
from operator import add, sub
from typing import NamedTuple

from lms.competencies.standing import Below, State

PRACTITIONER, EXPERT = 3, 4


class Cell(NamedTuple):
    """Where an appointment is counted."""

    region: str
    organisation: str
    team: int
    role_profile: str
    pillar: str | None


@dataclass(slots=True)
class Tally:
    """Appointments that are asked for a competency, those below by kind, and the missing levels.

    `practitioners` and `experts` are those who hold level 3 and level 4, whatever is asked. In a
    movement the numbers are changes, and may be below 0.
    """

    appointments: int = 0
    unrecorded: int = 0
    lapsed: int = 0
    short: int = 0
    missing: int = 0
    practitioners: int = 0
    experts: int = 0

    @property
    def below(self) -> int:
        """Appointments under their requirement."""
        return self.unrecorded + self.lapsed + self.short

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in the order of the fields."""
        return (
            self.appointments,
            self.unrecorded,
            self.lapsed,
            self.short,
            self.missing,
            self.practitioners,
            self.experts,
        )

    def __bool__(self) -> bool:
        """Whether any number is not 0."""
        return bool(
            self.appointments
            or self.unrecorded
            or self.lapsed
            or self.short
            or self.missing
            or self.practitioners
            or self.experts
        )

    def __add__(self, other: "Tally") -> "Tally":
        """Both together, as a tally of its own."""
        return Tally(*map(add, self.numbers, other.numbers))

    def __sub__(self, other: "Tally") -> "Tally":
        """What this one has more than another, as a tally of its own."""
        return Tally(*map(sub, self.numbers, other.numbers))

    def add(self, state: State, times: int = 1) -> None:
        """Count one appointment; -1 times takes it away. One of whom nothing is asked is not counted."""
        if not state.required:
            return
        self.appointments += times
        self.missing += times * state.missing
        self.practitioners += times * (state.standing.level == PRACTITIONER)
        self.experts += times * (state.standing.level == EXPERT)
        match state.below:
            case Below.UNRECORDED:
                self.unrecorded += times
            case Below.LAPSED:
                self.lapsed += times
            case Below.SHORT:
                self.short += times
            case None:
                pass

    def merge(self, other: "Tally", times: int = 1) -> None:
        """Add another tally to this one; -1 times takes it away."""
        self.appointments += times * other.appointments
        self.unrecorded += times * other.unrecorded
        self.lapsed += times * other.lapsed
        self.short += times * other.short
        self.missing += times * other.missing
        self.practitioners += times * other.practitioners
        self.experts += times * other.experts


NUMBERS = tuple(each.name for each in fields(Tally))
"""The names of the numbers, which the columns of the ledger have too."""
