"""A history is a list of events in order of time; each is told at its own moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush

from lms.core import clock

MORNING = time(9, 30)


@dataclass(order=True, slots=True)
class Event:
    """Something that happened on a day; events of one day keep the order in which they were planned."""

    day: date
    order: int
    tell: Callable[[], object] = field(compare=False)


class History:
    """Collects events in any order, and tells them in order of time under the clock of their day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.day = today
        self.events: list[Event] = []
        self._planned = 0

    def on(self, day: date, tell: Callable[[], object]) -> None:
        """Plan an event; what would lie in the future is left out."""
        if day <= self.today:
            self._planned += 1
            heappush(self.events, Event(day, self._planned, tell))

    def tell(self, progress: Callable[[int, int], None]) -> None:
        """Tell all events, also those that an event plans while it is told."""
        told = same_day = 0
        last: date | None = None
        while self.events:
            event = heappop(self.events)
            same_day = same_day + 1 if event.day == last else 0
            last = self.day = event.day
            with clock.at(min(moment(event.day, same_day), clock.now())):
                event.tell()
            told += 1
            progress(told, told + len(self.events))


def moment(day: date, place: int = 0) -> datetime:
    """The moment, in UTC, of the event at this place of a day: from half past nine, twenty seconds apart."""
    start = datetime.combine(day, MORNING, tzinfo=clock.LONDON).astimezone(UTC)
    return start + timedelta(seconds=min(place * 20, 13 * 3600))
