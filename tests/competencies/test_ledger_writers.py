"""Many write, read and fold at once on PostgreSQL: nobody waits for ever, and no report is wrong."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from lms.competencies import evidence as writing
from lms.competencies.cells import ids_of
from lms.competencies.counts import count
from lms.competencies.disclosure import Viewpoint, disclose
from lms.competencies.filling import fill
from lms.competencies.folding import fold
from lms.competencies.models import Basis, CellRow, Evidence, Ledger, Requirement, Rollup
from lms.competencies.suppression import Group
from lms.competencies.tally import Cell, Tally
from lms.core import database
from lms.core.database import db
from lms.people import appointments
from lms.people.acts import act
from lms.people.models import Appointment
from tests.support import build
from tests.support.ledgers import Office, assert_agrees, hide_nothing, tally_of
from tests.support.samples import publish_samples

pytestmark = pytest.mark.postgresql
WRITERS, ACTS = 8, 7
Sample = tuple[date, int, Group, str, Tally]


@dataclass(frozen=True)
class Keys:
    """The ids of an office, for threads that share no session."""

    people: list[int]
    teams: list[int]


@pytest.fixture
def office(app: Flask) -> Keys:
    with app.app_context():
        found = Office()
        return Keys(
            [each.id for each in (found.ann, found.bob, found.cat)], [each.id for each in found.teams]
        )


def beside(app: Flask, *things: Callable[[], object]) -> None:
    """Do things at once, each in a thread with a connection of its own; whatever goes wrong is told."""
    wrong: list[BaseException] = []
    start = threading.Barrier(len(things))

    def run(thing: Callable[[], object]) -> None:
        try:
            with app.app_context():
                start.wait()
                thing()
        except BaseException as error:  # noqa: BLE001 the thread reports whatever went wrong
            wrong.append(error)

    threads = [threading.Thread(target=run, args=[each]) for each in things]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert wrong == []
    assert not any(each.is_alive() for each in threads)


class Writer:
    """Writes a few acts of all kinds about the same three people."""

    def __init__(self, office: Keys, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.people, self.teams = office.people, office.teams

    def write(self) -> None:
        for _ in range(ACTS):
            self.random.choices(
                (self._show, self._end, self._leave, self._appoint, self._close, self._ask, self._onboard),
                (5, 2, 2, 2, 2, 1, 1),
            )[0]()

    def _day(self) -> date:
        return build.START + timedelta(days=self.random.randrange(900))

    def _person(self) -> int:
        return self.random.choice(self.people)

    def _show(self) -> None:
        start = self._day()
        writing.record_evidence(
            self._person(),
            self.random.choice(("law", "risk")),
            self.random.randint(1, 4),
            self.random.choice(list(Basis)),
            from_day=start,
            until_day=start + timedelta(days=300),
            words="seen",
            by=None,
        )

    def _end(self) -> None:
        found = self.random.choice(db.session.scalars(select(Evidence.id)).all())
        if self.random.random() < 0.5:
            writing.withdraw(found, self._day(), by=None, reason="was not so any more")
        else:
            writing.enter_in_error(found, by=None, reason="was never so")

    def _leave(self) -> None:
        start = self._day()
        appointments.record_absence(self._person(), start, start + timedelta(days=60), by=None)

    def _appoint(self) -> None:
        appointments.appoint(
            self._person(), self.random.choice(self.teams), self.random.choice(("buyer", "contract-manager")),
            self._day(), by=None, pillar_id=self.random.choice((None, "energy")),
        )  # fmt: skip

    def _close(self) -> None:
        found = self.random.choice(db.session.scalars(select(Appointment)).all())
        appointments.close_appointment(found, self._day(), by=None)

    def _ask(self) -> None:
        with act("requirements", None, everybody=True, roles=["buyer"]):
            level = self.random.randint(0, 4)
            asked = Requirement(
                role_profile_id="buyer", competency_id="law", level=level, from_day=self._day()
            )
            db.session.add(asked)

    def _onboard(self) -> None:
        organisation = self.random.choice(("aldermoor", "brack"))
        appointments.onboard(organisation, self._day() - timedelta(days=400), by=None)


class Reader:
    """Reads reports of now while others write, each with the number of the act that it is as known at."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.samples: list[Sample] = []

    def read(self, stop: threading.Event) -> None:
        while not stop.is_set():
            day = build.START + timedelta(days=self.random.choice((40, 200, 400, 880)))
            competency = self.random.choice(("law", "risk"))
            group = self.random.choice((Group(), Group(region="west"), Group(role="buyer")))
            found = disclose(day, None, Viewpoint(), competency)
            tally = found.figure(group, competency).tally
            self.samples.append((day, found.no, group, competency, tally_of(tally)))
            db.session.rollback()


def test_no_report_is_wrong_while_eight_write_two_read_and_one_folds(
    app: Flask, office: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide_nothing(monkeypatch)
    done, readers = threading.Event(), [Reader(100), Reader(101)]
    left = threading.Semaphore(0)

    def write(seed: int) -> None:
        try:
            Writer(office, seed).write()
        finally:
            left.release()

    def wait() -> None:
        for _ in range(WRITERS):
            left.acquire()
        done.set()

    def keep_folding() -> None:
        while not done.is_set():
            fold()
            time.sleep(0.01)

    writers = [lambda seed=seed: write(seed) for seed in range(WRITERS)]
    beside(app, wait, keep_folding, *writers, *(lambda each=each: each.read(done) for each in readers))
    with app.app_context():
        samples = [each for reader in readers for each in reader.samples]
        asked = sorted({(day, no) for day, no, *_ in samples})
        assert len({no for _, no in asked}) > 10
        counts = {each: counted_at(*each) for each in Random(0).sample(asked, min(len(asked), 40))}  # noqa: S311
        for day, no, group, competency, tally in samples:
            if (day, no) in counts:
                assert tally == counts[day, no].get((group, competency), Tally()), (
                    day,
                    no,
                    group,
                    competency,
                )
        assert_agrees()


def counted_at(day: date, no: int) -> dict[tuple[Group, str], Tally]:
    """The plain count of a day as known at an act, for the groups that readers ask about."""
    found: dict[tuple[Group, str], Tally] = {}
    for (cell, competency), tally in count(day, no).counts.items():
        wanted = (Group(), Group(region=cell.region), Group(role=cell.role_profile))
        for group in wanted:
            found.setdefault((group, competency), Tally()).merge(tally)
    return found


def test_two_who_need_the_same_new_places_get_the_same(app: Flask, office: Keys) -> None:
    cells = [
        Cell("west", "brack", office.teams[1], role, pillar)
        for role in ("new-role", "other-role", "third-role")
        for pillar in (None, "energy", "people")
    ]
    found: list[dict[Cell, int]] = []

    def intern(order: list[Cell]) -> None:
        with database.writing():
            found.append(ids_of(order))
            time.sleep(0.05)

    beside(app, *(lambda order=order: intern(order) for order in (cells, cells[::-1], cells[4:], cells[:6])))
    whole = max(found, key=len)
    assert all(each == {cell: whole[cell] for cell in each} for each in found)
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(CellRow.id.in_(whole.values()))) == len(cells)
        assert db.session.scalar(select(func.count()).where(Rollup.cell_id.in_(whole.values()))) == len(cells)


def test_courses_are_published_beside_those_who_write_evidence(app: Flask, office: Keys) -> None:
    writers = [Writer(office, 20), Writer(office, 21)]

    def publish() -> None:
        for _ in range(2):
            publish_samples()

    beside(app, publish, *(each.write for each in writers))
    with app.app_context():
        assert_agrees()


def test_a_ledger_that_two_fill_at_once_is_filled_once(app: Flask, office: Keys) -> None:
    filled: list[bool] = []
    with app.app_context(), database.writing():
        db.session.execute(delete(Ledger))
    beside(app, *[lambda: filled.append(fill())] * 2)
    assert sorted(filled) == [False, True]
    with app.app_context():
        assert_agrees()
