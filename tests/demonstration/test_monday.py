"""What the manager of the demonstration has in hand on the day on which it is loaded."""

import re
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from lms.competencies.models import Basis, Evidence, QualificationEvidence
from lms.core.database import db
from lms.core.jobs import run_next
from lms.demonstration.views import ADDRESSES
from lms.people.appointments import find_person
from lms.people.models import Appointment, Duty, Grant, Person
from lms.teams.digest_job import queue_digests
from tests.demonstration.conftest import TODAY, Enter

STATES = ("Done", "Overdue", "To", "Away", "Excused")


def test_a_team_was_assigned_a_module_that_is_partly_done_overdue_extended_and_excused(enter: Enter) -> None:
    page = enter("manager").client.page("/team/assignments").follow("Fraud and bid-rigging")
    assert "3 of 7 done, 1 overdue, 1 excused" in page.text
    assert "also asks those who join" in page.text
    rows = [row.text_content().split() for row in page.tree.cssselect("main table tbody tr")]
    assert {(row[0], next(each for each in row if each in STATES)) for row in rows} == {
        ("Asha", "Done"),
        ("Bryn", "Overdue"),
        ("Carys", "To"),
        ("Daniel", "To"),
        ("Ellis", "Away"),
        ("Grace", "Excused"),
        ("Harriet", "Done"),
        ("Rowan", "Done"),
    }


def test_one_is_away_with_no_day_of_return_and_a_deputy_is_named_with_an_end(enter: Enter) -> None:
    client = enter("manager").client
    assert "1 more is away, and not counted." in client.page("/team").text
    page = client.page("/team/delegation")
    assert re.search(r"Asha Testwood\s*: from 6 December 2026, ends on 21 December 2026", page.text)


def test_one_pair_covers_a_piece_of_work_and_nobody_covers_one_of_the_teams_own(enter: Enter) -> None:
    client = enter("manager").client
    pair = client.page("/team/staffing?work=joint-purchase&from=24/11/2026&until=31/03/2027")
    assert "Pair Grace Vellum and Asha Testwood" in pair.text
    assert "Renewing custody healthcare" in client.page("/team/works").text


def test_one_holds_two_posts_and_a_qualification_that_lives_by_its_cpd(open_door: Flask) -> None:
    with open_door.app_context():
        harriet = select(Person.id).where(Person.name == "Harriet Galley").scalar_subquery()
        posts = select(Appointment.role_profile_id).where(Appointment.person_id == harriet)
        assert set(db.session.scalars(posts)) == {"supplier-manager", "contract-manager"}
        years = (
            select(Evidence.until_day)
            .join(QualificationEvidence, QualificationEvidence.evidence_id == Evidence.id)
            .where(Evidence.person_id == harriet, Evidence.basis == Basis.QUALIFICATION)
            .order_by(Evidence.until_day)
        )
        first, second = db.session.scalars(years)
        assert first
        assert second
        assert first < TODAY < second


def test_a_lead_sees_assessors_who_hold_and_one_whose_grant_has_ended(enter: Enter, open_door: Flask) -> None:
    with open_door.app_context():
        ended = select(Person.name).join(Grant, Grant.person_id == Person.id)
        ended = ended.where(Grant.duty == Duty.ASSESSOR, Grant.to_day < TODAY)
        (name,) = db.session.scalars(ended)
    assert name in enter("national-lead").client.page("/reports/assessors").text


def test_the_weekly_mail_of_the_manager_and_of_a_learner_have_something_to_say(
    open_door: Flask, tmp_path: Path
) -> None:
    open_door.instance_path = str(tmp_path)
    with open_door.app_context():
        queue_digests(TODAY)
        while run_next() is not None:
            pass
        manager, learner = (find_person(ADDRESSES[each]) for each in ("manager", "learner"))
        assert manager
        assert learner
    year, week, _ = TODAY.isocalendar()
    for person in (manager, learner):
        assert (tmp_path / "mail" / f"digest-{person.id}-{year}-W{week:02}.eml").exists()
