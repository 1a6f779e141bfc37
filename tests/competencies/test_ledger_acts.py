"""What an act may write, what listeners do with its number, and what the ledger sends for it."""

from collections.abc import Callable, Sequence
from datetime import date
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.competencies import folding, ledger
from lms.competencies.balances import head
from lms.competencies.disclosure import Viewpoint, disclose
from lms.competencies.evidence import enter_in_error
from lms.competencies.folding import fold
from lms.competencies.histories import NEVER, structure_history
from lms.competencies.models import Evidence, Movement, Requirement
from lms.competencies.sheets import sheets_on
from lms.competencies.suppression import Group
from lms.core import clock
from lms.core.database import db
from lms.people import acts, appointments
from lms.people.acts import OutsideActError, act, facts_written, latest_no
from lms.people.models import Act, Fact, Onboarding, Organisation, Person, Placement, Team
from tests.support import build
from tests.support.ledgers import STORY_ENDS, Office, assert_agrees, counted, kept, noon
from tests.support.statements import statements


def movements() -> int:
    return db.session.scalar(select(func.count()).select_from(Movement)) or 0


def requirement() -> Fact:
    return Requirement(role_profile_id="buyer", competency_id="law", level=4, from_day=STORY_ENDS)


def onboarding() -> Fact:
    return Onboarding(organisation_id="brack", from_day=build.START)


def placement() -> Fact:
    team = db.session.scalars(select(Team.id).order_by(Team.id)).first() or 0
    return Placement(team_id=team, organisation_id="brack", region_id="west", from_day=STORY_ENDS)


def test_an_act_that_moves_much_is_folded_by_itself(told: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with told.app_context():
        for competency, most, folded in (("law", 10_000, False), ("risk", 0, True)):
            monkeypatch.setattr(ledger, "FOLDED_ABOVE", most)
            with act("requirements", None, everybody=True):
                db.session.add(
                    Requirement(
                        role_profile_id="buyer", competency_id=competency, level=4, from_day=STORY_ENDS
                    )
                )
            at = head()
            assert (at.folded_to == at.latest) is folded
        assert_agrees()


def test_what_is_found_to_be_an_error_twice_is_one_since_the_first_time(told: Flask) -> None:
    with told.app_context():
        found = db.session.scalars(select(Evidence.id).where(Evidence.void_act_id.is_(None))).first() or 0
        for _ in range(2):
            enter_in_error(found, by=None, reason="was never so")
        first, second = db.session.scalars(select(Act.id).order_by(Act.id.desc()).limit(2)).all()[::-1]
        assert db.session.get_one(Evidence, found).void_act_id == first < second
        assert_agrees()


@pytest.mark.parametrize("fact", [requirement, onboarding, placement])
def test_what_reaches_everybody_is_written_in_an_act_for_everybody(
    told: Flask, fact: Callable[[], Fact]
) -> None:
    with told.app_context():
        before = latest_no(), movements()
        with pytest.raises(OutsideActError), act("too little", None, roles=["buyer"]):
            db.session.add(fact())
        assert (latest_no(), movements()) == before
        with act("enough", None, everybody=True):
            db.session.add(fact())
        assert_agrees()


def test_a_requirement_that_is_found_to_be_an_error_reaches_everybody_too(told: Flask) -> None:
    with told.app_context():
        asked = select(Requirement.id).limit(1)
        with pytest.raises(OutsideActError), act("error", None):
            acts.void(db.session.get_one(Requirement, db.session.scalars(asked).one()))
        with act("error", None, everybody=True):
            acts.void(db.session.get_one(Requirement, db.session.scalars(asked).one()))
        assert_agrees()


def test_an_ordinary_act_places_a_new_team_and_appoints_to_it(told: Flask) -> None:
    with told.app_context():
        somebody = build.person()
        with act("begin a team", None, people=[somebody.id]):
            team = appointments.add_team(
                "New team", db.session.get_one(Organisation, "brack"), build.START, parent=None, by=None
            )
            build.appointed(somebody, team)
        assert_agrees()


def test_a_team_that_holds_people_is_placed_for_the_first_time_in_an_act_for_everybody(told: Flask) -> None:
    with told.app_context():
        somebody = build.person()
        with act("a team without a place", None):
            team = Team(name="Nowhere yet")
            db.session.add(team)
            db.session.flush()
        build.appointed(somebody, team)
        placed = {
            "team_id": team.id,
            "organisation_id": "brack",
            "region_id": "west",
            "from_day": build.START,
        }
        with pytest.raises(OutsideActError), act("place", None):
            db.session.add(Placement(**placed))
        with act("place", None, everybody=True):
            db.session.add(Placement(**placed))
        assert_agrees()


def test_an_act_for_everybody_does_not_join_an_ordinary_one(told: Flask) -> None:
    with told.app_context():
        before = latest_no()
        with pytest.raises(OutsideActError, match="onboarding reaches everybody"), act("outer", None):
            appointments.onboard("brack", build.START, by=None)
        assert latest_no() == before


def test_what_a_listener_gives_back_is_called_with_the_number(app: Flask) -> None:
    heard: list[int | None] = []

    def listen(sender: Act, facts: Sequence[Fact]) -> Callable[[int], None]:
        heard.append(sender.no)
        return heard.append

    with app.app_context(), facts_written.connected_to(listen):
        build.organisation()
        assert heard[-2:] == [None, latest_no()]


def test_an_act_whose_number_fails_leaves_no_movement(told: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_act: Act) -> None:
        raise RuntimeError

    with told.app_context():
        before = latest_no(), movements()
        monkeypatch.setattr(acts, "_number", fail)
        with pytest.raises(RuntimeError):
            build.evidence(_ann(), "law", 4)
        monkeypatch.undo()
        assert (latest_no(), movements()) == before
        build.evidence(_ann(), "law", 4)
        assert_agrees()


def _ann() -> Person:
    return db.session.scalars(select(Person).where(Person.name == "Ann")).one()


def test_a_fold_that_fails_takes_nothing_with_it(told: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError

    with told.app_context():
        monkeypatch.setattr(folding, "_passed", fail)
        with pytest.raises(RuntimeError):
            fold()
        monkeypatch.undo()
        assert_agrees()
        assert fold() > 0
        assert_agrees()


def test_structures_come_in_order_of_day_then_of_id_with_the_first_onboarding(app: Flask) -> None:
    with app.app_context():
        office = Office()
        days = [date(2024, 6, 1), date(2024, 3, 1), date(2024, 6, 1), date(2024, 2, 1)]
        with act("out of order", None, everybody=True):
            for level, day in enumerate(days):
                row = Requirement(role_profile_id="buyer", competency_id="law", level=level, from_day=day)
                region = f"r{level}"
                build.region(region)
                db.session.flush()
                db.session.add(row)
                db.session.add(
                    Placement(
                        team_id=office.teams[0].id, organisation_id="brack", region_id=region, from_day=day
                    )
                )
                db.session.add(Onboarding(organisation_id="brack", from_day=day))
                db.session.flush()
        found = structure_history({"buyer"}, {office.teams[0].id}, {"law"}).at(NEVER - 1)
    first = build.START
    assert found.requirements.rows == {
        ("buyer", "law"): [(first, 2), (days[3], 3), (days[1], 1), (days[0], 0), (days[2], 2)]
    }
    places = [(day, place.region_id) for day, place in found.placements[office.teams[0].id]]
    assert places == [(first, "east"), (days[3], "r3"), (days[1], "r1"), (days[0], "r0"), (days[2], "r2")]
    assert found.on_board == {"aldermoor": first, "brack": first}


def test_one_piece_of_evidence_sends_as_many_statements_among_many_people_and_acts(told: Flask) -> None:
    with told.app_context():
        ann = _ann()
        build.evidence(ann, "law", 3)
        with statements() as few:
            build.evidence(ann, "law", 4)
        team = db.session.scalars(select(Team).order_by(Team.id)).first()
        assert team is not None
        for each in range(8):
            somebody = build.person(f"Person {each}")
            build.appointed(somebody, team)
            build.evidence(somebody, "law", 1)
            build.evidence(ann, "law", 2)
        with statements() as many:
            build.evidence(somebody, "law", 4)
        assert len(few) == len(many) <= 20


def test_a_day_that_is_kept_costs_one_statement_and_one_more_after_an_act(told: Flask) -> None:
    with told.app_context(), clock.at(noon(STORY_ENDS)):
        sheets_on(STORY_ENDS, None)
        with statements() as at_once:
            sheets_on(STORY_ENDS, None)
        build.evidence(_ann(), "law", 4)
        with statements() as moved:
            sheets_on(STORY_ENDS, None)
        assert (len(at_once), len(moved)) == (1, 2)


def test_who_began_to_read_before_an_act_keeps_nothing_that_others_take_for_newer(told: Flask) -> None:
    later = STORY_ENDS.replace(day=12)

    def write() -> None:
        with told.app_context():
            build.evidence(_ann(), "law", 4)
            sheets_on(STORY_ENDS, None)

    with told.app_context():
        sheets_on(STORY_ENDS, None)
        db.session.rollback()
        latest_no()
        other = Thread(target=write)
        other.start()
        other.join()
        sheets_on(later, None)
        db.session.rollback()
        assert kept(later, None) == counted(later, None)


def test_a_team_that_has_moved_is_no_trouble_to_who_may_see_its_names(told: Flask) -> None:
    with told.app_context(), clock.at(noon(STORY_ENDS)):
        team = db.session.scalars(select(Team.id).order_by(Team.id)).first() or 0
        found = disclose(STORY_ENDS, None, Viewpoint(teams=frozenset({team})))
        assert Group(organisation="brack", role="contract-manager") in found.hidden("law")
        assert set(found.of_teams("law", [team], Group(region="west"))) == {team}
