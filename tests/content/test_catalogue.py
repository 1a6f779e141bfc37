"""What every module of our catalogue has, and what the catalogue as a whole teaches."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from lms.content.advice.advising import advise
from lms.content.checking import Checked, check
from lms.content.documents import ModuleDocument, Option, Question
from lms.content.framework import Framework
from lms.content.mistakes import as_text
from lms.content.rendering import plain_text, word_count
from lms.core.settings import ROOT

COURSES = ROOT / "courses"
TODAY = date(2026, 11, 29)
LAW_AT = date(2026, 11, 24)
LEARNED = (1, 2)
"""The levels that learning shows; those above need an assessment."""

ASSESSED = (3, 4)

NOT_OUR_WORDS = re.compile(
    r"\b(robust\w*|leverag\w+|best practices?|ensur(?:e|es|ed|ing)|it is important to|crucial\w*|"
    r"comprehensive\w*|landscapes?|delv(?:e|es|ed|ing)|"
    r"key (?:aspect|decision|document|element|factor|fact|issue|message|part|people|point|question|risk|role|"
    r"stage|step|supplier|term|to)s?)\b",
    re.IGNORECASE,
)
TAKEN_APART = {
    "courses/preparing-well/reading-a-specification.md": {"robust"},
    "courses/preparing-well/specifying-outcomes.md": {"robust"},
}
"""Modules that show such a word in a draft, as one that nobody can check."""

UNCONFIRMED = re.compile(
    r"\bUK8\b|\bPPN 0?(0[03478]|1[0-36]|19|2[0-2])\b|\bPPN 02[4-9]\b|\bPart 5A\b|Police Reform Bill",
    re.IGNORECASE,
)
"""Names and numbers that nobody could find in two places."""

_NOT_PROSE = re.compile(r"https?://\S+|^ *- \{title: .*$", re.MULTILINE)


@cache
def checked() -> Checked:
    return check(COURSES)


@cache
def modules() -> list[ModuleDocument]:
    return [each.document for each in checked().modules if each.document]


@cache
def framework() -> Framework:
    found = checked().passed_framework()
    assert found is not None
    return found


def unlike(wanted: Callable[[ModuleDocument], object]) -> list[str]:
    """The modules of which something does not hold."""
    return [each.id for each in modules() if not wanted(each)]


def words(module: ModuleDocument) -> int:
    return word_count(plain_text(part.html) for part in module.parts)


def scenarios(module: ModuleDocument) -> list[Question]:
    return [each for each in module.questions if each.kind == "scenario"]


def options(question: Question) -> Iterator[Option]:
    yield from question.options
    for step in question.steps:
        yield from step.options


def feedback(question: Question) -> list[str]:
    """All that a question has to say; of an order and a match the whole answers for every option."""
    if question.kind in {"order", "match"}:
        return [question.feedback_html]
    return [each.feedback_html for each in options(question)]


def texts() -> Iterator[tuple[str, str]]:
    """Each of our files with its path, without addresses and the titles of other people's works."""
    for path in sorted(COURSES.glob("*/*")):
        if path.suffix in {".md", ".yaml"}:
            yield str(path.relative_to(ROOT)), _NOT_PROSE.sub("", path.read_text())


def test_a_module_has_900_to_1800_words_besides_its_questions() -> None:
    assert {each.id: words(each) for each in modules() if not 900 <= words(each) <= 1800} == {}


def test_a_module_takes_15_to_30_minutes() -> None:
    assert unlike(lambda module: 15 <= module.minutes <= 30) == []


def test_a_module_has_nine_questions_and_asks_seven() -> None:
    assert unlike(lambda module: len(module.questions) >= 9 and module.ask == 7) == []


def test_a_module_has_questions_of_three_kinds() -> None:
    def kinds(module: ModuleDocument) -> set[str]:
        return {each.kind.replace("multiple", "single") for each in module.questions}

    assert unlike(lambda module: len(kinds(module)) >= 3) == []


def test_a_module_has_two_scenarios_of_three_to_five_steps() -> None:
    assert unlike(lambda module: len(scenarios(module)) >= 2) == []
    steps = {(module.id, each.id): len(each.steps) for module in modules() for each in scenarios(module)}
    assert {case: count for case, count in steps.items() if not 3 <= count <= 5} == {}


def test_two_questions_at_least_are_about_each_outcome() -> None:
    def asked(module: ModuleDocument) -> list[int]:
        about = Counter(each.outcome for each in module.questions)
        return [about[place] for place, _ in enumerate(module.outcomes, 1)]

    assert unlike(lambda module: 3 <= len(module.outcomes) <= 4 and min(asked(module)) >= 2) == []


def test_every_option_has_feedback_and_no_two_of_a_module_the_same() -> None:
    for module in modules():
        said = [text for question in module.questions for text in feedback(question)]
        assert all(plain_text(text) for text in said), module.id
        assert [text for text, times in Counter(said).items() if times > 1] == [], module.id


def test_each_source_says_where_and_the_law_has_its_day() -> None:
    assert unlike(lambda module: all(each.law or each.address for each in module.sources)) == []
    assert unlike(lambda module: module.law_at >= LAW_AT) == []


def test_a_module_teaches_a_clause_and_asks_for_a_reflection() -> None:
    assert unlike(lambda module: module.clauses) == []
    assert unlike(lambda module: any(part.reflections for part in module.parts)) == []


def test_a_module_ends_with_what_to_do_on_monday() -> None:
    assert unlike(lambda module: module.parts[-1].title == "On Monday") == []


def test_the_check_has_no_mistake_and_no_advice() -> None:
    found = [*checked().mistakes, *advise(checked(), COURSES, TODAY)]
    assert [as_text(each, checked().sources.get(each.path, "")) for each in found] == []


def test_there_are_eleven_courses_and_thirty_six_modules() -> None:
    assert len(checked().passed_courses()) >= 11
    assert len(checked().passed_modules()) >= 36


def test_every_clause_of_every_standard_is_taught() -> None:
    taught = {clause for module in modules() for clause in module.clauses}
    clauses = {
        f"{each.id}/{clause.number}" for each in checked().passed_standards() for clause in each.clauses
    }
    assert sorted(clauses - taught) == []


def test_learning_leads_to_awareness_and_working_in_every_competency() -> None:
    missing = [
        f"{each.id} {level}"
        for each in framework().competencies
        for level in LEARNED
        if not each.shown_by.get(level)
    ]
    assert missing == []


def test_learning_leads_to_what_each_role_asks_up_to_working() -> None:
    shown = {
        (each.id, level) for each in framework().competencies for level, by in each.shown_by.items() if by
    }
    missing = {
        f"{role.id}: {required.competency} {level}"
        for role in framework().roles
        for required in role.requires
        for level in LEARNED
        if level <= required.level and (required.competency, level) not in shown
    }
    assert sorted(missing) == []


def test_an_assessor_reads_what_to_look_for_above_working() -> None:
    missing = [
        f"{each.id} {level}"
        for each in framework().competencies
        for level in ASSESSED
        if not each.look_for.get(level)
    ]
    assert missing == []


def test_every_module_on_the_act_says_whom_the_act_leaves_out() -> None:
    silent = [
        path for path, text in texts() if "law:pa23/" in text and not re.search(r"Scot(?:land|tish)", text)
    ]
    assert [path for path in silent if not path.startswith("courses/standards/")] == []


def test_a_policy_note_of_central_government_is_said_to_be_one() -> None:
    assert [path for path, text in texts() if "PPN" in text and not re.search(r"\bcentral\b", text)] == []


def test_every_module_leads_to_a_level() -> None:
    listed = {
        module
        for each in framework().competencies
        for shown in (each.shown_by, each.prepared_by)
        for by in shown.values()
        for module in by
    }
    assert unlike(lambda module: module.id in listed) == []


def test_no_stock_phrase_stands_in_our_texts() -> None:
    found = {
        path: {each.casefold() for each in NOT_OUR_WORDS.findall(text)} - TAKEN_APART.get(path, set())
        for path, text in texts()
    }
    assert {path: phrases for path, phrases in found.items() if phrases} == {}


def test_nothing_that_nobody_could_confirm_is_taught() -> None:
    found = {path: [each[0] for each in UNCONFIRMED.finditer(text)] for path, text in texts()}
    assert {path: names for path, names in found.items() if names} == {}
