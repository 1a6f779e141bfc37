"""Every message of the check has a smallest text that brings it, at its exact line and column."""

import re
from pathlib import Path

import pytest

from lms.content.advice.messages import ADVICE
from lms.content.checking import check
from lms.content.messages import MESSAGES
from lms.content.mistakes import as_json, as_text
from tests.content.cases_of_files import FILE_CASES
from tests.content.cases_of_modules import MODULE_CASES
from tests.content.cases_of_wholes import WHOLE_CASES
from tests.support.courses import FILES, MODULE, MODULE_PATH, SVG, marked, replaced, written
from tests.support.spoiling import Case

CASES = (*FILE_CASES, *MODULE_CASES, *WHOLE_CASES)
# They have tests of their own, below and with publishing and front matter.
ELSEWHERE = {
    "unreadable",
    "wrong-value",
    "framework-file",
    "duplicate-module",
    "module-not-listed",
    "no-course",
    "file-missing",
    "not-utf-8",
    "edition-lower",
    "edition-used",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.note}".strip())
def test_a_mistake_is_named_where_it_is(case: Case, tmp_path: Path) -> None:
    path, text = case.path, case.text()
    text, place = marked(text)
    courses = written(tmp_path, {**case.others, path: text})
    mistakes = check(courses).mistakes
    found = [(m.code, m.path, (m.line, m.column)) for m in mistakes]
    assert (case.code, f"courses/{path}", place) in found
    assert {code for code, *_ in found} <= {case.code, *case.also}
    assert [m.code for m in mistakes if not m.message or re.search(r"%\(|  ", m.message + m.hint)] == []


def test_every_message_has_a_case() -> None:
    assert {case.code for case in CASES} | ELSEWHERE == set(MESSAGES) - set(ADVICE)


def places(courses: Path) -> list[tuple[str, str, int, int]]:
    return [(m.code, m.path, m.line, m.column) for m in check(courses).mistakes]


def test_two_files_of_one_module_both_fail(tmp_path: Path) -> None:
    course = replaced(FILES["awarding/course.md"], "[standstill, after-the-award]", "[standstill]")
    courses = written(
        tmp_path, {"waiting/course.md": course, "waiting/standstill.md": MODULE, "waiting/days.svg": SVG}
    )
    assert places(courses) == [
        ("duplicate-module", "courses/awarding/standstill.md", 1, 1),
        ("duplicate-module", "courses/waiting/standstill.md", 1, 1),
    ]
    assert "courses/waiting/standstill.md" in check(courses).mistakes[0].message


def test_a_module_that_no_course_lists_is_named(tmp_path: Path) -> None:
    courses = written(tmp_path, {"awarding/later.md": FILES["awarding/after-the-award.md"]})
    assert places(courses) == [("module-not-listed", "courses/awarding/later.md", 1, 1)]


def test_a_course_needs_its_file(tmp_path: Path) -> None:
    courses = written(tmp_path, {"awarding/course.md": None})
    assert places(courses) == [("no-course", "courses/awarding/course.md", 1, 1)]


def test_the_framework_needs_its_files(tmp_path: Path) -> None:
    courses = written(tmp_path, {"framework/roles.yaml": None})
    assert places(courses) == [("file-missing", "courses/framework/roles.yaml", 1, 1)]


def test_a_file_of_the_framework_with_a_wrong_name_is_named(tmp_path: Path) -> None:
    courses = written(tmp_path, {"framework/glossery.yaml": "a: b\n"})
    assert places(courses) == [("framework-file", "courses/framework/glossery.yaml", 1, 1)]
    assert "Did you mean “glossary.yaml”?" in check(courses).mistakes[0].hint


def test_a_file_that_cannot_be_read_fails_and_holds_back_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    courses = written(tmp_path)
    opened = Path.open

    def guarded(self: Path, mode: str = "r") -> object:
        if self.name == "standstill.md":
            raise PermissionError(13, "Permission denied")
        return opened(self, mode)

    monkeypatch.setattr(Path, "open", guarded)
    checked = check(courses)
    assert ("unreadable", "courses/awarding/standstill.md", 1, 1) in places(courses)
    assert [one.id for one in checked.passed_modules()] == ["after-the-award"]
    assert [one.id for one in checked.modules] == ["after-the-award", "standstill"]


def test_what_lies_about_is_left_alone(tmp_path: Path) -> None:
    courses = written(tmp_path, {"README.txt": "x", ".git/a.md": "x", "awarding/drafts.md/one.md": "x"})
    assert places(courses) == []


def test_a_folder_that_is_not_there_has_no_courses(tmp_path: Path) -> None:
    checked = check(tmp_path / "nowhere")
    assert checked.modules == []
    assert {mistake.code for mistake in checked.mistakes} == {"file-missing"}


def test_a_file_that_is_not_utf_8_is_named_at_its_first_wrong_byte(tmp_path: Path) -> None:
    data = replaced(MODULE, "Write to each", "Write to £each").encode("latin-1")
    courses = written(tmp_path, {MODULE_PATH: data})
    line = MODULE[: MODULE.index("Write to each")].count("\n") + 1
    assert places(courses) == [("not-utf-8", "courses/awarding/standstill.md", line, 10)]


def test_a_good_folder_has_no_mistake(tmp_path: Path) -> None:
    checked = check(written(tmp_path))
    assert checked.mistakes == []
    assert [one.id for one in checked.passed_modules()] == ["after-the-award", "standstill"]
    assert checked.passed_framework() is not None


def test_a_mistake_shows_its_line_with_carets_and_how_to_mend_it(tmp_path: Path) -> None:
    text = replaced(MODULE, "review_by:", "review:")
    checked = check(written(tmp_path, {MODULE_PATH: text}))
    unknown, missing = sorted(checked.mistakes, key=lambda one: one.line, reverse=True)
    assert (
        as_text(unknown, text).splitlines()[0] == "courses/awarding/standstill.md:14:1: Unknown key “review”"
    )
    assert "Did you mean “review_by”?" in as_text(unknown, text)
    assert as_text(unknown, text).splitlines()[-2:] == ["    review: 2027-05-31", "    ^^^^^^"]
    assert missing.code == "missing-key"
    assert as_json(unknown) == {
        "path": "courses/awarding/standstill.md",
        "line": 14,
        "column": 1,
        "code": "unknown-key",
        "severity": "error",
        "message": "Unknown key “review”",
        "hint": unknown.hint,
    }


def test_a_long_line_is_cut_to_what_stands_around_the_mistake(tmp_path: Path) -> None:
    text = replaced(
        MODULE, "See [the Act]", "word " * 100 + "[nothing](module:nothing-here) " + "word " * 100
    )
    (mistake,) = check(written(tmp_path, {MODULE_PATH: text})).mistakes
    shown, carets = as_text(mistake, text).splitlines()[-2:]
    assert len(shown) < 130
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "module:nothing-here"


def test_all_mistakes_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    changes = {
        MODULE_PATH: replaced(replaced(MODULE, "edition: 1", "edition: one"), "/// note", "/// notes"),
        "framework/roles.yaml": replaced(
            FILES["framework/roles.yaml"], "procurement-law: 1", "procurement: 1"
        ),
        "standards/sourcing.md": replaced(FILES["standards/sourcing.md"], "**Who:**", "Who:"),
    }
    checked = check(written(tmp_path, changes))
    assert {mistake.code for mistake in checked.mistakes} == {
        "not-a-number",
        "unknown-block",
        "unknown-competency",
        "clause-incomplete",
    }
    assert [one.id for one in checked.passed_modules()] == ["after-the-award"]
    assert checked.passed_framework() is None
