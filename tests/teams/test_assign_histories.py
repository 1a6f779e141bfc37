"""Assignments in histories at random: who is asked, has done it, is excused or held it, counted once more.

The rule stands here in the words of what managers were promised, slowly and over plain values: a team
with those below it and those who join later, without those who hold it or have been asked for it by then.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask

from lms.competencies.models import Basis
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning import assignments as rules
from lms.learning.assignments import Aim
from lms.learning.enrolments import finish_enrolments
from lms.learning.models import Target
from lms.people import appointments
from lms.people.acts import act
from lms.people.identity import load
from lms.people.models import Appointment, Duty, Person
from lms.people.reports import Reports, reports_of
from lms.teams.assigning import AssignError, Order, end, excuse, not_asked, preview, send
from lms.teams.assignments import assigned_to
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon, passed

HISTORIES = int(os.environ.get("TEST_ASSIGN_HISTORIES", "16"))
"""How many histories are tried; each is made from its number alone."""
FIRST = date(2026, 6, 1)
EVENTS, FROM_THE_FIRST = 14, 4
ROLES = ("buyer", "senior-buyer")
SHOWN = {1: ("alpha",), 2: ("alpha", "beta")}
AIMS = {
    Aim(Target.MODULE, "alpha"): ("alpha",),
    Aim(Target.MODULE, "gamma"): ("gamma",),
    Aim(Target.COURSE, "one-course"): ("alpha", "beta", "gamma"),
    Aim(Target.PATH, "buyer"): ("alpha", "beta"),
    Aim(Target.LEVEL, "law/1"): ("alpha",),
    Aim(Target.LEVEL, "law/2"): ("alpha", "beta"),
}
"""What each target asks for of whoever has passed nothing."""


@dataclass
class Post:
    person: int
    team: int
    role: str
    start: date
    row: int
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass
class Given:
    """An assignment, and of each module of each person whether it is open, done or excused."""

    number: int
    aim: Aim
    team: int | None
    role: str | None
    due: date | None
    ended: bool = False
    state: dict[tuple[int, str], str] = field(default_factory=dict)
    due_of: dict[int, date | None] = field(default_factory=dict)

    def asked(self, person: int) -> bool:
        return any(each == person for each, _ in self.state)


@dataclass
class Story:
    manager: int
    above: dict[int, int | None]
    own: set[int]
    posts: list[Post] = field(default_factory=list)
    passes: set[tuple[int, str]] = field(default_factory=set)
    given: list[Given] = field(default_factory=list)
    people: list[int] = field(default_factory=list)

    def line(self, team: int) -> list[int]:
        above = self.above[team]
        return [team] if above is None else [team, *self.line(above)]

    def inside(self, team: int, role: str | None, day: date) -> set[int]:
        """Who works in a team or below it on a day, perhaps in one role."""
        return {
            post.person
            for post in self.posts
            if post.holds(day) and team in self.line(post.team) and role in {None, post.role}
        }

    def tree(self, day: date) -> set[int]:
        return {person for team in self.own for person in self.inside(team, None, day)}

    def missing(self, person: int, aim: Aim) -> list[str]:
        return [key for key in AIMS[aim] if (person, key) not in self.passes]

    def covered(self, person: int, key: str, due: date | None) -> bool:
        """Whether somebody waits for a module already, by this day or an earlier one."""
        days = [each.due_of[person] for each in self.given if each.state.get((person, key)) == "open"]
        return any(due is None or (day is not None and day <= due) for day in days)

    def ask(self, given: Given, person: int, due: date | None) -> bool:
        """Ask for what somebody does not hold and has not been asked for; whether anything is asked."""
        new = [key for key in self.missing(person, given.aim) if not self.covered(person, key, due)]
        for key in new:
            given.state[person, key] = "open"
            given.due_of[person] = due
        return bool(new)

    def joined(self, posts: list[Post], day: date) -> None:
        """Ask those who join for what is assigned to the team, once and until it is ended."""
        for given in self.given:
            firsts = {
                post.person: min(each.start for each in posts if each.person == post.person)
                for post in posts
                if given.team in self.line(post.team) and given.role in {None, post.role} and not given.ended
            }
            for person, first in firsts.items():
                if not given.asked(person):
                    due = given.due and max(given.due, max(first, day) + timedelta(days=28))
                    self.ask(given, person, due)


def begin(chance: Random, number: int) -> Story:
    force = build.organisation(f"force-{number}")
    with act("story", None):
        top, elsewhere = build.team(force, "Top"), build.team(force, "Elsewhere")
        below = build.team(force, "Below", top)
        last = build.team(force, "Last", chance.choice([top, below]))
        manager = build.person("Morgan Example")
        build.grant(manager, Duty.MANAGER, top)
        above: dict[int, int | None] = {each.id: each.parent_id for each in (top, elsewhere, below, last)}
        story = Story(manager.id, above, {top.id, below.id, last.id})
        for _ in range(FROM_THE_FIRST):
            _joins(story, chance, FIRST)
    return story


def _appointed(story: Story, person: int, chance: Random, first: date) -> Post:
    team, role_ = chance.choice(list(story.above)), chance.choice(ROLES)
    row = appointments.appoint(person, team, role_, first, by=None)
    post = Post(person, team, role_, first, row.id)
    story.posts.append(post)
    return post


def _joins(story: Story, chance: Random, day: date) -> None:
    """Somebody new, or with one more post, today or some days ahead."""
    if not story.people or chance.random() < 0.7:
        story.people.append(build.person(f"Person {len(story.people):02}").id)
    person = story.people[-1]
    with act("import", None, people=[person]):
        posts = [_appointed(story, person, chance, day + timedelta(days=chance.choice((0, 0, 2))))]
        if chance.random() < 0.2:
            posts.append(_appointed(story, person, chance, day))
    story.joined(posts, day)


def _leaves(story: Story, chance: Random, day: date) -> None:
    for post in _held(story, chance, day):
        appointments.close_appointment(db.session.get_one(Appointment, post.row), day, by=None)
        post.end = day


def _moves(story: Story, chance: Random, day: date) -> None:
    for post in _held(story, chance, day):
        with act("move", None, people=[post.person]):
            appointments.close_appointment(db.session.get_one(Appointment, post.row), day, by=None)
            post.end = day
            new = _appointed(story, post.person, chance, day)
        story.joined([new], day)


def _held(story: Story, chance: Random, day: date) -> list[Post]:
    held = [post for post in story.posts if post.holds(day)]
    return [chance.choice(held)] if held else []


def _passes(story: Story, chance: Random, day: date) -> None:
    person, key = chance.choice(story.people), chance.choice(("alpha", "beta", "gamma"))
    somebody = db.session.get_one(Person, person)
    with act("check-passed", person, people=[person]):
        finish_enrolments(person, {key}, passed(somebody, key, day).id)
    story.passes.add((person, key))
    for level, modules in SHOWN.items():
        if key in modules and {(person, each) for each in modules} <= story.passes:
            build.evidence(somebody, "law", level, day, basis=Basis.LEARNING)
    for given in story.given:
        if (person, key) in given.state:
            given.state[person, key] = "done"


def _assigns(story: Story, chance: Random, day: date) -> None:
    aim = chance.choice(list(AIMS))
    team = chance.choice([*sorted(story.own), None])
    role_ = chance.choice([None, None, *ROLES]) if team else None
    due = chance.choice([None, day + timedelta(days=chance.choice((5, 40, 60)))])
    chosen = tuple(sorted(story.tree(day))[::2]) if team is None else ()
    people = set(chosen) if team is None else story.inside(team, role_, day)
    order = Order(aim, chosen, team, role_, due, "We need it")
    given = Given(0, aim, team, role_, due)
    expected = {person for person in people if story.ask(given, person, due)}
    shown = preview(order, story.manager, load(story.manager, day).held(Duty.MANAGER))  # type: ignore[union-attr]
    assert {ask.person_id for ask in shown.plan.asks} == expected
    assert set(shown.plan.holding) == {each for each in people if not story.missing(each, aim)}
    assert {each.person_id for each in shown.plan.asked} == people - expected - set(shown.plan.holding)
    try:
        sent = send(order, [each.id for each in shown.plan.modules], by=story.manager)
    except AssignError:
        assert not expected
    else:
        given.number = sent.number
        story.given.append(given)


def _excuses(story: Story, chance: Random, day: date) -> None:
    """Excuse one person, or all with something open."""
    tree = story.tree(day)
    waiting = [(given, _waited_for(given) & tree) for given in story.given if _waited_for(given) & tree]
    if waiting:
        given, people = chance.choice(waiting)
        chosen = chance.choice([people, {min(people)}])
        excuse(given.number, chosen, by=story.manager, reason="They taught it")
        for (person, key), state in given.state.items():
            if person in chosen and state == "open":
                given.state[person, key] = "excused"


def _waited_for(given: Given) -> set[int]:
    return {person for (person, _), state in given.state.items() if state == "open"}


def _ends(story: Story, chance: Random, day: date) -> None:
    del day
    still = [given for given in story.given if given.team is not None and not given.ended]
    if still:
        given = chance.choice(still)
        end(given.number, by=story.manager, reason="The tender is let", excusing=False)
        given.ended = True


Event = Callable[[Story, Random, date], None]
EVENT: tuple[Event, ...] = (
    _joins, _joins, _joins, _leaves, _moves, _moves, _passes, _passes, _passes, _assigns, _assigns, _assigns,
    _assigns, _excuses, _excuses, _ends,
)  # fmt: skip


def faults(story: Story, reports: Reports, day: date) -> list[str]:
    """Where the pages' count of each assignment differs from the slow one."""
    found = {each.number: each for each in assigned_to(reports, catalogue.current(), day)}
    tree, wrong = story.tree(day), []
    assert set(reports.names) == tree
    for given in story.given:
        expected = {pair: state for pair, state in given.state.items() if pair[0] in tree}
        shown = found.pop(given.number, None)
        if shown is None:
            if expected or (given.team is not None and not given.ended):
                wrong.append(f"assignment {given.number} is out of sight on {day}")
            continue
        counted = {
            (person.person_id, line.module.lower()): "done"
            if line.done_on
            else "excused"
            if line.excused
            else "open"
            for person in shown.people
            for line in person.lines
        }
        if counted != expected:
            wrong.append(f"assignment {given.number} on {day}: {counted} is not {expected}")
        if given.team is not None:
            wrong += _left_out(story, given, reports, day)
    return wrong + [f"assignment {number} is shown on {day}" for number in found]


def _left_out(story: Story, given: Given, reports: Reports, day: date) -> list[str]:
    shown = next(each for each in assigned_to(reports, catalogue.current(), day, given.number))
    counted = not_asked(shown, reports)
    assert counted is not None
    inside = story.inside(given.team or 0, given.role, day)
    rest = {person for person in inside if not given.asked(person)}
    holding = {person for person in rest if not story.missing(person, given.aim)}
    others = {
        person
        for person in rest - holding
        if any(not story.covered(person, key, None) for key in story.missing(person, given.aim))
    }
    expected = (
        sorted(reports.names[each] for each in holding),
        sorted(reports.names[each] for each in rest - holding - others),
        others,
    )
    got = (sorted(counted.holding), sorted(counted.elsewhere), set(counted.others))
    return [] if got == expected else [f"not asked by {given.number} on {day}: {got} is not {expected}"]


def all_faults(app: Flask, histories: range) -> list[str]:
    with app.app_context(), clock.at(noon(FIRST)):
        law = competency("law", SHOWN)
        publish(
            (law,),
            tuple(role(key, {"law": 2}) for key in ROLES),
            tuple(map(module, ("alpha", "beta", "gamma"))),
        )
    for number in histories:
        chance = Random(number)  # noqa: S311 a history is made again from its number
        with app.app_context(), clock.at(noon(FIRST)):
            story = begin(chance, number)
        for turn in range(EVENTS):
            day = FIRST + timedelta(days=turn // 2)
            with app.app_context(), clock.at(noon(day)):
                chance.choice(EVENT)(story, chance, day)
                if turn % 4 == 3 or turn == EVENTS - 1:
                    held = load(story.manager, day)
                    assert held is not None
                    reports = reports_of(story.manager, held.held(Duty.MANAGER), day)
                    if wrong := faults(story, reports, day):
                        return [f"history {number}: {each}" for each in wrong]
    return []


def test_who_is_asked_has_done_it_is_excused_or_held_it_is_as_a_slow_count_has_it(app: Flask) -> None:
    assert all_faults(app, range(HISTORIES)) == []


def _nobody_asked(_assignments: set[int], _people: set[int]) -> set[tuple[int | None, int]]:
    return set()


PLANTS: dict[str, tuple[int, Callable[[pytest.MonkeyPatch], None]]] = {
    "nobody who joins": (0, lambda patch: patch.setattr(rules, "_reaching", lambda _: [])),
    "whoever joins once more": (12, lambda patch: patch.setattr(rules, "_asked_before", _nobody_asked)),
    "whoever was asked": (0, lambda patch: patch.setattr(rules, "_asked_by", lambda *_: [])),
}
"""Each with the first of five histories, one of which tells."""


@pytest.mark.parametrize("plant", PLANTS)
def test_each_planted_error_is_found(app: Flask, monkeypatch: pytest.MonkeyPatch, plant: str) -> None:
    first, put = PLANTS[plant]
    put(monkeypatch)
    try:
        found = all_faults(app, range(first, first + 5))
    except AssertionError:  # the look before it is sent tells too
        return
    assert found != []
