"""How long something takes, beside a page: 20 rows by their primary key, on the same database."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from lms.core.database import db
from lms.people.models import Person

PAGE_ROWS = 20
SECONDS, LEAST_TIMES = 0.6, 5
MILLISECONDS = 1000
Action = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that something may take: so many times a page, or so many milliseconds."""

    pages: float | None = None
    milliseconds: float | None = None

    def __str__(self) -> str:
        """In a table."""
        return f"{self.pages:g} x page" if self.pages else f"{self.milliseconds:g} ms"


@dataclass(frozen=True, slots=True)
class Timed:
    """A line of the table; `page` is how long a page took at the same time, both in milliseconds."""

    name: str
    milliseconds: float
    page: float
    goal: Goal | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many pages it takes."""
        return self.milliseconds / self.page

    @property
    def meets(self) -> bool | None:
        """Whether it meets its goal; None where there is none."""
        if self.goal is None:
            return None
        if self.goal.pages is not None:
            return self.ratio <= self.goal.pages
        return self.milliseconds <= (self.goal.milliseconds or 0)


class Watch:
    """Times one thing after another, each beside a page."""

    def __init__(self) -> None:
        self.timed: list[Timed] = []

    def often(self, name: str, action: Action, goal: Goal | None = None, note: str = "") -> None:
        """The median of many times, in turns with a page."""
        action()
        mine: list[float] = []
        pages: list[float] = []
        begun = time.perf_counter()
        while len(mine) < LEAST_TIMES or time.perf_counter() - begun < SECONDS:
            pages.append(milliseconds(page))
            mine.append(milliseconds(action))
        self._note(name, mine, pages, goal, note)

    def once(self, name: str, action: Action, goal: Goal | None = None, note: str = "") -> None:
        """One time, for what is slow or is quicker the second time."""
        pages = [milliseconds(page) for _ in range(50)]
        self._note(name, [milliseconds(action)], pages, goal, note)

    def each(self, name: str, taken: list[float], goal: Goal | None = None, note: str = "") -> None:
        """The median of what was timed elsewhere."""
        self._note(name, taken, [milliseconds(page) for _ in range(50)], goal, note)

    def _note(self, name: str, mine: list[float], pages: list[float], goal: Goal | None, note: str) -> None:
        self.timed.append(Timed(name, statistics.median(mine), statistics.median(pages), goal, note))


def milliseconds(action: Action) -> float:
    """How long something takes in a transaction of its own that reads."""
    begun = time.perf_counter()
    action()
    db.session.rollback()
    return (time.perf_counter() - begun) * MILLISECONDS


def page() -> None:
    """What the smallest page reads."""
    query = select(Person.id, Person.name, Person.email).where(Person.id.between(101, 100 + PAGE_ROWS))
    db.session.execute(query.order_by(Person.id)).all()
