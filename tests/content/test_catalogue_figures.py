"""A threshold changes in one place, and the check names every module and standard that has it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from lms.content.advice.advising import advise
from lms.content.checking import check
from lms.core.settings import ROOT

TODAY = date(2026, 11, 29)
GOODS = "threshold-goods-sub-central"
FILE = "framework/figures.yaml"


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return Path(copytree(ROOT / "courses", tmp_path / "courses"))


def named(courses: Path, code: str) -> set[str]:
    checked = check(courses)
    found = [*checked.mistakes, *advise(checked, courses, TODAY)]
    return {each.path for each in found if each.code == code and not each.path.endswith(".yaml")}


def with_text(courses: Path, is_in: Callable[[str], object]) -> set[str]:
    texts = (path for path in courses.glob("*/*.md") if path.name != "course.md")
    return {str(path.relative_to(courses.parent)) for path in texts if is_in(path.read_text())}


def change(courses: Path, name: str, old: str, new: str) -> None:
    """Change a value of one figure, a line below its name."""
    file = courses / FILE
    before, head, after = file.read_text().partition(f"\n{name}:\n")
    assert head
    assert old in after.split("\n\n")[0]
    file.write_text(before + head + after.replace(old, new, 1))


def test_a_threshold_that_is_to_change_names_all_that_write_it(courses: Path) -> None:
    assert named(courses, "figure-changed") == set()
    line = '    - {from: 2026-01-01, value: "£207,720"}\n'
    until = line.replace("value", "to: 2028-01-01, value")
    later = f'{until}    - {{from: 2028-01-01, value: "£199,000"}}\n'
    change(courses, GOODS, line, later)
    written = re.compile(rf"£207,720(?![\d,])(?!\]\(figure:(?!{GOODS}\)))")
    expected = with_text(courses, written.search)
    assert len(expected) >= 3
    assert named(courses, "figure-changed") == expected
    assert named(courses, "figure-differs") == set()


def test_a_threshold_that_was_written_wrongly_names_all_that_are_tied_to_it(courses: Path) -> None:
    change(courses, GOODS, '"£207,720"', '"£207,721"')
    expected = with_text(courses, lambda text: f"(figure:{GOODS})" in text)
    assert len(expected) >= 3
    assert named(courses, "figure-differs") == expected
