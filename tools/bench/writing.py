"""What it costs to write: evidence with and without its movements, a requirement, folding, many writers."""

import json
import subprocess
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import delete, func, select

from lms.competencies import folding, ledger
from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis, Evidence, Requirement
from lms.core.database import db
from lms.people.acts import act, facts_written
from lms.people.models import Appointment, Person
from tools.bench.nation import COMPETENCY_IDS
from tools.bench.timing import Goal, Watch, milliseconds
from tools.steps import PYTHON, ROOT, SetUpError, say

WRITES = 150
ACTS_FOLDED = 500
HOLDERS = 8_700
"""The role is taken that is held by about so many people."""
MILLISECONDS_A_HOLDER = 0.56
"""4.9 seconds for so many; nobody else can write meanwhile."""
WRITERS, WRITING_SECONDS = 8, 10


def measure_writes(watch: Watch, today: date, *, postgresql: bool) -> dict[str, Any]:
    """Evidence one by one, a requirement, a fold, and on PostgreSQL many writers at once."""
    chance = Random(7)  # noqa: S311 an invented nation keeps no secret
    last = db.session.scalar(select(func.max(Person.id))) or 0
    people = iter(chance.sample(range(1, last + 1), 4 * WRITES + ACTS_FOLDED))
    unkept: list[int] = []
    folding.fold()

    def write() -> None:
        record_evidence(
            next(people),
            chance.choice(COMPETENCY_IDS),
            chance.randint(1, 4),
            Basis.LEARNING,
            from_day=today,
            until_day=today + timedelta(days=730),
            words="Shown at work",
            by=None,
        )

    for durable in (False,) if postgresql else (False, True):
        if not postgresql:
            _sync(full=durable)
        kind = "evidence written" if postgresql or durable else "evidence written, not synced"
        alone, kept = [], []
        for _ in range(WRITES):
            facts_written.disconnect(ledger.keep)
            alone.append(milliseconds(write))
            unkept.append(db.session.scalar(select(func.max(Evidence.id))) or 0)
            facts_written.connect(ledger.keep)
            kept.append(milliseconds(write))
        watch.each(f"{kind}, without the ledger", alone)
        times = sorted(kept)[WRITES // 2] / sorted(alone)[WRITES // 2]
        watch.each(f"{kind}, with the ledger", kept, _at_most(4, alone), f"{times:.1f} x without")
    db.session.rollback()
    _forget(unkept)
    _measure_requirement(watch, today)
    folding.fold()
    for _ in range(ACTS_FOLDED):
        write()
    watch.once(f"{ACTS_FOLDED} acts folded", folding.fold)
    return concurrent_writers() if postgresql else {}


def _at_most(times: float, alone: list[float]) -> Goal:
    return Goal(milliseconds=round(times * sorted(alone)[len(alone) // 2], 2))


def _sync(*, full: bool) -> None:
    """Whether SQLite waits for the disk at each commit; the product does not, and loses none but the last."""
    db.session.remove()
    db.engine.dispose()
    mode = "FULL" if full else "NORMAL"
    with db.engine.connect() as connection:
        connection.connection.cursor().execute(f"PRAGMA synchronous={mode}")


def _forget(evidence: list[int]) -> None:
    """Take away what was written while the ledger did not listen, which it would be wrong about."""
    connection = db.session.connection(execution_options={"writes": True})
    connection.execute(delete(Evidence).where(Evidence.id.in_(evidence)))
    db.session.commit()


def _measure_requirement(watch: Watch, today: date) -> None:
    held = func.count(Appointment.person_id.distinct())
    query = select(Appointment.role_profile_id, held).group_by(Appointment.role_profile_id)
    role, number = min(db.session.execute(query).all(), key=lambda row: abs(row[1] - HOLDERS))
    asked = select(Requirement.competency_id).where(Requirement.role_profile_id == role).limit(1)
    competency = db.session.scalar(asked)
    db.session.rollback()

    def change() -> None:
        with act("requirements", None, everybody=True, roles=[role]):
            db.session.add(
                Requirement(role_profile_id=role, competency_id=competency, level=4, from_day=today)
            )

    goal = Goal(milliseconds=round(MILLISECONDS_A_HOLDER * number))
    watch.once(f"a requirement of {number:,} people changed", change, goal)


def concurrent_writers() -> dict[str, Any]:
    """Many processes that write evidence, beside one that folds and one that proves what it reads."""
    address = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    kinds = [*(["write"] * WRITERS), "fold", "read"]
    command = [str(PYTHON), "-m", "tools.bench.contending", address, str(WRITING_SECONDS)]
    processes = [
        subprocess.Popen([*command, kind, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for number, kind in enumerate(kinds)
    ]
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, process in zip(kinds, processes, strict=True):
        out, _ = process.communicate(timeout=600)
        if process.returncode:
            message = f"One that was to {kind} beside others failed; its own words are above."
            raise SetUpError(message)
        found.setdefault(kind, []).append(json.loads(out.splitlines()[-1]))
    say("Writers are measured")
    return {
        f"writes a second by {WRITERS} writers": round(
            sum(each["done"] / each["seconds"] for each in found["write"]), 1
        ),
        "folds meanwhile": found["fold"][0]["done"],
        "reports read and proved meanwhile": found["read"][0]["done"],
        "wrong reports": found["read"][0]["wrong"],
        "deadlocks": sum(each["deadlocks"] for kind in found.values() for each in kind),
    }
