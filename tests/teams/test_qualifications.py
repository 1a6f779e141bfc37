"""A person enters an accreditation, their manager sees the paper, and it counts by its own rule."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from lms.competencies.evidence import enter_in_error
from lms.competencies.models import Basis, Evidence, Qualification
from lms.content import catalogue
from lms.content.framework import Accreditation
from lms.core.database import db
from lms.learning.held import held_about
from lms.learning.qualifications import Fault, QualificationError, confirm
from lms.learning.reflections import CpdKind, keep_elsewhere
from tests.support.application import sign_in
from tests.support.managers import TODAY, World
from tests.support.pages import Page, submit

PAPERS = (
    Accreditation(id="foundation", title="Foundation", shows={"law": 2}, renew_every_months=24),
    Accreditation(id="practitioner", title="Practitioner", shows={"risk": 3}, cpd_hours_a_year=30),
)
SEEN = "I have seen the certificate"


@pytest.fixture
def papers(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world, with two accreditations in its framework."""
    with world.app.app_context():
        published = catalogue.current()
    whole = replace(published, framework=replace(published.framework, accreditations=PAPERS))
    monkeypatch.setattr(catalogue, "current", lambda: whole)
    return world


def own(world: World, person: int, path: str) -> Page:
    sign_in(world.client, person)
    return world.client.page(path)


def enters(world: World, person: int, paper: str, day: str, number: str = "4711") -> Page:
    page = own(world, person, "/record/qualifications")
    return submit(page, accreditation=paper, number=number, awarded_on=day, button="Enter this accreditation")


def manages(world: World, person: int) -> Page:
    page = world.open(f"/team/{person}")
    return page.follow("Accreditation that waits for you to see the certificate")


def evidence(world: World, person: int) -> list[tuple[str, int, date, date | None, str]]:
    with world.app.app_context():
        rows = db.session.scalars(
            select(Evidence)
            .where(Evidence.person_id == person, Evidence.basis == Basis.QUALIFICATION)
            .order_by(Evidence.from_day, Evidence.id)
        )
        return [(each.competency_id, each.level, each.from_day, each.until_day, each.words) for each in rows]


def learns(world: World, person: int, day: date, minutes: int) -> None:
    with world.app.app_context():
        keep_elsewhere(person, "A day course", "It helped.", day=day, kind=CpdKind.FORMAL, minutes=minutes)


def test_it_counts_nothing_before_it_was_seen_and_then_until_its_renewal(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    page = enters(papers, rowan, "foundation", "2/3/2026")
    assert "waits for your manager" in page.text
    assert evidence(papers, rowan) == []
    page = submit(manages(papers, rowan), number="4712", awarded_on="3/3/2026", button=SEEN)
    assert "It is recorded as seen." in page.text
    assert evidence(papers, rowan) == [("law", 2, date(2026, 3, 3), date(2028, 3, 3), "Foundation, 4712")]
    page = own(papers, rowan, "/record/qualifications")
    assert "Seen by Morgan Example. It counts until 3 March 2028." in page.text
    enters(papers, rowan, "foundation", "1/11/2026", "4800")
    submit(manages(papers, rowan), button=SEEN)
    assert [each[3] for each in evidence(papers, rowan)] == [date(2028, 3, 3), date(2028, 11, 1)]


def test_one_by_cpd_counts_a_year_and_the_next_once_the_hours_are_kept(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    enters(papers, rowan, "practitioner", "2/3/2026")
    submit(manages(papers, rowan), button=SEEN)
    for hour in (600, 600, 599):
        learns(papers, rowan, date(2026, 6, 1), hour)
    assert [each[2] for each in evidence(papers, rowan)] == [date(2026, 3, 2)]
    learns(papers, rowan, TODAY, 1)
    assert [each[2:4] for each in evidence(papers, rowan)] == [
        (date(2026, 3, 2), date(2027, 3, 2)),
        (date(2027, 3, 2), date(2028, 3, 2)),
    ]
    learns(papers, rowan, TODAY, 60)
    assert len(evidence(papers, rowan)) == 2


def test_the_hours_so_far_are_shown_to_those_whose_accreditation_asks_for_them(papers: World) -> None:
    rowan, bryn = papers.joins("Rowan Sample"), papers.joins("Bryn Mockford")
    for each, paper in ((rowan, "practitioner"), (bryn, "foundation")):
        enters(papers, each, paper, "2/3/2026")
        submit(manages(papers, each), button=SEEN)
        learns(papers, each, date(2026, 6, 1), 535)
    learns(papers, rowan, date(2026, 7, 1), 600)
    learns(papers, rowan, date(2026, 3, 1), 600)
    so_far = "18 hours 55 minutes of 30 hours of CPD from 2 March 2026 to 1 March 2027."
    page = own(papers, rowan, "/record/qualifications")
    assert so_far in page.text
    assert "Reach the rest by 1 March 2027, and the year after counts too." in page.text
    for path in ("/record", "/record/development"):
        assert f"Practitioner: {so_far}" in own(papers, rowan, path).text
        assert "of 30 hours" not in own(papers, bryn, path).text
    assert "of 30 hours" not in own(papers, bryn, "/record/qualifications").text
    learns(papers, rowan, TODAY, 600)
    learns(papers, rowan, TODAY, 65)
    page = own(papers, rowan, "/record/qualifications")
    assert "30 hours of 30 hours of CPD" in page.text
    assert "They are reached, so the year after counts too." in page.text
    assert "It counts until 2 March 2028." in page.text


def test_a_manager_sees_until_when_it_counts_and_no_hours(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    enters(papers, rowan, "practitioner", "2/3/2026")
    page = submit(manages(papers, rowan), button=SEEN)
    learns(papers, rowan, TODAY, 60)
    text = papers.open(page.path).text
    assert "It counts until 2 March 2027." in text
    assert "of CPD" not in text


def test_no_year_follows_an_entry_that_was_never_true(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    enters(papers, rowan, "practitioner", "2/3/2026")
    submit(manages(papers, rowan), button=SEEN)
    with papers.app.app_context():
        found = db.session.scalars(select(Evidence.id).where(Evidence.person_id == rowan)).one()
        enter_in_error(found, by=None, reason="Another Rowan")
    for _each in range(3):
        learns(papers, rowan, TODAY, 600)
    assert len(evidence(papers, rowan)) == 1


def test_a_manager_finds_what_waits_to_be_seen_among_the_assessments(papers: World) -> None:
    assert "No certificate of your people waits to be seen." in papers.open("/team/assessments").text
    rowan = papers.joins("Rowan Sample")
    enters(papers, rowan, "foundation", "2/3/2026")
    page = papers.open("/team/assessments")
    assert f"/team/{rowan}/qualifications/" in page.links()["Rowan Sample, Foundation"]
    submit(page.follow("Rowan Sample, Foundation"), button=SEEN)
    assert "Rowan Sample" not in papers.open("/team/assessments").text


def test_one_sent_back_counts_nothing_and_says_why(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    enters(papers, rowan, "foundation", "2/3/2026")
    answer = submit(manages(papers, rowan), reason="", button="Send it back with this reason")
    assert (answer.status, "Enter a reason" in answer.text) == (422, True)
    submit(answer, reason="The number is of another paper", button="Send it back with this reason")
    page = own(papers, rowan, "/record/qualifications")
    assert "Sent back by Morgan Example. Reason: The number is of another paper" in page.text
    assert evidence(papers, rowan) == []
    assert "waits for your manager" in enters(papers, rowan, "foundation", "2/3/2026").text


def test_bad_input_is_named_at_its_field_and_twice_is_said(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    for day, words in (
        ("1/12/2026", "Enter today’s date or an earlier one"),
        ("", "Enter the day of the award"),
        ("31/2/2026", "Enter a date that exists"),
    ):
        page = enters(papers, rowan, "foundation", day)
        assert page.status == 422
        assert page.title.startswith("Error:")
        assert words in page.text
    enters(papers, rowan, "foundation", "2/3/2026")
    assert "You have entered this one already" in enters(papers, rowan, "foundation", "2/3/2026").text
    with papers.app.app_context():
        assert db.session.query(Qualification).count() == 1


def test_it_is_settled_once_and_by_nobody_but_a_manager_of_that_day(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    enters(papers, rowan, "foundation", "2/3/2026")
    page = manages(papers, rowan)
    submit(page, button=SEEN)
    assert "since you opened this page" in submit(page, button=SEEN).text
    assert len(evidence(papers, rowan)) == 1
    enters(papers, rowan, "foundation", "3/3/2026")
    with papers.app.app_context():
        number = db.session.scalars(select(Qualification.id).where(Qualification.seen.is_(None))).one()
        with pytest.raises(QualificationError) as raised:
            confirm(rowan, number, "1", TODAY, by=rowan)
    assert raised.value.fault is Fault.NOT_ALLOWED
    other = papers.joins("Bryn Mockford")
    papers.open(f"/team/{other}/qualifications/{number}", 404)


def test_all_of_it_is_in_the_file_of_what_is_held(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    enters(papers, rowan, "foundation", "2/3/2026")
    learns(papers, rowan, date(2026, 6, 1), 90)
    with papers.app.app_context():
        held = held_about(rowan)
    assert [each["number"] for each in held["qualifications"]] == ["4711"]
    assert [(each["day"], each["minutes"]) for each in held["reflections"]] == [("2026-06-01", 90)]


def test_what_was_learned_elsewhere_is_kept_with_its_day_and_bad_input_named(papers: World) -> None:
    rowan = papers.joins("Rowan Sample")
    button = "Keep it as development"
    typed = {"what": "A conference", "day": "1/6/2026", "minutes": "90", "words": "Two ideas."}
    page = own(papers, rowan, "/record/development")
    for wrong, words in (
        ({"kind": None}, "Choose how you learned it"),
        ({"day": "1/12/2026"}, "Enter today’s date or an earlier one"),
        ({"minutes": "601"}, "Enter a number of minutes from 1 to 600"),
        ({"what": ""}, "Enter what it was"),
    ):
        fields = {**typed, "kind": "formal", **wrong}
        answer = submit(page, {k: v for k, v in fields.items() if v is not None}, button=button)
        assert (answer.status, words in answer.text) == (422, True), words
    page = submit(page, {**typed, "kind": "formal"}, button=button)
    assert "1 June 2026: A conference" in page.text
    assert "A conference" in own(papers, rowan, "/record").text
