"""Single and multiple choice: one `[x]` is single, several are multiple."""

import random
import re

from lms.content.documents import Question
from lms.content.mistakes import Mistakes
from lms.content.questions.base import (
    Draft,
    Feedback,
    Kind,
    Written,
    demand_feedback,
    demand_items,
    indexes,
    take_items,
)

MARKER = re.compile(r"[-*+] \[(?P<mark>[ xX])\](?: +(?P<text>.*))?$")
_LIKE = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])?[ \t]*\[[ xX]{0,2}\](?!\()")


def read(written: Written, draft: Draft, mistakes: Mistakes) -> None:
    """Read the answers and name what they lack."""
    name_misshapen(written, mistakes)
    take_items(written, draft, MARKER, mistakes)
    demand_items(draft, mistakes, least=2)
    demand_feedback(draft, mistakes)
    right = sum(item.right for item in draft.items)
    draft.kind = "single" if right == 1 else "multiple"
    if not right:
        mistakes.add("no-right-answer", draft.line.span(), id=draft.id)


def name_misshapen(written: Written, mistakes: Mistakes) -> None:
    """Name lines that were meant as answers."""
    for line in written.lines:
        if not line.code and _LIKE.match(line.text) and not MARKER.match(line.text):
            mistakes.add("answer-form", line.span())


def complete(question: Question, response: object) -> bool:
    """Whether the response names options: one of a single choice, at least one of a multiple."""
    chosen = indexes(response, len(question.options))
    return bool(chosen) and (question.kind == "multiple" or len(chosen or ()) == 1)


def places(question: Question, response: object) -> tuple[int, int]:
    """A choice is right or not; options chosen rightly are not counted one by one."""
    chosen = indexes(response, len(question.options))
    right = [index for index, option in enumerate(question.options) if option.right]
    return int(chosen is not None and sorted(chosen) == right), 1


def feedback(question: Question, response: object) -> tuple[Feedback, ...]:
    """The feedback of what was chosen; of a wrong multiple choice only that of the wrong ones."""
    chosen = sorted(indexes(response, len(question.options)) or ())
    if not places(question, response)[0]:
        chosen = [index for index in chosen if not question.options[index].right]
    return tuple(Feedback(index, question.options[index].feedback_html) for index in chosen)


def shuffle(question: Question, chance: random.Random) -> list[int]:
    """Any order."""
    order = list(range(len(question.options)))
    chance.shuffle(order)
    return order


KIND = Kind(
    block="question",
    names=("single", "multiple"),
    read=read,
    complete=complete,
    places=places,
    feedback=feedback,
    shuffle=shuffle,
)
