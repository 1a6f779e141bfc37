"""An administrator sets from when an organisation is counted and how its figures leave it, with a reason."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.administration.organisation import Terms, change_terms
from lms.competencies.counts import organisations_on_board
from lms.core.database import db
from lms.people.acts import latest_no
from lms.people.grants import GrantError
from lms.people.identity import load
from lms.people.models import Act, Onboarding, Organisation, Sharing
from tests.administration.conftest import TODAY, Offices
from tests.support.build import START
from tests.support.pages import Page, submit

REASON = "Agreed with the chief officer"
PATH = "/organisations/aldermoor"


def days(offices: Offices) -> list[tuple[date, bool]]:
    """Every day that was ever set, each with whether it is entered in error."""
    with offices.app.app_context():
        rows = db.session.scalars(
            select(Onboarding).where(Onboarding.organisation_id == "aldermoor").order_by(Onboarding.id)
        )
        return [(each.from_day, each.void_act_id is not None) for each in rows]


def sharing(offices: Offices) -> Sharing:
    with offices.app.app_context():
        return Sharing(db.session.get_one(Organisation, "aldermoor").sharing)


def test_the_page_says_what_is_set(offices: Offices) -> None:
    page = offices.page("Ada Adminton", PATH)
    assert page.h1 == "Aldermoor Police"
    assert "Reports count it from 1 January 2024." in page.text
    assert "Leads of the region and of the nation see its figures beside its name." in page.text
    assert page.tree.cssselect("#on_board")[0].get("value") == "01/01/2024"


def test_both_are_set_in_one_act_with_the_reason(offices: Offices) -> None:
    with offices.app.app_context():
        before = latest_no()
    page = submit(offices.page("Ada Adminton", PATH), on_board="1/3/2027", sharing="unnamed", reason=REASON)
    assert "Saved." in page.text
    assert "Reports will count it from 1 March 2027." in page.text
    assert days(offices) == [(START, True), (date(2027, 3, 1), False)]
    assert sharing(offices) is Sharing.UNNAMED
    with offices.app.app_context():
        act = db.session.scalars(select(Act).order_by(Act.id.desc())).first()
        assert act is not None
        assert (act.no, act.reason, act.by_id) == (before + 1, REASON, offices.ids["Ada Adminton"])
        assert organisations_on_board(TODAY, before)["aldermoor"] == START
        assert "aldermoor" not in organisations_on_board(TODAY)


def test_an_empty_day_takes_it_off_board(offices: Offices) -> None:
    page = submit(offices.page("Ada Adminton", PATH), on_board="", reason=REASON)
    assert "It is not on board: no report counts it." in page.text
    assert days(offices) == [(START, True)]


def test_only_what_is_another_is_written(offices: Offices) -> None:
    submit(offices.page("Ada Adminton", PATH), sharing="none", reason=REASON)
    assert days(offices) == [(START, False)]
    with offices.app.app_context():
        before = latest_no()
    page = submit(offices.page("Ada Adminton", PATH), reason=REASON)
    assert "Nothing was changed: it is set like this already." in page.text
    with offices.app.app_context():
        assert latest_no() == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on_board": "30/02/2026"}, "Enter a date that exists, for example 30/11/2026"),
        ({"reason": ""}, "Enter a reason"),
    ],
)
def test_a_mistake_keeps_what_was_typed(offices: Offices, fields: dict[str, str], said: str) -> None:
    whole = {"on_board": "1 May 2026", "sharing": "none", "reason": REASON, **fields}
    page = submit(offices.page("Ada Adminton", PATH), whole)
    assert (page.status, page.title[:6]) == (422, "Error:")
    assert page.select(".govuk-error-summary li") == [said]
    assert page.tree.cssselect("#on_board")[0].get("value") == whole["on_board"]
    assert [each.get("value") for each in page.tree.cssselect("input[checked]")] == ["none"]
    assert days(offices) == [(START, False)]


def test_sharing_is_one_of_three(offices: Offices) -> None:
    page = offices.page("Ada Adminton", PATH)
    token = page.tree.cssselect("main input[name=csrf_token]")[0].get("value")
    data = {"csrf_token": token, "on_board": "", "reason": REASON, "sharing": "everywhere"}
    answer = offices.client.post(page.path, data=data)
    assert answer.status_code == 422
    said = "Choose how its figures leave it"
    assert Page.of(offices.client, answer).select(".govuk-error-summary li") == [said]


@pytest.mark.parametrize(
    ("name", "organisation", "status"),
    [
        ("Ada Adminton", "brackenshire", 404),
        ("Rae Regionson", "brackenshire", 200),
        ("Rae Regionson", "cranmoor", 404),
        ("Kit Draftwood", "cranmoor", 200),
        ("Kit Draftwood", "nowhere", 404),
    ],
)
def test_it_lies_within_the_scope_or_is_not_there(
    offices: Offices, name: str, organisation: str, status: int
) -> None:
    offices.page(name, f"/organisations/{organisation}", status)


def test_the_service_asks_again_under_the_lock(offices: Offices) -> None:
    with offices.app.app_context():
        ada = load(offices.ids["Ada Adminton"], TODAY)
        assert ada is not None
        with pytest.raises(GrantError):
            change_terms(ada, "brackenshire", Terms(None, Sharing.NONE), REASON)
        assert "brackenshire" in organisations_on_board(TODAY)
