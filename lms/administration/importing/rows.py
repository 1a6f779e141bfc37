"""Checks each row of a file of people by itself, and the rows against each other; plain values only."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from lms.administration.importing.problems import Problem, did_you_mean
from lms.administration.importing.reading import Line
from lms.core.dates import parse_day

EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)
MOST_OF_EMAIL, MOST_OF_NAME = 254, 120
FIRST_YEAR, LAST_YEAR = 1950, 2100
REQUIRED = ("email", "name", "organisation", "team", "role_profile", "from")


@dataclass(frozen=True, slots=True)
class Names:
    """The ids that a row may use, each with its name."""

    organisations: Mapping[str, str]
    roles: Mapping[str, str]
    pillars: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TeamKey:
    """A team of a file: its name, whatever its capitals, names one team within an organisation."""

    organisation: str
    name: str

    @classmethod
    def of(cls, organisation: str, name: str) -> "TeamKey":
        """The key of a name as it is written."""
        return cls(organisation, name.casefold())


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An appointment as a row states it; `to_day` is the first day on which it no longer holds."""

    row: int
    email: str
    name: str
    organisation: str
    team: str
    parent_team: str
    manager_email: str
    role: str
    pillar: str | None
    from_day: date
    to_day: date | None

    @property
    def team_key(self) -> TeamKey:
        """The team of the appointment."""
        return TeamKey.of(self.organisation, self.team)

    @property
    def parent_key(self) -> TeamKey | None:
        """The team above it, where the row names one."""
        return TeamKey.of(self.organisation, self.parent_team) if self.parent_team else None

    @property
    def post(self) -> tuple[TeamKey, str, str | None]:
        """What an appointment is to: another of these is another appointment."""
        return self.team_key, self.role, self.pillar

    def overlaps(self, from_day: date, to_day: date | None) -> bool:
        """Whether a span shares a day with the row's."""
        return (to_day is None or self.from_day < to_day) and (self.to_day is None or from_day < self.to_day)


def check_lines(lines: Iterable[Line], names: Names) -> tuple[list[ImportRow], list[Problem]]:
    """The rows whose values hold, and everything that is wrong with the others or between rows."""
    rows: list[ImportRow] = []
    problems: list[Problem] = []
    for line in lines:
        found = list(_line_problems(line, names))
        problems.extend(found)
        if not found:
            rows.append(_row(line))
    problems.extend(_names_of_people(rows))
    problems.extend(_repeated(rows))
    problems.extend(_parents(rows))
    problems.extend(_loops(rows))
    return rows, problems


def is_email(text: str) -> bool:
    """Whether a text, in lower case, can be an email address."""
    return len(text) <= MOST_OF_EMAIL and EMAIL.fullmatch(text) is not None


def typed_day(text: str) -> date | None:
    """The day that a text names, None when there is none or it lies in another age."""
    try:
        day = parse_day(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _line_problems(line: Line, names: Names) -> Iterator[Problem]:
    for column in REQUIRED:
        if not line.values[column]:
            yield Problem(line.row, column, "", _("The value is missing"), _("Fill it in."))
    for column in ("name", "team", "parent_team"):
        if len(line.values[column]) > MOST_OF_NAME:
            message = _("The value has more than %(most)s characters", most=MOST_OF_NAME)
            yield Problem(line.row, column, line.values[column][:40] + "…", message, _("Shorten it."))
    yield from _address_problems(line)
    for column, known, words in (
        ("organisation", names.organisations, _("There is no organisation with this id")),
        ("role_profile", names.roles, _("There is no role profile with this id")),
        ("pillar", names.pillars, _("There is no pillar with this id")),
    ):
        value = line.values[column]
        if value and value not in known:
            yield Problem(line.row, column, value, words, _nearest(value, known))
    yield from _day_problems(line)
    team, parent = line.values["team"], line.values["parent_team"]
    if team and team.casefold() == parent.casefold():
        mend = _("Leave it empty for a team at the top.")
        yield Problem(line.row, "parent_team", parent, _("A team cannot stand under itself"), mend)


def _address_problems(line: Line) -> Iterator[Problem]:
    email, manager = line.values["email"].lower(), line.values["manager_email"].lower()
    for column, value in (("email", email), ("manager_email", manager)):
        if value and not is_email(value):
            mend = _("Write one address, such as rowan.sample@example.org.")
            yield Problem(line.row, column, value, _("This is not an email address"), mend)
    if email and email == manager:
        mend = _("Leave it empty for the head of the organisation’s team.")
        yield Problem(line.row, "manager_email", manager, _("Nobody is their own manager"), mend)


def _nearest(value: str, known: Mapping[str, str]) -> str:
    by_name = {name.casefold(): key for key, name in known.items()}
    if value.casefold() in by_name:
        return _("Did you mean “%(near)s”?", near=by_name[value.casefold()])
    if not known:
        return _("None is known yet. Publish the courses first.")
    return did_you_mean(value, known, _("Known are: %(ids)s.", ids=_some(known)))


def _some(known: Iterable[str]) -> str:
    ids = sorted(known)
    return ", ".join(ids[:8]) + (", …" if len(ids) > 8 else "")  # noqa: PLR2004 as many as fit a line


def _day_problems(line: Line) -> Iterator[Problem]:
    begins, ends = (typed_day(line.values[column]) for column in ("from", "to"))
    for column, day in (("from", begins), ("to", ends)):
        if line.values[column] and day is None:
            mend = _("Write 2026-01-31 or 31/01/2026.")
            yield Problem(line.row, column, line.values[column], _("This is not a date"), mend)
    if begins and ends and ends <= begins:
        message = _("The last day comes before the first") if ends < begins else _("The span has no day")
        mend = _("Give the first day on which it no longer holds, or leave it empty.")
        yield Problem(line.row, "to", line.values["to"], message, mend)


def _row(line: Line) -> ImportRow:
    values = line.values
    return ImportRow(
        row=line.row,
        email=values["email"].lower(),
        name=values["name"],
        organisation=values["organisation"],
        team=values["team"],
        parent_team=values["parent_team"],
        manager_email=values["manager_email"].lower(),
        role=values["role_profile"],
        pillar=values["pillar"] or None,
        from_day=parse_day(values["from"]),
        to_day=parse_day(values["to"]) if values["to"] else None,
    )


def _names_of_people(rows: list[ImportRow]) -> Iterator[Problem]:
    first: dict[str, ImportRow] = {}
    for row in rows:
        other = first.setdefault(row.email, row)
        if other.name != row.name:
            message = _("Row %(row)s gives this address to %(name)s", row=other.row, name=other.name)
            mend = _("Write one name for one address.")
            yield Problem(row.row, "name", row.name, message, mend)


def _repeated(rows: list[ImportRow]) -> Iterator[Problem]:
    stated: dict[tuple[str, tuple[TeamKey, str, str | None]], list[ImportRow]] = {}
    for row in rows:
        before = stated.setdefault((row.email, row.post), [])
        same = next((each for each in before if each.from_day == row.from_day), None)
        other = same or next((each for each in before if row.overlaps(each.from_day, each.to_day)), None)
        if same:
            message = _("Row %(row)s states the same appointment", row=same.row)
            yield Problem(row.row, "email", row.email, message, _("Take one of the rows out."))
        elif other:
            message = _("Row %(row)s states the same appointment for some of these days", row=other.row)
            yield Problem(
                row.row, "from", row.from_day.isoformat(), message, _("Give each a span of its own.")
            )
        before.append(row)


def _parents(rows: list[ImportRow]) -> Iterator[Problem]:
    first: dict[TeamKey, ImportRow] = {}
    for row in rows:
        if row.parent_key is None:
            continue
        other = first.setdefault(row.team_key, row)
        if other.parent_key != row.parent_key:
            message = _(
                "Row %(row)s puts the team %(team)s under %(parent)s",
                row=other.row,
                team=row.team,
                parent=other.parent_team,
            )
            mend = _("Within an organisation, give two teams two names.")
            yield Problem(row.row, "parent_team", row.parent_team, message, mend)


def _loops(rows: list[ImportRow]) -> Iterator[Problem]:
    above: dict[TeamKey, TeamKey] = {}
    for row in rows:
        if row.parent_key:
            above.setdefault(row.team_key, row.parent_key)
    told: set[TeamKey] = set()
    for row in rows:
        line = [row.team_key]
        while (parent := above.get(line[-1])) and parent not in line:
            line.append(parent)
        if parent == row.team_key and row.parent_key and told.isdisjoint(line) and len(line) > 1:
            told.update(line)
            message = _("The teams stand under each other in a circle")
            mend = _("Leave parent_team empty for the team at the top.")
            yield Problem(row.row, "parent_team", row.parent_team, message, mend)
