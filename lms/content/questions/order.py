"""Put in order: the written order is the right one."""

import random
import re

from lms.content.documents import Question
from lms.content.mistakes import Mistakes
from lms.content.questions.base import (
    LEAST_ITEMS,
    Draft,
    Feedback,
    Kind,
    Written,
    demand_items,
    demand_whole,
    indexes,
    mixed,
    take_items,
)

_MARKER = re.compile(r"\d{1,3}\.(?P<mark>) +(?P<text>.*)$")


def read(written: Written, draft: Draft, mistakes: Mistakes) -> None:
    """Read the numbered list and the feedback on the whole."""
    take_items(written, draft, _MARKER, mistakes, whole=True)
    demand_items(draft, mistakes, LEAST_ITEMS)
    demand_whole(draft, mistakes)


def complete(question: Question, response: object) -> bool:
    """Whether every item has its own place."""
    given = indexes(response, len(question.options))
    return given is not None and len(given) == len(question.options)


def places(question: Question, response: object) -> tuple[int, int]:
    """How many items stand where they belong."""
    given = indexes(response, len(question.options)) or []
    return sum(index == place for place, index in enumerate(given)), len(question.options)


def feedback(question: Question, response: object) -> tuple[Feedback, ...]:
    """On the whole when all is right, else on the items that stand elsewhere: the whole would tell."""
    given = indexes(response, len(question.options)) or []
    right, all_of_them = places(question, response)
    if right == all_of_them:
        return (Feedback(None, question.feedback_html),)
    elsewhere = [index for place, index in enumerate(given) if index != place]
    found = (Feedback(index, question.options[index].feedback_html) for index in sorted(elsewhere))
    return tuple(one for one in found if one.html)


def shuffle(question: Question, chance: random.Random) -> list[int]:
    """Never the right order."""
    return mixed(range(len(question.options)), chance)


KIND = Kind(
    block="order",
    names=("order",),
    read=read,
    complete=complete,
    places=places,
    feedback=feedback,
    shuffle=shuffle,
)
