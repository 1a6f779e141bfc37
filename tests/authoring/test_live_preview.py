"""`flask courses preview`: pages that follow the files, without a database and without a log-in."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from lms import create_app
from lms.authoring.live import LiveFolder
from lms.authoring.preview_cli import prepare
from tests.authoring.conftest import MISSPELT, STANDSTILL
from tests.authoring.repositories import git
from tests.support.application import settings_for
from tests.support.browser import Visitor, demand_accessible, demand_no_sideways_scrolling, served
from tests.support.pages import CheckedClient, Page
from tests.support.samples import SAMPLES

MODULE = "/preview/first-steps/standstill"
NO_DATABASE = "sqlite:////nowhere/at-all.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "courses"
    shutil.copytree(SAMPLES, copy)
    return copy


@pytest.fixture
def live(folder: Path) -> Flask:
    app = create_app(settings_for(NO_DATABASE))
    app.test_client_class = CheckedClient
    prepare(app, LiveFolder(folder))
    return app


@pytest.fixture
def committed(folder: Path) -> None:
    git(folder.parent, "init", "--quiet")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "--quiet", "-m", "Begin")


@pytest.fixture
def client(live: Flask) -> CheckedClient:
    client = live.test_client()
    assert isinstance(client, CheckedClient)
    return client


def opened(client: CheckedClient, address: str, status: int = 200) -> Page:
    page = Page.of(client, client.get(address))
    assert page.response.status_code == status
    return page


def change(folder: Path, old: str, new: str) -> None:
    path = folder / STANDSTILL
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_it_lists_the_modules_with_what_was_found(client: CheckedClient, folder: Path) -> None:
    change(folder, *MISSPELT)
    page = opened(client, "/preview/")
    assert "2 mistakes" in page.text
    assert page.select(".tag--red") == ["Does not pass"]


def test_a_module_is_shown_as_its_file_is_now(client: CheckedClient, folder: Path) -> None:
    assert opened(client, MODULE).select(".sheet__state") == ["Ready to publish. Nothing stops it."]
    change(folder, *MISSPELT)
    assert len(opened(client, MODULE).tree.cssselect(".mistake:not(.mistake--thought)")) == 2
    change(folder, *reversed(MISSPELT))
    assert not opened(client, MODULE).tree.cssselect(".mistake:not(.mistake--thought)")


def test_what_other_files_say_is_known_once_they_are_saved(client: CheckedClient, folder: Path) -> None:
    opened(client, MODULE)
    change(folder, "## ", "[Next](module:not-there)\n\n## ")
    assert "There is no module “not-there”" in opened(client, MODULE).text


@pytest.mark.usefixtures("committed")
def test_it_is_compared_with_the_last_commit(client: CheckedClient, folder: Path) -> None:
    assert "Nothing would change for learners." in opened(client, MODULE).text
    heading = next(line for line in (folder / STANDSTILL).read_text().splitlines() if line[:3] == "## ")
    change(folder, heading, f"{heading}\n\nOne more sentence.")
    page = opened(client, MODULE)
    assert "A correction of edition 1." in page.text
    assert f"Changed: {heading[3:]}" in page.text


def test_its_questions_can_be_answered(client: CheckedClient) -> None:
    (link, *_) = opened(client, MODULE).tree.cssselect(".draft-question a")
    address = link.get("href", "")
    page = opened(client, f"{address}?check=1&answer=0")
    assert page.select(".verdict__title")[0] in {"Right", "Not right"}


def test_pages_that_need_a_database_lead_to_the_list(client: CheckedClient) -> None:
    for address in ("/", "/courses/", "/reports/gaps", "/login"):
        assert client.get(address).headers["Location"] == "/preview/"


def test_what_is_not_there_or_is_no_course_is_not_found(client: CheckedClient) -> None:
    for address in (
        "nowhere/standstill",
        "first-steps/nothing",
        "framework/roles",
        "first-steps/questions/x",
    ):
        opened(client, f"/preview/{address}", 404)
    opened(client, f"{MODULE}/questions/nothing", 404)


def test_the_page_follows_the_file_at_any_width(live: Flask, folder: Path, visitor: Visitor) -> None:
    with served(live) as address:
        page = visitor.browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{address}{MODULE}")
        expect(page.locator(".sheet__state")).to_contain_text("Ready to publish")
        change(folder, *MISSPELT)
        expect(page.locator(".sheet__state")).to_contain_text("Does not pass", timeout=20_000)
        demand_no_sideways_scrolling(page)
        demand_accessible(page)
        page.close()
