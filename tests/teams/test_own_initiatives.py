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
from tests.support.learners import assigned, passed
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import Page
from tests.support.statements import statements

LIST, PAGE = "/team/initiatives", "/team/initiatives/1"
GO_LIVE = date(2027, 3, 1)
MOST_STATEMENTS = 20


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
    assert "2 of 3 of your people are ready. 1 of them will have lapsed by the day." in page.text
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
    form = page.follow("Assign “Standstill” to 2 people")
    ticked = form.tree.xpath("//input[@name='person'][@checked]/@value")
    assert sorted(map(int, ticked)) == sorted(three.ids[name] for name in ("Bryn", "Carys"))
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
