"""A mail server on this machine that keeps what it is given; only as much of SMTP as a client needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


@dataclass
class MailServer:
    """Where it listens, what it was given, and with `refuses` what it answers to every recipient."""

    port: int = 0
    refuses: str = ""
    messages: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve on a free port until the block ends."""
    kept = MailServer()

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                kept.commands.append(line)
                if not self.answer(line.upper()):
                    return

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

        def answer(self, line: str) -> bool:
            if line.startswith("EHLO"):
                self.say("250-here\r\n250 AUTH PLAIN")
            elif line.startswith("AUTH"):
                self.say("235 welcome")
            elif line.startswith("RCPT") and kept.refuses:
                self.say(kept.refuses)
            elif line == "DATA":
                self.say("354 go on")
                kept.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.say("250 kept")
            else:
                self.say("221 bye" if line == "QUIT" else "250 well")
            return line != "QUIT"

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
