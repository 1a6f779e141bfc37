"""Facts are written by acts only, are never edited, and carry the number of their commit."""

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import insert, select

from lms.core import clock
from lms.core.database import db, writing
from lms.people import acts, appointments
from lms.people.acts import OutsideActError, act
from lms.people.models import Act, Appointment, Fact, Onboarding
from lms.people.structure import people_in
from tests.support import build


def test_a_fact_outside_an_act_is_refused(app: Flask) -> None:
    with app.app_context():
        kept = build.organisation(on_board=None)
        with pytest.raises(OutsideActError), writing():
            db.session.add(Onboarding(organisation_id=kept.id, from_day=build.START))
        assert db.session.scalars(select(Onboarding)).all() == []


def test_a_fact_is_neither_edited_nor_deleted(app: Flask) -> None:
    with app.app_context():
        build.organisation()
        for change in (_edit, _delete):
            with pytest.raises(OutsideActError), act("change", None):
                change(db.session.scalars(select(Onboarding)).one())
        assert db.session.scalars(select(Onboarding)).one().from_day == build.START


def _edit(fact: Onboarding) -> None:
    fact.from_day = date(2025, 1, 1)


def _delete(fact: Onboarding) -> None:
    db.session.delete(fact)


def test_an_act_that_fails_leaves_nothing(app: Flask) -> None:
    with app.app_context():
        kept = build.organisation(on_board=None)
        before = acts.latest_no()
        with pytest.raises(RuntimeError):
            _fail_inside(kept.id)
        assert db.session.scalars(select(Onboarding)).all() == []
        assert acts.latest_no() == before


def _fail_inside(organisation_id: str) -> None:
    with act("onboarding", None, everybody=True):
        db.session.add(Onboarding(organisation_id=organisation_id, from_day=build.START))
        raise RuntimeError


def test_an_inner_act_joins_the_outer(app: Flask) -> None:
    with app.app_context():
        kept = build.organisation(on_board=None)
        before = len(db.session.scalars(select(Act)).all())
        with act("outer", None, everybody=True):
            appointments.onboard(kept.id, build.START, by=None)
            appointments.onboard(kept.id, date(2025, 1, 1), by=None)
        assert len(db.session.scalars(select(Act)).all()) == before + 1


def test_the_signal_is_sent_once_for_each_act_before_its_number(app: Flask) -> None:
    heard: list[int | None] = []

    def listen(sender: Act, facts: Sequence[Fact]) -> None:
        heard.append(sender.no)

    with app.app_context(), acts.facts_written.connected_to(listen):
        kept = build.organisation(on_board=None)
        heard.clear()
        with act("outer", None, everybody=True):
            appointments.onboard(kept.id, build.START, by=None)
    assert heard == [None]


def test_numbers_follow_the_order_of_commits_without_a_hole(app: Flask) -> None:
    with app.app_context():
        kept = build.organisation(on_board=None).id
    failures: list[Exception] = []

    def write() -> None:
        try:
            with app.app_context():
                appointments.onboard(kept, build.START, by=None)
        except Exception as error:  # noqa: BLE001 the thread reports whatever went wrong
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    with app.app_context():
        numbers = db.session.scalars(select(Act.no).order_by(Act.no)).all()
    assert numbers == list(range(1, len(numbers) + 1))


def test_known_on_a_day_counts_acts_up_to_midnight_in_london(app: Flask) -> None:
    with app.app_context():
        kept = build.organisation(on_board=None)
        with clock.at(datetime(2026, 6, 30, 22, 59, tzinfo=UTC)):
            appointments.onboard(kept.id, build.START, by=None)
        last = acts.latest_no()
        with clock.at(datetime(2026, 6, 30, 23, 1, tzinfo=UTC)):
            appointments.onboard(kept.id, build.START, by=None)
        assert acts.no_known_on(date(2026, 6, 30)) == last
        assert acts.no_known_on(date(2026, 7, 1)) == last + 1


def test_a_bulk_insert_of_facts_is_refused(app: Flask) -> None:
    with app.app_context():
        build.organisation(on_board=None)
        with pytest.raises(OutsideActError), writing():
            db.session.execute(
                insert(Onboarding), [{"organisation_id": "aldermoor", "from_day": build.START, "act_id": 1}]
            )


def test_an_appointment_that_was_closed_holds_until_the_day_before(app: Flask) -> None:
    with app.app_context():
        kept = build.team(build.organisation())
        build.anchors(roles=("buyer",))
        somebody = build.person()
        held = build.appointed(somebody, kept)
        appointments.close_appointment(held, date(2025, 3, 1), by=None)
        assert people_in([kept.id], date(2025, 2, 28)) == [somebody.id]
        assert people_in([kept.id], date(2025, 3, 1)) == []
        assert db.session.scalars(select(Appointment)).one().to_day is None
