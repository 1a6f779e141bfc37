"""Histories at random of teams, posts, grants and absences: no manager reads whom the day does not give them.

The rule is written down here a second time, over plain values and without the policy of the product.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import false, func, select
from werkzeug.routing import Rule

from lms.core import clock
from lms.core.database import db
from lms.people import access, appointments, grants, identity, reports, structure, subjects
from lms.people.access import Subject
from lms.people.acts import act
from lms.people.grants import Reach
from lms.people.identity import Identity
from lms.people.models import Appointment, Closing, Duty, Organisation, Scope, Team
from lms.teams import absence_views, overview
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon
from tests.support.pages import CheckedClient

HISTORIES = int(os.environ.get("TEST_PERMISSION_HISTORIES", "60"))
"""How many histories are tried; each is made from its number alone."""
subjects_standing = subjects._standing  # noqa: SLF001 what a plant wraps
FIRST = date(2026, 6, 1)
DAYS, TEAMS, PEOPLE, MANAGERS, CHANGES, ASKED = 6, 5, 5, 3, 9, 3
"""Few days, so that much happens on each, and ends and beginnings fall together."""


@dataclass
class Spell:
    """Somebody and a team, from a day to the first day that no longer counts."""

    person: int
    team: int
    start: date
    end: date | None = None
    row: int = 0

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Look:
    """Who opens pages, about whom, on which day, in the history of which number."""

    manager: int
    person: int
    day: date
    number: int


@dataclass
class Story:
    """What has happened: the team above each, posts, and managers’ grants."""

    above: dict[int, int | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    posts: list[Spell] = field(default_factory=list)
    grants: list[Spell] = field(default_factory=list)

    def line(self, team: int) -> list[int]:
        """The team and all above it."""
        above = self.above[team]
        return [team] if above is None else [team, *self.line(above)]

    def sees(self, manager: int, person: int, day: date) -> bool:
        """The rule: somebody else, who holds a post below a team of a grant, both on that day."""
        posts = [
            team
            for post in self.posts
            if post.person == person and post.holds(day)
            for team in self.line(post.team)
        ]
        return manager != person and any(
            each.person == manager and each.holds(day) and each.team in posts for each in self.grants
        )

    def manages(self, manager: int, day: date) -> bool:
        return any(each.person == manager and each.holds(day) for each in self.grants)


def write_story(chance: Random, number: int) -> Story:
    """Write a story beside the earlier ones, in the order in which it happens, as one act.

    Days decide who reads whom, and acts do not: so the gap ledger has each story’s work once.
    """
    force = build.organisation(f"force-{number}")
    with act("story", None):
        return _happens(Story(), force, chance, number)


def _happens(story: Story, force: Organisation, chance: Random, number: int) -> Story:
    teams: list[Team] = []
    for each in range(TEAMS):
        parent = chance.choice([None, *teams]) if teams else None
        team = build.team(force, f"Team {each}", parent)
        story.above[team.id] = parent.id if parent else None
        teams.append(team)
    for each in range(PEOPLE + MANAGERS):
        name = f"Xanthe{number}x{each}q Sample"
        story.names[build.person(name).id] = name
    people = list(story.names)
    for person in people:
        _appoint(story, person, chance, FIRST)
    for manager in people[:MANAGERS]:
        _give(story, manager, chance, FIRST)
    for moment in sorted(_day(chance) for _ in range(CHANGES)):
        with clock.at(noon(moment)):
            chance.choice(CHANGE)(story, chance, moment)
    return story


def _day(chance: Random) -> date:
    return FIRST + timedelta(days=chance.randrange(DAYS))


def _appoint(story: Story, person: int, chance: Random, day: date) -> None:
    team = chance.choice(list(story.above))
    row = appointments.appoint(person, team, "buyer", day, by=None)
    story.posts.append(Spell(person, team, day, row=row.id))


def _give(story: Story, manager: int, chance: Random, day: date) -> None:
    team, end = (
        chance.choice(list(story.above)),
        chance.choice((None, day + timedelta(days=chance.randint(1, 4)))),
    )
    reach = Reach(Scope.TEAM, team_id=team)
    row = grants.give_grant(manager, Duty.MANAGER, reach, from_day=day, to_day=end, by=None, reason="a test")
    db.session.flush()
    story.grants.append(Spell(manager, team, day, end, row.id))


def _move(story: Story, chance: Random, day: date) -> None:
    """Close a post that is open, and begin another one on that day, which may lie ahead."""
    day += timedelta(days=chance.randint(0, 2))
    old = chance.choice([each for each in story.posts if each.end is None])
    if day < old.start:
        return
    appointments.close_appointment(db.session.get_one(Appointment, old.row), day, by=None)
    old.end = day
    _appoint(story, old.person, chance, day)


def _second_post(story: Story, chance: Random, day: date) -> None:
    _appoint(story, chance.choice(list(story.names)), chance, day)


def _delegate(story: Story, chance: Random, day: date) -> None:
    _give(story, chance.choice(list(story.names)), chance, day + timedelta(days=chance.randint(0, 2)))


def _end_grant(story: Story, chance: Random, day: date) -> None:
    open_ones = [each for each in story.grants if each.end is None or each.end > day]
    if open_ones:
        old = chance.choice(open_ones)
        grants.end_grant(old.row, day, by=None, reason="a test")
        old.end = max(day, old.start)


def _away(story: Story, chance: Random, day: date) -> None:
    """An absence takes nobody out of a tree."""
    appointments.record_absence(chance.choice(list(story.names)), day, None, by=None)


CHANGE: tuple[Callable[[Story, Random, date], None], ...] = (
    _move,
    _move,
    _second_post,
    _delegate,
    _delegate,
    _end_grant,
    _away,
)


def rules(app: Flask) -> list[Rule]:
    """All pages and files of the managers that GET opens, whatever they are about."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("teams.") and "GET" in (rule.methods or ())
    ]


def addresses(app: Flask, person: int) -> list[tuple[str, set[str]]]:
    """Each address about a person, or about everybody, with what it is about besides."""
    found = []
    with app.test_request_context():
        for rule in rules(app):
            values: dict[str, Any] = {
                name: person if name == "person_id" else _value(rule, name) for name in rule.arguments
            }
            found.append((app.url_for(rule.endpoint, **values), rule.arguments))
    return found


def _value(rule: Rule, name: str) -> int | str:
    """Something that is not there, or a competency."""
    return 10**6 if f"<int:{name}>" in rule.rule else "law"


def _words(data: bytes) -> str:
    """The words of an answer; those of a workbook lie in an archive."""
    if not data.startswith(b"PK"):
        return data.decode()
    with ZipFile(BytesIO(data)) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


def names_in(text: str) -> set[str]:
    return set(re.findall(r"Xanthe\d+x\d+q", text))


def faults(app: Flask, story: Story, chance: Random, number: int) -> list[str]:
    """What somebody reads on a day and the rule does not give them, or the other way round.

    The policy is asked about everybody. A page takes as long as a hundred of its answers: so each
    history opens some addresses of one manager on one day, and the next history the others.
    """
    found = []
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    for turn, day in enumerate(chance.sample(turning_points(story), ASKED)):
        with clock.at(noon(day)):
            managers = sorted({each.person for each in story.grants})
            found += _of_policy(app, story, managers, day)
            if turn:
                continue
            manager = chance.choice(managers)
            sign_in(client, manager)
            for sees in (False, True):
                people = [each for each in story.names if story.sees(manager, each, day) is sees]
                if people:
                    found += _of_one(client, story, Look(manager, chance.choice(people), day, number))
            found += _of_all(client, story, Look(manager, 0, day, number))
    return found


def some(addresses: list[tuple[str, set[str]]], number: int, of: int) -> list[tuple[str, set[str]]]:
    """One in `of` addresses, each in turn: so many histories one after the other have them all."""
    return addresses[number % of :: of]


def turning_points(story: Story) -> list[date]:
    """The days on which something begins or is over, and those before them."""
    days = {day for each in (*story.posts, *story.grants) for day in (each.start, each.end) if day}
    return sorted(days | {day - timedelta(days=1) for day in days})


def _of_policy(app: Flask, story: Story, managers: list[int], day: date) -> list[str]:
    """What the policy says of everybody, compared with the rule."""
    with app.app_context():
        about = subjects.person_subjects(story.names)
        about[managers[0]] = subjects.person_subject(managers[0])
        who = {manager: identity.load(manager, day) for manager in managers}
        return [
            f"the policy is wrong on {manager} and {person} on {day}"
            for manager in managers
            for person in story.names
            if access.allowed(who[manager], "team.person", about[person])
            is not story.sees(manager, person, day)
        ]


def _of_one(client: CheckedClient, story: Story, look: Look) -> list[str]:
    """What pages about one person answer; those of whom the manager does not see say so quickly."""
    sees, found = story.sees(look.manager, look.person, look.day), []
    about_one = [each for each in addresses(client.application, look.person) if "person_id" in each[1]]
    for address, about in some(about_one, look.number, 5 if sees else 3):
        answer = client.get(address, checked=False)
        if answer.status_code >= 500:
            found.append(f"{address} answers {answer.status_code} on {look.day}")
        if answer.status_code < 400 and not sees:
            found.append(f"{look.manager} opens {address} on {look.day}")
        if about == {"person_id"} and sees and answer.status_code >= 400:
            found.append(f"{look.manager} does not open {address} on {look.day}")
    return found


def _of_all(client: CheckedClient, story: Story, look: Look) -> list[str]:
    """Whom pages and files about whole teams name; the one who asks stands in their head."""
    manager, day = look.manager, look.day
    hers = {
        name.partition(" ")[0] for person, name in story.names.items() if story.sees(manager, person, day)
    }
    own, found = story.names[manager].partition(" ")[0], []
    about_all = [each for each in addresses(client.application, 0) if not each[1]]
    for address, _ in some(about_all, look.number, 4):
        answer = client.get(address, checked=False)
        if answer.status_code >= 500:
            found.append(f"{address} answers {answer.status_code} to {manager} on {day}")
        body = _words(answer.data) if answer.status_code < 400 else ""
        main = body.partition("<main")[2] or body
        if names_in(main) - hers - ({own} if "/delegation" in address else set()):
            found.append(f"{manager} reads {names_in(main) - hers} at {address} on {day}")
        if address == "/team" and answer.status_code == 200 and names_in(main) != hers:
            found.append(f"{manager} misses {hers - names_in(main)} at {address} on {day}")
        if (answer.status_code == 403) is story.manages(manager, day) and address == "/team":
            found.append(f"{address} answers {answer.status_code} to {manager} on {day}")
    return found


def all_faults(app: Flask, histories: range, most: int) -> list[str]:
    """The faults of so many histories, until there are `most`."""
    found: list[str] = []
    with app.app_context(), clock.at(noon(FIRST)):
        publish((competency("law"),), (role("buyer", {"law": 1}),), (module("standstill"),))
    for number in histories:
        chance = Random(number)  # noqa: S311 a history is made again from its number
        with app.app_context():
            story = write_story(chance, number)
        found += [f"history {number}: {fault}" for fault in faults(app, story, chance, number)]
        if len(found) >= most:
            break
    return found


def test_no_page_file_or_count_gives_a_manager_anybody_outside_the_tree_of_the_day(app: Flask) -> None:
    assert all_faults(app, range(HISTORIES), most=5) == []


def test_the_pages_that_are_asked_are_all_that_there_are(app: Flask) -> None:
    every = addresses(app, 1)
    turns = {address for number in range(5) for address, _ in some(every, number, 5)}
    assert turns == {address for address, _ in every}
    asked = {address.split("?")[0] for address, _ in every}
    assert {"/team", "/team/1", "/team/1/absence", "/team/1/post", "/team/1/leave"} <= asked


def _yesterday(real: Callable[[int, date], Identity | None]) -> Callable[[int, date], Identity | None]:
    return lambda person, day: real(person, day - timedelta(days=1))


def _ended_too(real: Callable[[int, date], Identity | None]) -> Callable[[int, date], Identity | None]:
    def loaded(person: int, day: date) -> Identity | None:
        days = [FIRST + timedelta(days=each) for each in range(DAYS) if FIRST + timedelta(days=each) <= day]
        found = [each for each in (real(person, day) for day in days) if each is not None]
        if not found:
            return None
        return replace(found[-1], grants=tuple(held for each in found for held in each.grants))

    return loaded


def _without_those_above(teams: Any) -> dict[int, Subject]:  # noqa: ANN401 a clause of SQLAlchemy
    stands = subjects_standing(teams)
    return {team: replace(stand, teams=frozenset({team})) for team, stand in stands.items()}


def _nothing_closed() -> Any:  # noqa: ANN401 a select of SQLAlchemy
    closed = select(Closing.appointment_id, func.min(Closing.day).label("day"))
    return closed.where(false()).group_by(Closing.appointment_id)


PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the grants of the day before": lambda patch: patch.setattr(identity, "load", _yesterday(identity.load)),
    "grants that have ended": lambda patch: patch.setattr(identity, "load", _ended_too(identity.load)),
    "no team above": lambda patch: patch.setattr(subjects, "_standing", _without_those_above),
    "oneself": lambda patch: patch.setitem(access.POLICY, "team.person", access.over(Duty.MANAGER)),
    "whoever has left": lambda patch: patch.setattr(structure, "closed_on", _nothing_closed),
    "the team of the day before": lambda patch: patch.setattr(
        overview,
        "reports_of",
        lambda manager, held, day: reports.reports_of(manager, held, day - timedelta(days=1)),
    ),
    "a page that does not ask": lambda patch: patch.setattr(absence_views, "demand", lambda *_: None),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_each_planted_error_is_found(app: Flask, monkeypatch: pytest.MonkeyPatch, plant: str) -> None:
    PLANTS[plant](monkeypatch)
    assert all_faults(app, range(15), most=1) != []
