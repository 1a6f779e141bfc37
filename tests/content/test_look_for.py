"""What an assessor asks to see at a level: optional, checked, and written down in our own framework."""

from pathlib import Path

import pytest

from lms.content.checking import check
from lms.content.framework import Framework
from tests.support.courses import FILES, replaced, written

FILE = "framework/competencies.yaml"


def framework_of(tmp_path: Path, added: str) -> tuple[Framework | None, list[tuple[str, str]]]:
    text = FILES[FILE]
    assert isinstance(text, str)
    changed = replaced(text, "    levels:", f"{added}    levels:") if added else text
    checked = check(written(tmp_path, {FILE: changed}))
    mistakes = [(mistake.code, mistake.path) for mistake in checked.mistakes if mistake.severity == "error"]
    return checked.passed_framework(), mistakes


def test_a_framework_without_it_is_read(tmp_path: Path) -> None:
    framework, mistakes = framework_of(tmp_path, "")
    assert framework is not None
    assert (framework.competencies[0].look_for, mistakes) == ({}, [])


def test_what_an_assessor_asks_to_see_is_read_level_by_level(tmp_path: Path) -> None:
    framework, mistakes = framework_of(tmp_path, "    look_for: {3: [The plan, The record], 4: [A word]}\n")
    assert mistakes == []
    assert framework is not None
    assert framework.competencies[0].look_for == {3: ("The plan", "The record"), 4: ("A word",)}


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ("{5: [The plan]}", "too-big"),
        ("{3: []}", "empty-value"),
        ("{3: ['']}", "empty-value"),
        ("{3: [" + "x" * 201 + "]}", "too-long"),
        ("{3: [a, b, c, d, e, f]}", "too-many"),
    ],
)
def test_a_level_that_is_none_or_a_list_that_says_nothing_or_too_much_is_a_mistake(
    tmp_path: Path, added: str, code: str
) -> None:
    framework, mistakes = framework_of(tmp_path, f"    look_for: {added}\n")
    assert framework is None
    assert [each for each, path in mistakes if path.endswith("competencies.yaml")] == [code]


def test_our_own_framework_says_it_for_every_competency_at_practitioner_and_expert(repository: Path) -> None:
    framework = check(repository / "courses").passed_framework()
    assert framework is not None
    for competency in framework.competencies:
        assert sorted(competency.look_for) == [3, 4], competency.id
        for sights in competency.look_for.values():
            assert 2 <= len(sights) <= 3, competency.id
            assert all(len(sight) <= 160 for sight in sights), competency.id
