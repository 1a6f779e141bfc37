"""`flask people`: the first administrator, invitations, and the import from the command line."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from lms.core import clock
from lms.core.database import db
from lms.people.identity import load
from lms.people.models import Duty, Grant, Organisation, Person, Scope
from tests.administration.conftest import Importer
from tests.support import build
from tests.support.imports import address, file_of, row
from tests.support.pages import CheckedClient, Page, submit

Run = Callable[..., Result]
PASSWORD = "three unlikely words"


@pytest.fixture
def run(app: Flask) -> Run:
    """Run `flask people` with arguments, and demand an exit status."""

    def people(*arguments: str, status: int = 0) -> Result:
        result = app.test_cli_runner().invoke(args=["people", *arguments])
        assert result.exit_code == status, result.output
        return result

    return people


def set_password(client: CheckedClient, link: str) -> Page:
    opened = client.get(urlsplit(link).path)
    return submit(Page.of(client, opened), password=PASSWORD, again=PASSWORD)


def test_the_first_administrator_of_an_installation(app: Flask, client: CheckedClient, run: Run) -> None:
    link = run("create-administrator", "Kit.Draftwood@example.org").stdout.strip()
    assert link.startswith("http://127.0.0.1:8000/invitation/")
    with app.app_context():
        kit = db.session.scalars(select(Person)).one()
        assert (kit.name, kit.email) == ("Kit Draftwood", "kit.draftwood@example.org")
        grants = {(each.duty, each.scope) for each in db.session.scalars(select(Grant))}
        assert grants == {(Duty.LEARNER, Scope.SELF), (Duty.ADMINISTRATOR, Scope.NATION)}
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 93
    set_password(client, link)
    assert client.page("/administration").h1 == "Administration"


def test_somebody_who_is_known_becomes_an_administrator(app: Flask, run: Run) -> None:
    with app.app_context():
        build.organisation("aldermoor")
        build.person("Rowan Sample", "rowan@example.org")
    for _ in range(2):
        run("create-administrator", "rowan@example.org", "--name", "Somebody Else")
    with app.app_context():
        rowan = db.session.scalars(select(Person)).one()
        identity = load(rowan.id, clock.today())
        assert identity is not None
        assert [each.duty for each in identity.grants] == [Duty.LEARNER, Duty.ADMINISTRATOR]
        assert rowan.name == "Rowan Sample"
        assert db.session.scalars(select(Organisation.id)).all() == ["aldermoor"]


def test_an_administrator_has_an_address(run: Run) -> None:
    result = run("create-administrator", "kit", status=1)
    assert result.stdout == ""
    assert "“kit” is not an email address." in result.stderr


def test_a_link_sets_the_password_once(app: Flask, client: CheckedClient, run: Run) -> None:
    with app.app_context():
        build.person("Rowan Sample", "rowan@example.org")
    link = run("invite", "Rowan@Example.org").stdout.strip()
    assert "within 7 days" in run("invite", "rowan@example.org").stderr
    assert set_password(client, link).path == "/"
    assert client.get(urlsplit(link).path).status_code == 404


def test_nobody_has_the_address(run: Run) -> None:
    result = run("invite", "nobody@example.org", status=1)
    assert result.stdout == ""
    said = "Nobody has the address “nobody@example.org”. Import the person first, or check the address."
    assert said in result.stderr


def test_links_lead_to_the_address_of_the_installation(make_app: Callable[..., Flask]) -> None:
    app = make_app(address="https://learning.example.org")
    result = app.test_cli_runner().invoke(args=["people", "create-administrator", "kit@example.org"])
    assert result.stdout.startswith("https://learning.example.org/invitation/")
    assert "LMS_ADDRESS" not in result.stderr


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two people, one of whom manages the other."""
    path = tmp_path / "people.csv"
    boss = row("Morgan Example", team="Commercial")
    path.write_bytes(file_of(boss, row(parent_team="Commercial", manager_email=address("Morgan Example"))))
    return path


def test_an_import_says_what_it_did(importer: Importer, run: Run, file: Path) -> None:
    said = """\
New people: 2
New teams: 2 (Commercial, Buying)
New appointments: 2
Moved: 0
Closed: 0
Unchanged: 0
Managers’ grants: 1
"""
    before = importer.counts()
    assert run("import", str(file), "--dry-run").stdout == f"{said}This was a dry run. Nothing was written.\n"
    assert importer.counts() == before
    assert run("import", str(file)).stdout == f"{said}Written as act {before['act'] + 1}.\n"
    again = run("import", str(file)).stdout
    assert again.endswith("Unchanged: 2\nAll of this is recorded already. Nothing was written.\n")
    assert importer.counts()["act"] == before["act"] + 1


def test_an_import_counts_moves_ends_and_new_names(importer: Importer, run: Run, file: Path) -> None:
    run("import", str(file))
    file.write_bytes(
        file_of(
            row("Morgan Example", team="Commercial", to="2026-12-31"),
            row(name="Rowan Sampleford", role_profile="senior-buyer", from_="2026-03-01"),
        )
    )
    said = run("import", str(file)).stdout
    assert "New appointments: 0\nMoved: 1\nClosed: 1\nUnchanged: 0\n" in said
    assert "New name of rowan.sample@example.org: Rowan Sampleford\n" in said


def test_an_import_with_mistakes_names_each_and_writes_nothing(
    importer: Importer, run: Run, file: Path
) -> None:
    file.write_bytes(file_of(row("Morgan Example"), row(role_profile="buyre", from_="x")))
    before = importer.counts()
    for arguments in (["import", str(file)], ["import", str(file), "--dry-run"]):
        result = run(*arguments, status=1)
        lines = result.stdout.splitlines()
        assert [line.partition(" “")[0] for line in lines] == ["Row 3, role_profile", "Row 3, from"]
        assert "Did you mean “buyer”?" in lines[0]
        assert result.stderr == "2 problems. Nothing was written.\n"
    assert importer.counts() == before


def test_a_file_that_is_not_there(run: Run) -> None:
    assert "does not exist" in run("import", "nowhere.csv", status=2).stderr
