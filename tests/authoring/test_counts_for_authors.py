"""What people did with modules, counted: each person once, and the first finished check alone."""

from collections.abc import Mapping
from datetime import timedelta

from lms.authoring.counts import Counts, counts_of
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning import attempts
from lms.people.models import Person
from tests.authoring.conftest import TODAY, Room
from tests.support import build
from tests.support.learners import opened
from tests.support.samples import entry, take

READ = timedelta(days=90)


def counts(*modules: str) -> Mapping[str, Counts]:
    return counts_of(modules, catalogue.current(), clock.now() - READ)


def test_a_module_that_nobody_met_has_noughts_and_no_share(room: Room) -> None:
    room.publish()
    with room.on():
        assert counts("standstill") == {"standstill": Counts(0, 0, 0)}
        assert counts("standstill")["standstill"].share is None
        assert counts() == {}


def test_readers_are_those_who_opened_a_part_within_the_days(room: Room) -> None:
    room.publish()
    with room.on():
        for days in (0, 90, 91):
            opened(build.person(), "standstill", "how-long-to-wait", on=TODAY - timedelta(days=days))
        assert counts("standstill")["standstill"].readers == 2


def test_the_first_finished_check_of_each_person_decides(room: Room) -> None:
    room.publish()
    with room.on():
        late, once = build.person().id, build.person().id
        take(late, "standstill", wrong=1)
        take(late, "standstill")
        take(once, "standstill")
        attempts.begin(build.person().id, entry("standstill"))
        assert counts("standstill")["standstill"] == Counts(0, finished=2, passed_first=1)


def test_a_share_needs_twenty_people() -> None:
    assert Counts(finished=19, passed_first=19).share is None
    assert Counts(finished=20, passed_first=13).share == 65
    assert Counts(finished=1_000, passed_first=716).share == 72


def test_somebody_who_met_a_module_under_two_names_is_one_person(room: Room) -> None:
    room.publish()
    with room.on():
        opened(db.session.get_one(Person, room.buyer_id), "standstill", "how-long-to-wait")
        take(room.buyer_id, "standstill", wrong=1)
    room.rename_standstill()
    assert room.publish().problems == ()
    with room.on():
        opened(db.session.get_one(Person, room.buyer_id), "waiting", "how-long-to-wait")
        take(room.buyer_id, "waiting")
        assert counts("waiting")["waiting"] == Counts(readers=1, finished=1, passed_first=0)
