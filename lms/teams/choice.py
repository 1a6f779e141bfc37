"""What a manager chooses on the team's page; the whole state of the page is in its address."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict

from lms.content.framework import Framework
from lms.core.dates import parse_day

WINDOWS = (90, 180, 365)
SIZES = (25, 100, 300)
"""People a page: as many as one reads at a time, or more to search and print; never the whole force."""
FARTHEST = timedelta(days=3 * 365)


class Order(StrEnum):
    """How people are listed; nobody is listed by how much of the role they meet."""

    NAME = "name"
    ROLE = "role"
    TEAM = "team"


class Only(StrEnum):
    """Who is listed of all: everybody, or those for whom something is to be done."""

    ALL = ""
    SHORT = "short"
    LAPSES = "lapses"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the team is shown, and how; what is empty or as usual leaves nobody and nothing out."""

    team: int | None = None
    """A team with those below it; None: all."""
    role: str = ""
    about: str = ""
    """An area or one competency, by its id: the columns shown, in which short and lapsing are meant."""
    only: Only = Only.ALL
    order: Order = Order.NAME
    within: int = WINDOWS[0]
    """The window in days in which lapses are shown."""
    on: date | None = None
    """A later day of which cover is counted as well."""
    size: int = SIZES[0]
    page: int = 1

    @property
    def window(self) -> timedelta:
        """How far ahead lapses are shown."""
        return timedelta(days=self.within)

    @property
    def filters(self) -> bool:
        """Whether some people of the team are left out."""
        return bool(self.role or self.only)

    def address(self, page: int) -> dict[str, Any]:
        """The arguments of an address that asks for a page of this choice; what is usual is left out."""
        usual, wanted = Choice(), replace(self, page=page)
        values = {each.name: getattr(wanted, each.name) for each in fields(Choice)}
        return {key: str(value) for key, value in values.items() if value != getattr(usual, key)}

    def without_filters(self) -> dict[str, Any]:
        """The arguments of an address that leaves nobody of the team out."""
        return replace(self, role="", only=Only.ALL).address(1)


def read_choice(given: MultiDict[str, str], framework: Framework, today: date) -> Choice:
    """The choice that an address makes; what it does not say, or says wrong, is as usual.

    A team that is no number is 0, which no team is.
    """
    team, about = given.get("team", ""), given.get("about", "")
    known = {each.id for each in framework.areas} | {each.id for each in framework.competencies}
    on = cover_day(given.get("on"), today)
    return Choice(
        team=(int(team) if team.isascii() and team.isdigit() else 0) if team else None,
        role=given.get("role", "") if framework.role(given.get("role", "")) else "",
        about=about if about in known else "",
        only=next((each for each in Only if each == given.get("only")), Only.ALL),
        order=next((each for each in Order if each == given.get("order")), Order.NAME),
        within=_one_of(WINDOWS, given.get("within", type=int)),
        on=on if on != today else None,
        size=_one_of(SIZES, given.get("size", type=int)),
        page=max(1, given.get("page", 1, type=int)),
    )


def cover_day(typed: str | None, today: date) -> date | None:
    """The day of which cover is asked, today when none is; None when it is no day, past or too far ahead."""
    if not (typed or "").strip():
        return today
    try:
        day = parse_day(typed or "")
    except ValueError:
        return None
    return day if today <= day <= today + FARTHEST else None


def _one_of(usual_first: tuple[int, ...], value: int | None) -> int:
    return value if value in usual_first else usual_first[0]
