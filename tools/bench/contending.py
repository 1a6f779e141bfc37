"""One of several processes that use a PostgreSQL database at the same time; prints what it did as JSON."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random

from psycopg.errors import DeadlockDetected
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from lms import create_app
from lms.competencies import folding
from lms.competencies.balances import Counts, counted, head, moved_since
from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis
from lms.competencies.tally import Tally
from lms.core import clock
from lms.core.database import db
from lms.core.settings import Settings
from lms.people.models import Person
from tools.bench.nation import COMPETENCY_IDS
from tools.demonstration import SECRET

FEW = 300
"""People about whom all writers write, so that they meet."""


def writer(seed: int) -> Callable[[], int]:
    """Writes a piece of evidence about one of a few people."""
    chance = Random(seed)  # noqa: S311 an invented nation keeps no secret
    last = db.session.scalar(select(func.max(Person.id))) or 0
    people = range(1, last, max(1, last // FEW))
    today = clock.today()

    def write() -> int:
        record_evidence(
            chance.choice(people),
            chance.choice(COMPETENCY_IDS[:4]),
            chance.randint(1, 4),
            Basis.LEARNING,
            from_day=today,
            until_day=today + timedelta(days=730),
            words="Shown at work",
            by=None,
        )
        return 0

    return write


def reader() -> Callable[[], int]:
    """Reads one competency as known at the beginning and as known now, and compares.

    The first never changes, and the second is the first with what acts moved since.
    """
    today, competency = clock.today(), COMPETENCY_IDS[0]

    def report(no: int | None) -> tuple[int, Counts]:
        while True:
            at = head()
            known = at.latest if no is None else no
            found = counted(at, today, known, competency)
            db.session.rollback()
            if found is not None:
                return known, {key: tally for key, tally in found.items() if tally}

    first, begun = report(None)

    def read() -> int:
        latest, now = report(None)
        expected = {key: Tally(*tally.numbers) for key, tally in begun.items()}
        for (day, cell, moved), tally in moved_since(first, latest).items():
            if day <= today and moved == competency:
                expected.setdefault((cell, moved), Tally()).merge(tally)
        same = report(first)[1] == begun
        return (not same) + (now != {key: tally for key, tally in expected.items() if tally})

    return read


def main() -> int:
    """Do one thing over and over until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("seconds", type=float)
    parser.add_argument("kind", choices=("write", "fold", "read"))
    parser.add_argument("seed", type=int)
    asked = parser.parse_args()
    app = create_app(
        Settings(secret_key=SECRET, database_url=asked.database, demonstration=True, insecure_cookies=True)
    )
    done = wrong = deadlocks = 0
    with app.app_context():
        actions = {"write": lambda: writer(asked.seed), "fold": lambda: fold_often, "read": reader}
        action = actions[asked.kind]()
        begun = time.monotonic()
        while time.monotonic() - begun < asked.seconds:
            try:
                wrong += action()
                done += 1
            except OperationalError as error:
                if not isinstance(error.orig, DeadlockDetected):
                    raise
                db.session.rollback()
                deadlocks += 1
        seconds = time.monotonic() - begun
    found = {"done": done, "wrong": wrong, "deadlocks": deadlocks, "seconds": seconds}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def fold_often() -> int:
    """Fold, a few times a second."""
    folding.fold()
    time.sleep(0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
