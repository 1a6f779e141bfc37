"""What somebody at a terminal reads when the settings do not hold."""

import os
import subprocess
import sys
from pathlib import Path


def test_a_command_ends_with_a_sentence_and_not_with_a_traceback(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "courses", "check"],
        cwd=repository,
        env={**os.environ, "LMS_DATABSE_URL": "sqlite://", "LMS_SECRET_KEY": "s" * 32},
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = "LMS_DATABSE_URL: no such setting. Did you mean LMS_DATABASE_URL?"
    assert (done.returncode, done.stderr.splitlines()) == (2, ["The settings do not hold:", sentence])
