"""Serves the product from this folder: settings, database, content, demonstration, two workers."""

import argparse
import contextlib
import ctypes
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence

from tools.steps import (
    PYTHON,
    ROOT,
    SetUpError,
    environment,
    fingerprint,
    is_fresh,
    put_stamp,
    say,
    stop_with_a_sentence,
    telling,
)

INSTANCE = ROOT / "instance"
SETTINGS = INSTANCE / "settings.env"
DATABASE = INSTANCE / "lms.db"
WORKERS = 2
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 3
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1
LOADED_ALREADY = 3  # the exit status of `flask demo load` when the database holds people
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 compared with, not bound to
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def make_settings() -> None:
    """Write `instance/settings.env` at the first run: a secret of its own, and the demonstration on."""
    if SETTINGS.exists():
        return
    INSTANCE.mkdir(exist_ok=True)
    text = f"LMS_SECRET_KEY={secrets.token_urlsafe(48)}\nLMS_DEMONSTRATION=1\n"
    descriptor = os.open(SETTINGS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    say("Made instance/settings.env with a secret of its own and the demonstration on")


def setting(name: str) -> str:
    """The text of a setting, from the environment or from `instance/settings.env`; empty if unset."""
    if name in os.environ:
        return os.environ[name]
    for line in SETTINGS.read_text().splitlines():
        key, _, value = line.partition("=")
        if key.strip() == name:
            return value.strip().strip("'\"")
    return ""


def prepare_database() -> None:
    """Bring the tables up to date and publish the courses; a new database gets the demonstration first.

    The demonstration tells a history that ends today, with its own publishings, so it must come first.
    The stamp lies beside the SQLite file, and holds for that file and our courses: another database, or
    another folder of courses, is always asked.
    """
    inputs = [ROOT / "migrations", ROOT / "courses", ROOT / "lms" / "content"]
    mark = fingerprint(inputs)
    stamp = INSTANCE / ".prepared"
    if setting("LMS_DATABASE_URL"):
        fill({}, demonstrate=demonstrates())
    elif not DATABASE.exists():
        make_database()
        put_stamp(stamp, mark)
    elif setting("LMS_COURSES") or not is_fresh(stamp, mark):
        fill({}, demonstrate=False)
        put_stamp(stamp, mark)


def make_database() -> None:
    """Make the SQLite file under another name, so that a run that is broken off leaves no half of one."""
    making = INSTANCE / "making.db"
    for left in INSTANCE.glob(f"{making.name}*"):
        left.unlink()
    fill({"LMS_DATABASE_URL": f"sqlite:///{making}"}, demonstrate=demonstrates())
    with contextlib.closing(sqlite3.connect(making)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    making.rename(DATABASE)


def fill(changes: Mapping[str, str], *, demonstrate: bool) -> None:
    """Run the product's own commands, with some variables changed."""
    with telling("Bringing the tables up to date"):
        flask("db", "upgrade", changes=changes)
    if demonstrate:
        with telling("Loading the demonstration, which takes a minute or two"):
            flask("demo", "load", changes=changes, allowed=(0, LOADED_ALREADY))
    with telling("Publishing the courses"):
        flask("courses", "publish", changes=changes)


def demonstrates() -> bool:
    """Whether the settings ask for the demonstration."""
    return setting("LMS_DEMONSTRATION").lower() in {"1", "true", "yes", "on"}


def flask(*arguments: str, changes: Mapping[str, str], allowed: Sequence[int] = (0,)) -> None:
    """Run one of the product's own commands; raises SetUpError with its words when it fails."""
    done = subprocess.run(
        [str(PYTHON), "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env=environment(changes),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in allowed:
        message = f"flask {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        raise SetUpError(message)


def demand_free(host: str, port: int) -> None:
    """Raise SetUpError, before anything is made, unless the address can be served."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = (
            f"Port {port} of {host} cannot be used ({error.strerror or error}). "
            f"Stop what uses it, or choose another: make run PORT={port + 1}"
        )
        raise SetUpError(message) from error


def serve(host: str, port: int) -> int:
    """Start the workers, print the address once they answer, and wait; gives the server's exit status."""
    changes = {"LMS_INSECURE_COOKIES": "1"} if host in LOOPBACK else {}
    # In a session of its own: a server that the terminal signals as well as we do may never stop.
    server = subprocess.Popen(
        [
            *[str(PYTHON), "-m", "granian", "--interface", "wsgi", "--log-level", "warning"],
            *["--workers", str(WORKERS), "--blocking-threads", "1", "--respawn-failed-workers"],
            *[
                "--workers-kill-timeout",
                str(SECONDS_TO_STOP),
                "--host",
                host,
                "--port",
                str(port),
                "wsgi:app",
            ],
        ],
        cwd=ROOT,
        env=environment({key: value for key, value in changes.items() if key not in os.environ}),
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 no thread runs here
    )
    worker = start_jobs(changes)
    for name in ENDING:
        signal.signal(name, end_once)
    try:
        shown = EVERYWHERE.get(host, host)
        address = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
        if not answers(f"{address}healthz", server):
            message = "The server did not start; its own words are above."
            raise SetUpError(message)
        say(f"\nOpen {address}\nCtrl-C stops it.")
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in filter(None, (worker, server)):
            stop(process)


def start_jobs(changes: Mapping[str, str]) -> "subprocess.Popen[bytes] | None":
    """Run jobs beside the server where something asks for them: a Git host that tells of merges."""
    if not setting("LMS_PUBLISH_SECRET"):
        return None
    return subprocess.Popen(
        [str(PYTHON), "-m", "flask", "--app", "wsgi", "jobs", "run"],
        cwd=ROOT,
        env=environment({key: value for key, value in changes.items() if key not in os.environ}),
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 no thread runs here
    )


def end_once(*_: object) -> None:
    """Begin the end at the first signal, and let no second one break it off: make passes each on again."""
    for name in ENDING:
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, by whatever signal."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """End the server and its workers, gently first."""
    server.terminate()
    try:
        server.wait(2 * SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def answers(address: str, server: "subprocess.Popen[bytes]") -> bool:
    """Whether the address answers before the server ends or the time is up."""
    until = time.monotonic() + SECONDS_TO_ANSWER
    while server.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310 our own
            return True
        time.sleep(0.1)
    return False


def main() -> int:
    """Read the arguments, prepare what is missing, and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args()
    try:
        demand_free(arguments.host, arguments.port)
        make_settings()
        prepare_database()
        return serve(arguments.host, arguments.port)
    except SetUpError as error:
        return stop_with_a_sentence(error)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
