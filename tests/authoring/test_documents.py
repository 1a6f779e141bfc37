"""What docs/authoring.md says is so: its examples pass and render, and its tables hold all that there is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml

from lms.authoring.cli import commands
from lms.authoring.modules import SOON
from lms.content import blocks, calculators, lines, pictures, questions, rules
from lms.content.checking import Checked, check
from lms.content.documents import CourseFront, ModuleDocument, ModuleFront, StandardFront
from lms.content.framework import (
    Accreditation,
    Area,
    AssessmentRules,
    Competency,
    Figure,
    FigureValue,
    Law,
    Pillar,
    RoleProfile,
    Term,
    Work,
)
from lms.content.framework_files import FRAMEWORK_FILES
from lms.content.mistakes import as_text
from lms.content.references import SCHEMES
from lms.core.settings import ROOT
from tests.authoring.conftest import Room

DOCUMENT = (ROOT / "docs" / "authoring.md").read_text()
FENCE = re.compile(
    r"(?:^`(?P<path>courses/[^`\n]+)`\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
MODULE = "courses/award/standstill.md"
ROW = re.compile(r"^\| `(?P<name>[a-z_]+)` \| (?P<needed>yes|no) \|", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A fenced example; `path` is that of the file that it is the whole of."""

    path: str
    kind: str
    text: str


EXAMPLES = [Example(found["path"] or "", found["kind"], found["text"]) for found in FENCE.finditer(DOCUMENT)]
FILES = {each.path: each.text for each in EXAMPLES if each.path}
PIECES = [each.text for each in EXAMPLES if each.kind == "markdown" and not each.path]


def section(title: str) -> str:
    """What stands below a heading of the document, without its examples."""
    return FENCE.sub("", DOCUMENT).split(f"\n## {title}\n")[1].split("\n## ")[0]


def checked(folder: Path, changes: Mapping[str, str] | None = None) -> Checked:
    """Check the files of the document, some of them changed."""
    for path, text in {**FILES, **(changes or {})}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return check(folder / "courses")


def documents(found: Checked) -> ModuleDocument:
    """The module of the document, which must be without a mistake like all else."""
    assert [as_text(each, "") for each in found.mistakes] == []
    document = found.modules[0].document
    assert document is not None
    return document


def with_piece(text: str) -> dict[str, str]:
    """The module of the document with an example in a part of its own."""
    return {MODULE: f"{FILES[MODULE]}\n## An example\n\nIt stands below.\n\n{text}"}


def keyed(kind: type[Any]) -> Iterator[str]:
    """The keys of a schema as authors write them."""
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        notes = getattr(hints[each.name], "__metadata__", ())
        yield next((note.alias for note in notes if getattr(note, "alias", None)), each.name)


def test_the_files_that_the_document_shows_pass_together(tmp_path: Path) -> None:
    found = checked(tmp_path)
    document = documents(found)
    assert found.passed_framework() is not None
    assert document.check_minutes == 2
    assert 'class="figure"' in document.parts[0].html
    assert set(FILES) >= {f"courses/framework/{name}" for name in FRAMEWORK_FILES}


@pytest.mark.parametrize("text", PIECES, ids=[each.splitlines()[0] for each in PIECES])
def test_every_example_passes_and_renders(tmp_path: Path, text: str) -> None:
    document = documents(checked(tmp_path, with_piece(text)))
    kind = text.split()[1] if text.startswith("///") else ""
    html = document.parts[-1].html
    if kind in questions.BLOCKS:
        question = document.questions[-1]
        assert question.part == "an-example"
        assert question.kind in questions.BLOCKS[kind].names
        assert question.stem_html
        assert question.options or question.steps
        assert all(option.html for option in question.options)
        assert all(step.html for step in question.steps)
    elif kind in blocks.CALLOUTS:
        assert f'<section class="callout callout--{kind}"' in html
    elif kind == blocks.REFLECTION:
        assert [each.id for each in document.parts[-1].reflections] == ["on-monday"]
        assert blocks.reflection_mark("on-monday") in html
    elif kind == calculators.CALCULATOR:
        (shown,) = document.parts[-1].calculators
        assert (shown.id, shown.given) == ("standstill", {"published": "2026-11-26"})
        assert calculators.calculator_mark("standstill") in html
    elif kind:
        assert {"figure": "<picture>", "table": "<caption"}[kind] in html
    assert "///" not in html


def test_every_block_has_an_example() -> None:
    shown = {text.split()[1] for text in PIECES if text.startswith("///")}
    assert shown == {*questions.BLOCKS, *blocks.IN_MODULES}
    single_and_multiple = [text.count("- [x]") for text in PIECES if text.startswith("/// question")]
    assert sorted(single_and_multiple) == [1, 2]


def test_markdown_does_what_the_example_of_text_says(tmp_path: Path) -> None:
    text = next(each for each in PIECES if each.startswith("### "))
    html = documents(checked(tmp_path, with_piece(text))).parts[-1].html
    for mark in ("<h3", "<strong>", "<em>", "<ol>", "<blockquote>", "<abbr ", 'class="numeric"', "<code>"):
        assert mark in html
    assert 'class="footnote"' in html


def test_a_new_edition_is_written_as_shown(tmp_path: Path) -> None:
    (text,) = (each.text for each in EXAMPLES if each.kind == "yaml" and not each.path)
    raised = FILES[MODULE].replace("edition: 1\n", text)
    document = documents(checked(tmp_path, {MODULE: raised}))
    assert [each.asks for each in document.changes] == ["questions", "nothing"]
    assert all(document.part(each.part) for each in document.changes)


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Its first lines", ModuleFront), ("Courses", CourseFront), ("Standards", StandardFront)],
)
def test_tables_of_keys_hold_all_and_say_which_are_needed(title: str, kind: type[Any]) -> None:
    rows = {found["name"]: found["needed"] == "yes" for found in ROW.finditer(section(title))}
    needed = {each.name: each.default is MISSING and each.default_factory is MISSING for each in fields(kind)}
    assert rows == needed


def test_the_examples_of_the_framework_use_every_key_that_there_is() -> None:
    written = "".join(text for path, text in FILES.items() if path.startswith("courses/framework/"))
    kinds = (Area, Competency, RoleProfile, Pillar, Work, AssessmentRules, Accreditation, Law, Figure)
    names = {name for kind in (*kinds, FigureValue, Term) for name in keyed(kind)}
    assert [name for name in sorted(names) if f"{name}:" not in written] == []


def test_references_settings_and_reserved_titles_are_all_there() -> None:
    assert [each for each in SCHEMES if f"`{each}:" not in section("References")] == []
    used = "".join(PIECES)
    assert [each for each in SCHEMES if f"]({each}:" not in used] == []
    settings = {"outcome", "about"} | {name for kind in questions.KINDS for name in kind.settings}
    assert set(re.findall(r"^\| `(\w+)` \|", section("Questions"), re.MULTILINE)) == settings
    sentence = next(each for each in section("Text").split(". ") if "may not be called" in each)
    assert {each.lower() for each in re.findall(r"[A-Z][a-z]+", sentence)} - {"a"} == rules.RESERVED


def test_the_table_of_calculators_holds_all_and_what_may_be_filled_in() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|[^|]+\| (.+) \|$", section("Calculators"), re.MULTILINE)
    found = {name: re.findall(r"`(\w+)`", settings) for name, settings in rows}
    assert found == {name: list(keys) for name, keys in calculators.SETTINGS.items()}


def test_the_limits_are_those_of_the_check() -> None:
    text = section("Limits")
    assert f"{lines.FILE_BYTES // 1024} kB" in text
    assert f"{lines.LINE_CHARACTERS:,} characters" in text
    assert f"{lines.PARAGRAPH_CHARACTERS:,} characters, {lines.PARAGRAPH_BRACKETS} times" in text
    assert f"{lines.LIST_DEPTH} deep" in text
    assert f"{pictures.BYTES // 1024:,} kB" in text
    assert f"at most {pictures.BYTES // 1024:,} kB" in section("Pictures")
    assert f"from {SOON.days} days before" in section("Its first lines")


def test_the_commands_exist_and_a_mistake_is_shown_as_it_is_printed(room: Room, tmp_path: Path) -> None:
    console = next(each.text for each in EXAMPLES if each.kind == "console")
    assert set(re.findall(r" courses (\w+)", console)) == set(commands.commands)
    checked(tmp_path / "shown", {MODULE: FILES[MODULE].replace("/// figure", "/// figre")})
    room.app.config["COURSES"] = tmp_path / "shown" / "courses"
    result = room.app.test_cli_runner().invoke(args=["courses", "check"])
    assert result.output == next(each.text for each in EXAMPLES if each.kind == "text")


def test_links_inside_the_document_lead_to_its_headings() -> None:
    headings = {each.lower().replace(" ", "-") for each in re.findall(r"^## (.+)$", DOCUMENT, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", DOCUMENT)) - headings == set()
    assert all(yaml.safe_load(each.text) for each in EXAMPLES if each.kind == "yaml")
