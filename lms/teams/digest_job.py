"""The weekly mail: a job for each person who may get one, and the letter that the job sends."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import click
from flask import Flask, current_app, render_template, url_for
from flask_babel import gettext as _

from lms.core import clock
from lms.core.commands import Commands
from lms.core.database import writing
from lms.core.jobs import enqueue, register_job
from lms.core.mail import Letter, send
from lms.people.digests import Reader, reader, readers, sending, stop_token
from lms.teams.digest_news import News, news_for
from lms.teams.digest_words import more_words, plain_text, sections_of, subject_of

KIND = "digest"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
commands = Commands("digest", help="The weekly mail.")


@commands.command("queue")
@click.option("--today", is_flag=True, help="Today, whatever day of the week it is.")
def queue(*, today: bool) -> None:
    """Ask for the mails of this week, on the day that LMS_MAIL_DAY names; run it every day.

    `flask jobs run` sends them. Running it again asks for nothing twice.
    """
    day, chosen = clock.today(), current_app.config["MAIL_DAY"]
    if not today and DAYS[day.weekday()] != chosen:
        click.echo(f"Mails are sent on {chosen.title()}s. Nothing was asked for.")
        return
    click.echo(f"Mails asked for: {queue_digests(day)}. People with nothing to be told get none.")


def queue_digests(day: date) -> int:
    """Ask for one job for each person who may get a mail and wants it, once a week; gives how many."""
    year, week, _weekday = day.isocalendar()
    people = readers(day)
    with writing():
        return sum(
            enqueue(KIND, {"person": person}, f"{KIND}/{person}/{year}-W{week:02}") for person in people
        )


def send_digest(payload: Mapping[str, Any]) -> None:
    """Send a person their mail of this week, if there is anything to say and none was sent in seven days.

    Raises MailError when it could not be sent; then no mail counts as sent.
    """
    read_at, today = clock.now(), clock.today()
    who = reader(payload["person"], today)
    if who is None or not who.is_due(today):
        return
    news = news_for(who, today)
    if news is None:
        return
    letter = letter_of(who, news, today)
    with sending(who.person_id, read_at) as due:
        if due:
            send(letter)


def letter_of(who: Reader, news: News, today: date) -> Letter:
    """The mail in words, with links where the installation says how it is reached."""
    address: str = current_app.config["ADDRESS"]
    with _as_read(address):
        sections, subject = sections_of(news), subject_of(news)
        links = _links(news) if address else []
        stop = url_for("people.stop_mail", token=stop_token(who.person_id), _external=True) if address else ""
        ways = [f"{words}: {link}" for words, link in links]
        ends = [
            "\n".join(ways) or _("Sign in to see more."),
            _("To stop this weekly mail: %(address)s", address=stop) if stop else _stop_by_hand(),
        ]
        html = render_template(
            "mail/digest.html",
            subject=subject,
            sections=sections,
            more_words=more_words,
            links=links,
            stop=stop,
            stop_by_hand=_stop_by_hand(),
        )
    year, week, _weekday = today.isocalendar()
    key = f"digest-{who.person_id}-{year}-W{week:02}"
    return Letter(key, who.name, who.email, subject, plain_text(sections, ends), html, stop)


def _links(news: News) -> list[tuple[str, str]]:
    found = [(_("Your first page"), url_for("learning.home", _external=True))]
    if news.team:
        found.append((_("Your team"), url_for("teams.matrix", _external=True)))
    return found


def _stop_by_hand() -> str:
    return _("To stop this weekly mail, sign in and open My record, then Weekly mail.")


@contextmanager
def _as_read(address: str) -> Iterator[None]:
    """Let links begin with the address of the installation, as there is no request that says it."""
    with current_app.test_request_context(base_url=address or None):
        yield


def setup_digest(app: Flask) -> None:
    """Add the command and the job."""
    register_job(app, KIND, send_digest)
    app.cli.add_command(commands)
