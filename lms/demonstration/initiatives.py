"""Two initiatives of the national lead: one platform for police and fire, and new thresholds on 1 January."""

from datetime import date, timedelta
from functools import partial

from lms.competencies.suppression import Group
from lms.demonstration.events import History
from lms.demonstration.personas import NATIONAL_LEAD
from lms.learning.initiatives.keeping import Wanted, begin
from lms.learning.readiness import Needs
from lms.people.appointments import find_person

PLATFORM_BEGUN, THRESHOLDS_BEGUN = 70, 40
"""Days ago that each of them began."""
PLATFORM_WEEKS = 17
"""Weeks from the end of the history to the first day of the month on which the platform may go live."""


def plan_initiatives(history: History) -> None:
    """Plan both, on their days."""
    platform = Wanted(
        "One e-sourcing and contract-management platform",
        "Every force and fire service finds, awards and manages its contracts on one platform from this day. "
        "The old registers become read-only.",
        Needs(levels=frozenset({("digital-sourcing", 2), ("contract-management", 1)})),
        Group(),
        first_of_month(history.today + timedelta(weeks=PLATFORM_WEEKS)),
    )
    thresholds = Wanted(
        "New thresholds on 1 January",
        "The procurement thresholds change. A direct award and a change of a contract are tested against the "
        "new figures from this day.",
        Needs(modules=frozenset({"direct-award", "changing-a-contract"})),
        Group(),
        date(history.today.year + 1, 1, 1),
    )
    for days, wanted in ((PLATFORM_BEGUN, platform), (THRESHOLDS_BEGUN, thresholds)):
        history.on(history.today - timedelta(days=days), partial(begin_one, wanted))


def begin_one(wanted: Wanted) -> None:
    """The national lead begins one."""
    lead = find_person(NATIONAL_LEAD[1])
    if lead is None:
        raise LookupError(NATIONAL_LEAD[1])
    begin(wanted, by=lead.id)


def first_of_month(day: date) -> date:
    """The first day of the month in which a day lies."""
    return day.replace(day=1)
