"""How a scenario is walked through and marked, and what of a reflection a part holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.blocks import reflection_mark
from lms.content.documents import ModuleDocument, Question, from_json, to_json
from lms.content.questions import complete, feedback_for, mark
from lms.content.questions.scenario import Way, most_decisions, shuffled_step, sound_decisions, way_of
from lms.content.reading import read_module
from tests.support.courses import MODULE, replaced
from tests.support.scenarios import REFLECTION, SCENARIO

TEXT = f"{MODULE}\n{REFLECTION}\n{SCENARIO}"


def document(text: str = TEXT) -> ModuleDocument:
    found = read_module(text.encode(), "courses/awarding/standstill.md", "standstill", "awarding").document
    assert found is not None
    return found


@pytest.fixture(scope="module")
def case() -> Question:
    return document().questions[-1]


def test_a_scenario_is_one_question_with_its_steps(case: Question) -> None:
    assert (case.kind, case.title, case.options) == ("scenario", "the profit warning", ())
    assert [step.id for step in case.steps] == ["tuesday", "wednesday", "thursday", "friday"]
    assert [step.title for step in case.steps][2] == "Thursday, 16:10"
    assert case.steps[0].stands[0] == ("Custody suites staffed", "6 of 6")
    assert case.steps[0].options[0].html == "Record it with an owner"


def test_options_lead_where_they_say_else_to_the_next_step_else_to_the_end(case: Question) -> None:
    assert [[option.leads_to for option in step.options] for step in case.steps] == [
        [2, 1],
        [2, 2],
        [3, 3, None],
        [None, None],
    ]


@pytest.mark.parametrize(
    ("decisions", "right"),
    [
        ([0, 0, 0], True),
        ([0, 1, 0], True),
        ([1, 0, 0, 0], True),
        ([0, 0, 1], True),
        ([0, 1, 1], False),
        ([1, 1, 0, 0], False),
        ([1, 0, 2], False),
        ([0, 2], False),
    ],
)
def test_two_sound_decisions_and_at_most_one_that_is_not_are_right(
    case: Question, decisions: list[int], *, right: bool
) -> None:
    assert complete(case, decisions)
    assert mark(case, decisions) is right
    assert feedback_for(case, decisions) == ()


@pytest.mark.parametrize("decisions", [[], [0], [0, 0], [0, 0, 0, 0], [2], [-1], [True, 0, 0], "000", None])
def test_a_way_that_is_not_at_its_end_is_no_answer(case: Question, decisions: object) -> None:
    assert not complete(case, decisions)
    assert not mark(case, decisions)


def test_a_way_says_what_was_decided_and_what_waits(case: Question) -> None:
    way = way_of(case, [1, 0])
    assert way is not None
    assert ([each.step for each in way.decisions], way.waits) == ([0, 1], 2)
    assert sound_decisions(case, way) == 1
    assert most_decisions(case, way) == 4
    assert most_decisions(case, Way((), 0)) == 4
    over = way_of(case, [0, 0, 0])
    assert over is not None
    assert most_decisions(case, over) == 3


def test_options_of_a_step_stand_in_an_order_of_their_own(case: Question) -> None:
    orders = {tuple(shuffled_step(case, 2, seed)) for seed in range(40)}
    assert len(orders) == 6
    assert shuffled_step(case, 2, 7) == shuffled_step(case, 2, 7)


def test_a_scenario_that_did_not_change_is_equal_wherever_it_stands(case: Question) -> None:
    moved = document(replaced(TEXT, "## Telling", "Some words.\n\n## Telling")).questions[-1]
    assert moved == case
    assert moved.line != case.line
    other = document(replaced(TEXT, "> April is too late.", "> Too late.")).questions[-1]
    assert other != case


def test_a_document_with_a_scenario_comes_back_from_json_as_it_was() -> None:
    assert from_json(ModuleDocument, to_json(document())) == document()


def test_a_circle_in_a_text_that_fails_is_walked_once() -> None:
    question = document(replaced(TEXT, "- [ ] The press", "- [ ] The press -> tuesday")).questions[-1]
    way = way_of(question, [0, 0, 1])
    assert way is not None
    assert way.waits is None
    assert most_decisions(question, Way((), 0)) == 4


def test_a_reflection_stands_in_its_part_and_is_no_question(case: Question) -> None:
    text = document()
    part = text.parts[1]
    assert [each.id for each in part.reflections] == ["on-monday"]
    assert "<strong>your</strong>" in part.reflections[0].html
    assert part.html.count(reflection_mark("on-monday")) == 1
    assert text.reflection("on-monday") == (part, part.reflections[0])
    assert text.reflection("never") is None
    assert len(text.questions) == len(document(MODULE).questions) + 1
    assert case in text.questions


LINES = (
    *SCENARIO.splitlines(), *REFLECTION.splitlines(), "### tuesday", "### end", "### ", "###", "#### x",
    "- [x] A -> tuesday", "- [ ] B -> nowhere", "- [ ] C ->", "- [x]", "- [x] -> end", "    > Why",
    "    stands: a | b", "    stands: |", "    stand: a", "    title:", "///", "/// scenario | a",
    "/// reflection | b", "<script>", "[x](javascript:x)", "[x](term:standstill)", "```", "\\->",
    "-> ->", "", "   ",
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=24))
def test_whatever_stands_in_a_scenario_has_a_place_and_never_breaks(lines: list[str]) -> None:
    text = f"{MODULE}\n/// scenario | any\n    outcome: 1\n" + "\n".join(lines)
    reading = read_module(text.encode("utf-8", "replace"), "courses/a/b.md", "b", "a")
    count = text.count("\n") + text.count("\r") + 1
    assert all(1 <= each.line <= count + 1 and each.column >= 1 and each.message for each in reading.mistakes)
    for question in reading.document.questions if reading.document else ():
        if question.kind == "scenario":
            response: list[int] = []
            while (way := way_of(question, response)) and way.waits is not None:
                assert most_decisions(question, way) <= len(question.steps)
                if not question.steps[way.waits].options:
                    break
                response.append(0)
            assert "<script" not in question.stem_html


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(st.none() | st.booleans() | st.integers(-2, 4) | st.text(max_size=3), st.lists, max_leaves=8)
)
def test_no_response_breaks_a_scenario(response: object) -> None:
    if mark(CASE, response):
        assert complete(CASE, response)


CASE = document().questions[-1]
