"""Who is ready: the walk over days and what is kept of it give what a slow count of the facts gives."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from lms.competencies.counts import count
from lms.competencies.facts import facts_of
from lms.competencies.sheets import Atom
from lms.competencies.standing import PersonFacts, standing_on
from lms.competencies.suppression import NO_PILLAR
from lms.content import catalogue
from lms.content.catalogue import EarlierUntil
from lms.core import clock
from lms.core.database import db
from lms.learning.models import Completion
from lms.learning.module_states import Pass
from lms.learning.passes import longest
from lms.learning.readiness import Asked, Needs
from lms.learning.ready_counts import counted
from lms.learning.taught import passes_of
from lms.people import appointments
from lms.people.acts import act, void
from lms.people.models import Person
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.histories import FIRST, LAST, History
from tests.support.learners import noon, passed
from tests.support.statements import statements

TODAY = date(2026, 6, 1)
RISEN = (EarlierUntil(edition=2, day=date(2025, 3, 1)),)
BASICS = Asked(of_others=Needs(frozenset({"basics"})))


def publish_basics(*roles: str) -> None:
    publish(
        (competency("law"),),
        tuple(role(each, {"law": 1}) for each in roles or ("buyer",)),
        (module("basics", edition=2, earlier_until=RISEN), module("more")),
    )


def slow(asked: Asked, day: date) -> dict[Atom, tuple[int, int]]:
    """Everybody who is counted on a day, one after the other, with all of their facts."""
    published = catalogue.current()
    held, facts = count(day).held, facts_of()
    passes = passes_of(list(facts), published.modules, published)
    found: dict[Atom, list[int]] = defaultdict(lambda: [0, 0])
    for cell, people in held.items():
        needs = asked.of(cell.role_profile)
        if needs is None:
            continue
        atom = Atom(cell.region, cell.organisation, cell.role_profile, cell.pillar or NO_PILLAR)
        for person_id in people:
            own = {key: kept for (owner, key), kept in passes.items() if owner == person_id}
            found[atom][0] += 1
            found[atom][1] += not has_all(needs, facts[person_id], own, day)
    return {atom: (people, unready) for atom, (people, unready) in found.items()}


def has_all(needs: Needs, person: PersonFacts, passes: dict[str, list[Pass]], day: date) -> bool:
    for key in needs.modules:
        by_then = [each for each in passes.get(key, ()) if each.passed_on <= day]
        if longest(by_then, catalogue.current().module(key), day, person.absences) is None:
            return False
    return all(
        standing_on(person.pieces.get(key, ()), person.absences, day).level >= level
        for key, level in needs.levels
    )


def passing(history: History, random: Random) -> None:
    """Somebody passes a module, or a pass turns out to be an error."""
    passes = db.session.scalars(select(Completion).where(Completion.void_act_id.is_(None))).all()
    if passes and random.random() < 0.2:
        with act("rollback", None):
            void(random.choice(passes))
        return
    start = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    until = start + timedelta(days=random.randrange(1, 900)) if random.random() < 0.7 else None
    person = db.session.get_one(Person, random.choice(history.people))
    passed(person, random.choice(("basics", "more")), start, edition=random.choice((1, 2)), until=until)


@pytest.mark.parametrize("seed", [0, 2, 4])
def test_what_is_kept_through_a_history_is_what_a_slow_count_gives_on_any_day(app: Flask, seed: int) -> None:
    random = Random(seed)  # noqa: S311 an invented history keeps no secret
    with app.app_context(), clock.at(noon(FIRST)):
        history = History(seed, "n")
        publish_basics(*history.roles)
        law, first = history.competencies[0], history.roles[0]
        questions = (
            Asked(of_others=Needs(frozenset({"basics", "more"}))),
            Asked(of_others=Needs(frozenset({"basics"}), frozenset({(law, 2)}))),
            Asked(of_roles=frozenset({(first, Needs(levels=frozenset({(law, 1)})))})),
        )
        for day, happen in history.plan():
            with clock.at(noon(day)):
                with act("something", None, everybody=True):
                    happen()
                passing(history, random)
            asked = random.choice(questions)
            found = counted(asked, catalogue.current())
            near = timedelta(days=random.choice((-1, 0, 0, 1, 60)))
            for each in (LAST, random.choice(history.days or [day]) + near):
                assert found.on(each) == slow(asked, each), (each, asked)
        ever = 0
        for asked in questions:
            found = counted(asked, catalogue.current())
            assert found.on(LAST) == slow(asked, LAST)
            for each in history.days:
                ever += sum(people - unready for people, unready in found.on(each).values())
        assert ever > len(history.days) // 4, "hardly anybody was ever ready"


@pytest.fixture
def team(app: Flask) -> Iterator[list[Person]]:
    """Three buyers of one team, of whom nothing is known."""
    with app.app_context(), clock.at(noon(TODAY)):
        publish_basics()
        place = build.team(build.organisation())
        people = [build.person(f"Person {each}") for each in range(3)]
        for each in people:
            build.appointed(each, place)
        yield people


def ready(day: date = TODAY) -> tuple[int, int]:
    """How many are counted, and how many are ready."""
    counts = counted(BASICS, catalogue.current()).on(day).values()
    return sum(people for people, _ in counts), sum(people - unready for people, unready in counts)


def test_a_pass_counts_from_its_day_until_it_lapses(team: list[Person]) -> None:
    passed(team[0], "basics", TODAY, edition=2, until=date(2026, 9, 1))
    assert [ready(date(2026, 5, 31)), ready(), ready(date(2026, 8, 31)), ready(date(2026, 9, 1))] == [
        (3, 0),
        (3, 1),
        (3, 1),
        (3, 0),
    ]


def test_a_pass_of_an_earlier_edition_counts_within_its_grace(team: list[Person]) -> None:
    passed(team[0], "basics", date(2025, 1, 5), edition=1)
    assert (ready(date(2025, 2, 28)), ready(date(2025, 3, 1))) == ((3, 1), (3, 0))


def test_who_is_away_is_not_counted_and_what_would_lapse_meanwhile_lapses_after_the_return(
    team: list[Person],
) -> None:
    passed(team[0], "basics", TODAY, edition=2, until=date(2026, 8, 1))
    appointments.record_absence(team[0].id, date(2026, 7, 1), date(2026, 9, 1), by=None)
    assert (ready(date(2026, 8, 1)), ready(date(2026, 9, 1))) == ((2, 0), (3, 1))
    assert ready(date(2026, 9, 1) + timedelta(days=60)) == (3, 0)


def test_who_became_ready_is_told_between_two_days(team: list[Person]) -> None:
    passed(team[0], "basics", date(2026, 5, 20), edition=2)
    passed(team[1], "basics", date(2026, 5, 28), edition=2)
    (gained,) = counted(BASICS, catalogue.current()).between(date(2026, 5, 25), TODAY).values()
    assert gained == (2, 1)


def test_only_teams_that_are_named_are_counted(team: list[Person]) -> None:
    found = counted(BASICS, catalogue.current())
    (atom,) = found.on(TODAY)
    own = found.parts[team[0].id][0].team
    assert found.in_teams(TODAY, {own}) == {atom: (3, 3)}
    assert found.in_teams(TODAY, {own + 1}) == {}


def test_what_an_act_is_about_is_read_alone_and_nothing_without_one(team: list[Person]) -> None:
    ready()
    with statements() as seen:
        assert ready() == (3, 0)
    assert len(seen) == 2
    passed(team[0], "basics", TODAY, edition=2)
    with statements() as seen:
        assert ready() == (3, 1)
    assert len(seen) == 8
