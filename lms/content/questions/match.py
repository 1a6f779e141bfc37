"""Match: the left column stays, the right is chosen; two rows may have the same right side."""

import random
import re

from lms.content.documents import Question
from lms.content.lines import Line
from lms.content.mistakes import Mistakes
from lms.content.questions.base import (
    LEAST_ITEMS,
    Draft,
    Feedback,
    Item,
    Kind,
    Written,
    demand_items,
    demand_whole,
    joined,
    mixed,
)

COLUMNS = 2
_RULE = re.compile(r"\|?[ ]*:?-+:?[ ]*\|[ ]*:?-+:?[ ]*\|?[ ]*$")
_BAR = re.compile(r"(?<!\\)\|")
_WHOLE = re.compile(r"[ ]?>[ ]?(.*)$")


def read(written: Written, draft: Draft, mistakes: Mistakes) -> None:
    """Read the table and the feedback on the whole."""
    lines = written.lines
    start = next((index for index, line in enumerate(lines) if _is_row(line)), len(lines))
    rows = [line for line in lines[start:] if _is_row(line)]
    draft.stem = joined(line.text for line in lines[:start])
    draft.feedback = joined(_after_table(lines[start:], mistakes))
    demand_whole(draft, mistakes)
    if len(rows) < COLUMNS or len(_cells(rows[0])) != COLUMNS or not _RULE.match(rows[1].text):
        mistakes.add("match-form", draft.line.span(), id=draft.id)
        return
    draft.headings = tuple(_cells(rows[0]))
    for row in rows[2:]:
        cells = [cell for cell in _cells(row) if cell]
        if len(cells) == COLUMNS:
            draft.items.append(Item(row, cells[0], match=cells[1]))
        else:
            mistakes.add("match-cells", row.span(), count=len(cells))
    demand_items(draft, mistakes, LEAST_ITEMS)


def _is_row(line: Line) -> bool:
    return not line.code and line.text.startswith("|")


def _cells(line: Line) -> list[str]:
    text = line.text.strip().removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(text)]


def _after_table(lines: list[Line], mistakes: Mistakes) -> list[str]:
    texts = []
    for line in lines:
        if found := _WHOLE.match(line.text):
            texts.append(found[1])
        elif line.text.strip() and not _is_row(line):
            mistakes.add("text-after-answers", line.span())
    return texts


def _given(question: Question, response: object) -> list[int] | None:
    count = len(question.options)
    if not isinstance(response, list) or len(response) != count:
        return None
    return response if all(type(one) is int and 0 <= one < count for one in response) else None


def complete(question: Question, response: object) -> bool:
    """Whether every left side has a right side."""
    return _given(question, response) is not None


def places(question: Question, response: object) -> tuple[int, int]:
    """How many left sides have a right side with the words that belong to them."""
    given = _given(question, response) or []
    options = question.options
    return sum(options[index].match == options[place].match for place, index in enumerate(given)), len(
        options
    )


def feedback(question: Question, response: object) -> tuple[Feedback, ...]:
    """On the whole when all is right, else nothing: it would tell."""
    right, all_of_them = places(question, response)
    return (Feedback(None, question.feedback_html),) if right == all_of_them else ()


def shuffle(question: Question, chance: random.Random) -> list[int]:
    """The right sides to choose from, each once."""
    first = {option.match: index for index, option in reversed(list(enumerate(question.options)))}
    return mixed(sorted(first.values()), chance)


KIND = Kind(
    block="match",
    names=("match",),
    read=read,
    complete=complete,
    places=places,
    feedback=feedback,
    shuffle=shuffle,
)
