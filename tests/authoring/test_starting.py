"""`flask courses new`: what it writes passes, keeps what others wrote, and overwrites nothing."""

from pathlib import Path

import pytest
import yaml

from lms.authoring.starting import StartError, with_module
from lms.content.checking import check
from tests.authoring.conftest import Room
from tests.authoring.test_courses_commands import run

ANSWERS = {
    "--title": "Asking for tenders: how",
    "--summary": "Ask the market, in writing.",
    "--minutes": "20",
    "--outcome": "write the notice",
    "--owner": "idris@example.org",
    "--source": "Procurement Act 2023",
}
MODULE = "first-steps/asking-for-tenders-how.md"
COURSE = "first-steps/course.md"


def options(**changes: str) -> list[str]:
    given = {**ANSWERS, **{f"--{key.replace('_', '-')}": value for key, value in changes.items()}}
    return [word for pair in given.items() for word in pair]


def new_module(room: Room, **changes: str) -> object:
    return run(room.app, "new", "module", "--course", "first-steps", *options(**changes))


def errors(folder: Path) -> list[str]:
    return [f"{each.path}: {each.message}" for each in check(folder).mistakes if each.severity == "error"]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_module_passes_stands_in_its_course_and_says_what_is_next(room: Room) -> None:
    result = run(
        room.app, "new", "module", "--course", "first-steps", *options(), "--outcome", "send it: at once"
    )
    assert result.exit_code == 0, result.output
    assert errors(room.folder) == []
    assert (room.folder / COURSE).read_text().count("[notices, standstill, asking-for-tenders-how]") == 1
    assert result.output.splitlines() == [
        f"Wrote courses/{MODULE}.",
        f"Added it to the list in courses/{COURSE}.",
        "",
        f"Next, replace the text in it, then run: flask courses check {room.folder / MODULE}",
        "If it shows a level, list it in framework/competencies.yaml under shown_by.",
    ]
    assert room.publish().changes.new == ("asking-for-tenders-how", "notices", "standstill")


def test_it_asks_for_what_no_option_gave(room: Room) -> None:
    answers = [
        "first-steps", "Asking", "Ask.", "", "write it", "send it", "", "idris@example.org", "The Act",
    ]  # fmt: skip
    result = room.app.test_cli_runner().invoke(
        args=["courses", "new", "module"], input="\n".join([*answers, ""])
    )
    assert result.exit_code == 0, result.output
    front = yaml.safe_load((room.folder / "first-steps/asking.md").read_text().split("---")[1])
    assert (front["minutes"], front["ask"], front["outcomes"]) == (15, 2, ["write it", "send it"])
    assert errors(room.folder) == []


def test_a_new_course_passes_with_its_first_module(room: Room) -> None:
    changes = {
        key.replace("--title", "--module-title").replace("--summary", "--module-summary"): value
        for key, value in ANSWERS.items()
    }
    words = [word for pair in changes.items() for word in pair]
    result = run(room.app, "new", "course", "--title", "Buying: [for] #1", "--summary", "It's “all”.", *words)
    assert result.exit_code == 0, result.output
    assert errors(room.folder) == []
    assert check(room.folder).courses["buying-for-1"].document is not None
    assert sorted(path.name for path in (room.folder / "buying-for-1").iterdir()) == [
        "asking-for-tenders-how.md",
        "course.md",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "standstill"}, "courses/first-steps/standstill.md is there already"),
        ({"id": "course"}, "courses/first-steps/course.md is there already"),
        ({"id": "../escaped"}, "is no id"),
        ({"id": "Upper"}, "is no id"),
        ({"title": "…"}, "is no id"),
    ],
)
def test_nothing_is_overwritten_and_nothing_is_left_half_done(
    room: Room, changes: dict[str, str], words: str
) -> None:
    before = files(room.folder)
    result = run(room.app, "new", "module", "--course", "first-steps", *options(**changes))
    assert (result.exit_code, words in result.stderr) == (2, True), result.output
    assert files(room.folder) == before


def test_a_course_that_is_there_is_left_alone(room: Room) -> None:
    before = files(room.folder)
    result = run(room.app, "new", "course", "--id", "first-steps", "--title", "A", "--summary", "B")
    assert (result.exit_code, "is there already" in result.stderr) == (2, True)
    assert files(room.folder) == before


@pytest.mark.parametrize("changes", [{"owner": "nobody"}, {"outcome": "x" * 700}])
def test_an_answer_that_does_not_hold_is_named_and_nothing_is_written(
    room: Room, changes: dict[str, str]
) -> None:
    before = files(room.folder)
    result = run(room.app, "new", "module", "--course", "first-steps", *options(**changes))
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "Nothing was written: an answer does not hold."
    assert files(room.folder) == before


def test_a_course_that_is_not_there_is_named_with_those_that_are(room: Room) -> None:
    result = run(room.app, "new", "module", "--course", "last-steps", *options())
    assert (result.exit_code, result.stderr) == (
        2,
        "There is no course “last-steps”. There are first-steps.\n",
    )


@pytest.mark.parametrize(
    "words",
    ["a: b", "- dash", "# hash", "“quoted” and 'plain' and \"more\"", "yes", "2026", "{x} [y]", "100 %"],
)
def test_any_words_come_through_as_they_were_given(room: Room, words: str) -> None:
    result = run(
        room.app, "new", "module", "--course", "first-steps", *options(id="odd", title=words, outcome=words)
    )
    assert result.exit_code == 0, result.output
    reading = next(one for one in check(room.folder).modules if one.id == "odd")
    assert reading.document is not None
    assert (reading.document.title, reading.document.outcomes) == (words, (words,))


FRONT = "---\ntitle: A\n{}order: 3 # kept\n---\nText - [x]\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("modules: [one, two]\n", "modules: [one, two, new]\n"),
        ("modules: [ one ] # why\n", "modules: [ one, new ] # why\n"),
        ("modules: [\n  one,\n  two,\n]\n", "modules: [\n  one,\n  two, new,\n]\n"),
        ("modules:\n  - one\n  - two # why\n", "modules:\n  - one\n  - two # why\n  - new\n"),
        ("modules:\n- one\n\n# more\n- two\n\n", "modules:\n- one\n\n# more\n- two\n- new\n\n"),
        ("modules:\r\n  - one\r\n", "modules:\r\n  - one\r\n  - new\r\n"),
    ],
)
def test_a_list_keeps_the_way_in_which_it_is_written(before: str, after: str) -> None:
    assert with_module(FRONT.format(before), "new") == FRONT.format(after)


@pytest.mark.parametrize("modules", ["", "modules: one\n", "modules: &a [one]\n", "modules: {}\n"])
def test_a_list_that_cannot_be_added_to_is_refused(modules: str) -> None:
    with pytest.raises(StartError):
        with_module(FRONT.format(modules), "new")
