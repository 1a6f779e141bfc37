"""Grants are given and ended within the own scope, to others, with a reason; an invitation gives no more."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.administration import granting
from lms.administration.granting import Wish
from lms.core.database import db
from lms.people.access import Subject, allowed
from lms.people.grants import NATION, GrantError, Reach, end_grant
from lms.people.identity import Identity, load
from lms.people.models import Act, Duty, Grant, Scope, Team
from tests.administration.conftest import TODAY, Offices
from tests.support import build
from tests.support.application import sign_in
from tests.support.pages import Page, submit
from tests.support.statements import statements

REASON = "Leads the buying team while Morgan is away"


def open_form(offices: Offices, duty: str, by: str = "Ada Adminton", to: str = "Rowan Sample") -> Page:
    return offices.page(by, offices.about(to, f"/grants/{duty}"))


def options(page: Page) -> list[str]:
    return [each for each in page.select("#over option") if each != "Choose"]


def test_a_page_says_where_somebody_works_and_what_they_may_do_and_opens_no_record(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.MANAGER, "Buying of aldermoor")
    page = offices.page("Ada Adminton", offices.about("Rowan Sample"))
    assert page.h1 == "Rowan Sample"
    assert "Buyer, Buying of aldermoor, Aldermoor Police since 1 January 2024" in page.text
    given = "Since 1 January 2024 The installation"
    over = "Buying of aldermoor and the teams below it"
    assert page.select("tbody tr") == [
        f"Learner Their own record {given} End it: Learner, Their own record",
        f"Manager {over} {given}: the work asks for it End it: Manager, {over}",
    ]
    assert not any("/team/" in address or "/record" in address for address in page.links().values())


def test_a_page_costs_the_same_with_few_and_with_many(offices: Offices) -> None:
    def cost() -> int:
        client = offices.enter("Ada Adminton")
        with statements() as seen:
            client.page(f"/administration{offices.about('Rowan Sample')}", fragment=False)
        return len(seen)

    offices.page("Ada Adminton")  # the content that is published is read once in a process
    before = cost()
    for team in ("Buying of aldermoor", "Commercial of aldermoor"):
        offices.give("Rowan Sample", Duty.MANAGER, team)
        with offices.app.app_context():
            build.appointed(offices.person("Rowan Sample"), db.session.get_one(Team, offices.teams[team]))
    assert cost() == before
    assert before <= 8


def test_a_grant_is_given_with_its_reason_and_holds_at_once(offices: Offices) -> None:
    page = offices.page("Ada Adminton", offices.about("Rowan Sample")).follow("Give a grant")
    page = submit(
        page.follow("Manager"),
        over=f"team:{offices.teams['Buying of aldermoor']}",
        to_day="1/2/27",
        reason=REASON,
    )
    assert page.h1 == "Rowan Sample"
    assert "The grant is given: Manager." in page.text
    assert f"Since 30 November 2026 until 1 February 2027 Ada Adminton: {REASON}" in page.text
    with offices.app.app_context():
        grant = offices.grants("Rowan Sample")[0]
        given = db.session.get_one(Act, grant.act_id)
        assert (grant.duty, grant.from_day, grant.to_day) == (Duty.MANAGER, TODAY, date(2027, 2, 1))
        assert (given.kind, given.by_id, given.reason) == ("grant", offices.ids["Ada Adminton"], REASON)
    assert offices.enter("Rowan Sample").get("/team", fragment=False).status_code == 200


def test_an_assessor_has_a_highest_level(offices: Offices) -> None:
    page = open_form(offices, "assessor")
    fields = {"over": f"team:{offices.teams['Buying of aldermoor']}", "reason": REASON}
    refused = submit(page, fields)
    assert refused.status == 422
    assert "Choose the highest level that they may assess" in refused.text
    assert "Assessor, up to level 2" in submit(refused, highest_level="2").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"over": ""}, "Choose what the grant is over"),
        ({"from_day": ""}, "Enter the day from which it holds"),
        ({"from_day": "31/02/2027"}, "Enter a date that exists, for example 30/11/2026"),
        ({"from_day": "29/11/2026"}, "Enter today’s date or a later one"),
        ({"to_day": "soon"}, "Enter a date that exists, for example 30/11/2026"),
        ({"to_day": "30/11/2026"}, "Enter a date after the first day, or leave it empty"),
        ({"reason": ""}, "Enter a reason"),
        ({"reason": "x" * 501}, "Enter a reason of at most 500 characters"),
    ],
)
def test_a_mistake_keeps_what_was_typed(offices: Offices, fields: dict[str, str], said: str) -> None:
    whole = {
        "over": f"team:{offices.teams['Buying of aldermoor']}",
        "from_day": "1 December 2026",
        "to_day": "01/06/2027",
        "reason": REASON,
        **fields,
    }
    for headers in (None, {"HX-Request": "true"}):
        page = submit(open_form(offices, "manager"), whole, headers=headers)
        assert page.status == 422
        assert said in page.select(".govuk-error-summary li")[0]
        typed = {each.get("name"): each.get("value") for each in page.tree.cssselect("main input, input")}
        assert (typed["from_day"], typed["to_day"]) == (whole["from_day"], whole["to_day"])
        assert page.select("textarea") == [whole["reason"]]
    with offices.app.app_context():
        assert offices.grants("Rowan Sample") == []


EVERY_SCOPE = {
    Duty.MANAGER: "Manager",
    Duty.ASSESSOR: "Assessor",
    Duty.ORGANISATION_LEAD: "Lead of an organisation",
    Duty.ADMINISTRATOR: "Administrator",
}
OF_REGIONS = {Duty.REGION_LEAD: "Lead of a region"}
OF_THE_NATION = {Duty.AUTHOR: "Author", Duty.NATIONAL_LEAD: "National lead"}


@pytest.mark.parametrize(
    ("by", "duties"),
    [
        ("Ada Adminton", EVERY_SCOPE),
        ("Rae Regionson", EVERY_SCOPE | OF_REGIONS),
        ("Kit Draftwood", EVERY_SCOPE | OF_REGIONS | OF_THE_NATION),
    ],
)
def test_only_what_the_own_grants_reach_is_offered(
    offices: Offices, by: str, duties: dict[Duty, str]
) -> None:
    page = offices.page(by, offices.about("Rowan Sample", "/grants"))
    assert sorted(page.select("h2.row__title")) == sorted(duties.values())
    for duty in [*Duty, "emperor"]:
        status = 200 if duty in duties else 404
        offices.page(by, offices.about("Rowan Sample", f"/grants/{duty}"), status)


def test_the_choices_end_with_the_own_scope(offices: Offices) -> None:
    teams = ["Buying of aldermoor, Commercial of aldermoor", "Commercial of aldermoor"]
    assert sorted(options(open_form(offices, "manager"))) == teams
    assert options(open_form(offices, "organisation-lead")) == ["Aldermoor Police"]
    forces = ["Aldermoor Police", "Brackenshire Police"]
    assert options(open_form(offices, "administrator", "Rae Regionson")) == [*forces, "East Midlands"]
    assert options(open_form(offices, "administrator", "Kit Draftwood"))[-1] == "Everything"


@pytest.mark.parametrize("over", ["organisation:brackenshire", "region:east", "nation", "self", "team:3", ""])
def test_what_the_form_does_not_offer_is_refused(offices: Offices, over: str) -> None:
    page = open_form(offices, "administrator")
    data = {"over": over, "from_day": "30/11/2026", "to_day": "", "reason": REASON}
    token = page.tree.cssselect("main input[name=csrf_token]")[0].get("value")
    answer = offices.client.post(page.path, data={**data, "csrf_token": token})
    assert answer.status_code == 422
    with offices.app.app_context():
        assert offices.grants("Rowan Sample") == []


def test_the_same_grant_is_not_given_twice(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.ORGANISATION_LEAD, "aldermoor")
    page = submit(open_form(offices, "organisation-lead"), reason=REASON)
    assert page.status == 422
    assert "Rowan Sample holds this grant already on some of these days" in page.text


def identity_of(offices: Offices, name: str) -> Identity:
    found = load(offices.ids[name], TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("duty", "reach"),
    [
        (Duty.ADMINISTRATOR, NATION),
        (Duty.ADMINISTRATOR, Reach(Scope.REGION, region_id="east")),
        (Duty.ADMINISTRATOR, Reach(Scope.ORGANISATION, organisation_id="brackenshire")),
        (Duty.MANAGER, Reach(Scope.TEAM, team_id=3)),
        (Duty.MANAGER, Reach(Scope.ORGANISATION, organisation_id="aldermoor")),
        (Duty.NATIONAL_LEAD, NATION),
        (Duty.AUTHOR, NATION),
    ],
)
def test_no_grant_goes_beyond_the_own_scope_whatever_asks_for_it(
    offices: Offices, duty: Duty, reach: Reach
) -> None:
    with offices.app.app_context():
        wish = Wish(offices.ids["Rowan Sample"], duty, reach, TODAY, None, REASON)
        with pytest.raises(GrantError, match="reach"):
            granting.give(identity_of(offices, "Ada Adminton"), wish)
        assert offices.grants("Rowan Sample") == []


@pytest.mark.parametrize("to", ["Ada Adminton", "Bryn Mockford"])
def test_nobody_gives_to_themselves_or_to_somebody_outside(offices: Offices, to: str) -> None:
    with offices.app.app_context():
        before = len(offices.grants(to))
        reach = Reach(Scope.TEAM, team_id=offices.teams["Buying of aldermoor"])
        with pytest.raises(GrantError, match="reach"):
            granting.give(
                identity_of(offices, "Ada Adminton"),
                Wish(offices.ids[to], Duty.MANAGER, reach, TODAY, None, REASON),
            )
        assert len(offices.grants(to)) == before


def test_who_gives_must_still_be_an_administrator_under_the_lock(offices: Offices) -> None:
    with offices.app.app_context():
        giver = identity_of(offices, "Ada Adminton")
        end_grant(offices.grants("Ada Adminton")[0].id, TODAY, by=None, reason="another task")
        reach = Reach(Scope.TEAM, team_id=offices.teams["Buying of aldermoor"])
        with pytest.raises(GrantError, match="reach"):
            granting.give(giver, Wish(offices.ids["Rowan Sample"], Duty.MANAGER, reach, TODAY, None, REASON))


def test_the_policy_over_grants(offices: Offices) -> None:
    with offices.app.app_context():
        ada, kit = identity_of(offices, "Ada Adminton"), identity_of(offices, "Kit Draftwood")
    of_ada = Subject(ada.person_id, organisations=frozenset({"aldermoor"}))
    of_kit = Subject(kit.person_id)
    assert allowed(kit, "administration.grants", of_ada)
    assert not allowed(ada, "administration.grants", of_ada)
    assert not allowed(kit, "administration.grants", of_kit)
    assert allowed(ada, "administration.within", of_ada)
    assert not allowed(ada, "administration.within", of_kit)
    assert not allowed(None, "administration.grants", of_ada)


def test_the_own_page_changes_nothing(offices: Offices) -> None:
    page = offices.page("Ada Adminton", offices.about("Ada Adminton"))
    assert "Nobody changes their own grants." in page.text
    assert page.tree.cssselect("main form, main .govuk-button") == []
    offices.page("Ada Adminton", offices.about("Ada Adminton", "/grants"), 404)


def test_a_grant_is_ended_after_a_page_that_asks(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.MANAGER, "Buying of aldermoor")
    link = "End it: Manager, Buying of aldermoor and the teams below it"
    page = offices.page("Ada Adminton", offices.about("Rowan Sample")).follow(link)
    assert page.h1 == "End this grant of Rowan Sample"
    assert page.select(".govuk-button--warning") == ["End this grant"]
    refused = submit(page, reason=" ")
    assert (refused.status, refused.title[:6]) == (422, "Error:")
    page = submit(refused, reason="Morgan is back")
    assert "The grant has ended: Manager." in page.text
    assert "1 grant that has ended" in page.text
    assert "Ended by Ada Adminton: Morgan is back" in page.text
    assert link not in page.links()
    assert offices.enter("Rowan Sample").get("/team", fragment=False).status_code == 403


def test_a_grant_beyond_the_own_scope_is_shown_and_not_ended(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.REGION_LEAD, "east")
    page = offices.page("Ada Adminton", offices.about("Rowan Sample"))
    assert "Lead of a region East Midlands" in page.text
    assert "End it: Lead of a region, East Midlands" not in page.links()
    with offices.app.app_context():
        grant_id = offices.grants("Rowan Sample")[0].id
        with pytest.raises(GrantError):
            granting.end(identity_of(offices, "Ada Adminton"), offices.ids["Rowan Sample"], grant_id, REASON)
    offices.page("Ada Adminton", offices.about("Rowan Sample", f"/grants/{grant_id}/end"), 404)
    offices.page("Rae Regionson", offices.about("Rowan Sample", f"/grants/{grant_id}/end"))


def test_a_grant_is_ended_once_and_by_the_person_it_belongs_to(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.MANAGER, "Buying of aldermoor")
    with offices.app.app_context():
        grant = offices.grants("Rowan Sample")[0].id
        other = db.session.scalars(
            select(Grant.id).where(Grant.person_id == offices.ids["Bryn Mockford"])
        ).one()
        end_grant(grant, TODAY - timedelta(days=10), by=None, reason="another task")
    for number in (grant, other, 999):
        offices.page("Ada Adminton", offices.about("Rowan Sample", f"/grants/{number}/end"), 404)
    with offices.app.app_context():
        assert offices.grants("Rowan Sample")[0].to_day == TODAY - timedelta(days=10)


def test_a_link_is_shown_once_and_sets_the_password(offices: Offices) -> None:
    page = submit(
        offices.page("Ada Adminton", offices.about("Rowan Sample")),
        button="Make a link that sets their password",
    )
    link = page.select("code.path")[0]
    assert "within 7 days" in page.text
    assert offices.page("Ada Adminton", offices.about("Rowan Sample")).select("code.path") == []
    with offices.app.app_context():
        act = db.session.scalars(select(Act).order_by(Act.id.desc())).first()
        assert act is not None
        assert (act.kind, act.by_id) == ("invitation", offices.ids["Ada Adminton"])
    visitor = offices.app.test_client()
    password = "three unlikely words"
    answer = submit(Page.of(visitor, visitor.get(link)), password=password, again=password)  # type: ignore[arg-type]
    assert answer.path == "/"


def test_nobody_takes_over_who_holds_more_than_they(offices: Offices) -> None:
    offices.give("Rowan Sample", Duty.REGION_LEAD, "east")
    page = offices.page("Ada Adminton", offices.about("Rowan Sample"))
    assert "They hold a grant that reaches further than yours." in page.text
    assert page.tree.cssselect("main form") == []
    token = offices.page("Ada Adminton").tree.cssselect("input[name=csrf_token]")[0].get("value")
    address = f"/administration{offices.about('Rowan Sample', '/invitation')}"
    answer = offices.client.post(address, data={"csrf_token": token})
    assert answer.status_code == 422
    assert "/invitation/" not in Page.of(offices.client, answer).select("main code")
    sign_in(offices.client, offices.ids["Rae Regionson"])
    assert offices.client.get(f"/administration{offices.about('Rowan Sample')}").status_code == 200


def test_a_person_outside_gets_no_link(offices: Offices) -> None:
    token = offices.page("Ada Adminton").tree.cssselect("input[name=csrf_token]")[0].get("value")
    for name in ("Bryn Mockford", "Ada Adminton"):
        address = f"/administration{offices.about(name, '/invitation')}"
        assert offices.client.post(address, data={"csrf_token": token}).status_code == 404
