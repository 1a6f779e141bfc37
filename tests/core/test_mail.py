"""Mail goes into a folder or to a mail server, and no name writes a header of its own."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from lms.core.mail import Letter, MailError, message_of, send
from tests.conftest import MakeApp
from tests.support.mail_server import mail_server

LETTER = Letter(
    key="digest-7-2026-W49",
    name="Siân Ó Briain",
    address="sian@example.org",
    subject="2 things are due – “soon”",
    text="Due\n- The Act’s rules\n",
    html="<p>The Act’s rules</p>",
    stop="https://learning.example.org/mail/stop/abc",
)


def read(kept: bytes) -> EmailMessage:
    message = message_from_bytes(kept, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_letter_is_kept_in_a_folder_that_only_its_owner_reads(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "a folder" / "mail"
    app = make_app(mail=folder.as_uri())
    with app.app_context():
        send(LETTER)
        send(LETTER)
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    message = read(file.read_bytes())
    assert message["To"] == "Siân Ó Briain <sian@example.org>"
    assert message["Subject"] == LETTER.subject
    assert message["List-Unsubscribe"] == f"<{LETTER.stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind, words in (("plain", LETTER.text), ("html", LETTER.html)):
        part = message.get_body((kind,))
        assert part is not None
        assert part.get_content().split() == words.split()


def test_a_long_link_to_stop_stays_whole(make_app: MakeApp) -> None:
    link = f"https://{'learning.' * 12}example.org/mail/stop/{'a' * 40}"
    with make_app().app_context():
        message = message_of(replace(LETTER, stop=link), f"a@{'learning.' * 12}example.org")
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in message.as_bytes()
    assert b"=?" not in message.as_bytes().partition(b"Message-ID")[2].partition(b"Content")[0]


@pytest.mark.parametrize(
    "subject", ["3 levels lapse soon, 3 things wait in your team, 1 overdue in your team", "é" * 90]
)
def test_no_header_begins_with_an_empty_line(make_app: MakeApp, subject: str) -> None:
    with make_app().app_context():
        message = message_of(replace(LETTER, subject=subject), "learning@example.org")
    head = message.as_bytes().partition(b"\r\n\r\n")[0]
    assert not re.search(rb":\s*\r\n", head)
    assert read(message.as_bytes())["Subject"] == subject


def test_a_letter_is_handed_to_a_mail_server(make_app: MakeApp) -> None:
    with mail_server() as server:
        app = make_app(mail=f"smtp://user:p%40ss@127.0.0.1:{server.port}", mail_from="learning@example.org")
        with app.app_context():
            send(LETTER)
    (message,) = map(read, server.messages)
    assert message["From"].addresses[0].addr_spec == "learning@example.org"
    assert message["Message-ID"] == "<digest-7-2026-W49@example.org>"
    assert any(line.startswith("AUTH PLAIN") for line in server.commands)


def test_what_a_mail_server_refuses_is_an_error_that_names_nobody(make_app: MakeApp) -> None:
    with mail_server() as server:
        server.refuses = "550 no such mailbox"
        app = make_app(mail=f"smtp://127.0.0.1:{server.port}", mail_from="learning@example.org")
        with app.app_context(), pytest.raises(MailError) as refused:
            send(LETTER)
    assert str(refused.value) == "the mail server: SMTPRecipientsRefused"
    assert server.messages == []


@pytest.mark.parametrize("answers", [{"to_message": ""}, {"to_goodbye": "500 what"}])
def test_a_mail_that_was_given_whole_counts_as_sent_so_that_no_second_follows(
    make_app: MakeApp, answers: dict[str, str]
) -> None:
    with mail_server() as server:
        vars(server).update(answers)
        app = make_app(mail=f"smtp://127.0.0.1:{server.port}", mail_from="learning@example.org")
        with app.app_context():
            send(LETTER)
    assert len(server.messages) == 1


def test_a_mail_that_is_refused_once_it_was_read_is_an_error(make_app: MakeApp) -> None:
    with mail_server() as server:
        server.to_message = "554 no"
        app = make_app(mail=f"smtp://127.0.0.1:{server.port}", mail_from="learning@example.org")
        with app.app_context(), pytest.raises(MailError, match="SMTPDataError 554"):
            send(LETTER)


def test_nothing_goes_unencrypted_to_a_server_elsewhere(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.core.mail.ON_THIS_MACHINE", set())
    with mail_server() as server:
        app = make_app(mail=f"smtp://user:secret@127.0.0.1:{server.port}", mail_from="a@example.org")
        with app.app_context(), pytest.raises(MailError, match="SMTPNotSupportedError"):
            send(LETTER)
    assert [line.partition(" ")[0] for line in server.commands] == ["ehlo"]


def test_a_mail_server_that_is_not_there_and_a_sender_that_is_not_set(make_app: MakeApp) -> None:
    with mail_server() as server:
        port = server.port
    for settings, words in (
        ({"mail_from": "learning@example.org"}, "ConnectionRefusedError"),
        ({}, "LMS_MAIL_FROM must be set"),
    ):
        app = make_app(mail=f"smtp://127.0.0.1:{port}", **settings)
        with app.app_context(), pytest.raises(MailError, match=words):
            send(LETTER)


def test_a_demonstration_hands_nothing_to_a_mail_server(make_app: MakeApp, tmp_path: Path) -> None:
    with mail_server() as server:
        app = make_app(demonstration=True, mail=f"smtp://127.0.0.1:{server.port}", mail_from="a@example.org")
        app.instance_path = str(tmp_path)
        with app.app_context():
            send(LETTER)
    assert server.commands == []
    assert [each.name for each in (tmp_path / "mail").iterdir()] == ["digest-7-2026-W49.eml"]


@pytest.mark.parametrize("field", ["name", "address", "subject", "stop"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_line_break_in_a_header_is_refused(make_app: MakeApp, field: str, ending: str) -> None:
    value = f"{getattr(LETTER, field)}{ending}Bcc: everybody@example.org"
    letter = replace(LETTER, **{field: value})
    with make_app().app_context(), pytest.raises(ValueError):  # noqa: PT011 each header says it in other words
        message_of(letter, "learning@example.org")
