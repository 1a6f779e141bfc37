"""Mail that the service sends: into files of a folder, or by SMTP with TLS, as the setting says."""

import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import Policy
from pathlib import Path
from smtplib import SMTP, SMTP_SSL, SMTPException, SMTPResponseException, SMTPServerDisconnected
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from flask import Flask, current_app

from lms.core import clock
from lms.core.settings import Settings

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

SECONDS = 20
ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
FOLDER = "mail"
NOBODY = "nobody@localhost"
END = b"\r\n.\r\n"


class Whole(UnstructuredHeader, BaseHeader):
    """A header on one line, however long; one that is not ASCII is coded, and folded as ever.

    An address that is folded would be coded as text, and a subject may begin with an empty line.
    """

    def fold(self, *, policy: Policy) -> str:
        """The line."""
        return f"{self.name}: {self}{policy.linesep}" if self.isascii() else super().fold(policy=policy)


HEADERS = HeaderRegistry()
for each in ("list-unsubscribe", "message-id", "subject"):
    HEADERS.map_to_type(each, Whole)
AS_SENT = SMTP_POLICY.clone(header_factory=HEADERS)


class MailError(Exception):
    """A mail could not be sent; the message says why, and names nobody."""


class Server(SMTP):
    """A connection that knows whether all of a message was given to it."""

    given = False

    def send(self, s: "ReadableBuffer | str") -> None:
        """Send text of a command, or a message with the full stop at its end."""
        super().send(s)
        self.given = self.given or (isinstance(s, bytes) and s.endswith(END))


class SafeServer(Server, SMTP_SSL):
    """Such a connection over TLS from the start."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said to whom. A letter of the same `key` is the same letter, however often it is sent.

    `stop` is the address by which the reader ends such letters with one click; empty when there is none.
    """

    key: str
    name: str
    address: str
    subject: str
    text: str
    html: str
    stop: str = ""


def setup_mail(app: Flask, settings: Settings) -> None:
    """Keep where mail goes, from whom and on which day; in a demonstration it stays in files."""
    app.config["MAIL"] = "file" if settings.demonstration else settings.mail
    app.config["MAIL_FROM"] = settings.mail_from
    app.config["MAIL_DAY"] = settings.mail_day


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The message as it is sent, in plain text and in HTML.

    Raises ValueError when a name, an address or the subject would begin a header of its own.
    """
    message = EmailMessage(policy=AS_SENT)
    message["Subject"] = letter.subject
    message["From"] = Address(str(current_app.jinja_env.globals["site_name"]), addr_spec=sender)
    message["To"] = Address(letter.name, addr_spec=letter.address)
    message["Date"] = clock.now()
    message["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


def send(letter: Letter) -> None:
    """Send a letter by the way that the settings name; MailError when that fails."""
    kept = current_app.config["MAIL"]
    where = urlsplit(kept if isinstance(kept, str) else kept.get_secret_value())
    sender: str = current_app.config["MAIL_FROM"]
    if where.scheme not in {"smtp", "smtps"}:
        folder = Path(unquote(where.path)) if where.scheme else Path(current_app.instance_path, FOLDER)
        _keep(message_of(letter, sender or NOBODY), folder, letter.key)
    elif sender:
        _hand_over(message_of(letter, sender), where)
    else:
        message = "LMS_MAIL_FROM must be set, since mail goes to a server"
        raise MailError(message)


def _keep(message: EmailMessage, folder: Path, key: str) -> None:
    """Write a message into a folder that only its owner reads; the same one again replaces itself."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{re.sub(r'[^A-Za-z0-9-]', '-', key)}.eml"
    beside = file.with_suffix(".part")
    beside.touch(mode=0o600)
    beside.write_bytes(message.as_bytes())
    beside.replace(file)


def _hand_over(message: EmailMessage, where: SplitResult) -> None:
    """Give a message to the server.

    It counts as sent once all of it was given, also when the server then ends the connection without
    a word: better none than two.
    """
    try:
        server = _server(where)
        try:
            if where.username:
                server.login(unquote(where.username), unquote(where.password or ""))
            server.send_message(message)
        except SMTPServerDisconnected:
            if not server.given:
                raise
        finally:
            with suppress(OSError, SMTPException):
                server.quit()
            server.close()
    except (OSError, SMTPException) as problem:
        raise MailError(_without_names(problem)) from None


def _server(where: SplitResult) -> "Server | SafeServer":
    """A connection that nobody can read, or one to this machine."""
    host, safely = where.hostname or "", ssl.create_default_context()
    if where.scheme == "smtps":
        return SafeServer(host, where.port or 465, timeout=SECONDS, context=safely)
    server = Server(host, where.port or 587, timeout=SECONDS)
    if host not in ON_THIS_MACHINE:
        try:
            server.starttls(context=safely)
        except BaseException:
            server.close()
            raise
    return server


def _without_names(problem: OSError | SMTPException) -> str:
    """What went wrong, without the addresses that a mail server repeats."""
    code = f" {problem.smtp_code}" if isinstance(problem, SMTPResponseException) else ""
    return f"the mail server: {type(problem).__name__}{code}"
