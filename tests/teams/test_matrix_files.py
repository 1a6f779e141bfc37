"""The files say the same as the page, whatever is chosen."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest

from lms.core.languages import short_day
from lms.learning.enrolments import assign
from lms.people import appointments
from lms.people.acts import act
from tests.reports.test_gap_more_files import sheets
from tests.support import build
from tests.support.managers import ASKED, TODAY, World
from tests.support.pages import Page

SEED = 20261130
PEOPLE = 14
CHOICES = (
    "",
    "only=short",
    "only=lapses",
    "only=overdue",
    "role=senior-buyer",
    "about=law",
    "about=source&order=role",
    "only=short&about=cost",
    "only=lapses&about=law&within=365",
    "order=team&size=300&on=2027-06-01",
    "team={below}",
    "team={below}&only=short&role=buyer&within=180",
)


@dataclass(frozen=True)
class Line:
    """One person in one competency, as the page or a file says it."""

    name: str
    place: int
    held: int
    required: int
    lapses: str
    overdue: int


@pytest.fixture
def drawn(world: World) -> World:
    """A team drawn by chance from a fixed seed: short, lapsing, overdue, in two teams, away."""
    chance = Random(SEED)  # noqa: S311 the same team in each run
    with world.app.app_context():
        with act("import", None):
            for number in range(PEOPLE):
                _joins(world, f"Person {number:02}", chance)
        late = [world.ids[f"Person {number:02}"] for number in (1, 4, 9)]
        due = TODAY - timedelta(days=1)
        assign("standstill", late, by=world.manager_id, due_day=due, reason="before the tender")
        appointments.record_absence(world.ids["Person 03"], TODAY, None, by=None)
    return world


def _joins(world: World, name: str, chance: Random) -> None:
    role = chance.choice(list(ASKED))
    person_id = world.joins(name, role_profile=role, team=chance.choice([world.team_id, world.below_id]))
    for key in ASKED["buyer"]:
        if level := chance.randrange(4):
            until = chance.choice([None, TODAY + timedelta(days=chance.randrange(1, 400))])
            build.evidence(world.person(person_id), key, level, until=until)


def on_page(page: Page) -> Iterator[Line]:
    """What the table says, read from the words that a screen reader hears."""
    for row in page.tree.cssselect("table.matrix tbody tr"):
        marks = [each.text_content() for each in row.cssselect("th strong")]
        overdue = sum(int(mark.split()[0]) for mark in marks if "overdue" in mark)
        name = row.cssselect("th a")[0].text_content()
        for place, cell in enumerate(row.cssselect("td.matrix__cell")):
            words = cell.cssselect(".govuk-visually-hidden")[0].text_content().replace(",", "").split()
            asked = int(words[words.index("requires") + 1]) if "requires" in words else 0
            day = "".join(each.text_content() for each in cell.cssselect(".matrix__date"))
            yield Line(name, place, int(words[1]), asked, day, overdue)


def in_words(world: World, day: object) -> str:
    """A day of a file as the page writes it."""
    with world.app.test_request_context():
        return short_day(date.fromisoformat(str(day))) if day else ""


def in_csv(world: World, choice: str) -> Iterator[Line]:
    last, place = "", 0
    for row in csv.DictReader(StringIO(world.client.get(f"/team.csv?{choice}").text)):
        place = place + 1 if row["name"] == last else 0
        last = row["name"]
        numbers = int(row["held"]), int(row["required"])
        assert int(row["short"]) == max(0, numbers[1] - numbers[0])
        yield Line(last, place, *numbers, in_words(world, row["lapses_on"]), int(row["modules_overdue"]))


def in_book(world: World, choice: str) -> Iterator[Line]:
    last, place = "", 0
    for name, *_, lapses, required, held, _short, overdue in (
        row[:10] for row in sheets(world.client, choice, "/team")[0][1:] if row[0]
    ):
        place = place + 1 if name == last else 0
        last = str(name)
        yield Line(
            last, place, int(held or 0), int(required or 0), in_words(world, lapses), int(overdue or 0)
        )


def test_csv_and_spreadsheet_have_the_people_levels_and_lapses_of_the_page(drawn: World) -> None:
    seen = 0
    for asked in CHOICES:
        choice = asked.format(below=drawn.below_id)
        page = list(on_page(drawn.open(f"/team?{choice}")))
        assert list(in_csv(drawn, choice)) == page, choice
        assert list(in_book(drawn, choice)) == page, choice
        seen += len(page)
    assert seen > PEOPLE * len(ASKED["buyer"])


def test_the_spreadsheet_says_to_what_its_list_was_narrowed(drawn: World) -> None:
    drawn.open()
    about = {row[0]: row[1] for row in sheets(drawn.client, "only=short&role=buyer&about=law", "/team")[1]}
    assert about["People"] == "Short of the role"
    assert about["Role"] == "Buyer"
    assert about["Competencies"] == "Law"
