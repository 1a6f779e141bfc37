"""Loads an invented nation, and says how long each step took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select

from lms.competencies import filling, folding
from lms.competencies.models import Evidence, Flow, Ledger, Movement
from lms.core import clock
from lms.core.database import db, writing
from lms.core.migrations import bring_forward
from lms.people.models import Act, Person
from tools.bench.copies import copy_nation, write_plan
from tools.bench.nation import planned
from tools.steps import say

TEMPLATE = 500
"""People who go through the pure rule, and of whom all others are copies."""


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
    """Fill an empty database with so many people, a multiple of those of whom they are copies."""
    loaded = Loaded()
    bring_forward()
    plan = planned(TEMPLATE, clock.today())
    with writing():
        db.session.execute(delete(Ledger))
    write_plan(plan)
    begun = time.process_time()
    with loaded.step("seconds to work out the movements of the first people"):
        filling.fill()
    pieces = len(plan.rows[Evidence])
    loaded.facts["pieces of evidence filled a second and core"] = round(
        pieces / (time.process_time() - begun)
    )
    with loaded.step("seconds to copy them"):
        copy_nation(people // TEMPLATE)
    with loaded.step("seconds of the first folding"):
        folding.fold()
    for table in (Person, Evidence, Act, Movement, Flow):
        name = f"rows of {table.__tablename__}"
        loaded.facts[name] = db.session.scalar(select(func.count()).select_from(table)) or 0
    db.session.rollback()
    return loaded
