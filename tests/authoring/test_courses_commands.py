"""`flask courses check` and `flask courses publish`: what they say, and how they exit."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from lms.content.models import ModuleVersion, Publication
from lms.core.database import db
from tests.authoring.conftest import MISSPELT, NOTICES, RAISED, STANDSTILL, Room

CLEAN, MISTAKES, COULD_NOT_RUN = 0, 1, 2
ROLES = "framework/roles.yaml"


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["courses", *map(str, arguments)])


def test_courses_without_a_mistake_are_clean(room: Room) -> None:
    result = run(room.app, "check")
    assert (result.exit_code, result.output) == (CLEAN, "No mistakes.\n")
    assert json.loads(run(room.app, "check", "--format", "json").output) == []


def test_a_mistake_is_named_with_its_place_the_hint_and_the_line(room: Room) -> None:
    room.change(STANDSTILL, ("/// question | how-long", "/// questions | how-long"))
    room.change(STANDSTILL, ("ask: 2", "ask: 2\nminute: 3"))
    result = run(room.app, "check")
    assert result.exit_code == MISTAKES
    first, hint, line, caret = result.output.splitlines()[:4]
    assert first == "courses/first-steps/standstill.md:8:1: Unknown key “minute”"
    assert hint.startswith("    Did you mean “minutes”? The keys here are aliases, ask,")
    assert (line, caret) == ("    minute: 3", "    ^^^^^^")
    assert "courses/first-steps/standstill.md:22:5: There is no block “questions”" in result.output
    assert result.output.splitlines()[-1] == "2 mistakes in 1 file."


def test_a_single_mistake_is_counted_as_one(room: Room) -> None:
    room.change(STANDSTILL, ("ask: 2", "ask: 2\nminute: 3"))
    assert run(room.app, "check").output.splitlines()[-1] == "1 mistake."


def test_json_has_the_keys_that_others_rely_on(room: Room) -> None:
    room.change(STANDSTILL, ("ask: 2", "ask: 2\nminute: 3"))
    result = run(room.app, "check", "--format", "json")
    (found,) = json.loads(result.output)
    assert result.exit_code == MISTAKES
    assert found.pop("hint").startswith("Did you mean “minutes”?")
    assert found == {
        "path": "courses/first-steps/standstill.md",
        "line": 8,
        "column": 1,
        "code": "unknown-key",
        "severity": "error",
        "message": "Unknown key “minute”",
    }


def test_paths_choose_files_and_folders_and_the_whole_is_checked_all_the_same(room: Room) -> None:
    room.change(NOTICES, MISSPELT)
    room.change(ROLES, ("law: 2", "lwa: 2"))

    def paths(*chosen: Path) -> set[str]:
        found = json.loads(run(room.app, "check", *chosen, "--format", "json").output)
        return {each["path"] for each in found}

    notices, roles = f"courses/{NOTICES}", f"courses/{ROLES}"
    assert paths(room.folder / NOTICES) == {notices}
    assert paths(room.folder / "framework") == {roles}
    assert paths(room.folder / ROLES, room.folder / "first-steps") == {notices, roles}
    assert paths(room.folder) == paths(room.folder.parent) == paths() == {notices, roles}
    clean = run(room.app, "check", room.folder / STANDSTILL)
    assert (clean.exit_code, clean.output) == (CLEAN, "No mistakes.\n")


def test_a_path_may_be_relative_to_where_one_stands(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.change(NOTICES, MISSPELT)
    monkeypatch.chdir(room.folder / "first-steps")
    assert run(room.app, "check", "notices.md").exit_code == MISTAKES
    assert run(room.app, "check", "standstill.md").exit_code == CLEAN


def test_a_folder_reached_by_another_name_gives_the_same(room: Room, tmp_path: Path) -> None:
    room.change(NOTICES, MISSPELT)
    (tmp_path / "other").symlink_to(room.folder)
    room.app.config["COURSES"] = tmp_path / "other"
    result = run(room.app, "check", tmp_path / "other" / NOTICES)
    assert result.exit_code == MISTAKES
    assert result.output.startswith("courses/first-steps/notices.md:2:1:")


@pytest.mark.parametrize("path", ["no-such-file.md", "/"])
def test_a_path_that_is_no_part_of_the_courses_is_never_clean(room: Room, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    result = run(room.app, "check", outside if path == "/" else room.folder / path)
    assert result.exit_code == COULD_NOT_RUN
    assert ("is not in" if path == "/" else "does not exist") in result.stderr


@pytest.mark.parametrize("command", ["check", "publish"])
def test_without_the_folder_nothing_runs(room: Room, command: str) -> None:
    room.app.config["COURSES"] = room.folder / "gone"
    result = run(room.app, command)
    assert result.exit_code == COULD_NOT_RUN
    assert "Set LMS_COURSES" in result.stderr


def test_publishing_says_what_it_did(room: Room) -> None:
    first = run(room.app, "publish")
    assert first.exit_code == CLEAN
    assert first.output.splitlines() == [
        "New: notices",
        "New: standstill",
        "Course: first-steps",
        "Standard: sample",
        "Changed: the framework",
        "Requirements written: 3",
        "No mistakes.",
    ]
    assert run(room.app, "publish").output.splitlines() == [
        "Nothing differs from publication 1, so nothing was written.",
        "No mistakes.",
    ]
    room.change(NOTICES, ("A notice tells", "Each notice tells"))
    room.change(STANDSTILL, RAISED)
    assert run(room.app, "publish").output.splitlines()[:2] == [
        "New edition: standstill",
        "Corrected, same edition: notices",
    ]


def test_publishing_names_what_it_left_out_and_publishes_the_rest(room: Room) -> None:
    room.change(NOTICES, MISSPELT)
    result = run(room.app, "publish")
    assert result.exit_code == MISTAKES
    assert result.output.splitlines()[0] == "New: standstill"
    assert "courses/first-steps/notices.md:14:1: Unknown key “review”" in result.output
    last = "Not published: courses/first-steps/notices.md. What was good before stays."
    assert result.output.splitlines()[-1] == last


def test_a_mistake_that_only_what_is_published_shows_is_named_too(room: Room) -> None:
    room.change(STANDSTILL, RAISED)
    run(room.app, "publish")
    room.change(STANDSTILL, (RAISED[1], RAISED[0]))
    result = run(room.app, "publish")
    assert result.exit_code == MISTAKES
    assert "standstill.md:6:10: Edition 1 is lower than edition 2, which is published" in result.output


def test_an_empty_folder_retires_nothing(room: Room, tmp_path: Path) -> None:
    run(room.app, "publish")
    (tmp_path / "empty").mkdir()
    room.app.config["COURSES"] = tmp_path / "empty"
    result = run(room.app, "publish")
    assert result.exit_code == COULD_NOT_RUN
    assert "holds no courses" in result.stderr
    with room.on():
        assert db.session.scalar(select(func.count()).select_from(Publication)) == 1
        assert db.session.scalar(select(func.count()).select_from(ModuleVersion)) == 2


def test_without_a_database_nothing_is_published(room: Room) -> None:
    with room.on():
        db.drop_all()
    result = run(room.app, "publish")
    assert result.exit_code == COULD_NOT_RUN
    assert "Run flask db upgrade first" in result.stderr
