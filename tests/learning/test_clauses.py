"""Which clauses a role needs and who is current on them: the rule, and what is kept of it in a history."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from lms.competencies.counts import count
from lms.competencies.facts import facts_of, requirements
from lms.competencies.sheets import Atom
from lms.competencies.suppression import NO_PILLAR
from lms.content import catalogue
from lms.content.catalogue import Catalogue, EarlierUntil, ModuleEntry
from lms.core import clock
from lms.core.database import db
from lms.learning.clause_counts import clause_counts
from lms.learning.clauses import ClauseNeeds, Counts, Learned, clause_needs, counts_of
from lms.learning.models import Completion
from lms.learning.passes import longest
from lms.learning.paths import path_of
from lms.learning.taught import passes_of
from lms.people.acts import act, void
from lms.people.models import Person
from tests.support import build
from tests.support.catalogue import competency, module, publish, role, standard
from tests.support.histories import FIRST, LAST, History
from tests.support.learners import noon, passed
from tests.support.statements import statements

SHOWN_BY = {1: ("basics",), 2: ("more", "besides")}
BUYER = Atom("east", "aldermoor", "buyer", NO_PILLAR)
LEAD = Atom("east", "aldermoor", "lead", NO_PILLAR)
TEAM, OTHER = 1, 2
Posts = tuple[tuple[Atom, int], ...]
RISEN = (EarlierUntil(edition=2, day=date(2025, 3, 1)),)


def teaching(key: str, *clauses: str) -> ModuleEntry:
    return replace(module(key), clauses=clauses)


@pytest.fixture
def published(app: Flask) -> Catalogue:
    """A buyer's path has one module, a lead's three; “apart” is on no path."""
    with app.app_context():
        return publish(
            (competency("law", SHOWN_BY),),
            (role("buyer", {"law": 1}), role("lead", {"law": 2})),
            (
                teaching("basics", "buying/1.1"),
                teaching("more", "buying/1.2", "data/1.1"),
                teaching("besides", "buying/1.2"),
                teaching("apart", "buying/1.1", "buying/1.3"),
            ),
            standards=(standard("buying", "1.1", "1.2", "1.3", "1.4"), standard("data", "1.1")),
        )


@pytest.fixture
def needs(published: Catalogue) -> ClauseNeeds:
    return clause_needs({"buyer": {"law": 1}, "lead": {"law": 2}, "other": {}}, published)


def learned(needs: ClauseNeeds, *modules: str, posts: Posts = ((LEAD, TEAM),)) -> Learned:
    return Learned(posts, needs.of_modules(modules))


def test_a_role_needs_the_clauses_that_modules_on_its_path_teach(needs: ClauseNeeds) -> None:
    def needed(role_id: str) -> set[tuple[str, str]]:
        return {place for place, clause in needs.places.items() if needs.of_role[role_id] & clause}

    assert needed("buyer") == {("buying", "1.1")}
    assert needed("lead") == {("buying", "1.1"), ("buying", "1.2"), ("data", "1.1")}
    assert needed("other") == set()
    assert ("buying", "1.3") in needs.places
    assert needs.clause("buying", "1.4") == 0


def test_a_pass_of_one_module_that_teaches_a_clause_is_enough_even_of_one_off_the_path(
    needs: ClauseNeeds,
) -> None:
    first, second = needs.clause("buying", "1.1"), needs.clause("buying", "1.2")
    people = [learned(needs, "apart"), learned(needs, "besides"), learned(needs)]
    assert counts_of(people, needs, first) == {LEAD: (3, 2)}
    assert counts_of(people, needs, second) == {LEAD: (3, 2)}


def test_current_on_every_clause_is_who_is_on_each_that_the_role_needs(needs: ClauseNeeds) -> None:
    buying = needs.of_standard("buying")
    people = [
        learned(needs, "basics", "more"),
        learned(needs, "basics"),
        learned(needs),
        learned(needs, "basics", posts=((BUYER, TEAM),)),
    ]
    assert counts_of(people, needs, buying) == {LEAD: (3, 2), BUYER: (1, 0)}
    assert counts_of(people, needs, buying, every=False) == {LEAD: (3, 1), BUYER: (1, 0)}


def test_whose_role_needs_none_of_it_is_not_counted(needs: ClauseNeeds) -> None:
    data = needs.of_standard("data")
    both = learned(needs, posts=((BUYER, TEAM), (LEAD, OTHER)))
    assert counts_of([both, learned(needs, posts=((BUYER, TEAM),))], needs, data) == {LEAD: (1, 1)}


def test_each_post_of_a_person_is_counted_by_what_its_role_needs_and_teams_alone_can_be(
    needs: ClauseNeeds,
) -> None:
    buying = needs.of_standard("buying")
    both = learned(needs, "basics", posts=((BUYER, TEAM), (LEAD, OTHER)))
    assert counts_of([both], needs, buying) == {BUYER: (1, 0), LEAD: (1, 1)}
    assert counts_of([both], needs, buying, teams={OTHER}) == {LEAD: (1, 1)}


def slow(standard_id: str, number: str | None, today: date, *, every: bool) -> Counts:
    """Everybody who is counted, one after the other, by all of their passes and the text of the rule."""
    published = catalogue.current()
    facts, passes = facts_of(), passes_of(None, catalogue.current().modules, catalogue.current())
    found: dict[Atom, list[int]] = defaultdict(lambda: [0, 0])
    for cell, people in count(today).held.items():
        path = path_of(requirements().on(cell.role_profile, today), published)
        taught = {clause for step in path.steps for clause in step.module.clauses}
        wanted = {
            each for each in taught if each.partition("/")[0] == standard_id and number in {None, each[-3:]}
        }
        atom = Atom(cell.region, cell.organisation, cell.role_profile, cell.pillar or NO_PILLAR)
        for person in people if wanted else ():
            current = {
                clause
                for entry in published.modules
                if longest(passes.get((person, entry.id), ()), entry, today, facts[person].absences)
                for clause in entry.clauses
            }
            found[atom][0] += 1
            found[atom][1] += not (wanted <= current if every else wanted & current)
    return {atom: (counted, unmet) for atom, (counted, unmet) in found.items()}


def passing(history: History, random: Random, today: date) -> None:
    """Somebody passes a module by today, or a pass turns out to be an error."""
    passes = db.session.scalars(select(Completion).where(Completion.void_act_id.is_(None))).all()
    if passes and random.random() < 0.2:
        with act("rollback", None):
            void(random.choice(passes))
        return
    until = today + timedelta(days=random.randrange(1, 300)) if random.random() < 0.6 else None
    person = db.session.get_one(Person, random.choice(history.people))
    key, edition = random.choice(("basics", "more", "apart")), random.choice((1, 2))
    passed(person, key, today, edition=edition, until=until)


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_what_is_kept_through_a_history_is_what_a_slow_count_gives(app: Flask, seed: int) -> None:
    random = Random(seed)  # noqa: S311 an invented history keeps no secret
    with app.app_context(), clock.at(noon(FIRST)):
        history = History(seed, "n")
        key, risen = history.competencies[0], module("basics", edition=2, earlier_until=RISEN)
        publish(
            (competency(key, {1: ("basics",), 2: ("more",)}),),
            tuple(role(each, {key: 1 + place % 2}) for place, each in enumerate(history.roles)),
            (
                replace(risen, clauses=("buying/1.1", "buying/1.2")),
                teaching("more", "buying/1.3"),
                teaching("apart", "buying/1.2"),
            ),
            standards=(standard("buying", "1.1", "1.2", "1.3"),),
        )
        said = 0
        for day, happen in history.plan():
            with clock.at(noon(day)):
                with act("something", None, everybody=True):
                    happen()
                passing(history, random, day)
                kept = clause_counts(catalogue.current())
                number, every = random.choice((None, "1.1", "1.2", "1.3")), random.random() < 0.5
                clauses = kept.needs.clause("buying", number) if number else kept.needs.of_standard("buying")
                found = kept.of(clauses, every=every)
                assert found == slow("buying", number, day, every=every)
                said += sum(people - unmet for people, unmet in found.values())
        assert said > 0, "nobody was ever current, so that nothing was compared"
        assert day <= LAST


def test_a_kept_count_costs_one_statement_and_a_pass_a_few_whatever_the_number_of_people(
    app: Flask, published: Catalogue
) -> None:
    with app.app_context():
        team = build.team(build.organisation("aldermoor", region_id=build.region("east").id))
        people = [build.person(f"Person {number}") for number in range(12)]
        for each in people:
            build.appointed(each, team, "buyer")
        with statements() as first:
            clause_counts(published)
        with statements() as again:
            clause_counts(published)
        passed(people[0], "basics", clock.today())
        with statements() as later:
            found = clause_counts(published)
        assert (len(first), len(again), len(later)) == (7, 1, 8)
        assert sum(unmet for _, unmet in found.of(found.needs.of_standard("buying")).values()) == 11
