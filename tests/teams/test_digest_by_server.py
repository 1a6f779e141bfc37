"""The weekly mail as a mail server gets it, and as a mail program stops it."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import urlsplit

from lxml import html

from lms.core.jobs import run_next
from lms.people.digests import wants_mail
from lms.teams.digest_job import queue_digests
from tests.support.learners import assigned
from tests.support.mail_server import mail_server
from tests.support.managers import TODAY, World


def test_one_mail_to_each_says_the_same_in_both_parts_and_stops_with_one_click(world: World) -> None:
    with mail_server() as server, world.app.app_context():
        world.app.config.update(
            MAIL=f"smtp://127.0.0.1:{server.port}",
            MAIL_FROM="learning@example.org",
            ADDRESS="https://learning.example.org",
            WTF_CSRF_ENABLED=True,
        )
        asha = world.joins("Asha Testwood", {"law": 2}, until=TODAY + timedelta(days=28))
        assigned(world.person(asha), "standstill", world.manager, TODAY + timedelta(days=3))
        for _ in range(2):
            queue_digests(TODAY)
            while run_next() is not None:
                pass
    mails = {mail["To"].addresses[0].display_name: mail for mail in map(read, server.messages)}
    assert (len(server.messages), set(mails)) == (2, {"Asha Testwood", "Morgan Example"})
    for mail in mails.values():
        text, page = part(mail, "plain"), html.fromstring(part(mail, "html"))
        for item in page.cssselect("h2, li:not(:has(a))"):
            assert item.text_content().strip() in text
    mail = mails["Asha Testwood"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address in part(mail, "plain")
    assert address.startswith("https://learning.example.org/mail/stop/")
    answer = world.app.test_client().post(urlsplit(address).path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    with world.app.app_context():
        assert not wants_mail(asha)
        assert wants_mail(world.manager_id)


def read(kept: bytes) -> EmailMessage:
    message = message_from_bytes(kept, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())
