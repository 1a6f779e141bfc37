"""What the two leads have saved for their boards: views that follow the day, and one of a quarter’s end."""

from datetime import timedelta

from lms.demonstration.events import History
from lms.demonstration.personas import NATIONAL_LEAD, REGION_LEAD
from lms.people.appointments import find_person
from lms.reports.history import quarter_ends
from lms.reports.saved import save

SAVED = 12
"""Days ago that they saved them."""
REGION = "east-midlands"


def plan_board_views(history: History) -> None:
    """Plan two views for each lead."""
    history.on(history.today - timedelta(days=SAVED), lambda: keep_board_views(history))


def keep_board_views(history: History) -> None:
    """Save them."""
    quarter = next(quarter_ends(history.today)).isoformat()
    risk = "supplier-risk"
    for lead, name, choice in (
        (
            REGION_LEAD,
            "Monthly board, East Midlands",
            {"by": "organisation", "region": REGION, "competency": risk},
        ),
        (REGION_LEAD, "Quarter’s end", {"by": "role", "region": REGION, "as_of": quarter}),
        (NATIONAL_LEAD, "Monthly board, all regions", {"by": "region", "competency": risk}),
        (NATIONAL_LEAD, "Lapsed, by region", {"by": "region", "measure": "lapsed"}),
    ):
        person = find_person(lead[1])
        if person is not None:
            save(person.id, name, choice)
