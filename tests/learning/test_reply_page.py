"""A person comments on an assessment of theirs or disputes it, and reads what was decided."""

from datetime import date

import pytest
from flask import Flask

from lms.competencies.assessing import Judged
from lms.competencies.assessments import assess, latest_mark
from lms.competencies.evidence import enter_in_error
from lms.competencies.models import Basis, Reply
from lms.competencies.replies import decide
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.held import held_about
from lms.people.models import Duty
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon
from tests.support.pages import CheckedClient, submit

SEND = "Keep this beside the assessment"


@pytest.fixture
def people(app: Flask) -> dict[str, int]:
    """Rowan, whom Morgan assessed at level 2 of law, and Asha, who may assess Rowan too."""
    with app.app_context():
        publish((competency("law"),), (role("buyer", {"law": 2}),), (module("standstill"),))
        team = build.team(build.organisation())
        rowan, morgan, asha = (
            build.person(name) for name in ("Rowan Sample", "Morgan Example", "Asha Third")
        )
        build.appointed(rowan, team)
        for each in (morgan, asha):
            build.grant(each, Duty.ASSESSOR, team)
        shown = build.evidence(rowan, "law", 2, basis=Basis.ASSESSMENT, by=morgan)
        learned = build.evidence(rowan, "law", 1, basis=Basis.LEARNING)
        return {
            "rowan": rowan.id,
            "morgan": morgan.id,
            "asha": asha.id,
            "shown": shown.id,
            "learned": learned.id,
        }


def address(people: dict[str, int]) -> str:
    return f"/record/assessments/{people['shown']}/reply"


def test_a_comment_stands_beside_the_assessment(
    app: Flask, client: CheckedClient, people: dict[str, int]
) -> None:
    sign_in(client, people["rowan"])
    page = client.page("/record")
    links = page.tree.cssselect(f'main a[href="{address(people)}"]')
    assert len(links) == 1
    after = submit(client.page(address(people)), what="comment", words="I did it with Asha.", button=SEND)
    assert "Your comment stands beside the assessment." in after.text
    assert "I did it with Asha." in client.page("/record").text
    with app.app_context():
        assert [each["words"] for each in held_about(people["rowan"])["replies"]] == ["I did it with Asha."]


def test_a_dispute_and_what_was_decided_of_it_stay_on_the_record(
    app: Flask, client: CheckedClient, people: dict[str, int]
) -> None:
    sign_in(client, people["rowan"])
    after = submit(client.page(address(people)), what="dispute", words="It was level 3.", button=SEND)
    assert "An assessor who is neither of you decides." in after.text
    assert "It waits for an assessor who is neither of the two." in client.page("/record").text
    assert [each.get("value") for each in after.tree.cssselect("main input[type=radio]")] == ["comment"]
    with app.app_context():
        number = db.session.query(Reply).one().id
        decide(number, stands=False, by=people["asha"], reason="the work was of another person")
    text = client.page("/record").text
    assert "Asha Third decided on" in text
    assert text.count("Reason: the work was of another person") == 2
    assert "Entered in error" in text


def test_nothing_chosen_or_written_is_said_with_what_was_typed_kept(
    client: CheckedClient, people: dict[str, int]
) -> None:
    sign_in(client, people["rowan"])
    page = submit(client.page(address(people)), words="Half of it", button=SEND)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert "Choose whether you comment or dispute" in page.text
    assert page.select("main textarea") == ["Half of it"]
    page = submit(client.page(address(people)), what="comment", button=SEND)
    assert "Enter what you want to say" in page.text


def test_only_ones_own_assessment_that_is_not_in_error_can_be_answered(
    app: Flask, client: CheckedClient, people: dict[str, int]
) -> None:
    sign_in(client, people["morgan"])
    client.page(address(people), 404)
    sign_in(client, people["rowan"])
    client.page(f"/record/assessments/{people['learned']}/reply", 404)
    with app.app_context():
        enter_in_error(people["shown"], by=people["morgan"], reason="wrong person")
    client.page(address(people), 404)
    assert "Comment or dispute" not in client.page("/record").text


def test_who_was_assessed_is_told_on_their_first_page_for_fourteen_days(
    app: Flask, client: CheckedClient, people: dict[str, int]
) -> None:
    with clock.at(noon(date(2026, 11, 1))), app.app_context():
        framework = catalogue.current().framework
        judged = Judged("law", 3, "Led it.", None, date(2026, 10, 1), date(2026, 10, 20), 36)
        mark = latest_mark(people["rowan"], "law")
        assess(people["rowan"], judged, framework, by=people["morgan"], mark=mark)
    sign_in(client, people["rowan"])
    said = "Morgan Example assessed you at level 3 of Law on 1 November 2026."
    with clock.at(noon(date(2026, 11, 14))):
        page = client.page("/")
        assert said in page.text
        assert "Led it." in page.follow("Read, comment on or dispute level 3 of Law").text
    with clock.at(noon(date(2026, 11, 16))):
        assert said not in client.page("/").text
