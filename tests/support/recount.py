"""A second count of the gap report, from the rows of the tables and the written rule alone.

It shares no code with the product. It goes through the days one by one where the product works out
spans, and through the rows of a person, a post or a team where the product joins.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from lms.core.database import db

DAY = timedelta(days=1)
RETURN = timedelta(days=60)
Row = Any
Key = tuple[str, str, int, str, str | None, str]
"""Region, organisation, team, role profile, pillar and competency."""


@dataclass
class Numbers:
    """What is counted of one key, or of several together."""

    appointments: int = 0
    unrecorded: int = 0
    lapsed: int = 0
    short: int = 0
    missing: int = 0
    practitioners: int = 0
    experts: int = 0

    @property
    def below(self) -> int:
        return self.unrecorded + self.lapsed + self.short

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(
            self.appointments + other.appointments,
            self.unrecorded + other.unrecorded,
            self.lapsed + other.lapsed,
            self.short + other.short,
            self.missing + other.missing,
            self.practitioners + other.practitioners,
            self.experts + other.experts,
        )


@dataclass
class Recount:
    """The numbers of a day, the people counted (once a post), and those who are away."""

    numbers: dict[Key, Numbers]
    people: list[int]
    away: list[int]

    def total(self, wanted: Callable[[Key], bool]) -> Numbers:
        """All keys that are wanted together."""
        found = Numbers()
        for key, numbers in self.numbers.items():
            if wanted(key):
                found = found + numbers
        return found


class Facts:
    """The rows of all facts as they were known at the end of a day, or (None) are known now."""

    def __init__(self, known_at: date | None) -> None:
        acts = {row.id: row for row in self._all("act")}
        self._no = {key: row.no for key, row in acts.items()}
        self._latest = None
        if known_at is not None:
            before = [row.no for row in acts.values() if _london(row.at) <= known_at]
            self._latest = max(before, default=0)
        self.appointments = self._known("appointment")
        self.onboardings = self._known("onboarding")
        closings = self._known("closing")
        self.closings_of_post = _by(closings, "appointment_id")
        self.closings_of_absence = _by(closings, "absence_id")
        self.absences_of = _by(self._known("absence"), "person_id")
        self.placements_of = _by(self._known("placement"), "team_id")
        self.requirements_of = _by(self._known("requirement"), "role_profile_id")
        self.evidence_of = _by(self._known("evidence"), "person_id")
        self.endings_of = _by(self._known("ending"), "evidence_id")

    def _all(self, table: str) -> list[Row]:
        return list(db.session.execute(text(f'SELECT * FROM "{table}" ORDER BY id')))  # noqa: S608 names of ours

    def _known(self, table: str) -> list[Row]:
        return [row for row in self._all(table) if self._counts(row)]

    def _counts(self, row: Row) -> bool:
        if self._latest is None:
            return row.void_act_id is None
        voided = row.void_act_id is not None and self._no[row.void_act_id] <= self._latest
        return self._no[row.act_id] <= self._latest and not voided


def _by(rows: list[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by what they are about, in their order."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def recount(day: date, known_at: date | None = None) -> Recount:
    """Count a day again."""
    facts = Facts(known_at)
    numbers: dict[Key, Numbers] = defaultdict(Numbers)
    people, away = [], []
    for post in facts.appointments:
        ends = [row.day for row in facts.closings_of_post[post.id]]
        place = _place(facts, post.team_id, day)
        if not _holds(post, ends, day) or place is None or not _on_board(facts, place, day):
            continue
        absences = _absences(facts, post.person_id)
        if _is_away(absences, day):
            away.append(post.person_id)
            continue
        people.append(post.person_id)
        for competency, level in _asked(facts, post.role_profile_id, day).items():
            key = (place[1], place[0], post.team_id, post.role_profile_id, post.pillar_id, competency)
            evidence = [row for row in facts.evidence_of[post.person_id] if row.competency_id == competency]
            numbers[key] = numbers[key] + _state(facts, evidence, absences, level, day)
    return Recount(dict(numbers), people, away)


def _state(facts: Facts, evidence: list[Row], absences: list[Any], level: int, day: date) -> Numbers:
    standing, once, ever = 0, 0, False
    for row in evidence:
        if _day(row.from_day) > day:
            continue
        ever = True
        ended = _ended(facts, row, evidence, absences)
        if ended is None or ended[0] > day:
            standing = max(standing, row.level)
        elif ended[1] in {"1 lapsed", "2 edition"}:
            once = max(once, row.level)
    held = Numbers(practitioners=int(standing == 3), experts=int(standing == 4))
    if standing >= level:
        return held + Numbers(appointments=1)
    kind = "unrecorded" if not ever else "lapsed" if once >= level else "short"
    return held + Numbers(appointments=1, missing=level - standing, **{kind: 1})


def _ended(facts: Facts, row: Row, evidence: list[Row], absences: list[Any]) -> tuple[date, str] | None:
    """The first day on which a piece no longer counts, and why; the words sort as causes do on one day."""
    found: list[tuple[date | None, str]] = []
    if row.until_day is not None:
        found.append((_moved(_day(row.until_day), absences), "1 lapsed"))
    for ending in facts.endings_of[row.id]:
        if ending.kind == "edition":
            found.append((_moved(_day(ending.day), absences), "2 edition"))
        else:
            found.append((_day(ending.day), "4 withdrawn"))
    if row.basis == "learning":
        lower = [each for each in evidence if each.basis == "assessment" and each.level < row.level]
        days = [_day(each.from_day) for each in lower if _day(each.from_day) >= _day(row.from_day)]
        found += [(min(days), "3 assessment-ended")] if days else []
    known = [(when, why) for when, why in found if when is not None]
    return min(known, default=None)


def _moved(day: date, absences: list[Any]) -> date | None:
    """A day on which somebody is away becomes the sixtieth after the first day back; None: no return."""
    if not _is_away(absences, day):
        return day
    back, last = day, max(_day(each) for row, ends in absences for each in _days_of(row, ends))
    while _is_away(absences, back):
        back += DAY
        if back > last + DAY:
            return None
    return _moved(back + RETURN, absences)


def _absences(facts: Facts, person: int) -> list[tuple[Row, list[Any]]]:
    return [
        (row, [each.day for each in facts.closings_of_absence[row.id]]) for row in facts.absences_of[person]
    ]


def _is_away(absences: list[tuple[Row, list[Any]]], day: date) -> bool:
    return any(_holds(row, ends, day) for row, ends in absences)


def _holds(row: Row, ends: Iterable[Any], day: date) -> bool:
    last = [_day(each) for each in (row.to_day, *ends) if each is not None]
    return _day(row.from_day) <= day and all(day < each for each in last)


def _days_of(row: Row, ends: Iterable[Any]) -> Iterator[Any]:
    yield from (each for each in (row.from_day, row.to_day, *ends) if each is not None)


def _place(facts: Facts, team: int, day: date) -> tuple[str, str] | None:
    rows = [row for row in facts.placements_of[team] if _day(row.from_day) <= day]
    latest = max(rows, key=lambda row: (_day(row.from_day), row.id), default=None)
    return None if latest is None else (latest.organisation_id, latest.region_id)


def _on_board(facts: Facts, place: tuple[str, str], day: date) -> bool:
    return any(row.organisation_id == place[0] and _day(row.from_day) <= day for row in facts.onboardings)


def _asked(facts: Facts, role: str, day: date) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = [row for row in facts.requirements_of[role] if _day(row.from_day) <= day]
    for row in sorted(rows, key=lambda row: (_day(row.from_day), row.id)):
        found[row.competency_id] = row.level
    return {competency: level for competency, level in found.items() if level}


def _day(value: Any) -> date:  # noqa: ANN401 SQLite gives text
    return date.fromisoformat(value) if isinstance(value, str) else value


def _london(value: Any) -> date:  # noqa: ANN401
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(ZoneInfo("Europe/London")).date()
