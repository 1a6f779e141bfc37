"""The catalogue of what the check says, docs/messages.md: each message with its smallest example."""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from lms.content.advice.advising import advise
from lms.content.checking import check
from lms.content.messages import MESSAGES
from lms.content.mistakes import Mistake, as_text, in_order
from lms.core.settings import ROOT
from tests.support.courses import FILES, MODULE, MODULE_PATH, replaced, written
from tests.support.spoiling import Case, Changes

DOCUMENT = ROOT / "docs" / "messages.md"
TODAY = date(2026, 11, 28)
BEGINNING = (
    "# What the check says\n\n"
    "Every message of `flask courses check`, by its code, with an example as it is printed. An error "
    "stops its file from being published, and no other. Advice stops nothing. "
    "[Writing modules](authoring.md) says how a text is written. This page is made from the code by "
    "`python -m tools.messages`, and a test runs every example.\n\n"
)
WHOLE_FOLDERS: dict[str, Changes] = {
    "framework-file": {"framework/glossery.yaml": "standstill: {}\n"},
    "file-missing": {"framework/roles.yaml": None},
    "no-course": {"awarding/course.md": None},
    "module-not-listed": {"awarding/later.md": FILES["awarding/after-the-award.md"]},
    "duplicate-module": {
        "awarding/course.md": replaced(FILES["awarding/course.md"], "[standstill, ", "["),
        "waiting/course.md": replaced(FILES["awarding/course.md"], ", after-the-award]", "]"),
        "waiting/standstill.md": MODULE,
        "waiting/days.svg": FILES["awarding/days.svg"],
    },
    "not-utf-8": {MODULE_PATH: replaced(MODULE, "Write to each", "Write to £each").encode("latin-1")},
}
"""Examples that are not a change of words in one file."""

WITHOUT_FOLDER = {
    "edition-lower": Mistake(
        "courses/awarding/standstill.md", 6, 10, "edition-lower", {"edition": "1", "published": "2"}
    ),
    "edition-used": Mistake(
        "courses/awarding/standstill.md", 6, 10, "edition-used", {"edition": "2", "next": "3"}
    ),
    "unreadable": Mistake(
        "courses/awarding/standstill.md", 1, 1, "unreadable", {"reason": "Permission denied"}
    ),
    "wrong-value": Mistake(
        "courses/awarding/standstill.md", 6, 10, "wrong-value", {"key": "edition", "problem": "…"}
    ),
}
"""Examples that need what is published, a file that the system refuses, or a rule of a later schema."""


def catalogue(cases: Iterable[Case]) -> str:
    """The whole page, with the first case of each code as its example."""
    changes = dict(WHOLE_FOLDERS)
    for case in cases:
        text = case.text().replace("¶", "", 1)
        changes.setdefault(case.code, {**case.others, case.path: text})
    return BEGINNING + "\n".join(_entries(changes))


def _entries(changes: dict[str, Changes]) -> Iterator[str]:
    for severity, heading in (("error", "Errors"), ("warning", "Advice")):
        yield f"## {heading}\n"
        for code in sorted(code for code, message in MESSAGES.items() if message.severity == severity):
            yield f"### `{code}`\n\n```text\n{_example(code, changes)}\n```\n"


def _example(code: str, changes: dict[str, Changes]) -> str:
    if code in WITHOUT_FOLDER:
        return as_text(WITHOUT_FOLDER[code], "")
    with tempfile.TemporaryDirectory() as folder:
        courses = written(Path(folder), changes[code])
        checked = check(courses)
        found = in_order([*checked.mistakes, *advise(checked, courses, TODAY)])
        mistake = next(each for each in found if each.code == code)
        return as_text(mistake, checked.sources.get(mistake.path, ""))
