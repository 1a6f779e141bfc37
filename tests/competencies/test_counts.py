"""The plain count of one day: who is counted, who is left out, and what was known when."""

from datetime import UTC, date, datetime

from flask import Flask

from lms.competencies.counts import count
from lms.competencies.evidence import enter_in_error
from lms.competencies.tally import Tally
from lms.core import clock
from lms.people import appointments
from lms.people.acts import latest_no, no_known_on
from tests.support import build
from tests.support.statements import statements

DAY = date(2026, 6, 1)


def tally(day: date = DAY, no: int | None = None) -> Tally:
    """All cells of one day together."""
    total = Tally()
    for each in count(day, no).counts.values():
        total.merge(each)
    return total


def test_each_kind_of_below_is_counted_apart(app: Flask) -> None:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        team = build.team(build.organisation())
        people = [build.person(f"Person {each}") for each in range(4)]
        for each in people:
            build.appointed(each, team)
        build.evidence(people[0], "law", 2)
        build.evidence(people[1], "law", 1)
        build.evidence(people[2], "law", 2, until=date(2026, 5, 1))
        assert tally() == Tally(appointments=4, unrecorded=1, lapsed=1, short=1, missing=5)


def test_an_organisation_is_counted_from_its_onboarding(app: Flask) -> None:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        kept = build.organisation(on_board=DAY)
        build.appointed(build.person(), build.team(kept))
        assert tally(date(2026, 5, 31)).appointments == 0
        assert tally(DAY).appointments == 1
        assert count(DAY).on_board == {kept.id}


def test_a_person_who_is_away_is_left_out_and_said_to_be(app: Flask) -> None:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        somebody = build.person()
        build.appointed(somebody, build.team(build.organisation()))
        appointments.record_absence(somebody.id, DAY, date(2026, 7, 1), by=None)
        found = count(DAY)
        assert (found.appointments, found.away) == (0, 1)
        assert count(date(2026, 7, 1)).appointments == 1


def test_a_person_with_two_posts_is_counted_in_both(app: Flask) -> None:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        build.asked("contract-manager", {"law": 1})
        somebody = build.person()
        team = build.team(build.organisation())
        build.appointed(somebody, team)
        build.appointed(somebody, team, "contract-manager")
        build.evidence(somebody, "law", 1)
        found = count(DAY)
        assert (len(found.people), found.appointments) == (1, 2)
        assert tally() == Tally(appointments=2, short=1, missing=1)


def test_what_was_entered_late_changes_the_day_but_not_what_was_known(app: Flask) -> None:
    with app.app_context():
        with clock.at(datetime(2026, 5, 1, tzinfo=UTC)):
            build.asked("buyer", {"law": 2})
            somebody = build.person()
            build.appointed(somebody, build.team(build.organisation()))
        with clock.at(datetime(2026, 8, 1, tzinfo=UTC)):
            build.evidence(somebody, "law", 2, date(2026, 5, 15))
        assert tally().below == 0
        assert tally(DAY, no_known_on(DAY)).below == 1


def test_what_was_entered_in_error_never_counted_once_it_is_known(app: Flask) -> None:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        somebody = build.person()
        build.appointed(somebody, build.team(build.organisation()))
        wrong = build.evidence(somebody, "law", 2)
        before = latest_no()
        enter_in_error(wrong.id, by=None, reason="entered for the wrong person")
        assert tally().unrecorded == 1
        assert tally(DAY, before).below == 0


def test_a_role_that_ended_on_the_day_is_not_counted(app: Flask) -> None:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        held = build.appointed(build.person(), build.team(build.organisation()))
        appointments.close_appointment(held, DAY, by=None)
        assert tally().appointments == 0
        assert tally(date(2026, 5, 31)).appointments == 1


def test_the_statements_do_not_grow_with_people(app: Flask) -> None:
    with app.app_context():
        build.asked("buyer", {"law": 2})
        team = build.team(build.organisation())
        build.appointed(build.person(), team)
        with statements() as few:
            count(DAY)
        for each in range(20):
            somebody = build.person(f"Person {each}")
            build.appointed(somebody, team)
            build.evidence(somebody, "law", 1)
        with statements() as many:
            count(DAY)
        assert len(few) == len(many) == 5
