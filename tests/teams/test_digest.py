"""The weekly mail: to whom it goes, what stands in it, and that a week has one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from lms.competencies.models import Assessment, AssessmentKind, Basis, Qualification, Reply
from lms.content.catalogue import EarlierUntil
from lms.core import clock
from lms.core.database import db, writing
from lms.core.jobs import Job, run_next
from lms.core.mail import Letter
from lms.learning.models import Enrolment
from lms.people import appointments
from lms.people.acts import act
from lms.people.digests import choose_mail, reader, readers, sending
from lms.people.models import Account, Appointment, Digest
from lms.teams.digest_job import letter_of, queue_digests, send_digest
from lms.teams.digest_news import news_for
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import assigned, noon, passed
from tests.support.managers import TODAY, World
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.statements import statements

STATEMENTS = 15
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def mails(world: World, tmp_path: Path) -> Iterator[Path]:
    """The folder that mails go to."""
    world.app.config.update(MAIL=(tmp_path / "mail").as_uri(), ADDRESS="https://learning.example.org")
    with world.app.app_context():
        yield tmp_path / "mail"


def run_all(day: date = TODAY) -> list[str]:
    """Ask for the mails of a day, run every job, and give what went wrong."""
    with clock.at(noon(day)):
        queue_digests(day)
        return [ran.error for ran in iter(run_next, None)]


def sent(folder: Path) -> dict[str, EmailMessage]:
    """The mails in a folder, by the name of the one to whom they go."""
    found = {}
    for file in sorted(folder.glob("*.eml")) if folder.exists() else ():
        message = message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        found[message["To"].addresses[0].display_name] = message
    return found


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def assessed(world: World, person_id: int, key: str, level: int, *, confirmed: bool = True) -> Assessment:
    somebody = world.person(person_id)
    evidence = build.evidence(somebody, key, level, TODAY, basis=Basis.ASSESSMENT) if confirmed else None
    with act("assessment", world.manager_id, people=[person_id]) as current:
        row = Assessment(
            person_id=person_id,
            competency_id=key,
            level=level,
            kind=AssessmentKind.ASSESSMENT,
            words="Seen in the work",
            months=36,
            by_id=world.manager_id,
            act_id=current.id,
            evidence_id=evidence.id if evidence else None,
        )
        db.session.add(row)
    return row


def test_a_learner_is_told_what_is_due_lapses_and_was_assessed(world: World, mails: Path) -> None:
    rowan = world.joins("Rowan Sample", {"risk": 1}, until=TODAY + timedelta(days=28))
    assigned(world.person(rowan), "standstill", world.manager, TODAY + timedelta(days=3))
    assessed(world, rowan, "law", 2)
    assert run_all() == ["", ""]
    message = sent(mails)["Rowan Sample"]
    assert message["Subject"] == "1 thing is due, 1 level lapses soon, 1 new assessment of you"
    assert text_of(message).split("\n\n")[:3] == [
        "Due\n- Standstill: due on 3 December 2026. Morgan Example asked you for it.",
        "What lapses\n- Risk, level 1: lapses on 28 December 2026",
        "New assessments of you\n- Law: level 2, assessed by Morgan Example",
    ]
    assert "Your first page: https://learning.example.org/" in text_of(message)
    assert "https://learning.example.org/team" not in text_of(message)


@pytest.mark.parametrize(("days_ago", "told"), [(3, True), (10, False)])
def test_an_edition_that_asks_something_anew_is_told_in_the_week_in_which_it_began(
    world: World,
    mails: Path,
    days_ago: int,
    told: bool,  # noqa: FBT001 a case
) -> None:
    rowan = world.joins("Rowan Sample")
    passed(world.person(rowan), "standstill", date(2026, 3, 1))
    grace = EarlierUntil(edition=2, day=date(2027, 2, 1))
    anew = replace(
        module("standstill", edition=2, earlier_until=(grace,)), edition_on=TODAY - timedelta(days=days_ago)
    )
    publish((competency("law"),), (role("buyer", {"law": 2}),), (anew,))
    assert run_all() == ["", ""]
    assert ("Rowan Sample" in sent(mails)) is told
    if told:
        message = sent(mails)["Rowan Sample"]
        assert message["Subject"] == "1 module has changed"
        assert "- Standstill: your pass counts until 1 February 2027" in text_of(message)


def test_nobody_is_told_of_work_that_was_excused(world: World, mails: Path) -> None:
    rowan = world.joins("Rowan Sample")
    assigned(world.person(rowan), "standstill", world.manager, TODAY - timedelta(days=2))
    with act("excused", world.manager_id, people=[rowan]) as current:
        db.session.execute(update(Enrolment).values(excused_act_id=current.id))
    run_all()
    assert sent(mails) == {}


def test_a_manager_who_learns_gets_one_mail_with_both_parts(world: World, mails: Path) -> None:
    asha = world.joins("Asha Testwood", {"law": 2}, until=TODAY + timedelta(days=28))
    assigned(world.person(asha), "standstill", world.manager, TODAY - timedelta(days=2))
    assigned(world.manager, "standstill", world.person(asha), TODAY)
    disputed = assessed(world, asha, "cost", 2)
    assessed(world, asha, "risk", 4, confirmed=False)
    with act("said", asha, people=[asha]) as current:
        db.session.add(
            Reply(evidence_id=disputed.evidence_id, words="No", disputes=True, act_id=current.id),
        )
        db.session.add(
            Qualification(
                person_id=asha, accreditation_id="cips", number="1", awarded_on=TODAY, act_id=current.id
            )
        )
    run_all()
    message = sent(mails)["Morgan Example"]
    assert message["Subject"] == "1 thing is due, 3 things wait in your team, 1 overdue in your team"
    assert text_of(message).split("\n\n")[:5] == [
        "Due\n- Standstill: due on 30 November 2026. Asha Testwood asked you for it.",
        (
            "Your team: what waits\n"
            "- Asha Testwood: Cost. A dispute waits for an assessor who is neither of the two.\n"
            "- Asha Testwood: Risk. Level 4 waits for an assessor of another organisation.\n"
            "- Asha Testwood: cips. The qualification waits to be seen."
        ),
        "Your team: overdue\n- Asha Testwood: Standstill was due on 28 November 2026",
        "Your team: what lapses soon\n- Asha Testwood: Law, level 2, on 28 December 2026",
        "Your team: who moved up\n- Asha Testwood: Cost, now level 2\n- Asha Testwood: Law, now level 2",
    ]
    assert "Your team: https://learning.example.org/team" in text_of(message)


def test_only_people_in_the_tree_of_that_day_who_are_not_away_are_named(world: World, mails: Path) -> None:
    soon = TODAY + timedelta(days=28)
    other = build.team(build.organisation("thornmere", region_id="north"))
    moved, away = (world.joins(name, {"law": 2}, until=soon) for name in ("Left Yesterday", "Away Today"))
    world.joins("Stays Here", {"law": 2}, until=soon)
    world.joins("Works Elsewhere", {"law": 2}, until=soon, team=other.id)
    build.appointed(world.person(moved), other, "buyer", TODAY)
    query = select(Appointment).where(Appointment.person_id == moved, Appointment.team_id == world.team_id)
    appointments.close_appointment(db.session.scalars(query).one(), TODAY, by=None)
    appointments.record_absence(away, TODAY - timedelta(days=1), None, by=None)
    assigned(world.person(away), "standstill", world.manager, TODAY)
    run_all()
    text = text_of(sent(mails)["Morgan Example"])
    assert set(re.findall(r"- (\w+ \w+):", text)) == {"Stays Here"}
    assert "Away Today" not in sent(mails)


def test_nothing_is_sent_to_who_has_left_or_has_no_account_or_has_nothing_to_be_told(
    world: World, mails: Path
) -> None:
    names = ("Has Left", "No Account", "Told Nothing", "Told Much")
    left, without, nothing, told = (world.joins(name) for name in names)
    for person_id in (left, without, told):
        assigned(world.person(person_id), "standstill", world.manager, TODAY + timedelta(days=1))
    query = select(Appointment).where(Appointment.person_id == left)
    appointments.close_appointment(db.session.scalars(query).one(), TODAY, by=None)
    with writing():
        db.session.execute(delete(Account).where(Account.person_id == without))
    assert without not in readers(TODAY)
    for person_id in (left, without, nothing, told):
        send_digest({"person": person_id})
    assert list(sent(mails)) == ["Told Much"]
    kept = select(Digest.person_id).where(Digest.sent_at.is_not(None))
    assert db.session.scalars(kept).all() == [told]


def test_a_mail_needs_no_password_since_people_may_sign_in_in_another_way(world: World, mails: Path) -> None:
    rowan = due(world)
    assert db.session.scalars(select(Account.password_hash).where(Account.person_id == rowan)).one() is None
    run_all()
    assert list(sent(mails)) == ["Rowan Sample"]


def test_nobody_is_written_to_before_their_organisation_is_on_board(world: World, mails: Path) -> None:
    later = build.organisation("thornmere", region_id="north", on_board=NEXT_WEEK)
    rowan = world.joins("Rowan Sample", team=build.team(later).id)
    assigned(world.person(rowan), "standstill", world.manager, TODAY)
    send_digest({"person": rowan})
    assert (rowan in readers(TODAY), list(sent(mails))) == (False, [])
    with clock.at(noon(NEXT_WEEK)):
        send_digest({"person": rowan})
    assert (rowan in readers(NEXT_WEEK), list(sent(mails))) == (True, ["Rowan Sample"])


def due(world: World, name: str = "Rowan Sample") -> int:
    """Somebody to whom there is something to say, week after week."""
    person_id = world.joins(name)
    assigned(world.person(person_id), "standstill", world.manager, TODAY)
    return person_id


def sent_at(person_id: int) -> object:
    return db.session.scalars(select(Digest.sent_at).where(Digest.person_id == person_id)).first()


def test_a_job_that_runs_twice_and_a_queue_that_is_asked_twice_send_one_mail(
    world: World, mails: Path
) -> None:
    rowan = due(world)
    assert queue_digests(TODAY) == 2
    assert queue_digests(TODAY + timedelta(days=2)) == 0
    run_all()
    (file,) = (each for each in mails.iterdir() if f"digest-{rowan}-" in each.name)
    file.unlink()
    send_digest({"person": rowan})
    assert not file.exists()
    run_all(NEXT_WEEK)
    assert [each.name for each in mails.iterdir() if f"-{rowan}-" in each.name] == [
        f"digest-{rowan}-2026-W50.eml"
    ]


def test_a_mail_that_could_not_be_sent_is_tried_again(world: World, mails: Path) -> None:
    rowan = due(world)
    world.app.config["MAIL"] = "smtp://127.0.0.1:1"
    world.app.config["MAIL_FROM"] = "learning@example.org"
    assert sorted(run_all()) == ["", "MailError: the mail server: ConnectionRefusedError"]
    assert sent_at(rowan) is None
    world.app.config["MAIL"] = mails.as_uri()
    with clock.at(noon(TODAY) + timedelta(minutes=2)):
        while run_next():
            pass
    assert "Rowan Sample" in sent(mails)
    assert db.session.scalars(select(Job.last_error)).all() == [None, None]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_is_stopped_between_noting_and_sending_never_sends_two(
    world: World, mails: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    rowan = due(world)
    handed_over: list[str] = []

    def stopped(letter: Letter) -> None:
        if when == "after":
            handed_over.append(letter.key)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("lms.teams.digest_job.send", stopped)
        with pytest.raises(KeyboardInterrupt):
            send_digest({"person": rowan})
    assert sent_at(rowan) is None
    send_digest({"person": rowan})
    send_digest({"person": rowan})
    (file,) = mails.iterdir()
    assert handed_over in ([], [file.stem])  # the same key, which a mail program shows once


def test_of_two_who_send_at_once_one_sends(world: World, mails: Path) -> None:
    rowan = due(world)
    with sending(rowan, noon(TODAY)) as first, sending(rowan, noon(TODAY)) as second:
        assert (first, second) == (True, False)
    assert sent_at(rowan) == noon(TODAY)


def test_a_mail_that_was_stopped_is_not_sent_until_it_is_wanted_again(world: World, mails: Path) -> None:
    rowan = due(world)
    choose_mail(rowan, wanted=False)
    run_all()
    assert "Rowan Sample" not in sent(mails)
    choose_mail(rowan, wanted=True)
    run_all(NEXT_WEEK)
    assert "Rowan Sample" in sent(mails)


def test_a_first_mail_tells_all_that_waits_however_long_it_has(world: World, mails: Path) -> None:
    asha = world.joins("Asha Testwood", {"law": 2}, until=TODAY + timedelta(days=50))
    assigned(world.person(asha), "standstill", world.manager, TODAY - timedelta(days=11))
    with clock.at(noon(TODAY - timedelta(days=20))):
        assessed(world, asha, "risk", 4, confirmed=False)
    run_all()
    text = text_of(sent(mails)["Morgan Example"])
    assert "Level 4 waits" in text
    assert "Standstill was due on 19 November 2026" in text
    assert "Law, level 2, on 19 January 2027" in text
    run_all(NEXT_WEEK)
    assert [each.name for each in mails.glob("*W50*")] == []


def test_a_name_with_a_line_break_sends_nothing(world: World, mails: Path) -> None:
    rowan = due(world)
    with writing():
        world.person(rowan).name = "Rowan\nBcc: everybody@example.org"
    assert any("ValueError" in error for error in run_all())
    assert (sent_at(rowan), list(sent(mails))) == (None, [])


def test_without_an_address_the_mail_says_where_to_look(world: World, mails: Path) -> None:
    due(world)
    world.app.config["ADDRESS"] = ""
    run_all()
    message = sent(mails)["Rowan Sample"]
    assert "://" not in message.as_string().partition("MIME-Version")[2]
    assert message["List-Unsubscribe"] is None
    assert "sign in and open My record, then Weekly mail" in text_of(message)


def test_long_lists_say_how_much_is_left_out(world: World, mails: Path) -> None:
    with act("import", None):
        for number in range(13):
            world.joins(f"Person {number:02}", {"law": 2})
    run_all()
    assert text_of(sent(mails)["Morgan Example"]).count("now level 2") == 10
    assert "- 3 more on your team’s page" in text_of(sent(mails)["Morgan Example"])


def test_every_word_of_a_mail_can_be_translated(world: World, mails: Path) -> None:
    asha = world.joins("Asha Testwood", {"law": 2}, until=TODAY + timedelta(days=28))
    assigned(world.person(asha), "standstill", world.manager, TODAY - timedelta(days=1))
    assigned(world.manager, "standstill", world.person(asha), TODAY)
    assessed(world, asha, "cost", 2)
    assessed(world, asha, "risk", 4, confirmed=False)
    with pseudo_language():
        for person_id in (asha, world.manager_id):
            who = reader(person_id, TODAY)
            news = news_for(who, TODAY) if who else None
            assert who is not None
            assert news is not None
            assert untranslated(letter_of(who, news, TODAY).html) == []


@pytest.mark.parametrize("people", [2, 30])
def test_a_manager_s_mail_takes_as_many_statements_for_many_as_for_few(
    world: World, mails: Path, people: int
) -> None:
    with act("import", None):
        for number in range(people):
            world.joins(f"Person {number:02}", {"law": 2}, until=TODAY + timedelta(days=28))
    who = reader(world.manager_id, TODAY)
    assert who is not None
    db.session.rollback()
    with statements() as seen:
        assert news_for(who, TODAY)
    assert len(seen) == STATEMENTS


def test_mails_are_asked_for_on_the_day_of_the_setting(world: World) -> None:
    run = world.app.test_cli_runner()
    with clock.at(noon(TODAY + timedelta(days=1))):
        said = run.invoke(args=["digest", "queue"]).output
        assert said == "Mails are sent on Mondays. Nothing was asked for.\n"
        said = run.invoke(args=["digest", "queue", "--today"]).output
    assert said == "Mails asked for: 1. People with nothing to be told get none.\n"
    said = run.invoke(args=["digest", "queue"]).output
    assert said == "Mails asked for: 0. People with nothing to be told get none.\n"
