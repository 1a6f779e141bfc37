"""Where cover is thin in each of the teams below a manager, and that it counts nobody else."""

from lms.core.database import db
from lms.people.models import Organisation, Team
from tests.support import build
from tests.support.managers import World, another_force
from tests.support.pages import Page, submit
from tests.teams.test_matrix_page import people

SENIOR = "senior-buyer"


def by_team(page: Page) -> list[str]:
    return page.select("#by-team + table tbody tr")


def team_below(world: World, name: str, parent: int | None) -> int:
    """Make a team of the same force, below another one or beside the manager's."""
    with world.app.app_context():
        above = db.session.get_one(Team, parent) if parent else None
        return build.team(db.session.get_one(Organisation, "aldermoor"), name, above).id


def test_each_team_below_says_where_its_own_cover_is_thin(world: World) -> None:
    estates = team_below(world, "Estates team", world.team_id)
    desk = team_below(world, "Desk", estates)
    every = dict.fromkeys(("law", "tendering"), 3)
    for name in ("Asha Testwood", "Bryn Mockford"):
        world.joins(name, every, role_profile=SENIOR, team=world.below_id)
    world.joins("Carys Exemplar", {"law": 3, "tendering": 2}, role_profile=SENIOR, team=estates)
    world.joins("Daniel Quarto", {"law": 2, "tendering": 2}, role_profile=SENIOR, team=desk)
    page = world.open()
    assert page.select("#thin ~ ul li") == []
    assert by_team(page) == ["Estates team 2 2: tendering, law", "Sourcing team 2 Nowhere"]
    below = world.open(page.links()["Estates team"])
    assert people(below) == ["Carys Exemplar", "Daniel Quarto"]
    assert by_team(below) == []


def test_with_one_team_below_or_none_there_is_no_table_of_teams(world: World) -> None:
    world.joins("Asha Testwood", team=world.below_id)
    page = world.open()
    assert by_team(page) == []
    assert by_team(submit(page, button="Show", team=world.below_id)) == []


def test_many_thin_competencies_are_counted_and_three_are_named(world: World) -> None:
    team_below(world, "Estates team", world.team_id)
    soon = build.START.replace(year=2027)
    every = dict.fromkeys(("law", "risk", "tendering", "cost", "fraud"), 3)
    world.joins("Asha Testwood", every, team=world.below_id, until=soon)
    assert by_team(world.open())[1] == "Sourcing team 1 5: law, risk, tendering and 2 more"


def test_people_of_a_team_outside_the_tree_are_never_counted(world: World) -> None:
    with world.app.app_context():
        far = build.team(another_force(), "Far team").id
    beside = team_below(world, "Beside team", None)
    team_below(world, "Estates team", world.team_id)
    asha = world.joins("Asha Testwood", team=world.below_id)
    every = dict.fromkeys(("law", "tendering"), 3)
    world.joins("Olive Other", every, role_profile=SENIOR, team=far)
    world.joins("Owen Other", every, role_profile=SENIOR, team=beside)
    with world.app.app_context():
        build.appointed(world.person(asha), db.session.get_one(Team, beside), SENIOR)
    page = world.open()
    assert by_team(page) == ["Estates team 0 Nowhere", "Sourcing team 1 2: law, tendering"]
    for name in ("Far team", "Beside team", "Other"):
        assert name not in page.text
