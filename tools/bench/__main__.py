"""Prints tables of what pages and the gap ledger cost, and writes the same as JSON to `.cache/bench.json`."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lms.core import clock
from tests.support.postgres import running_server
from tools.bench.hidden import hidden_shares
from tools.bench.pages import BARE, measure
from tools.bench.papers import measured_papers, paper_line
from tools.bench.plans import measured_plan, plan_line
from tools.bench.publishing import measured_publishing
from tools.bench.searching import measured_search
from tools.bench.tables import ledger_table, pages_table
from tools.bench.teams import measured_teams
from tools.demonstration import application, copy_of_demonstration
from tools.steps import CACHE, PYTHON, ROOT, SetUpError, environment, say, stop_with_a_sentence

RESULT = CACHE / "bench.json"
PEOPLE = 100_000
POSTGRESQL = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""A server that keeps what it was given, on a machine of a few gigabytes."""


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=0.8, help="for each page in each round")
    parser.add_argument("--people", type=int, default=PEOPLE, help="in the nation of the ledger; 0: none")
    alone = ("pages", "publishing", "search", "teams", "sqlite", "postgresql")
    parser.add_argument("--only", choices=alone, help="measure this alone")
    asked = parser.parse_args()
    result: dict[str, Any] = {
        "at": clock.now().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "rounds": asked.rounds,
    }
    CACHE.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            if asked.only in {None, "pages"}:
                result |= measured_pages(Path(scratch), asked.rounds, asked.seconds)
            if asked.only in {None, "publishing"}:
                result["publishing"] = measured_publishing(Path(scratch))
            if asked.only in {None, "search"}:
                result["search"] = measured_search(Path(scratch))
            if asked.only in {None, "teams"}:
                result["teams"] = measured_teams(Path(scratch))
            if asked.people and asked.only not in {"pages", "publishing", "search", "teams"}:
                result["ledger"] = list(measured_ledgers(Path(scratch), asked.people, asked.only))
    except SetUpError as error:
        return stop_with_a_sentence(error)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    return 0


def measured_pages(scratch: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """Pages of the demonstration, and what small groups hide in it."""
    database = copy_of_demonstration(scratch)
    app = application(database)
    hidden = list(hidden_shares(app))
    begun = time.monotonic()
    measured = measure(app, database, rounds, seconds)
    say(f"Measured in {time.monotonic() - begun:.0f} s\n\n{pages_table(measured, hidden)}")
    planned = measured_plan(app)
    say(f"\n{plan_line(planned)}")
    bare = statistics.median(next(each for each in measured if each.name == BARE).rates)
    papers = measured_papers(app, bare)
    say("\n".join(map(paper_line, papers)))
    return {
        "pages": [each.as_json() for each in measured],
        "hidden": [each.as_json() for each in hidden],
        "plan": planned.as_json(),
        "papers": [each.as_json() for each in papers],
    }


def measured_ledgers(scratch: Path, people: int, only: str | None) -> Iterator[Mapping[str, Any]]:
    """The ledger of an invented nation on one database after the other, each in a process of its own."""
    for engine in ("sqlite", "postgresql"):
        if only in {None, engine}:
            with database_of(engine, scratch) as address:
                found = measured_ledger(address, people)
            say(f"\n{ledger_table(found)}\n")
            yield found


@contextmanager
def database_of(engine: str, scratch: Path) -> Iterator[str]:
    """An empty database, taken away at the end."""
    if engine == "postgresql":
        options = tuple(f"{key}={value}" for key, value in POSTGRESQL.items())
        with running_server(options) as address:
            yield address
        return
    yield f"sqlite:///{scratch / 'nation.db'}"
    for left in scratch.glob("nation.db*"):
        left.unlink()


def measured_ledger(address: str, people: int) -> dict[str, Any]:
    """Load and measure one database; what the process says meanwhile is passed on."""
    say(f"\nA nation of {people:,} people in {address.partition(':')[0].partition('+')[0]}")
    process = subprocess.Popen(
        [str(PYTHON), "-m", "tools.bench.scale", address, str(people)],
        cwd=ROOT,
        env=environment({}),
        stdout=subprocess.PIPE,
        text=True,
    )
    last = "{}"
    for line in process.stdout or ():
        last = line.rstrip()
        if not last.startswith("{"):
            say(last)
    if process.wait():
        message = "The ledger could not be measured; its own words are above."
        raise SetUpError(message)
    found: dict[str, Any] = json.loads(last)
    return found


if __name__ == "__main__":
    sys.exit(main())
