"""The national lead names assessors, each with a ground, and ends them; nobody names themselves."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.core.database import db
from lms.people.access import highest_level
from lms.people.grants import NATION, GrantError, end_grant
from lms.people.identity import Identity, load
from lms.people.models import Act, Duty, Grant, Organisation, Person, Scope
from lms.people.subjects import person_subject
from lms.reports import assessors as service_of_assessors
from lms.reports.assessors import Naming
from tests.support import build
from tests.support.pages import Page, submit
from tests.support.service import TODAY, Service
from tests.support.statements import statements

PAGE = "/reports/assessors"
GROUND = "MCIPS since 2019, and the regional fleet framework that she led"
EMAIL = "asha.testwood@example.org"
WHEN = "Since 30 November 2026 until 1 December 2027"
WHOLE = {
    "email": EMAIL,
    "over": "organisation:fellmoor",
    "highest_level": "4",
    "to_day": "1/12/2027",
    "ground": GROUND,
}


@pytest.fixture
def asha(service: Service) -> int:
    """Somebody of Aldermoor who has an account."""
    with service.app.app_context():
        somebody = build.person("Asha Testwood", EMAIL)
        build.appointed(somebody, build.team(db.session.get_one(Organisation, "aldermoor")))
        return somebody.id


def given(service: Service, person_id: int) -> list[Grant]:
    with service.app.app_context():
        chosen = Grant.person_id == person_id, Grant.duty == Duty.ASSESSOR
        return list(db.session.scalars(select(Grant).where(*chosen).order_by(Grant.id)))


def named(service: Service, **changes: str) -> Page:
    """Send the form as somebody fills it in who leaves alone what is given here as nothing."""
    fields = {**WHOLE, **changes}
    return submit(service.open(PAGE), {name: value for name, value in fields.items() if value})


def lead_of(service: Service) -> Identity:
    found = load(service.ids["national-lead"], TODAY)
    assert found is not None
    return found


def test_where_nobody_assesses_the_page_says_what_waits_for_it(service: Service) -> None:
    page = service.open("/reports/gaps").follow("Who may assess levels 3 and 4")
    assert page.h1 == "Assessors"
    assert "Level 4 needs an assessor of another organisation." in page.text
    assert page.select(".empty")[0].startswith("Nobody is an assessor yet. Until somebody is, nobody can be")
    assert page.tree.cssselect("main input[name=highest_level][checked]") == []


def test_an_assessor_is_named_with_a_ground_and_may_assess_at_once(service: Service, asha: int) -> None:
    page = named(service, email=f" {EMAIL.upper()} ")
    assert page.path == PAGE
    assert "The assessor is named." in page.text
    row = f"Asha Testwood Aldermoor Police Fellmoor Police Level 4 {WHEN} National Lead: {GROUND}"
    assert page.select("tbody tr") == [f"{row} End it: Asha Testwood, Fellmoor Police"]
    grant = given(service, asha)[0]
    assert (grant.scope, grant.organisation_id, grant.highest_level) == (Scope.ORGANISATION, "fellmoor", 4)
    assert (grant.from_day, grant.to_day) == (TODAY, date(2027, 12, 1))
    with service.app.app_context():
        done = db.session.get_one(Act, grant.act_id)
        assert (done.by_id, done.reason) == (service.ids["national-lead"], GROUND)
        somebody = build.person("Femi Folio")
        build.appointed(somebody, build.team(db.session.get_one(Organisation, "fellmoor")))
        present = load(asha, TODAY)
        assert present is not None
        assert highest_level(present, person_subject(somebody.id)) == 4


@pytest.mark.parametrize(
    ("over", "words"),
    [("nation", "The nation"), ("region:wales", "Wales"), ("organisation:tarnbeck", "Tarnbeck Police")],
)
def test_one_is_named_over_the_nation_a_region_or_an_organisation(
    service: Service, asha: int, over: str, words: str
) -> None:
    page = named(service, over=over, highest_level="3", to_day="")
    assert f"Asha Testwood Aldermoor Police {words} Level 3 Since 30 November 2026 National Lead" in page.text
    grant = given(service, asha)[0]
    key = grant.region_id or grant.organisation_id
    assert (f"{grant.scope}:{key}" if key else grant.scope, grant.highest_level) == (over, 3)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": " "}, "Enter the email address of the one to name"),
        ({"email": "nobody@example.org"}, "Nobody has an account under this address. Check how it is spelt"),
        ({"over": ""}, "Choose what they assess over"),
        ({"highest_level": ""}, "Choose the highest level that they may assess"),
        ({"from_day": " "}, "Enter the day from which they assess"),
        ({"from_day": "29/11/2026"}, "Enter today’s date or a later one"),
        ({"to_day": "30/11/2026"}, "Enter a date after the first day, or leave it empty"),
        ({"to_day": "soon"}, "Enter a date that exists, for example 30/11/2026"),
        ({"ground": " "}, "Enter the ground on which they are named"),
        ({"ground": "x" * 501}, "Enter a ground of at most 500 characters"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_names_nobody(
    service: Service, asha: int, fields: dict[str, str], said: str
) -> None:
    page = named(service, **fields)
    assert (page.status, page.title[:6]) == (422, "Error:")
    assert page.select(".govuk-error-summary li") == [said]
    whole = {**WHOLE, **fields}
    typed = {each.get("name"): each.get("value") for each in page.tree.cssselect("main input")}
    assert (typed["email"], typed["to_day"]) == (whole["email"], whole["to_day"])
    assert page.select("textarea") == [whole["ground"].strip()]
    assert given(service, asha) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("over", "team:1"), ("over", "self"), ("over", "organisation:nowhere"), ("highest_level", "2")],
)
def test_what_the_form_does_not_offer_is_refused(service: Service, asha: int, name: str, value: str) -> None:
    page = service.open(PAGE)
    token = page.tree.cssselect("main input[name=csrf_token]")[0].get("value")
    data = {**WHOLE, "from_day": "30/11/2026", name: value, "csrf_token": token}
    assert page.client.post(PAGE, data=data).status_code == 422
    assert given(service, asha) == []


def test_nobody_names_themselves(service: Service) -> None:
    own = service.ids["national-lead"]
    with service.app.app_context():
        email = db.session.get_one(Person, own).email
    page = named(service, email=email)
    assert page.select(".govuk-error-summary li") == [
        "Nobody names themselves. Another lead of the nation can name you"
    ]
    assert given(service, own) == []


def test_a_form_sent_twice_names_once(service: Service, asha: int) -> None:
    page = service.open(PAGE)
    assert submit(page, WHOLE).path == PAGE
    again = submit(page, WHOLE)
    assert again.status == 422
    assert again.select(".govuk-error-summary li") == [
        "They are an assessor over this already on some of these days"
    ]
    assert len(given(service, asha)) == 1


def test_an_assessor_is_ended_after_a_page_that_asks(service: Service, asha: int) -> None:
    page = named(service).follow("End it: Asha Testwood, Fellmoor Police")
    assert page.h1 == "End Asha Testwood as an assessor"
    refused = submit(page, reason=" ")
    assert (refused.status, refused.title[:6]) == (422, "Error:")
    done = submit(refused, reason="She retires")
    assert "1 assessor who has ended" in done.text
    assert "Ended by National Lead: She retires" in done.text
    assert "End it: Asha Testwood, Fellmoor Police" not in done.links()
    assert done.select(".empty")[0].startswith("Nobody is an assessor yet.")
    service.open(page.path, status=404)
    assert given(service, asha)[0].to_day == TODAY


def test_one_ended_twice_is_ended_once_and_the_page_says_so(service: Service, asha: int) -> None:
    question = named(service).follow("End it: Asha Testwood, Fellmoor Police")
    for words in ("The assessor is ended.", "They were ended already, so nothing new is written."):
        done = submit(question, reason="She has moved on")
        assert (done.path, words in done.text) == (PAGE, True)


def test_an_assessor_without_a_post_is_said_to_confirm_no_level_4(service: Service) -> None:
    with service.app.app_context():
        build.person("Asha Testwood", EMAIL)
    assert "Holds no post today, so confirms no level 4" in named(service).select("tbody th")[0]


def test_neither_a_grant_of_another_duty_nor_an_own_one_is_ended_here(service: Service, asha: int) -> None:
    with service.app.app_context():
        own = build.grant(db.session.get_one(Person, service.ids["national-lead"]), Duty.ASSESSOR)
        other = build.grant(db.session.get_one(Person, asha), Duty.AUTHOR)
        numbers = own.id, other.id
    assert service.open(PAGE).select("main tbody th")[0].startswith("National Lead")
    for number in numbers:
        service.open(f"{PAGE}/{number}/end", status=404)


def test_who_is_no_longer_a_lead_names_and_ends_nobody_under_the_lock(service: Service, asha: int) -> None:
    with service.app.app_context():
        lead = lead_of(service)
        service_of_assessors.name(lead, asha, Naming(NATION, TODAY, None, GROUND))
        grant = given_lead(service)
        end_grant(grant, TODAY, by=None, reason="another task")
        with pytest.raises(GrantError, match="no longer a lead"):
            service_of_assessors.name(lead, service.ids["region-lead"], Naming(NATION, TODAY, None, GROUND))
        with pytest.raises(GrantError, match="no longer a lead"):
            service_of_assessors.end(lead, service_of_assessors.assessors()[0], "She retires")
    assert [each.to_day for each in given(service, asha)] == [None]


def given_lead(service: Service) -> int:
    chosen = Grant.person_id == service.ids["national-lead"], Grant.duty == Duty.NATIONAL_LEAD
    return db.session.scalars(select(Grant.id).where(*chosen)).one()


def test_the_page_costs_the_same_with_one_assessor_and_with_many(service: Service, asha: int) -> None:
    def cost() -> int:
        client = service.client()
        with statements() as seen:
            client.page(PAGE, fragment=False)
        return len(seen)

    service.open(PAGE)
    named(service)
    before = cost()
    with service.app.app_context():
        for number in range(5):
            somebody = build.person(f"Person {number:04}")
            build.appointed(somebody, build.team(db.session.get_one(Organisation, "tarnbeck")))
            build.grant(somebody, Duty.ASSESSOR)
    assert cost() == before
    assert before <= 6
