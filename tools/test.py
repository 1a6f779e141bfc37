"""Runs all tests: on SQLite with the browser, then on PostgreSQL those that use a database."""

import subprocess
import sys

from tools.browser import find_browser
from tools.steps import CACHE, PYTHON, ROOT, SetUpError, environment, say

WORKERS = "2"
NOTHING_CHOSEN = 5
RUNS = (
    ("SQLite", "sqlite", ()),
    # Whether a page is valid HTML no database decides: the run before has asked it of the same pages.
    ("PostgreSQL", "postgresql", ("-m", "database and not browser", "--pages", "opened")),
)
# Tests are compiled once and not by each worker, and so is all that the processes import that they start.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(CACHE / "compiled")}


def main(arguments: list[str]) -> int:
    """Run both, even when the first fails, and give an exit status that is 0 only if both passed."""
    try:
        find_browser()
    except SetUpError as error:
        say(f"Browser tests cannot run: {error}")
    worst = 0
    for name, engine, choice in RUNS:
        say(f"\nTests on {name}")
        done = subprocess.run(
            [str(PYTHON), "-m", "pytest", "-n", WORKERS, *choice, *arguments],
            cwd=ROOT,
            env=environment({"TEST_ENGINE": engine, **COMPILED}),
            check=False,
        )
        # A choice of tests may hold none that use a database.
        allowed = (0, NOTHING_CHOSEN) if arguments else (0,)
        worst = worst if done.returncode in allowed else done.returncode
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
