"""Whatever somebody commits: a message with a place, no exception, nothing that acts in a browser."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.content.advice.advising import advise, advise_on_module
from lms.content.checking import check
from lms.content.documents import ModuleDocument
from lms.content.framework import Framework
from lms.content.laid_out import LaidOut, lay_out
from lms.content.opening import Reading
from lms.content.reading import read_module
from tests.support.courses import MODULE, MODULE_PATH, SVG, written
from tests.support.hostile import WRITTEN

TODAY = date(2026, 11, 28)
ACTING = re.compile(
    r"<(?:script|style|iframe|object|embed|form|input|link|meta|base|svg)\b|\son\w+\s*=|style\s*=|javascript:|data:text",
    re.IGNORECASE,
)
PIECES = [
    "---\n", "/// question | a\n", "/// scenario | b\n", "/// reflection | c\n", "/// note | d\n", "///\n",
    "//// x\n", "/// figure | f\n![x](../../etc/passwd)\n", "    outcome: 1\n", "    about: x\n",
    "    answer: 1 .. 2\n", "- [x] yes\n", "- [ ] no -> nowhere\n", "    > because\n", "> all\n",
    "### step\n", "## Part\n", "# One\n", "| a | b |\n|---|---|\n", "[a](javascript:alert(1))\n",
    "[a](law:pa23/51)\n", "[a](figure:x)\n", "![a](b.svg)\n", "<script>alert(1)</script>\n",
    "<img src=x onerror=alert(1)>\n", "```\n", "[^1]: note\n", "text[^1]\n", "*[X]: y\n", "- ", "deep\n",
    "\t\n", "\\\n", "`code` **bold** _it_ {: onclick=x }\n", "&lt;script&gt; &#60;script&#62;\n",
    "[x]: javascript:alert(1)\n", "\u2028\n", "\r\n", "title: [\n", "edition: &a 1\n", "changes: *a\n",
    "1. one\n2. two\n3. three\n", "\ue0000\ue001\n", ("\u2063" "0\u2063\n"),
]  # fmt: skip
HOSTILE = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=40), st.just(MODULE[:600])), max_size=40
).map("".join)


def everything_about(text: str) -> tuple[Reading[ModuleDocument], LaidOut]:
    reading = read_module(text.encode("utf-8", "surrogatepass"), "courses/a/b.md", "b", "a")
    advice = advise_on_module(reading, Framework(), TODAY)
    laid_out = lay_out(reading.source, reading.path, [*reading.mistakes, *advice], {})
    lines = reading.source.split("\n")
    for mistake in (*reading.mistakes, *advice):
        assert 1 <= mistake.line <= len(lines)
        assert mistake.column >= 1
        assert mistake.message
    return reading, laid_out


def demand_harmless(reading: Reading[ModuleDocument], laid_out: LaidOut) -> None:
    document = reading.document
    pieces = [piece.html for part in laid_out.parts for piece in part.pieces]
    if document:
        pieces += [part.html for part in document.parts]
        for question in document.questions:
            pieces += [question.stem_html, question.feedback_html]
            pieces += [html for option in question.options for html in (option.html, option.feedback_html)]
            pieces += [step.html for step in question.steps]
    for html in pieces:
        # What stands in a tag can act; what a reader sees as text cannot.
        assert not ACTING.search(" ".join(re.findall(r"<[^>]*>", html))), html


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_a_body_of_anything_gets_places_and_harms_nobody(text: str) -> None:
    demand_harmless(*everything_about(MODULE + text))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_a_file_of_anything_gets_places_and_harms_nobody(text: str) -> None:
    demand_harmless(*everything_about(text))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(MODULE)), st.integers(0, 60), HOSTILE)
def test_a_good_text_that_is_cut_and_patched_anywhere_gets_places(place: int, length: int, text: str) -> None:
    demand_harmless(*everything_about(MODULE[:place] + text[:80] + MODULE[place + length :]))


@pytest.mark.parametrize("number", ["0", "9" * 4500])
def test_marks_like_ours_in_a_text_stand_for_no_mistake(number: str) -> None:
    laid_out = lay_out(f"{MODULE}\n\ue000{number}\ue001\n", MODULE_PATH, [], {})
    assert laid_out.parts
    assert [piece.mistake for part in laid_out.parts for piece in part.pieces if piece.mistake] == []


@pytest.mark.parametrize("what", WRITTEN)
def test_what_was_written_to_harm_is_named_and_nothing_of_it_is_published(what: str, tmp_path: Path) -> None:
    data, code = WRITTEN[what]
    courses = written(tmp_path, {MODULE_PATH: data})
    checked = check(courses)
    assert code in {mistake.code for mistake in checked.mistakes}
    assert [one.id for one in checked.passed_modules()] == ["after-the-award"]
    assert all(each.path != f"courses/{MODULE_PATH}" for each in advise(checked, courses, TODAY))


def test_a_drawing_with_a_script_is_refused(tmp_path: Path) -> None:
    svg = SVG.replace("<path", "<script>x()</script><path")
    checked = check(written(tmp_path, {"awarding/days.svg": svg}))
    assert [mistake.code for mistake in checked.mistakes] == ["picture-unsafe"]
