"""Loads an invented nation, and says how long each step took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import delete, func, select

from lms.competencies import filling, folding
from lms.competencies.models import Evidence, Flow, Ledger, Movement
from lms.core import clock
from lms.core.database import db, writing
from lms.core.migrations import bring_forward
from lms.people.models import Act, Person
from tools.bench.copies import IN_A_ROUND, copy_nation, write_plan
from tools.bench.nation import planned
from tools.steps import say

TEMPLATE = 270
"""The most people who go through the pure rule; all others are copies of them."""
FILLED = "pieces of evidence filled a second and core"


@dataclass
class Loaded:
    """How long each step took, in seconds, and what is there."""

    facts: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step."""
        begun = time.perf_counter()
        yield
        self.facts[name] = round(time.perf_counter() - begun, 1)
        say(f"{name}: {self.facts[name]} s")


def load(people: int) -> Loaded:
    """Fill an empty database with about so many people, a multiple of those of whom they are copies."""
    loaded = Loaded()
    bring_forward()
    template = min(TEMPLATE, -(-people // IN_A_ROUND))
    plan = planned(template, clock.today())
    with writing():
        db.session.execute(delete(Ledger))
    write_plan(plan)
    begun = time.process_time()
    with loaded.step("seconds to work out the movements of the first people"):
        filling.fill()
    pieces = len(plan.rows[Evidence])
    loaded.facts[FILLED] = round(pieces / (time.process_time() - begun))
    with loaded.step("seconds to copy them"):
        copy_nation(max(1, round(people / template / IN_A_ROUND)), partial(_folded, loaded))
    for table in (Person, Evidence, Act, Movement, Flow):
        name = f"rows of {table.__tablename__}"
        loaded.facts[name] = db.session.scalar(select(func.count()).select_from(table)) or 0
    db.session.rollback()
    return loaded


def _folded(loaded: Loaded) -> None:
    """Fold what is there so far."""
    number = db.session.scalar(select(func.count()).select_from(Movement)) or 0
    with loaded.step(f"seconds to fold {number:,} movements"):
        folding.fold()
