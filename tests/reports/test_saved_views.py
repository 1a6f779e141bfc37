"""Saved views: a lead’s own choices of the gap report, under names."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.core import clock
from lms.core.database import db, writing
from lms.learning.held import held_about
from lms.people.grants import end_grant
from lms.people.models import Grant, Person
from lms.reports.models import SavedView
from lms.reports.saved import MOST_VIEWS, Fault, SavedViewError, remove, rename, save, views_of
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page, submit
from tests.support.service import BEFORE, TODAY, Service
from tests.support.statements import statements

GAPS, VIEWS = "/reports/gaps", "/reports/views"
EAST = "by=role&region=east&competency=risk"
NAME = "Monthly board, East"


def link(page: Page, words: str) -> str:
    return next(str(each.get("href")) for each in page.tree.cssselect("a") if each.text_content() == words)


def keep(client: CheckedClient, choice: str = EAST, status: int = 200, **fields: object) -> Page:
    """Save the choice of a page by its own link and form."""
    form = client.page(link(client.page(f"{GAPS}?{choice}"), "Save this view"))
    found = submit(form, {"name": NAME, **fields})
    assert found.response.status_code == status
    return found


def names(page: Page) -> list[str]:
    """The saved views that the page of gaps shows."""
    return page.select('nav[aria-label="Saved views"] a[data-content]')


def test_a_saved_view_stands_on_the_page_and_opens_on_the_day_that_it_is(service: Service) -> None:
    client = service.client("region-lead")
    assert "“Monthly board, East” is saved." in keep(client, f"{EAST}&measure=lapsed").text
    page = client.page(GAPS)
    assert names(page) == [NAME]
    with clock.at(noon(TODAY + timedelta(days=31))):
        opened = client.page(link(page, NAME))
        assert opened.response.request.path == GAPS
        asked = dict(opened.response.request.args)
        assert asked == {"by": "role", "region": "east", "competency": "risk", "measure": "lapsed"}
        assert "31 December 2026" in opened.select(".sentence p")[0]


def test_a_view_may_keep_its_day(service: Service) -> None:
    client = service.client("region-lead")
    form = client.page(f"{VIEWS}?{EAST}&as_of={BEFORE}")
    assert form.tree.cssselect("#follows")[0].get("checked") is not None
    keep(client, f"{EAST}&as_of={BEFORE}", follows=False)
    assert "as of 1 June 2026" in client.page(VIEWS).text
    opened = client.page(link(client.page(GAPS), NAME))
    assert opened.response.request.args["as_of"] == str(BEFORE)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter a name for this view"),
        ("   ", "Enter a name for this view"),
        ("n" * 81, "Enter a name of at most 80 characters"),
        (NAME.upper(), "Enter another name: one of your views is called that already"),
    ],
)
def test_a_name_that_does_not_do_is_said_with_what_was_typed(service: Service, name: str, words: str) -> None:
    client = service.client("region-lead")
    keep(client)
    found = keep(client, status=422, name=name, follows=False)
    assert words in found.text
    assert found.tree.cssselect("#name")[0].get("value") == name.strip()
    assert found.tree.cssselect("#follows")[0].get("checked") is None
    assert len(names(client.page(GAPS))) == 1


def test_thirty_views_are_the_most(service: Service) -> None:
    person = service.ids["region-lead"]
    with service.app.app_context():
        for number in range(MOST_VIEWS):
            save(person, f"View {number}", {"by": "region"})
    client = service.client("region-lead")
    assert "You have 30 saved views, which is the most. Remove one first." in keep(client, status=422).text
    page = client.page(GAPS)
    assert len(names(page)) == 6
    assert link(page, "Your 30 saved views") == VIEWS
    assert len(client.page(VIEWS).tree.cssselect(".rows > li")) == MOST_VIEWS


def test_a_view_is_renamed_and_removed(service: Service) -> None:
    client = service.client("region-lead")
    keep(client)
    page = client.page(VIEWS)
    refused = submit(client.page(str(page.tree.cssselect(".rows a")[1].get("href"))), name="")
    assert refused.response.status_code == 422
    renamed = submit(refused, name="Quarter’s end")
    assert "The view is called “Quarter’s end” now." in renamed.text
    assert names(client.page(GAPS)) == ["Quarter’s end"]
    gone = submit(client.page(str(renamed.tree.cssselect(".rows a")[2].get("href"))))
    assert "“Quarter’s end” is removed." in gone.text
    assert "You have saved no view yet." in gone.text
    assert names(client.page(GAPS)) == []


def test_nobody_else_sees_a_view_or_reaches_it(service: Service) -> None:
    keep(service.client("region-lead"))
    with service.app.app_context():
        (view,) = views_of(service.ids["region-lead"])
    other = service.client("national-lead")
    assert NAME not in other.page(GAPS).text
    assert NAME not in other.page(VIEWS).text
    for address in (f"{VIEWS}/{view.id}", f"{VIEWS}/{view.id}/rename", f"{VIEWS}/{view.id}/remove"):
        assert other.get(address).status_code == 404
    with service.app.app_context():
        with pytest.raises(SavedViewError) as refused:
            rename(service.ids["national-lead"], view.id, "Mine")
        assert refused.value.fault is Fault.GONE
        remove(service.ids["national-lead"], view.id)
        assert views_of(service.ids["region-lead"]) == [view]


def test_two_with_the_same_grant_never_see_each_others_views_on_a_kept_page(service: Service) -> None:
    lead, client = service.ids["national-lead"], service.client()
    with service.app.app_context():
        save(lead, "First", {"by": "region"})
    assert names(client.page(GAPS)) == ["First"]
    with service.app.app_context():
        remove(lead, views_of(lead)[0].id)
    assert names(client.page(GAPS)) == []


def test_a_view_that_the_grant_covers_no_more_says_so_and_offers_what_may_be_seen(service: Service) -> None:
    lead = service.ids["manager-lead"]
    client = service.client("manager-lead")
    keep(client, "by=organisation&region=east")
    with service.app.app_context():
        for grant in db.session.scalars(
            select(Grant).where(Grant.person_id == lead, Grant.region_id == "east")
        ):
            end_grant(grant.id, TODAY, by=None, reason="another task")
        (view,) = views_of(lead)
    found = client.get(f"{VIEWS}/{view.id}")
    assert found.status_code in {403, 404}
    with service.app.app_context(), writing():
        db.session.add(
            SavedView(
                person_id=service.ids["region-lead"],
                name="Wales",
                choice={"by": "organisation", "region": "wales"},
                at=clock.now(),
            )
        )
    other = service.client("region-lead")
    page = other.page(link(other.page(GAPS), "Wales"), 404)
    assert "“Wales” cannot be opened any more." in page.text
    assert link(page, "Show what you may see today") == GAPS
    assert "no longer within what you may see" in page.select(".rows p")[0]


def test_a_kept_day_before_the_first_record_is_mended_on_the_page(service: Service) -> None:
    with service.app.app_context():
        save(service.ids["region-lead"], NAME, {"by": "region", "as_of": "2001-01-01"})
    client = service.client("region-lead")
    page = client.page(link(client.page(GAPS), NAME), 400)
    assert "nothing is recorded before" in page.text
    assert names(page) == [NAME]


@pytest.mark.parametrize("choice", ["region=nowhere", "as_of=soon", "by=team"])
def test_only_a_choice_that_holds_is_saved(service: Service, choice: str) -> None:
    assert service.client().get(f"{VIEWS}?{choice}").status_code == 404


def test_a_view_is_part_of_what_is_held_about_a_person_and_goes_with_them(service: Service) -> None:
    lead = service.ids["region-lead"]
    with service.app.app_context():
        save(lead, NAME, {"by": "region"})
        (held,) = held_about(lead)["saved_views"]
        assert held == {"name": NAME, "choice": {"by": "region"}, "at": clock.now().isoformat()}
        with writing():
            person = Person(name="Leaves soon", email="leaves@example.org")
            db.session.add(person)
            db.session.flush()
            number = person.id
        save(number, NAME, {"by": "region"})
        with writing():
            db.session.delete(db.session.get_one(Person, number))
        assert {each.person_id for each in db.session.scalars(select(SavedView))} == {lead}


def test_saving_writes_no_act(service: Service) -> None:
    with service.app.app_context(), statements() as seen:
        save(service.ids["region-lead"], NAME, {"by": "region"})
    assert [each.split()[0] for each in seen] == ["SELECT", "SELECT", "INSERT"]


def test_the_list_costs_as_many_statements_with_thirty_views_as_with_one(service: Service) -> None:
    client = service.client("region-lead")

    def sent() -> int:
        with statements() as seen:
            client.page(VIEWS)
        return len(seen)

    keep(client)
    sent()
    few = sent()
    with service.app.app_context():
        for number in range(MOST_VIEWS - 1):
            save(service.ids["region-lead"], f"View {number}", {"by": "region"})
    assert sent() == few
