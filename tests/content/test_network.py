"""The file of a network: what it gives the service, and what happens when it does not hold."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from flask import Flask

from lms import create_app
from lms.content.catalogue import current
from lms.content.network import FIRST, USUAL
from lms.content.network_files import contrast, network_of
from lms.content.serving import network
from lms.core.settings import ROOT, SettingsError
from tests.conftest import MakeApp
from tests.support.application import settings_for
from tests.support.pages import CheckedClient
from tests.support.second_network import COURSES

FILE = Path("framework") / "network.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the courses of the second network, to be spoilt."""
    return shutil.copytree(COURSES, tmp_path / "courses")


def spoil(folder: Path, old: str, new: str) -> None:
    text = (folder / FILE).read_text()
    assert old in text
    (folder / FILE).write_text(text.replace(old, new))


def test_a_folder_without_the_file_is_that_of_the_first_network(app: Flask) -> None:
    assert network_of(ROOT / "courses").network is FIRST
    with app.app_context():
        assert network().name == "Commercial Learning"


def test_a_setting_wins_over_the_name_of_the_network(make_app: MakeApp) -> None:
    for name, shown in (("", "Forensic Learning"), ("Green Lab Learning", "Green Lab Learning")):
        client = make_app(courses=COURSES, site_name=name).test_client()
        assert isinstance(client, CheckedClient)
        assert client.page("/login").title == f"Sign in, {shown}"


def test_the_log_in_page_says_what_the_network_is_for(make_app: MakeApp) -> None:
    client = make_app(courses=COURSES).test_client()
    assert isinstance(client, CheckedClient)
    page = client.page("/login")
    assert "people who work in forensic science" in page.text
    assert "the law of England and Wales" in page.response.text


def test_a_mistake_is_named_by_the_check_like_any_other(folder: Path) -> None:
    spoil(folder, '"#6b2d8f"', '"#b58fd0"')
    done = create_app(settings_for("sqlite://", courses=folder)).test_cli_runner()
    said = done.invoke(args=["courses", "check", "--errors-only", "--format", "json"])
    assert said.exit_code == 1
    found = json.loads(said.output)
    assert {(each["path"], each["line"], each["code"]) for each in found} == {
        ("courses/framework/network.yaml", 20, "contrast")
    }


def test_a_network_whose_file_does_not_hold_is_not_served(folder: Path) -> None:
    spoil(folder, "name: Forensic Learning", "nmae: Forensic Learning")
    app = create_app(settings_for("sqlite://", courses=folder))
    with app.app_context(), pytest.raises(SettingsError, match=r"network\.yaml:\d+:1: .*“nmae”"):
        network()


def test_a_mistake_in_it_holds_back_no_course(folder: Path, make_app: MakeApp) -> None:
    spoil(folder, "tile: [1, 1]", "tile: [1, 0]")
    app = make_app(courses=folder)
    said = app.test_cli_runner().invoke(args=["courses", "publish"])
    assert said.exit_code == 1
    assert "The tile is that of “birch-laboratory”" in said.output
    with app.app_context():
        assert {each.id for each in current().modules} == {"what-the-code-is", "declaring-compliance"}


def test_a_server_does_not_begin_with_a_file_that_does_not_hold(folder: Path) -> None:
    spoil(folder, "calculators: []", "calculators: [stand-still]")
    settings = {"LMS_COURSES": str(folder), "LMS_DATABASE_URL": "sqlite://", "LMS_SECRET_KEY": "s" * 32}
    others = {name: value for name, value in os.environ.items() if name != "FLASK_RUN_FROM_CLI"}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={**others, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "courses/framework/network.yaml:17:15: “calculators” must be" in done.stderr


def test_own_colours_are_a_style_sheet_whose_address_changes_with_them(
    make_app: MakeApp, folder: Path
) -> None:
    addresses = []
    for colour in ("#2b1640", "#1a1a2e"):
        spoil(folder, "#2b1640", colour)
        client = make_app(courses=folder).test_client()
        assert isinstance(client, CheckedClient)
        links = client.page("/login").tree.cssselect("link[rel=stylesheet]")
        addresses.append(links[-1].get("href") or "")
        answer = client.get(addresses[-1])
        assert (answer.mimetype, "immutable" in answer.headers["Cache-Control"]) == ("text/css", True)
        assert f"--navy:{colour};" in answer.text
        assert colour in client.get("/icon.svg").text
    assert len(set(addresses)) == 2


def test_the_first_network_asks_for_one_style_sheet_alone(client: CheckedClient) -> None:
    links = client.page("/login").tree.cssselect("link[rel=stylesheet]")
    assert [re.sub(r"\?.*", "", each.get("href") or "") for each in links] == ["/static/build/main.css"]


def test_the_usual_colours_are_those_of_the_style_sheet() -> None:
    css = (ROOT / "static" / "build" / "main.css").read_text()
    named = dict(re.findall(r"--([a-z-]+): ?(#[0-9a-f]{6})", css))
    usual = {name.replace("_", "-"): colour for name, colour in asdict(USUAL).items()}
    assert {name: named[name] for name in usual} == usual


@pytest.mark.parametrize(
    ("first", "second", "ratio"), [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_what_the_guidelines_say(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)


def test_the_manual_shows_the_file_of_the_second_network() -> None:
    assert (COURSES / FILE).read_text() in (ROOT / "docs" / "operating.md").read_text()


def test_a_command_that_needs_the_network_ends_with_the_mistakes_of_its_file(folder: Path) -> None:
    spoil(folder, "  bright:", "  brigth:")
    said = create_app(settings_for("sqlite://", courses=folder)).test_cli_runner()
    done = said.invoke(args=["courses", "preview"])
    assert done.exit_code == 2
    assert "Unknown key “brigth”" in done.stderr
