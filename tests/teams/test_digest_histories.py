"""A year of weekly mails at random: never two in a week, nothing told twice, nobody else named.

Who reports to whom is written down here a second time, over plain values.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import select, update

from lms.competencies.models import Assessment, AssessmentKind, Reply
from lms.core import clock
from lms.core.database import db
from lms.core.jobs import run_next
from lms.core.mail import Letter, MailError
from lms.learning.digest import DUE_BEFORE, LAPSES_BEFORE
from lms.learning.models import Enrolment
from lms.people import appointments, grants
from lms.people.acts import act
from lms.people.grants import Reach
from lms.people.models import Absence, Appointment, Duty, Scope
from lms.teams.digest_job import queue_digests
from tests.support import build
from tests.support.learners import assigned, noon
from tests.support.managers import ASKED, TODAY, World

YEARS = range(1, 1 + int(os.environ.get("TEST_DIGEST_YEARS", "1")))
"""Each is made from its number alone."""
WEEKS, PEOPLE, OTHER_DAYS = 52, 4, 1
GOES_ON, TWICE, FAILS = 0.9, 0.2, 0.3
FIRST = TODAY - timedelta(days=7 * WEEKS)
NAMED = re.compile(r"^- (\w+ \w+): ", re.MULTILINE)
LAPSE = re.compile(r"^- (?:(\w+ \w+): )?(\w+), level \d(?:,|: lapses) on (.+)$", re.MULTILINE)
OVERDUE = re.compile(r"^- (\w+ \w+): Standstill was due on (.+)$", re.MULTILINE)
DUE = re.compile(r"^- Standstill: (?:was )?due on ([^.]+)\.", re.MULTILINE)
WAITS = re.compile(r"^- (\w+ \w+): (\w+)\. (Level 4|A dispute) waits", re.MULTILINE)
ASSESSED = re.compile(r"^- (\w+): level 2, assessed by", re.MULTILINE)
WEEK, MONTH = timedelta(days=7), timedelta(days=28)
LEVEL_4, DISPUTED = "Level 4", "A dispute"


@dataclass
class Post:
    """Where somebody works, or which team they manage, from a day to the first that no longer counts."""

    person: int
    team: int
    row: int
    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass
class Sent:
    """A letter that was handed over, and who may be named in it by the rule."""

    day: date
    reader: int
    text: str
    may_name: set[str]


@dataclass
class Year:
    """What has happened, and which letters were handed over."""

    world: World
    chance: Random
    names: dict[int, str]
    teams: dict[int, set[int]]
    """A team, and it with those below it."""
    posts: list[Post]
    managers: list[Post]
    away: list[Post] = field(default_factory=list)
    judged: dict[tuple[str, str, str], list[datetime]] = field(default_factory=dict)
    """When something about a person and a competency began to wait."""
    sent: list[Sent] = field(default_factory=list)
    fails: bool = False
    day: date = FIRST

    def sees(self, reader: int) -> set[str]:
        """The rule: whoever works below a team that the reader manages on this day, and is not away."""
        below = {
            team
            for each in self.managers
            if each.person == reader and each.holds(self.day)
            for team in self.teams[each.team]
        }
        seen = {each.person for each in self.posts if each.holds(self.day) and each.team in below}
        return {self.names[each] for each in seen - {reader} if not self.is_away(each)}

    def is_away(self, person: int) -> bool:
        return any(each.person == person and each.holds(self.day) for each in self.away)

    def post(self, letter: Letter) -> None:
        """Stands for handing a letter over, which fails now and then."""
        if self.fails and self.chance.random() < FAILS:
            raise MailError(FAILS)
        reader = int(letter.key.split("-")[1])
        assert not self.is_away(reader)
        assert any(each.person == reader and each.holds(self.day) for each in self.posts)
        self.sent.append(Sent(self.day, reader, letter.text, self.sees(reader)))


def appoint(year: Year, person: int) -> None:
    team = year.chance.choice(list(year.teams))
    row = appointments.appoint(person, team, year.chance.choice(list(ASKED)), year.day, by=None)
    year.posts.append(Post(person, team, row.id, year.day))


def move(year: Year, person: int) -> None:
    """Every post ends, and mostly another begins."""
    for each in year.posts:
        if each.person == person and each.holds(year.day):
            appointments.close_appointment(db.session.get_one(Appointment, each.row), year.day, by=None)
            each.end = year.day
    if year.chance.random() < GOES_ON:
        appoint(year, person)


def go_away(year: Year, person: int) -> None:
    if year.is_away(person):
        return
    days = year.chance.choice((None, 9, 30))
    back = year.day + timedelta(days=days) if days else None
    appointments.record_absence(person, year.day, back, by=None)
    row = db.session.scalars(select(Absence.id).order_by(Absence.id.desc())).first()
    year.away.append(Post(person, 0, row or 0, year.day, back))


def come_back(year: Year, _person: int) -> None:
    for each in year.away:
        if each.end is None and each.start < year.day:
            appointments.end_absence(db.session.get_one(Absence, each.row), year.day, by=None)
            each.end = year.day


def delegate(year: Year, person: int) -> None:
    team, until = year.chance.choice(list(year.teams)), year.day + timedelta(days=year.chance.choice((5, 40)))
    reach = Reach(Scope.TEAM, team_id=team)
    grants.give_grant(
        person, Duty.MANAGER, reach, from_day=year.day, to_day=until, by=None, reason="stands in"
    )
    year.managers.append(Post(person, team, 0, year.day, until))


def show(year: Year, person: int) -> None:
    """Evidence that lapses after some weeks."""
    key, until = year.chance.choice(list(ASKED["buyer"])), year.day + timedelta(year.chance.randrange(5, 130))
    build.evidence(year.world.person(person), key, year.chance.randint(1, 3), year.day, until=until)


def judge(year: Year, person: int) -> None:
    """A level 4 that waits, or an assessment that is disputed."""
    kind, key = year.chance.choice((LEVEL_4, DISPUTED)), year.chance.choice(list(ASKED["buyer"]))
    somebody = year.world.person(person)
    evidence = build.evidence(somebody, key, 2, year.day) if kind == DISPUTED else None
    with act("assessment", year.world.manager_id, people=[person]) as current:
        row = Assessment(
            person_id=person,
            competency_id=key,
            level=2 if evidence else 4,
            kind=AssessmentKind.ASSESSMENT,
            words="Seen",
            months=36,
            by_id=year.world.manager_id,
            act_id=current.id,
            evidence_id=evidence.id if evidence else None,
        )
        db.session.add(row)
        if evidence:
            db.session.add(Reply(evidence_id=evidence.id, words="No", disputes=True, act_id=current.id))
    year.judged.setdefault((year.names[person], key.title(), kind), []).append(clock.now())


def ask(year: Year, person: int) -> None:
    by = year.chance.choice([each for each in year.names if each != person])
    due = year.day + timedelta(days=year.chance.randrange(45))
    assigned(year.world.person(person), "standstill", year.world.person(by), due)


def excuse(year: Year, person: int) -> None:
    with act("excused", None, people=[person]) as current:
        open_ones = (Enrolment.person_id == person, Enrolment.excused_act_id.is_(None))
        db.session.execute(update(Enrolment).where(*open_ones).values(excused_act_id=current.id))


CHANGES: dict[Callable[[Year, int], None], int] = {
    move: 3,
    go_away: 2,
    come_back: 2,
    delegate: 2,
    show: 8,
    judge: 2,
    ask: 3,
    excuse: 2,
}


def live(year: Year) -> None:
    """Let a year pass: changes, and mails that are asked for on Mondays and on other days, or twice a day."""
    chance, people = year.chance, []
    for number in range(PEOPLE):
        somebody = build.person(f"Person {number:02}")
        year.names[somebody.id] = somebody.name
        people.append(somebody.id)
        appoint(year, somebody.id)
    for week in range(WEEKS):
        for weekday in sorted({0, *chance.sample(range(7), chance.randint(0, OTHER_DAYS))}):
            year.day = FIRST + timedelta(days=7 * week + weekday)
            for hour in (0, 4):
                with clock.at(noon(year.day) + timedelta(hours=hour)):
                    change = chance.choices(list(CHANGES), list(CHANGES.values()))[0]
                    change(year, chance.choice(people))
                    if hour == 0 or chance.random() < TWICE:
                        send_all(year)


def send_all(year: Year) -> None:
    year.fails = year.chance.random() < TWICE
    queue_digests(year.day)
    while run_next() is not None:
        pass


def lived(world: World, seed: int, monkeypatch: pytest.MonkeyPatch) -> Year:
    """A year whose mails were handed over on their days."""
    other = build.team(build.organisation("thornmere", region_id="north"))
    teams = {
        world.team_id: {world.team_id, world.below_id},
        world.below_id: {world.below_id},
        other.id: {other.id},
    }
    manager = Post(world.manager_id, world.team_id, 0, build.START)
    names = {world.manager_id: world.manager.name}
    year = Year(world, Random(seed), names, teams, [manager], [replace(manager)])  # noqa: S311 it keeps no secret
    monkeypatch.setattr("lms.teams.digest_job.send", year.post)
    live(year)
    return year


def marks(year: Year) -> Iterator[tuple[object, ...]]:
    """All that the letters said, each with the mark at which it was said."""
    for sent in year.sent:
        for name, title, words in LAPSE.findall(sent.text):
            left = (day_of(words) - sent.day).days
            yield (
                "lapse",
                sent.reader,
                name,
                title,
                words,
                min(each for each in LAPSES_BEFORE if left <= each),
            )
        for name, words in OVERDUE.findall(sent.text):
            yield "overdue", sent.reader, name, words, ((sent.day - day_of(words)).days - 1) // MONTH.days
        for words in DUE.findall(sent.text):
            left = (day_of(words) - sent.day).days
            over = (-left - 1) // MONTH.days
            near = over if left < 0 else -min(each for each in DUE_BEFORE if left <= each) - 1
            yield "due", sent.reader, words, near
        for name, title, kind in WAITS.findall(sent.text):
            began = year.judged[name, title, kind]
            if len(began) == 1:
                yield "waits", sent.reader, name, title, kind, (noon(sent.day) - began[0]) // MONTH


def day_of(words: str) -> date:
    return datetime.strptime(words, "%d %B %Y").replace(tzinfo=UTC).date()


@pytest.mark.parametrize("seed", YEARS)
def test_in_a_year_at_random_no_mail_comes_too_often_says_anything_twice_or_names_anybody_else(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.app.app_context():
        year = lived(world, seed, monkeypatch)
    for reader in year.names:
        days = [each.day for each in year.sent if each.reader == reader]
        assert all(later - earlier >= WEEK for earlier, later in pairwise(days))
    for each in year.sent:
        assert set(NAMED.findall(each.text)) <= each.may_name
    said = Counter(marks(year))
    assert [key for key, times in said.items() if times > 1] == []
    assert {str(key[0]) for key in said} == {"lapse", "overdue", "due", "waits"}
    told = Counter((each.reader, title) for each in year.sent for title in ASSESSED.findall(each.text))
    ids = {name: person for person, name in year.names.items()}
    for (name, title, kind), began in year.judged.items():
        assert kind != DISPUTED or told[ids[name], title] <= len(began)
    assert sum(told.values()) > 0
