"""Who of a manager’s people will miss an initiative, by name to the manager alone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.competencies.suppression import Group
from lms.core.database import db
from lms.learning.initiatives.keeping import Wanted, begin, end
from lms.learning.readiness import Needs
from lms.people import appointments
from lms.people.models import Duty, Person, Placement
from lms.people.readings import readings_of
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import assigned, passed
from tests.support.managers import ASKED, TODAY, World, another_force
from tests.support.pages import Page
from tests.support.statements import statements

LIST, PAGE = "/team/initiatives", "/team/initiatives/1"
GO_LIVE = date(2027, 3, 1)
MOST_STATEMENTS = 20
BUYING_ONLINE = Needs(levels=frozenset({("buying-online", 2)}))


def begun(world: World, needs: Needs | None = None, scope: Group | None = None) -> int:
    with world.app.app_context():
        lead = build.person("Nia Samplewell")
        build.grant(lead, Duty.NATIONAL_LEAD)
        asked = needs or Needs(frozenset({"standstill"}))
        wanted = Wanted("One platform", "We all buy on one platform.", asked, scope or Group(), GO_LIVE)
        return begin(wanted, by=lead.id)


def passes(world: World, name: str, until: date | None = None) -> None:
    with world.app.app_context():
        passed(world.person(world.ids[name]), "standstill", TODAY - timedelta(days=30), until=until)


def names_under(page: Page, heading: str) -> list[str]:
    """The names that stand in the list after a heading."""
    found = page.tree.xpath(
        f"//h2[normalize-space()='{heading}']/following-sibling::ul[1]//*[@translate='no']"
    )
    return [" ".join(each.text_content().split()) for each in found]


def ticked(form: Page) -> set[int]:
    """The people who are chosen in the form."""
    return set(map(int, form.tree.xpath("//input[@name='person'][@checked]/@value")))


def asks(page: Page) -> list[str]:
    """The words of the buttons that assign something."""
    return [words for words in page.links() if words.startswith("Assign")]


def looked_at(world: World, page: Page, button: str) -> Page:
    """What the form says that a button leads to, looked at before it is sent: it asks somebody."""
    return world.open(f"{page.links()[button]}&look=1")


def shown_by_modules(world: World, *modules: str) -> None:
    """Publish modules that together show level 2 of buying online."""
    with world.app.app_context():
        publish(
            (*map(competency, ASKED["buyer"]), competency("buying-online", {2: modules})),
            tuple(role(key, levels) for key, levels in ASKED.items()),
            tuple(map(module, ("standstill", *modules))),
        )


def own_organisation(world: World) -> str:
    """The organisation of the manager’s team."""
    with world.app.app_context():
        query = select(Placement.organisation_id).where(Placement.team_id == world.team_id)
        return db.session.scalars(query).one()


@pytest.fixture
def three(world: World) -> World:
    """Asha is ready, Bryn lapses before the day, Carys lacks it."""
    for name in ("Asha", "Bryn", "Carys"):
        world.joins(name)
    passes(world, "Asha")
    passes(world, "Bryn", until=GO_LIVE - timedelta(days=1))
    begun(world)
    return world


def test_each_person_stands_where_they_will_be_on_the_day(three: World) -> None:
    page = three.open(PAGE)
    assert names_under(page, "Not ready") == ["Carys"]
    assert names_under(page, "Ready, but lapses before the day") == ["Bryn"]
    assert names_under(page, "Ready on the day") == ["Asha"]
    assert "lapses on 28 February 2027" in page.text


def test_evidence_that_ends_on_the_day_does_not_count_on_it_and_a_day_later_does(world: World) -> None:
    world.joins("Asha")
    world.joins("Bryn")
    passes(world, "Asha", until=GO_LIVE)
    passes(world, "Bryn", until=GO_LIVE + timedelta(days=1))
    begun(world)
    page = world.open(PAGE)
    assert names_under(page, "Ready, but lapses before the day") == ["Asha"]
    assert names_under(page, "Ready on the day") == ["Bryn"]


def test_the_button_leads_to_the_form_with_people_module_day_and_reason_filled_in(three: World) -> None:
    page = three.open(PAGE)
    form = page.follow("Assign “Standstill” to 1 person")
    assert ticked(form) == {three.ids["Carys"]}
    assert form.tree.xpath("string(//select[@id='what']/option[@selected]/@value)") == "module:standstill"
    assert form.tree.xpath("string(//input[@id='due']/@value)") == "01/03/2027"
    assert "One platform" in form.tree.xpath("string(//textarea[@id='reason'])")


def test_who_is_asked_already_is_said_with_the_day_and_not_asked_again(three: World) -> None:
    with three.app.app_context():
        for name in ("Bryn", "Carys"):
            assigned(three.person(three.ids[name]), "standstill", three.manager, due=date(2027, 2, 1))
    page = three.open(PAGE)
    assert "assigned, due 1 February 2027" in page.text
    assert not [words for words in page.links() if words.startswith("Assign")]


def test_what_lapses_is_renewed_by_its_modules_before_the_first_lapse(world: World) -> None:
    shown_by_modules(world, "catalogues", "auctions")
    lapses = GO_LIVE - timedelta(days=20)
    for name, until in (("Asha", lapses), ("Bryn", lapses + timedelta(days=5))):
        world.joins(name, {"buying-online": 2}, until=until)
    with world.app.app_context():
        passed(world.person(world.ids["Bryn"]), "auctions", TODAY - timedelta(days=30))
    begun(world, BUYING_ONLINE)
    page = world.open(PAGE)
    assert asks(page) == ["Assign “Catalogues” to 2 people", "Assign “Auctions” to 1 person"]
    form = page.follow("Assign “Catalogues” to 2 people")
    assert ticked(form) == {world.ids["Asha"], world.ids["Bryn"]}
    assert form.tree.xpath("string(//input[@id='due']/@value)") == f"{lapses:%d/%m/%Y}"
    assert "2 people are asked" in looked_at(world, page, "Assign “Catalogues” to 2 people").text
    assert "1 person is asked" in looked_at(world, page, "Assign “Auctions” to 1 person").text


def test_what_is_passed_until_before_the_day_is_named_and_has_no_button_that_asks_nobody(
    world: World,
) -> None:
    shown_by_modules(world, "catalogues", "auctions")
    lapses = GO_LIVE - timedelta(days=20)
    somebody = world.joins("Asha", {"buying-online": 2}, until=lapses)
    with world.app.app_context():
        passed(world.person(somebody), "auctions", TODAY - timedelta(days=30), until=lapses)
    begun(world, BUYING_ONLINE)
    page = world.open(PAGE)
    assert asks(page) == ["Assign “Catalogues” to 1 person"]
    assert (
        "Can be passed again now, but assigned only once the pass that counts has ended: Auctions"
        in page.text
    )


def test_what_only_an_assessment_keeps_leads_to_it_and_is_not_assigned(world: World) -> None:
    world.joins("Asha", {"law": 3}, until=GO_LIVE - timedelta(days=20))
    begun(world, Needs(levels=frozenset({("law", 3)})))
    page = world.open(PAGE)
    assert names_under(page, "Ready, but lapses before the day")[0] == "Asha"
    assert "Assess Asha" in page.links()
    assert asks(page) == []


def test_one_of_several_modules_that_is_assigned_leaves_the_button_for_the_others(world: World) -> None:
    shown_by_modules(world, "catalogues", "auctions")
    somebody = world.joins("Asha")
    begun(world, BUYING_ONLINE)
    with world.app.app_context():
        assigned(world.person(somebody), "catalogues", world.manager, due=date(2027, 2, 1))
    page = world.open(PAGE)
    assert "1 of 2 modules assigned" in page.text
    assert "assigned, due" not in page.text
    looked = looked_at(world, page, "Assign “Level 2 of Buying online” to 1 person")
    assert "1 person is asked for 20 minutes" in looked.text
    with world.app.app_context():
        assigned(world.person(somebody), "auctions", world.manager, due=date(2027, 2, 10))
    page = world.open(PAGE)
    assert "assigned, due 10 February 2027" in page.text
    assert asks(page) == []


@pytest.mark.parametrize(
    ("ready", "lapsing", "lacking", "words"),
    [
        (2, 0, 0, "2 of 2 will be ready on the day."),
        (1, 1, 0, "1 of 2 will be ready on the day: 1 who is ready now lapses before it."),
        (1, 2, 0, "1 of 3 will be ready on the day: 2 who are ready now lapse before it."),
        (1, 0, 2, "1 of 3 will be ready on the day. 2 are not ready now."),
        (
            0,
            1,
            2,
            "0 of 3 will be ready on the day: 1 who is ready now lapses before it. 2 are not ready now.",
        ),
    ],
)
def test_the_list_and_the_page_say_first_how_many_will_be_ready_on_the_day(
    world: World, ready: int, lapsing: int, lacking: int, words: str
) -> None:
    for number in range(ready + lapsing + lacking):
        world.joins(f"Person {number}")
    for number in range(ready + lapsing):
        passes(world, f"Person {number}", None if number < ready else GO_LIVE - timedelta(days=1))
    begun(world)
    assert world.open(PAGE).select(".sentence p") == [words]
    assert world.open(LIST).select("ul.rows li p")[1] == words


def test_the_page_says_who_began_it_and_when(three: World) -> None:
    assert "Begun by Nia Samplewell on 30 November 2026" in three.open(PAGE).text


def test_a_level_that_learning_does_not_show_leads_to_the_assessment(world: World) -> None:
    world.joins("Asha", {"law": 2})
    begun(world, Needs(frozenset({"standstill"}), frozenset({("law", 3)})))
    page = world.open(PAGE)
    assert "Level 3 of Law: needs an assessment" in page.text
    assert page.links()["Assess Asha"] == f"/team/{world.ids['Asha']}/assess/law"


def test_who_is_away_is_named_and_counted_nowhere(three: World) -> None:
    with three.app.app_context():
        appointments.record_absence(three.ids["Carys"], TODAY - timedelta(days=2), None, by=None)
    page = three.open(PAGE)
    assert "Away, and not counted: Carys." in page.text
    assert names_under(page, "Not ready") == []


def test_people_outside_the_scope_and_of_other_managers_stand_on_no_page(world: World) -> None:
    world.joins("Asha")
    with world.app.app_context():
        elsewhere = build.team(another_force())
        stranger, other = build.person("Somebody Else"), build.person("Other Manager")
        build.appointed(stranger, elsewhere)
        build.grant(other, Duty.MANAGER, elsewhere)
        other_id = other.id
    begun(world, scope=Group(None, own_organisation(world)))
    assert "Somebody Else" not in world.open(PAGE).text
    world.open(PAGE, 404, by=other_id)
    assert "No initiative asks anything" in world.open(LIST, by=other_id).select(".empty")[0]


def test_an_initiative_that_ended_is_on_no_manager_s_page(three: World) -> None:
    with three.app.app_context():
        lead = db.session.scalars(select(Person).filter_by(name="Nia Samplewell")).one()
        end(1, by=lead.id)
    three.open(PAGE, 404)
    assert three.open(LIST).select("ul.rows li") == []


def test_the_person_sees_that_their_manager_looked(three: World) -> None:
    three.open(PAGE)
    with three.app.app_context():
        (found,) = readings_of(three.ids["Carys"])
    assert found.page == "team.initiative"


def test_more_people_cost_no_more_statements(three: World) -> None:
    three.open(PAGE)
    with statements() as few:
        three.open(PAGE, fragment=False)
    three.crowd(12)
    three.open(PAGE)
    with statements() as many:
        three.open(PAGE, fragment=False)
    assert len(many) == len(few) <= MOST_STATEMENTS
