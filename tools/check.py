"""Runs every check, tells which failed, and gives an exit status that is 0 only if none did."""

import subprocess
import sys
import time

from tools.steps import ROOT, VENV, environment, say

CHECKS = {
    "style of Python": ["ruff", "check", "--quiet"],
    "format of Python": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy"],
    "floors": ["lint-imports"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "spelling": ["codespell"],
    "rules of the code base": ["pytest", "--quiet", "tests/test_codebase.py"],
    "courses": ["flask", "--app", "wsgi", "courses", "check"],
}
# Checking content needs no database and no secret of an installation.
VARIABLES = {"LMS_SECRET_KEY": "only-for-checks-and-never-for-serving"}


def passes(name: str, command: list[str]) -> bool:
    """Run one check; its output is shown only when it fails."""
    start = time.monotonic()
    done = subprocess.run(
        [str(VENV / "bin" / command[0]), *command[1:]],
        cwd=ROOT,
        env=environment(VARIABLES),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "failed" if done.returncode else "ok"
    say(f"{name:24} {verdict:8} {time.monotonic() - start:5.1f} s")
    if done.returncode:
        say(done.stdout)
    return done.returncode == 0


def main() -> int:
    """Run all, and name those that failed."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    say(f"Failed: {', '.join(failed)}" if failed else "Every check passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
