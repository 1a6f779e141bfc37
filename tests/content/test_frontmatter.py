"""YAML is read with the place of every key and value, and fitted to a schema."""

from dataclasses import dataclass
from datetime import date

import pytest

from lms.content.frontmatter import Tree, read_yaml, validate
from lms.content.lines import Line
from lms.content.mistakes import Mistakes


@dataclass(frozen=True, kw_only=True)
class Toy:
    word: str = ""
    day: date | None = None
    share: float = 0.5
    many: tuple[str, ...] = ()


def read(text: str) -> tuple[Tree | None, Mistakes]:
    mistakes = Mistakes("toy.yaml")
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return read_yaml(lines, mistakes), mistakes


def fitted(text: str) -> tuple[Toy | None, list[str]]:
    tree, mistakes = read(text)
    assert tree is not None
    return validate(Toy, tree, mistakes), [mistake.code for mistake in mistakes.found]


@pytest.mark.parametrize("word", ["no", "yes", "on", "1.10", "0x1f", "12:30", "1_000", "2026-01-31", "1e3"])
def test_a_word_stays_a_word(word: str) -> None:
    assert fitted(f"word: {word}") == (Toy(word=word), [])


def test_a_day_is_a_day_by_the_schema() -> None:
    assert fitted("day: 2026-01-31") == (Toy(day=date(2026, 1, 31)), [])
    assert fitted('day: "2026-01-31"') == (Toy(day=date(2026, 1, 31)), [])


def test_a_key_without_a_value_is_left_out() -> None:
    assert fitted("word:\nday:\nmany: ~") == (Toy(), [])


def test_an_unknown_key_does_not_hide_the_rest() -> None:
    assert fitted("word: a\nwords: b") == (Toy(word="a"), ["unknown-key"])


def test_a_rule_of_the_schema_without_a_message_of_its_own_is_named_too() -> None:
    assert fitted("share: half") == (None, ["wrong-value"])


def test_every_key_and_value_has_its_place() -> None:
    tree, _ = read("word: a\nmany:\n  - first\n  - second")
    assert tree is not None
    assert (tree.key_span("many").line, tree.key_span("many").column) == (2, 1)
    second = tree.span("many", 1)
    assert (second.line, second.column, second.length) == (4, 5, 6)
    assert tree.span("many", 7) == tree.span("many")


def test_a_bomb_is_refused_before_anything_is_built() -> None:
    levels = "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 60))
    tree, mistakes = read(f"a0: &a0 [x]\n{levels}")
    assert tree is None
    assert {mistake.code for mistake in mistakes.found} == {"yaml-anchor", "yaml-alias"}


def test_very_deep_values_are_refused() -> None:
    tree, mistakes = read("many: " + "[" * 5000)
    assert tree is None
    assert mistakes.found[-1].code == "yaml-depth"
