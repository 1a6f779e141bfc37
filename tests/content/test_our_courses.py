"""The courses that come with the product hold, and a whole catalogue is checked while one waits."""

from pathlib import Path

from lms.content.checking import check
from lms.content.mistakes import as_text
from tests.support.courses import COURSE, MODULE, SVG, written

MODULES = 40


def test_our_own_courses_have_no_mistake(repository: Path) -> None:
    checked = check(repository / "courses")
    assert [as_text(one, checked.sources.get(one.path, "")) for one in checked.mistakes] == []
    assert checked.passed_framework() is not None
    assert checked.passed_modules()


def test_forty_modules_are_checked_at_once(tmp_path: Path) -> None:
    names = [f"waiting-{number}" for number in range(MODULES)]
    words = "Words that a buyer reads on the way to a meeting with the head of fleet.\n\n" * 90
    text = MODULE.replace("Write to each", words + "Write to each", 1)
    files: dict[str, str | bytes | None] = {f"long/{name}.md": text for name in names}
    course = COURSE.replace("[standstill, after-the-award]", f"[{', '.join(names)}]")
    courses = written(tmp_path, {**files, "long/course.md": course, "long/days.svg": SVG})
    checked = check(courses)
    assert checked.mistakes == []
    assert len(checked.passed_modules()) == MODULES + 2
