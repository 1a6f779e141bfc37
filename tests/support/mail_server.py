"""A mail server on this machine that keeps what it is given; only as much of SMTP as a client needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


@dataclass
class MailServer:
    """Where it listens, what it was given, and what it answers to each recipient, message and goodbye.

    An empty answer to a message ends the connection without a word.
    """

    port: int = 0
    refuses: str = ""
    to_message: str = "250 kept"
    to_goodbye: str = "221 bye"
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

        def say(self, words: str) -> bool:
            """Answer; False when there is no answer, and the connection ends."""
            if words:
                self.wfile.write(f"{words}\r\n".encode())
            return bool(words)

        def answer(self, line: str) -> bool:
            verb = line.partition(" ")[0]
            if verb == "DATA":
                self.say("354 go on")
                kept.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                return self.say(kept.to_message)
            answers = {
                "EHLO": "250-here\r\n250 AUTH PLAIN",
                "AUTH": "235 welcome",
                "RCPT": kept.refuses,
                "QUIT": kept.to_goodbye,
            }
            return self.say(answers.get(verb) or "250 well") and verb != "QUIT"

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
