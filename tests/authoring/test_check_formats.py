"""What `flask courses check` prints for people, for programs and for a pull request."""

import json

from tests.authoring.conftest import STANDSTILL, Room


def run(room: Room, *arguments: str) -> tuple[int, str]:
    result = room.app.test_cli_runner().invoke(args=["courses", "check", *arguments])
    return result.exit_code, result.output


def vague(room: Room) -> None:
    text = (room.folder / STANDSTILL).read_text()
    heading = next(line for line in text.splitlines() if line.startswith("## "))
    room.change(STANDSTILL, (heading, f"{heading}\n\nRead more [here](https://www.example.org/guidance)."))


def test_advice_is_printed_and_does_not_fail(room: Room) -> None:
    vague(room)
    status, output = run(room)
    assert status == 0
    assert ": advice: “here” does not say where the link leads" in output
    assert output.splitlines()[-2:] == ["No mistakes.", "1 piece of advice, which stops nothing."]


def test_advice_can_be_left_out(room: Room) -> None:
    vague(room)
    assert run(room, "--errors-only") == (0, "No mistakes.\n")


def test_json_says_which_is_advice(room: Room) -> None:
    vague(room)
    room.change(STANDSTILL, ("ask: 2", "ask: 2\nminute: 3"))
    found = json.loads(run(room, "--format", "json")[1])
    assert [(each["code"], each["severity"]) for each in found] == [("unknown-key", "error")]
    room.change(STANDSTILL, ("\nminute: 3", ""))
    found = json.loads(run(room, "--format", "json")[1])
    assert [(each["code"], each["severity"]) for each in found] == [("link-words", "warning")]


def test_a_pull_request_gets_an_annotation_a_line(room: Room) -> None:
    vague(room)
    room.change(STANDSTILL, ("ask: 2", "ask: 2\nminute: 3"))
    status, output = run(room, "--format", "github")
    assert status == 1
    (line,) = output.splitlines()
    assert line.startswith(
        "::error file=courses/first-steps/standstill.md,line=8,col=1,endColumn=7,title=unknown-key"
    )
    room.change(STANDSTILL, ("\nminute: 3", ""))
    assert run(room, "--format", "github")[1].startswith("::warning file=courses/first-steps/standstill.md,")


def test_nothing_is_printed_for_a_pull_request_without_a_mistake(room: Room) -> None:
    assert run(room, "--format", "github") == (0, "")
