"""What a change means to learners, in words: before it is published, and without a database too."""

import json
from datetime import date
from pathlib import Path

import pytest

from lms import create_app
from tests.authoring.conftest import NOTICES, RAISED, STANDSTILL, WAITING, Room
from tests.authoring.repositories import committed, repository
from tests.authoring.test_courses_commands import run
from tests.support.application import settings_for
from tests.support.samples import take

PART = "How long to wait"
LAW = "## How long to wait\n\n/// law\nThe standstill has its length.\n\n[Section 51](law:pa23/51)\n///\n"
ASKS = "asks: questions"
ANSWERED = ("Yes, eight working days.", "Indeed, eight working days.")


def lines(room: Room, *arguments: str) -> list[str]:
    result = run(room.app, "diff", *arguments)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def doubts(room: Room) -> list[str]:
    return [each.strip().removeprefix("? ") for each in lines(room) if each.strip().startswith("?")]


def test_before_anything_is_published_everything_is_new(room: Room) -> None:
    found = lines(room)
    assert found[0] == "Compared with nothing, since nothing has been published yet."
    assert "New: first-steps/notices.md, “Notices in order”" in found
    assert "New course: first-steps" in found
    assert "Role buyer asks level 2 of law instead of 0" in found


def test_nothing_differs_from_what_was_just_published(room: Room) -> None:
    room.publish()
    assert lines(room) == [
        "Compared with publication 1 of 30.11.2026.",
        "Nothing differs for those who learn.",
    ]


def test_a_typo_mended_is_the_same_edition_with_what_changed(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, ("The standstill is", "A standstill is"), ANSWERED)
    assert lines(room)[2:] == [
        "Same edition: first-steps/standstill.md, “Waiting after an award”, edition 1",
        f"    Changed part: {PART}",
        "    Changed question: how-long",
    ]


def test_a_new_edition_says_how_many_people_would_owe_how_many_minutes(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, RAISED, ("The standstill is", "A standstill is"), ANSWERED)
    assert lines(room)[2:] == [
        "New edition: first-steps/standstill.md, “Waiting after an award”, edition 1 to 2",
        f"    Changed part: {PART}",
        "    Changed question: how-long",
        "    Changed in the first lines: changes",
        "    1 person who passed an earlier edition would owe an update of 7 minutes: 7 minutes in all.",
        "",
        "In all: 7 minutes of updates.",
    ]
    (module,) = json.loads("\n".join(lines(room, "--format", "json")))["modules"]
    assert (module["people"], module["minutes"], module["minutes_in_all"]) == (1, 7, 7)
    assert module["parts"] == {"new": [], "changed": [PART], "gone": []}


def test_who_passed_the_new_edition_owes_nothing_and_who_passed_twice_is_one(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, RAISED)
    assert any("1 person" in each for each in lines(room))
    room.publish()
    with room.on(date(2026, 12, 1)):
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, ("edition: 2", "edition: 3"))
    assert any("1 person" in each for each in lines(room))
    room.change(STANDSTILL, ("edition: 3", "edition: 2"))
    assert not any("people" in each for each in lines(room))


def test_an_edition_that_asks_nothing_says_so(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, (RAISED[0], RAISED[1].replace(ASKS, "asks: nothing")), ANSWERED)
    assert "    It asks nothing of those who passed an earlier edition." in lines(room)


def test_a_new_edition_that_changes_nothing_is_questioned(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, RAISED)
    assert doubts(room) == [
        "Edition 2 changes nothing that learners read. Is it a new edition?",
        f"“changes” names the part “{PART}”, which did not change.",
    ]


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (
            ("has its length", "has a length"),
            f"A law block in “{PART}” was rewritten, and the edition is the same.",
        ),
        (
            ("law:pa23/51)\n///", "law:pa23/50)\n///"),
            f"A law block in “{PART}” was rewritten, and the edition is the same.",
        ),
        (
            ("See [it](law:pa23/51)", "See [it](law:pa23/50)"),
            f"A law or a figure in “{PART}” is another one, and the edition is the same.",
        ),
        (("See [it](law:pa23/51)", "Look at [it](law:pa23/51)"), ""),
        (("See [it](law:pa23/51)", "See [this](law:pa23/51)"), ""),
    ],
)
def test_law_that_is_rewritten_in_the_same_edition_is_questioned(
    room: Room, change: tuple[str, str], doubt: str
) -> None:
    room.change(STANDSTILL, (f"## {PART}\n", LAW + "\nSee [it](law:pa23/51).\n"))
    assert room.publish().problems == ()
    room.change(STANDSTILL, change)
    assert doubts(room) == ([doubt] if doubt else [])


def test_a_part_that_changed_and_is_not_named_is_questioned(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, RAISED, ANSWERED)
    more = "\n## More to know\n\nThere is more.\n"
    (room.folder / STANDSTILL).write_text((room.folder / STANDSTILL).read_text() + more)
    assert doubts(room) == ["The part “More to know” changed, and “changes” does not name it."]


def test_a_retired_a_renamed_and_a_failing_module_are_told_apart(room: Room) -> None:
    room.publish()
    room.rename_standstill()
    assert "    Renamed: it was standstill" in lines(room)
    room.change(WAITING, ("ask: 2", "ask: 2\nwrong: 1"))
    assert any(each.startswith("Does not pass: first-steps/waiting.md") for each in lines(room))
    (room.folder / WAITING).unlink()
    assert "Retired: first-steps/standstill.md, “Waiting after an award”" in lines(room)


def test_a_revision_is_compared_with_what_lies_there(room: Room) -> None:
    first = repository(room.folder.parent)
    room.change(STANDSTILL, ANSWERED)
    committed(room.folder.parent, "All days")
    assert lines(room, first)[0] == f"Compared with revision {first}."
    assert "    Changed question: how-long" in lines(room, first)
    assert "Nothing differs for those who learn." in lines(room, "HEAD")
    result = run(room.app, "diff", "gone")
    assert (result.exit_code, "There is no revision “gone”" in result.stderr) == (2, True)


def test_without_a_database_it_compares_with_the_last_commit_and_counts_nobody(
    room: Room, tmp_path: Path
) -> None:
    repository(room.folder.parent)
    room.change(STANDSTILL, RAISED, ANSWERED)
    missing = tmp_path / "none" / "lms.db"
    app = create_app(settings_for(f"sqlite:///{missing}", courses=room.folder))
    result = app.test_cli_runner().invoke(args=["courses", "diff"])
    assert result.output.splitlines()[:2] == [
        "Compared with the last commit.",
        "There is no database here, so people are not counted.",
    ]
    assert "Everybody who passed an earlier edition would owe 7 minutes." in result.output
    assert not missing.exists()
    shown = app.test_cli_runner().invoke(args=["courses", "diff", "--format", "json"])
    assert json.loads(shown.output)["modules"][0]["people"] is None


def test_without_a_database_and_without_git_it_says_what_is_missing(room: Room, tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'none.db'}", courses=room.folder))
    result = app.test_cli_runner().invoke(args=["courses", "diff"])
    assert result.exit_code == 2
    assert "lies in no Git repository" in result.stderr


def test_a_change_of_the_framework_is_told(room: Room) -> None:
    room.publish()
    room.change("framework/roles.yaml", ("negotiation: 1", "negotiation: {level: 2, from: 2027-04-01}"))
    room.change(NOTICES, ("A notice tells", "Each notice tells"))
    assert "Role buyer asks level 2 of negotiation instead of 1 from 01.04.2027" in lines(room)
