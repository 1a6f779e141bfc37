"""What holds for every file of the project, and no other tool checks."""

import ast
import re
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from jinja2 import Environment, nodes

from lms import create_app
from lms.core.settings import PREFIX, ROOT, Settings
from tests.support.application import settings_for

LINES = {".html": 200, ".js": 300, ".py": 400, ".scss": 600}
TEST_LINES = 600
FUNCTION_LINES = 50
USUAL_FUNCTION_LINES = 30
WRITTEN_HERE = ("lms", "tools", "tests", "templates", "static", "migrations", "courses", "docs")
# Files that tools write: built for the browser, and migrations.
MADE_BY_TOOLS = (ROOT / "static" / "build", ROOT / "migrations" / "versions")
TEXT = {".css", ".html", ".ini", ".js", ".md", ".py", ".scss", ".svg", ".toml", ".yaml", ".yml"}
FORBIDDEN = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "lorem " + "ipsum")))
REFUSED = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=|\shx-on", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}
# A tag's attributes in a translated text are markup, and keep their quotes.
TAGS = re.compile(r"<[^>]*>")
MESSAGE_KEYWORDS = {
    name: (1, 2) if "n" in name.removesuffix("gettext") else None
    for name in ("_", "_l", "_n", "_ln", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext")
}


def files(*suffixes: str) -> list[Path]:
    found = [ROOT / "wsgi.py"]
    for folder in WRITTEN_HERE:
        found += (ROOT / folder).rglob("*")
    return sorted(
        path
        for path in found
        if path.suffix in suffixes
        and path.is_file()
        and not any(path.is_relative_to(folder) for folder in MADE_BY_TOOLS)
    )


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def module(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Give the modules that a statement imports; a relative one begins with a dot."""
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return [each.name for each in node.names]


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    def most(path: Path) -> int:
        return TEST_LINES if name(path).startswith("tests/") else LINES[path.suffix]

    lengths = {path: len(path.read_text().splitlines()) for path in files(*LINES)}
    assert {name(path): lines for path, lines in lengths.items() if lines > most(path)} == {}


def test_no_function_is_too_long_and_nearly_all_are_short() -> None:
    sizes = {
        f"{name(path)}:{node.lineno} {node.name}": length(node)
        for path in files(".py")
        for node in functions(path)
    }
    assert {place: size for place, size in sizes.items() if size > FUNCTION_LINES} == {}
    ours = [size for place, size in sizes.items() if place.startswith("lms/")]
    assert statistics.quantiles(ours, n=20)[-1] < USUAL_FUNCTION_LINES


def test_imports_of_our_own_stand_at_the_top_of_a_file() -> None:
    hidden = [
        f"{name(path)}:{inner.lineno}"
        for path in files(".py")
        for node in functions(path)
        if node.name != "create_app"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
        and any(each.split(".")[0] in {"", "lms"} for each in imported(inner))
    ]
    assert hidden == []


def test_the_time_comes_from_the_clock_alone() -> None:
    asked = [
        f"{name(path)}:{node.lineno}"
        for path in files(".py")
        if name(path).startswith("lms/") and name(path) != "lms/core/clock.py"
        for node in ast.walk(module(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"date", "datetime"}
    ]
    assert asked == []


def test_nothing_is_left_to_do() -> None:
    left = [
        f"{name(path)}:{number} {line.strip()}"
        for path in files(*TEXT)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert left == []


def test_templates_hold_nothing_that_the_policy_refuses() -> None:
    refused = [
        f"{name(path)}:{number} {what}: {line.strip()}"
        for path in files(".html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for what, pattern in REFUSED.items()
        if pattern.search(line)
    ]
    assert refused == []


def test_a_template_begins_with_a_comment_that_lists_its_variables() -> None:
    assert [name(path) for path in files(".html") if not path.read_text().startswith("{#")] == []


@pytest.fixture(scope="module")
def environment() -> Environment:
    return create_app(settings_for("sqlite://")).jinja_env


def test_every_template_compiles(environment: Environment) -> None:
    for path in files(".html"):
        environment.compile(path.read_text(), filename=name(path))


def test_who_reads_a_record_is_said_with_the_name_of_every_page_that_notes_it() -> None:
    said = re.compile(r'^READING = "([^"]+)"', re.MULTILINE)
    noted = {page for path in files(".py") for page in said.findall(path.read_text())}
    words = (ROOT / "templates" / "learning" / "seen.html").read_text()
    assert [page for page in sorted(noted) if f'"{page}": _(' not in words] == []
    assert len(noted) > 5


def test_a_template_uses_every_macro_that_it_imports(environment: Environment) -> None:
    unused = []
    for path in files(".html"):
        tree = environment.parse(path.read_text())
        used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        for node in tree.find_all(nodes.FromImport):
            names = [each if isinstance(each, str) else each[1] for each in node.names]
            unused += [f"{name(path)}: {each}" for each in names if each not in used]
        unused += [
            f"{name(path)}: {node.target}" for node in tree.find_all(nodes.Import) if node.target not in used
        ]
    assert unused == []


def messages() -> Iterator[tuple[str, str]]:
    """Give every text of the catalogue, with its place."""
    options = {"**": {"encoding": "utf-8", "trimmed": "true", "silent": "false"}}
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    for folder in ("lms", "templates"):
        found = extract_from_dir(str(ROOT / folder), methods, options, MESSAGE_KEYWORDS)
        for path, line, message, _comments, _context in found:
            for text in (message,) if isinstance(message, str) else message:
                yield f"{folder}/{path}:{line}", str(text)


def test_texts_are_plain_and_set_as_print_is() -> None:
    wrong = [
        f"{place}: {text}"
        for place, text in messages()
        if re.search(r"[\"'!]|\bplease\b", TAGS.sub("", text), re.IGNORECASE)
    ]
    assert wrong == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operating.md").read_text()
    settings = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    assert [each for each in settings if f"`{each}`" not in text] == []


def test_lock_files_have_hashes_and_name_no_host() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "://" not in text
        pinned = re.findall(r"^[a-z].*==.*(?:\n    --hash=.*)*", text, re.MULTILINE | re.IGNORECASE)
        assert pinned
        assert [each for each in pinned if "--hash=sha256:" not in each] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
