"""Somebody who guesses by a rule is found out: a check that a rule can pass is seen to be one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from lms.content.documents import ModuleDocument, Option, Question, Source, Step
from lms.content.guessing import CHANCE, RULES, Rule, guessed, share
from tools.guessing import guess, summary, table

BY_NAME = {rule.name: rule for rule in (*RULES, CHANCE)}
WORDS = "four plain short words"
GUESSABLE = {
    "longest": ("Who signs?", ("This answer has a few more words than any other", *[WORDS] * 3)),
    "shortest": ("Who signs?", ("Nobody", *[WORDS] * 3)),
    "hedged": ("Who signs?", ("Usually, a chief", *["A chief officer does"] * 3)),
    "like": ("Who signs the contract for meals?", ("Whoever signs contracts", *["A person of rank"] * 3)),
    "middle": ("How long?", ("10 days", "8 days", "25 days")),
    "law": ("Who signs?", ("Whoever the Act says", *["Whoever is at hand"] * 3)),
    "joined": ("Who signs?", ("One and another", *["Either one of them"] * 3)),
    "first": ("Who signs?", (WORDS, *[WORDS] * 3)),
}
PLACED = {"second": 1, "third": 2, "last": 3}


def question(
    stem: str, texts: Sequence[str], right: Sequence[int], kind: str = "single", name: str = "one"
) -> Question:
    options = tuple(
        Option(html=text, text=text, right=place in right, value=text if kind == "number" else "")
        for place, text in enumerate(texts)
    )
    return Question(
        id=name, kind=kind, outcome=1, about="it", part="one", stem_html=f"<p>{stem}</p>", options=options
    )


def module(questions: Sequence[Question]) -> ModuleDocument:
    return ModuleDocument(
        id="invented",
        course="invented",
        title="Invented",
        summary="Invented.",
        minutes=10,
        law_at=date(2026, 11, 24),
        edition=1,
        ask=4,
        outcomes=("do it",),
        pass_mark=80,
        review_by=date(2030, 1, 1),
        owner="a.author@example.org",
        sources=(Source(title="Our own practice"),),
        parts=(),
        questions=tuple(
            replace(each, id=f"{each.id}-{number}", part="one") for number, each in enumerate(questions)
        ),
        check_minutes=4,
    )


def scenario(*steps: tuple[tuple[str, bool, int | None], ...]) -> Question:
    """A case from the texts of the options, whether each is sound, and where it leads."""
    return Question(
        id="case",
        kind="scenario",
        outcome=1,
        about="it",
        part="one",
        stem_html="",
        options=(),
        steps=tuple(
            Step(
                id=f"step-{number}",
                title="",
                html="<p>What now?</p>",
                options=tuple(Option(html=t, text=t, right=r, leads_to=to) for t, r, to in options),
            )
            for number, options in enumerate(steps)
        ),
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_check_that_a_rule_answers_is_passed_by_it_and_not_by_chance(rule: Rule) -> None:
    stem, texts = GUESSABLE.get(rule.name, ("Who signs?", [WORDS] * 4))
    found = guess(module([question(stem, texts, [PLACED.get(rule.name, 0)])] * 6))
    assert found.shares[rule.name] == pytest.approx(1.0)
    assert found.shares["chance"] == pytest.approx(1 / len(texts))
    assert rule.name in found.reached_by()
    assert any("*" in line for line in table([found]))
    assert "1 of 1 modules can be passed by a rule." in list(summary([found]))


def test_a_check_with_answers_alike_is_passed_by_no_rule() -> None:
    asked = [question("Who signs?", [WORDS] * 4, [place]) for place in range(4)] * 2
    found = guess(module(asked))
    assert found.reached_by() == []
    for rule in RULES:
        assert share(found.module, rule) == pytest.approx(0.25)


def test_what_weighs_alike_is_taken_with_the_same_chance() -> None:
    asked = question("Who signs?", ["the longest one", "as long as that", "short"], [0])
    assert guessed(asked, BY_NAME["longest"]) == pytest.approx(0.5)


def test_of_several_right_answers_those_above_the_mean_are_taken() -> None:
    texts = ["An answer that is long", "Another that is long", "Short", "Small"]
    assert guessed(question("Which?", texts, [0, 1], "multiple"), BY_NAME["longest"]) == 1
    assert guessed(question("Which?", texts, [0], "multiple"), BY_NAME["longest"]) == 0
    assert guessed(question("Which?", texts, [0, 1], "multiple"), CHANCE) == pytest.approx(1 / 15)


def test_a_number_is_guessed_among_the_listed_values_in_ascending_order() -> None:
    asked = question("How many?", ["42720", "150000", "9000", ""], [0], "number")
    assert guessed(asked, BY_NAME["middle"]) == 1
    assert guessed(asked, BY_NAME["first"]) == 0
    assert guessed(asked, BY_NAME["second"]) == 1
    assert guessed(asked, CHANCE) == pytest.approx(1 / 3)


def test_a_number_of_the_question_is_a_word_of_it() -> None:
    asked = question("Of £1,500,000, what is left?", ["42720", "1500000"], [1], "number")
    assert guessed(asked, BY_NAME["like"]) == 1


def test_an_order_goes_from_the_heaviest_to_the_lightest_or_by_the_alphabet() -> None:
    asked = question("Put in order.", ["Ask them all", "Buy them", "Call"], [], "order")
    assert guessed(asked, BY_NAME["longest"]) == 1
    assert guessed(asked, BY_NAME["shortest"]) == 0
    assert guessed(asked, BY_NAME["first"]) == 1
    assert guessed(asked, BY_NAME["law"]) == pytest.approx(1 / 6)


def match(*pairs: tuple[str, str]) -> Question:
    asked = question("Match them.", [left for left, _ in pairs], [], "match")
    sides = zip(asked.options, pairs, strict=True)
    return replace(asked, options=tuple(replace(each, match=right) for each, (_, right) in sides))


def test_a_match_is_paired_by_words_in_common_by_length_or_by_the_alphabet() -> None:
    alike = match(
        ("The contract has begun", "A contract notice"),
        ("A change is near", "Notice of a change"),
        ("It ends", "Another one"),
    )
    assert guessed(alike, BY_NAME["like"]) == pytest.approx(1 / 3)
    assert guessed(alike, CHANCE) == pytest.approx(1 / 6)
    ordered = match(("Alder", "one"), ("Birch trees", "three of them"), ("Cedar", "two"))
    assert guessed(ordered, BY_NAME["first"]) == 1
    assert guessed(match(("A", "one"), ("B", "one"), ("C", "two")), CHANCE) == pytest.approx(1 / 8)


def test_a_scenario_is_walked_by_the_rule_and_marked_as_a_check_marks_it() -> None:
    longer, shorter = "A decision of some length", "A short one"
    sound = scenario(*[((longer, True, after), (shorter, False, after)) for after in (1, 2, None)])
    assert guessed(sound, BY_NAME["longest"]) == 1
    assert guessed(sound, BY_NAME["shortest"]) == 0
    assert guessed(sound, CHANCE) == pytest.approx(4 / 8)
    recovered = scenario(
        ((longer, False, 1), (shorter, True, 2)),
        ((longer, True, 2), (shorter, False, 2)),
        ((longer, True, None), (shorter, False, None)),
    )
    assert guessed(recovered, BY_NAME["longest"]) == 1
    assert guessed(recovered, BY_NAME["shortest"]) == 0


def test_a_question_that_a_check_asks_more_often_counts_for_more() -> None:
    asked = module([question("Who?", [WORDS, "Nobody"], [0]), question("Who?", [WORDS, "Nobody"], [1])])
    weights = {"one-0": 0.9, "one-1": 0.3}
    assert share(asked, BY_NAME["longest"], weights) == pytest.approx(0.75)
    assert share(asked, BY_NAME["longest"]) == pytest.approx(0.5)
