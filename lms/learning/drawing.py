"""Which questions a check asks, and whether it may be begun: pure rules, with nothing kept."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from random import Random

from lms.content.documents import Question

FAILS_A_DAY = 2


def needed(asked: int, pass_mark: int) -> int:
    """How many of the questions asked must be right; `pass_mark` is a percentage."""
    return ceil(asked * pass_mark / 100)


def draw(
    questions: Sequence[Question], ask: int, earlier: Iterable[Sequence[str]], chance: Random
) -> list[str]:
    """Draw the ids of a check's questions out of all, in the order of the text.

    Every outcome that has a question is covered. `earlier` holds what was asked before, oldest
    first: unseen questions come first, then those that were asked longest ago.
    """
    asked_last = {question: turn for turn, asked in enumerate(earlier, 1) for question in asked}
    shuffled = chance.sample(questions, len(questions))
    order = sorted(shuffled, key=lambda question: asked_last.get(question.id, 0))
    first_of: dict[int, Question] = {}
    for question in order:
        first_of.setdefault(question.outcome, question)
    chosen = {question.id for question in first_of.values()}
    for question in order:
        if len(chosen) >= ask:
            break
        chosen.add(question.id)
    return [question.id for question in questions if question.id in chosen]


def opens_on(fails_today: int, today: date) -> date:
    """The day on which a check may be begun: after two that did not pass on one day, the next."""
    return today + timedelta(days=1) if fails_today >= FAILS_A_DAY else today
