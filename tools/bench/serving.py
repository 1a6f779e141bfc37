"""Starts the server that is measured, and asks it as fast as it answers."""

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from tools.run import answers
from tools.steps import PYTHON, ROOT, SetUpError, environment

RECEIVED_AT_ONCE = 65_536
LANES = 2
"""Connections that are kept busy, so that the one worker never waits for a request."""


@contextmanager
def served(target: str, variables: Mapping[str, str]) -> Iterator[int]:
    """Serve `module:app` with one worker on a loopback address; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    options = ["--interface", "wsgi", "--log-level", "warning", "--workers", "1", "--blocking-threads", "1"]
    server = subprocess.Popen(
        [str(PYTHON), "-m", "granian", *options, "--host", "127.0.0.1", "--port", str(port), target],
        cwd=ROOT,
        env=environment(variables),
    )
    try:
        if not answers(f"http://127.0.0.1:{port}/healthz", server):
            message = f"{target} did not start; its own words are above."
            raise SetUpError(message)
        yield port
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, and the status that must come back."""

    path: str
    cookie: str
    form: str | None = None
    status: int = 200

    def as_bytes(self) -> bytes:
        """The request as it goes over the wire."""
        lines = [
            f"{'GET' if self.form is None else 'POST'} {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: session={self.cookie}",
            "Accept: text/html",
        ]
        if self.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.form)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + (self.form or "")).encode()


class Connection:
    """One connection that is kept open; bare of all that would slow the asking down."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))

    def ask(self, sent: bytes) -> int:
        """Send a request and read its answer to the end; gives the status."""
        self.socket.sendall(sent)
        got = self._more(b"")
        while b"\r\n\r\n" not in got:
            got += self._more(got)
        head, _, body = got.partition(b"\r\n\r\n")
        left = _length(head) - len(body)
        while left > 0:
            left -= len(self._more(body))
        return int(head[9:12])

    def close(self) -> None:
        """Let the connection go."""
        self.socket.close()

    def _more(self, so_far: bytes) -> bytes:
        got = self.socket.recv(RECEIVED_AT_ONCE)
        if not got:
            message = f"The server hung up after {so_far[:80]!r}."
            raise SetUpError(message)
        return got


def rate(port: int, lanes: Iterable[Iterable[Request]], seconds: float | None = None) -> float:
    """Requests a second; each lane is a connection that asks again as soon as it is answered.

    It ends when the lanes do or, with `seconds`, when the time is up.
    """
    made = [list(lane) for lane in lanes]
    with ThreadPoolExecutor(len(made)) as pool:
        begun = time.perf_counter()
        done = sum(pool.map(lambda lane: _drive(port, lane, begun, seconds), made))
        return done / (time.perf_counter() - begun)


def page_rate(port: int, request: Request, seconds: float) -> float:
    """Requests a second for one page that is opened over and over."""
    return rate(port, [[request]] * LANES, seconds)


def _drive(port: int, lane: list[Request], begun: float, seconds: float | None) -> int:
    connection = Connection(port)
    sending = [(each, each.as_bytes()) for each in lane]
    done = 0
    while True:
        for request, sent in sending:
            status = connection.ask(sent)
            if status != request.status:
                message = f"{request.path} answered {status}, not {request.status}."
                raise SetUpError(message)
            done += 1
        if seconds is None or time.perf_counter() - begun > seconds:
            connection.close()
            return done


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    message = f"The answer does not say how long it is: {head[:200]!r}"
    raise SetUpError(message)
