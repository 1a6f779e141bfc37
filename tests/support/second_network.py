"""A service for another network than the first one, set up as docs/operating.md says."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from flask import Flask

from lms.core import clock
from lms.core.settings import ROOT
from lms.people.acts import act
from lms.people.appointments import add_person, find_person
from lms.people.grants import NATION, Reach, give_grant
from lms.people.models import Duty, Scope
from tests.support.pages import CheckedClient, Page, submit

COURSES = ROOT / "tests" / "second_network" / "courses"
ORGANISATIONS = {"alder-laboratory": 10, "birch-laboratory": 3, "cedar-laboratory": 10}
"""How many people each has: that of three is a small group."""
FIRST_NETWORK = re.compile(
    r"\b(polic(e|ing)|procure\w*|commercial|buy(er|ers|ing)?|tender\w*|supplier\w*|purchase\w*|contracts?|"
    r"(?<!in )forces?|fire|benefits register)\b",
    re.IGNORECASE,
)
"""What only the first network speaks of."""
ADMINISTRATOR, MANAGER, LEARNER = "ada.admin@example.org", "morgan.head@example.org", "alder.1@example.org"
NATIONAL_LEAD, REGION_LEAD, AUTHOR = "nia.lead@example.org", "una.lead@example.org", "aud.author@example.org"
WITHOUT_POST = (
    (NATIONAL_LEAD, Duty.NATIONAL_LEAD, NATION),
    (REGION_LEAD, Duty.REGION_LEAD, Reach(Scope.REGION, region_id="uplands")),
    (AUTHOR, Duty.AUTHOR, NATION),
)
PASSWORD = "three or four plain words"
FOUND = 302
FIRST_DAY = "2026-01-05"


def command(app: Flask, *arguments: str) -> str:
    """Run one of the product's own commands, and give what it printed."""
    done = app.test_cli_runner().invoke(args=[*arguments])
    assert done.exit_code == 0, done.output
    return done.output


def set_up(app: Flask, folder: Path) -> None:
    """Check, publish, add organisations and the first administrator, import everybody, give grants."""
    assert "No mistakes" in command(app, "courses", "check")
    command(app, "courses", "publish")
    command(app, "people", "create-administrator", ADMINISTRATOR)
    file = folder / "people.csv"
    file.write_text(_people())
    assert "New people: 24" in command(app, "people", "import", str(file))
    with app.app_context(), act("grants", None):
        for email, duty, reach in WITHOUT_POST:
            person = add_person(email.partition("@")[0], email)
            give_grant(person.id, duty, reach, from_day=clock.today(), by=None, reason="Agreed")
    administrator = client_of(app, ADMINISTRATOR)
    for organisation in ORGANISATIONS:
        page = administrator.page(f"/administration/organisations/{organisation}")
        assert "Saved." in submit(page, on_board="5/1/2026", reason="It has agreed").text


def _people() -> str:
    text = StringIO()
    table = csv.writer(text)
    columns = "email,name,organisation,team,parent_team,manager_email,role_profile,pillar,from,to"
    table.writerow(columns.split(","))
    for organisation, number in ORGANISATIONS.items():
        name = organisation.partition("-")[0]
        head = MANAGER if name == "alder" else ""
        for place in range(1, number + 1):
            role = "reporting-scientist" if place % 2 else "examiner"
            person = [f"{name}.{place}@example.org", f"{name.title()} Person{place}"]
            table.writerow([*person, organisation, "Casework", "", head, role, "biology", FIRST_DAY, ""])
    table.writerow(
        [MANAGER, "Morgan Head", "alder-laboratory", "Lead", "", "", "examiner", "", FIRST_DAY, ""]
    )
    return text.getvalue()


def id_of(app: Flask, email: str) -> int:
    """The number of a person by their address."""
    with app.app_context():
        person = find_person(email)
        assert person
        return person.id


def client_of(app: Flask, email: str) -> CheckedClient:
    """Somebody who takes up an invitation and signs in with the password."""
    said = command(app, "people", "invite", email)
    link = re.search(r"/invitation/\S+", said)
    assert link
    first, client = app.test_client(), app.test_client()
    assert isinstance(first, CheckedClient)
    assert isinstance(client, CheckedClient)
    submit(first.page(link[0]), password=PASSWORD, again=PASSWORD)
    assert submit(client.page("/login"), email=email, password=PASSWORD, follow=False).status == FOUND
    return client


def right_answers() -> Iterator[str]:
    """The options that the modules mark as right."""
    for file in (COURSES / "the-code").glob("*.md"):
        yield from re.findall(r"^- \[x\] (.+)$", file.read_text(), re.MULTILINE)


def pass_check(client: CheckedClient, module: str) -> Page:
    """Take the check of a module with every answer right, and give the page of the result."""
    right = set(right_answers())
    page = submit(client.page(f"/courses/the-code/{module}/check"), button="Begin the check")
    while True:
        labels = [each for each in page.tree.cssselect("label") if each.text_content().strip() in right]
        field = page.tree.get_element_by_id(labels[0].get("for") or "")
        page = submit(page, {field.get("name") or "": field.get("value")}, button="Check my answer")
        if "Next question" not in page.links():
            return page.follow("See your result")
        page = page.follow("Next question")
