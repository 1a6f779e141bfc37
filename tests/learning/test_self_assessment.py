"""What people say of themselves is kept and shown beside what counts, and never counts."""

from datetime import date, timedelta

from flask import Flask

from lms.competencies.facts import facts_of
from lms.competencies.self_assessments import latest_said, say
from lms.core import clock
from lms.learning.held import held_about
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page, submit
from tests.support.statements import statements

DAY = date(2026, 11, 30)
ADDRESS = "/record/self-assessment"


def _buyer() -> int:
    """Somebody whose role asks for law and risk, and not for cost; they hold level 1 of law."""
    publish(
        (competency("law"), competency("risk"), competency("cost")),
        (role("buyer", {"law": 2, "risk": 1}),),
        (module("standstill"),),
    )
    somebody = build.person("Rowan Sample")
    build.appointed(somebody, build.team(build.organisation()), "buyer")
    build.evidence(somebody, "law", 1)
    return somebody.id


def chosen(page: Page) -> dict[str, str]:
    return {
        each.get("name", ""): each.get("value", "") for each in page.tree.cssselect("main input[checked]")
    }


def test_each_competency_of_the_role_is_asked_about_in_its_levels_words(
    app: Flask, client: CheckedClient
) -> None:
    with app.app_context():
        person_id = _buyer()
    sign_in(client, person_id)
    page = client.page(ADDRESS)
    names = {each.get("name") for each in page.tree.cssselect("main input[type=radio]")}
    assert names == {"law", "risk"}
    assert "Does what level 3 of Law asks." in page.text
    assert "level 1, your role asks 2" in page.text
    assert chosen(page) == {}


def test_an_answer_is_kept_and_shown_again_with_its_day(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = _buyer()
    sign_in(client, person_id)
    with clock.at(noon(DAY)):
        after = submit(client.page(ADDRESS), law="3")
    assert "1 answer is saved." in after.text
    assert "You said level 3 on 30 November 2026." in after.text
    assert chosen(after) == {"law": "3"}
    again = submit(after, button="Save how I see my levels")
    assert "Nothing was changed" in again.text


def test_what_is_said_counts_nowhere(app: Flask) -> None:
    with app.app_context():
        person_id = _buyer()
        before = facts_of([person_id])[person_id]
        assert say(person_id, {"law": 4, "risk": 0}) == 2
        after = facts_of([person_id])[person_id]
        assert after.pieces == before.pieces


def test_the_latest_answer_holds_and_an_unchanged_one_keeps_its_day(app: Flask) -> None:
    with app.app_context():
        person_id = _buyer()
        with clock.at(noon(DAY - timedelta(days=9))):
            say(person_id, {"law": 1, "risk": 1})
        with clock.at(noon(DAY)):
            assert say(person_id, {"law": 2, "risk": 1}) == 1
        said = latest_said(person_id)
        assert {key: each.level for key, each in said.items()} == {"law": 2, "risk": 1}
        assert said["risk"].at == noon(DAY - timedelta(days=9))
        earlier = latest_said(person_id, noon(DAY))
        assert earlier["law"].level == 1
        assert [each["level"] for each in held_about(person_id)["self_assessments"]] == [1, 1, 2]


def test_a_level_that_there_is_not_is_refused(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = _buyer()
    sign_in(client, person_id)
    page = client.page(ADDRESS)
    token = page.tree.cssselect("main input[name=csrf_token]")[0].get("value")
    answer = client.post(ADDRESS, data={"csrf_token": token, "law": "7"})
    assert answer.status_code == 422
    with app.app_context():
        assert latest_said(person_id) == {}


def test_who_has_no_role_is_told_that_nothing_is_asked(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = build.person("New Starter").id
    sign_in(client, person_id)
    assert "No role is recorded for you" in client.page(ADDRESS).text


def test_the_page_takes_the_same_statements_however_much_was_said(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = _buyer()
    sign_in(client, person_id)
    with statements() as few:
        client.page(ADDRESS, fragment=False)
    with app.app_context():
        for level in (1, 2, 3):
            say(person_id, {"law": level, "risk": level})
    with statements() as many:
        client.page(ADDRESS, fragment=False)
    assert len(many) == len(few)


def test_the_record_shows_it_beside_the_standing_as_of_its_day(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        person_id = _buyer()
        with clock.at(noon(DAY)):
            say(person_id, {"law": 3})
    sign_in(client, person_id)
    with clock.at(noon(DAY + timedelta(days=2))):
        assert "You said level 3 on 30 November 2026." in client.page("/record").text
        assert "You said" not in client.page("/record?as_of=29/11/2026").text
