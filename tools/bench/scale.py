"""What the gap ledger costs in a nation of any size, in a process of its own; prints JSON at its end."""

import argparse
import json
import resource
import statistics
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import select

from lms import create_app
from lms.competencies.balances import counted_in_teams, head, moved
from lms.competencies.bridges import bridges
from lms.competencies.disclosure import Viewpoint, disclose
from lms.competencies.sheets import sheets_on
from lms.competencies.suppression import Group
from lms.core import clock
from lms.core.database import db
from lms.core.settings import Settings
from lms.people.acts import no_known_on
from lms.people.models import Placement
from tools.bench.loading import FILLED, Loaded, load
from tools.bench.nation import COMPETENCY_IDS, REGIONS, organisation_id, region_id
from tools.bench.proving import folded_agrees, recounted_teams
from tools.bench.timing import Goal, Watch
from tools.bench.writing import measure_writes
from tools.demonstration import SECRET
from tools.steps import say

KIBIBYTES = 1 << 10
"""In a mebibyte; Linux tells the most memory of a process in kibibytes."""
TEAMS = 50
DAYS_KEPT_IN_MEMORY = (1, 25, 40)
"""After how many reports of different days memory is measured; a process keeps fewer days than the second."""
PROTECTED = 2
"""Competencies in such a report of which small groups are hidden; of all it would take minutes."""
MOST_FOR_A_PIECE = 0.2
"""Milliseconds, so 5,000 pieces a second; with the first folding, which is half of it."""
NATION = Viewpoint()
HOME = organisation_id(4)
REGION_ROWS = [Group(region_id(number)) for number in range(REGIONS)]
ORGANISATION_ROWS = [Group(None, organisation_id(number)) for number in range(20)]


def figures(groups: list[Group], day: date, no: int | None = None) -> None:
    """A table of these groups by all competencies, as pages get it."""
    shown = disclose(day, no, NATION)
    for group in groups:
        for competency in COMPETENCY_IDS:
            shown.figure(group, competency)


def only_read(day: date, no: int | None = None) -> None:
    """The counts of a day read from the database, nothing kept of it and nothing hidden."""
    current_app.extensions.pop("sheets", None)
    sheets_on(day, no)


def measure_reads(watch: Watch, today: date, *, sqlite: bool) -> None:
    """Reports as pages ask for them: what a process has to read first, and what it keeps."""
    watch.once("region report today, first in a process", lambda: figures(REGION_ROWS, today))
    watch.often("region report today", lambda: figures(REGION_ROWS, today), Goal(pages=4 if sqlite else 3))
    watch.often("20 organisations", lambda: figures(ORGANISATION_ROWS, today), Goal(pages=4))
    teams = _teams()
    latest = head().latest
    watch.often(f"{len(teams)} teams of one organisation", lambda: counted_in_teams(teams, today, latest))
    past = today - timedelta(days=270)
    then = no_known_on(past)
    watch.once("a past day, first", lambda: figures(REGION_ROWS, past))
    watch.often("a past day", lambda: figures(REGION_ROWS, past), Goal(milliseconds=5))
    watch.once("known then (d = k), first", lambda: figures(REGION_ROWS, past, then))
    watch.often("known then (d = k)", lambda: figures(REGION_ROWS, past, then), Goal(milliseconds=100))
    _measure_changes(watch, today)
    for name, day, no in (
        ("today", today, None),
        ("nine months ago", past, None),
        ("nine months ago, known then", past, then),
    ):
        watch.often(f"counts of all groups read, {name}", partial(only_read, day, no))


def _measure_changes(watch: Watch, today: date) -> None:
    quarter = today - timedelta(days=100), today - timedelta(days=9)

    def why(group: Group) -> None:
        bridges(group, quarter, None, NATION, COMPETENCY_IDS)

    def changes(group: Group) -> None:
        moved(at := head(), group, quarter, at.latest)

    def compare() -> None:
        for day in quarter:
            figures(REGION_ROWS, day)

    watch.once("why over a quarter, first", partial(why, Group()))
    watch.often("why over a quarter, nation", partial(why, Group()), Goal(pages=4))
    watch.often("why over a quarter, one region", partial(why, REGION_ROWS[3]))
    watch.often("two days by region", compare)
    of = "what moved in a quarter,"
    watch.often(f"{of} nation", partial(changes, Group()), Goal(pages=4))
    watch.often(f"{of} one region", partial(changes, REGION_ROWS[3]), Goal(pages=4))
    watch.often(f"{of} one organisation", partial(changes, Group(None, HOME)))
    watch.often(f"{of} one role in a region", partial(changes, Group(region_id(1), None, "buyer")))


def _teams() -> list[int]:
    query = select(Placement.team_id).where(Placement.organisation_id == HOME).order_by(Placement.team_id)
    return list(db.session.scalars(query.distinct().limit(TEAMS)))


def memory(today: date) -> Iterator[tuple[int, int]]:
    """The most megabytes of this process after reports of so many days, with small groups hidden."""
    done = 0
    for wanted in DAYS_KEPT_IN_MEMORY:
        for number in range(done, wanted):
            shown = disclose(today - timedelta(days=11 * number), None, NATION)
            for competency in COMPETENCY_IDS[:PROTECTED]:
                shown.figure(REGION_ROWS[0], competency)
            db.session.rollback()
        done = wanted
        yield wanted, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIBIBYTES


def run(people: int, *, postgresql: bool) -> dict[str, Any]:
    """Load, measure and prove; gives what goes into the result."""
    loaded: Loaded = load(people)
    today = clock.today()
    watch = Watch()
    filled = 1000 / loaded.facts[FILLED]
    watch.each("a piece of evidence filled, of one core", [filled], Goal(milliseconds=MOST_FOR_A_PIECE))
    measure_reads(watch, today, sqlite=not postgresql)
    say("Reports are measured")
    current_app.extensions.pop("sheets", None)
    kept = {} if postgresql else dict(memory(today))  # a process keeps the same, whatever the database
    facts = {**loaded.facts, **measure_writes(watch, today, postgresql=postgresql)}
    facts |= recounted_teams()
    facts |= {"kept figures are the sums of movements": folded_agrees(today)}
    return {
        "people": people,
        "database": db.engine.dialect.name,
        "page_milliseconds": round(statistics.median(each.page for each in watch.timed), 3),
        "timed": [
            {**asdict(each), "goal": str(each.goal or ""), "ratio": each.ratio, "meets_goal": each.meets}
            for each in watch.timed
        ],
        "facts": facts,
        "memory_megabytes": kept,
    }


def main() -> int:
    """Measure one database; the last line is the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("people", type=int)
    arguments = parser.parse_args()
    settings = Settings(
        secret_key=SECRET, database_url=arguments.database, demonstration=True, insecure_cookies=True
    )
    app = create_app(settings)
    with app.app_context():
        found = run(arguments.people, postgresql=db.engine.dialect.name == "postgresql")
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
