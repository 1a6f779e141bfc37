"""What the invented nation is made of, and that it is told as real life would be."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms import create_app
from lms.competencies.models import Basis, Ending, EndingKind, Evidence
from lms.content import catalogue
from lms.core import clock
from lms.core.database import Base, db
from lms.core.settings import ROOT
from lms.demonstration import plan
from lms.demonstration.loading import LoadedError, Wish, load
from lms.learning.models import Attempt, Completion, Enrolment
from lms.people.models import Absence, Act, Appointment, Grant, Person
from tests.demonstration.conftest import TODAY
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.learners import noon
from tests.support.sharing import share

FEW = 40
LEAP_DAY = date(2028, 2, 29)
MakeApp = Callable[..., Flask]


def digests(app: Flask) -> dict[str, str]:
    """A digest of each table, in order of its key; hashes of passwords have salt, and there are none."""
    with app.app_context():
        return {
            table.name: hashlib.sha256(
                repr(db.session.execute(select(table).order_by(*table.primary_key)).all()).encode()
            ).hexdigest()
            for table in Base.metadata.sorted_tables
        }


def told_by(app: Flask, seed: int) -> dict[str, str]:
    with clock.at(noon(LEAP_DAY)):
        arguments = ["demo", "load", "--people", str(FEW), "--seed", str(seed), "--today", str(LEAP_DAY)]
        done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    assert "events, up to 20" in done.output
    assert "The demonstration is ready" in done.output
    return digests(app)


@pytest.fixture(scope="module")
def told_for_seven(databases: Databases) -> Iterator[dict[str, str]]:
    """The digests of a small nation of the seed 7, told once."""
    address = databases.fresh()
    app = create_app(settings_for(address, demonstration=True))
    share(app)
    found = told_by(app, 7)
    let_go(app)
    yield found
    databases.drop(address)


def test_it_is_the_same_for_a_seed_and_a_day(told_for_seven: dict[str, str], make_app: MakeApp) -> None:
    again = told_by(make_app(demonstration=True), 7)
    assert {name for name in again if told_for_seven[name] != again[name]} == set()


@pytest.mark.sqlite
def test_it_is_another_for_another_seed(told_for_seven: dict[str, str], make_app: MakeApp) -> None:
    another = told_by(make_app(demonstration=True), 8)
    assert told_for_seven["evidence"] != another["evidence"]
    assert told_for_seven["person"] != another["person"]


def test_a_database_with_people_is_refused_and_stays_as_it_is(open_door: Flask) -> None:
    before = digests(open_door)
    done = open_door.test_cli_runner().invoke(args=["demo", "load", "--people", str(FEW)])
    assert done.exit_code == 3
    assert "There are people already" in done.output
    assert digests(open_door) == before
    with open_door.app_context(), pytest.raises(LoadedError):
        load(Wish(FEW, 1, TODAY), ROOT / "courses", print)


def test_a_day_that_is_none_is_refused_before_anything_is_written(make_app: MakeApp) -> None:
    app = make_app(demonstration=True)
    done = app.test_cli_runner().invoke(args=["demo", "load", "--today", "31/31/2026"])
    assert done.exit_code == 2
    assert "31/31/2026 is no day" in done.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_nobodys_name_depends_on_how_well_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def people() -> list[tuple[str, str, str]]:
        return [
            (each.name, each.email, organisation.id)
            for organisation in plan.draw(1, 150, TODAY)
            for each in organisation.members
        ]

    before = people()
    monkeypatch.setattr(plan, "GOOD", 0.3)
    monkeypatch.setattr(plan, "SPREAD", 0.3)
    assert people() == before


def test_a_plan_holds_about_as_many_people_as_are_wished_and_the_forces_of_the_stories() -> None:
    for people in (150, 600, 1900):
        drawn = plan.draw(1, people, TODAY)
        found = sum(len(each.members) + len(each.joiners) for each in drawn)
        assert abs(found - people) <= people * 0.1
        assert set(plan.nation()["first"]) <= {each.id for each in drawn}
        assert not set(plan.nation()["not_on_board"]) & {each.id for each in drawn}
    assert len(drawn) == 90
    assert asdict(drawn[0]) == asdict(plan.draw(1, 1900, TODAY)[0])


def test_two_people_never_share_an_address() -> None:
    everybody = [
        each.email
        for organisation in plan.draw(3, 1900, TODAY)
        for each in (*organisation.members, *organisation.joiners)
    ]
    assert len(everybody) == len(set(everybody))


def test_acts_are_written_in_order_of_time_and_none_lies_in_the_future(open_door: Flask) -> None:
    with open_door.app_context():
        moments = db.session.scalars(select(Act.at).order_by(Act.no)).all()
        unnumbered = db.session.scalar(select(func.count()).where(Act.no.is_(None)))
    assert moments == sorted(moments)
    assert moments[-1] <= noon(TODAY)
    assert unnumbered == 0


def test_every_kind_of_fact_that_a_real_service_has_is_told(open_door: Flask) -> None:
    def number(*conditions: object) -> int:
        return db.session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]

    with open_door.app_context():
        assert {basis: number(Evidence.basis == basis) > 0 for basis in Basis} == {
            Basis.LEARNING: True,
            Basis.ASSESSMENT: True,
            Basis.QUALIFICATION: True,
            Basis.IMPORT: True,
        }
        assert number(Evidence.void_act_id.is_not(None)) >= 2
        assert number(Ending.kind == EndingKind.EDITION) > 0
        assert number(Absence.id > 0) > 0
        assert number(Completion.edition == 2) > 0
        assert number(Attempt.passed.is_(False)) > 0
        assert number(Enrolment.by_id != Enrolment.person_id) > 20
        assert number(Enrolment.done_completion_id.is_not(None)) > 5
        assert number(Grant.id > 0) > number(Person.id > 0)
        assert joined_later() > 3
        assert moved() > 0


def test_people_have_learned_from_nearly_every_course(open_door: Flask) -> None:
    with open_door.app_context():
        passed = set(db.session.scalars(select(Completion.module_id)))
        courses = catalogue.current().courses
        untouched = [course.id for course in courses if passed.isdisjoint(course.modules)]
    # Modules that only prepare for an assessment show no level, so nobody is led to them.
    assert len(untouched) <= len(courses) / 4


def joined_later() -> int:
    """How many people came by an act of their own."""
    return db.session.scalar(select(func.count()).where(Act.kind == "joined")) or 0


def moved() -> int:
    """How many people had posts in more than one team."""
    teams = func.count(func.distinct(Appointment.team_id))
    query = select(Appointment.person_id).group_by(Appointment.person_id).having(teams > 1)
    return len(db.session.scalars(query).all())
