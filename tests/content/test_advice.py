"""Advice stands where a better text would begin, and good texts get none."""

from datetime import date
from pathlib import Path

import pytest

from lms.content.advice.advising import advise
from lms.content.advice.messages import ADVICE
from lms.content.advice.prose import Sentence, reading_age
from lms.content.checking import check
from lms.content.mistakes import Mistake, Span, as_github, as_text
from tests.content.cases_of_advice import ADVICE_CASES
from tests.support.courses import FILES, MODULE, MODULE_PATH, marked, replaced, written
from tests.support.spoiling import Case

TODAY = date(2026, 11, 28)


def advice(courses: Path) -> list[Mistake]:
    checked = check(courses)
    assert checked.mistakes == []
    return advise(checked, courses, TODAY)


@pytest.mark.parametrize("case", ADVICE_CASES, ids=lambda case: f"{case.code} {case.note}".strip())
def test_advice_stands_where_the_text_would_be_better(case: Case, tmp_path: Path) -> None:
    text, place = marked(case.text())
    found = advice(written(tmp_path, {**case.others, case.path: text}))
    assert [(m.code, m.path, (m.line, m.column)) for m in found] == [
        (case.code, f"courses/{case.path}", place)
    ]
    assert found[0].severity == "warning"
    assert found[0].hint
    assert "%" not in found[0].message + found[0].hint


def test_every_piece_of_advice_has_a_case() -> None:
    assert {case.code for case in ADVICE_CASES} == set(ADVICE)


def test_a_good_text_gets_no_advice(tmp_path: Path) -> None:
    assert advice(written(tmp_path)) == []


def test_a_sentence_ends_inside_bold_words_too(tmp_path: Path) -> None:
    half = " ".join(["word"] * 20)
    text = replaced(MODULE, "Write to each", f"**Write {half}.** Then {half}.\n\nWrite to each")
    assert advice(written(tmp_path, {MODULE_PATH: text})) == []


def test_a_text_with_mistakes_gets_advice_once_they_are_mended(tmp_path: Path) -> None:
    spoilt = replaced(replaced(MODULE, "[the Act](law", "[here](law"), "ask: 3", "ask: 30")
    courses = written(tmp_path, {MODULE_PATH: spoilt})
    assert advise(check(courses), courses, TODAY) == []


ROUND = "small: {title: A sum, values: [{from: 2024-01-01, value: '£12,000'}]}\n"


def test_a_round_sum_is_a_figure_only_in_a_text_that_has_the_figure_tied(tmp_path: Path) -> None:
    figures = {"framework/figures.yaml": FILES["framework/figures.yaml"] + ROUND}
    text = replaced(MODULE, "Write to each", "It costs £12,000. Write to each")
    assert advice(written(tmp_path / "free", {MODULE_PATH: text, **figures})) == []
    tied = replaced(text, "Bank holidays", "From [£12,000](figure:small) on, bank holidays")
    found = advice(written(tmp_path / "tied", {MODULE_PATH: tied, **figures}))
    assert [each.code for each in found] == ["figure-untied"]


def test_the_month_of_may_is_no_careful_word(tmp_path: Path) -> None:
    text = replaced(MODULE, "- [x] On the Thursday of the week after", "- [x] On the Thursday after 1 May")
    assert advice(written(tmp_path, {MODULE_PATH: text})) == []


def test_questions_tables_and_code_are_no_sentences(tmp_path: Path) -> None:
    words = " ".join(["word"] * 50)
    text = replaced(MODULE, "When may it sign?", words)
    text = replaced(text, "| 1 | 7 December |", f"| 1 | {words} |")
    text = replaced(text, "Write to each", f"```\n{words}\n```\n\nWrite to each")
    assert advice(written(tmp_path, {MODULE_PATH: text})) == []


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("The cat sat on the mat and the dog ran to it", 5, 8),
        ("Commercial organisations undertake competitive tendering exercises regularly", 18, 40),
    ],
)
def test_longer_words_need_an_older_reader(words: str, least: int, most: int) -> None:
    assert least <= reading_age([Sentence(tuple(words.split()), Span(line=1))]) <= most


def test_advice_says_that_it_is_advice(tmp_path: Path) -> None:
    text = replaced(MODULE, "[the Act](law", "[here](law")
    (found,) = advice(written(tmp_path, {MODULE_PATH: text}))
    assert as_text(found, text).startswith("courses/awarding/standstill.md:23:48: advice: “here” does not")


def test_a_pull_request_shows_a_mistake_beside_its_line() -> None:
    mistake = Mistake("courses/a,b.md", 3, 5, "link-words", {"words": "100%\nhere"}, 4)
    assert as_github(mistake) == (
        "::warning file=courses/a%2Cb.md,line=3,col=5,endColumn=9,title=link-words::"
        "“100%25%0Ahere” does not say where the link leads. Link the name of what it opens."
    )
