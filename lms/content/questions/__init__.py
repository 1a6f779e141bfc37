"""The kinds of question: how each is written, marked, answered and shuffled.

A response is a plain JSON value: a list of places of options for a choice (single, multiple), a
text for a number, a list of places in the order given for an order, and for a match the place of
the option whose right side was chosen, one for each left side. For a scenario it is a list of the
places of the options chosen, one for each step on the way.
"""

import random
import re

from lms.content.documents import Question
from lms.content.lines import Block
from lms.content.mistakes import Mistakes
from lms.content.questions import choice, match, number, order, scenario
from lms.content.questions.base import Draft, Feedback, Kind, Written, take_settings

__all__ = [
    "BLOCKS",
    "Draft",
    "Feedback",
    "Response",
    "complete",
    "feedback_for",
    "mark",
    "places_right",
    "read",
    "shuffled",
]

Response = str | list[int]

KINDS: tuple[Kind, ...] = (choice.KIND, number.KIND, order.KIND, match.KIND, scenario.KIND)
BLOCKS: dict[str, Kind] = {kind.block: kind for kind in KINDS}
_BY_NAME: dict[str, Kind] = {name: kind for kind in KINDS for name in kind.names}

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
_ID_LENGTH = 80
_ABOUT_LENGTH = 200
_COMMON = {"outcome": "1", "about": "which number to ring before the first payment"}


def read(block: Block, part: str, mistakes: Mistakes) -> Draft:
    """The question of a block as written; whatever it lacks is noted."""
    kind = BLOCKS[block.kind]
    examples = _COMMON | dict(kind.settings)
    written = take_settings(block, examples, mistakes)
    if not block.argument:
        mistakes.add("question-without-id", written.span, kind=block.kind)
    elif not _ID.match(block.argument) or len(block.argument) > _ID_LENGTH:
        mistakes.add("question-id", block.argument_span(), id=block.argument)
    for key, example in examples.items():
        if not written.settings.get(key) and key not in kind.optional:
            mistakes.add(
                "missing-option", written.span, id=block.argument, key=key, example=f"{key}: {example}"
            )
    draft = Draft(
        kind=kind.names[0],
        id=block.argument,
        line=block.opening,
        part=part,
        outcome=_outcome(written, mistakes),
        about=_about(written, mistakes),
        id_span=block.argument_span(),
        outcome_span=written.spans.get("outcome", written.span),
    )
    kind.read(written, draft, mistakes)
    if kind.needs_stem and not draft.stem:
        mistakes.add("no-stem", written.span, id=draft.id)
    return draft


def _outcome(written: Written, mistakes: Mistakes) -> int:
    text = written.settings.get("outcome", "")
    if text and not re.match(r"[1-9][0-9]?$", text):
        mistakes.add(
            "option-value", written.spans["outcome"], key="outcome", value=text, example="outcome: 1"
        )
        return 0
    return int(text or 0)


def _about(written: Written, mistakes: Mistakes) -> str:
    text = written.settings.get("about", "").rstrip(".")
    if len(text) > _ABOUT_LENGTH:
        example = f"about: {_COMMON['about']}"
        mistakes.add("option-value", written.spans["about"], key="about", value=text, example=example)
    return text


def complete(question: Question, response: object) -> bool:
    """Whether the response answers the question at all; a page asks again when it does not."""
    return _BY_NAME[question.kind].complete(question, response)


def mark(question: Question, response: object) -> bool:
    """Whether the response is right; one that is not complete is wrong."""
    right, all_of_them = places_right(question, response)
    return right == all_of_them


def places_right(question: Question, response: object) -> tuple[int, int]:
    """How many places of an order or a match are right, of how many; of other kinds 0 or 1 of 1."""
    kind = _BY_NAME[question.kind]
    right, all_of_them = kind.places(question, response)
    return (right if kind.complete(question, response) else 0), all_of_them


def feedback_for(question: Question, response: object) -> tuple[Feedback, ...]:
    """What a learner may read on an answer before a pass: it never says which option is right."""
    return _BY_NAME[question.kind].feedback(question, response) if complete(question, response) else ()


def shuffled(question: Question, seed: int) -> list[int]:
    """The places of the options in the order in which this seed shows them; the same on a reload.

    Of a match these are the right sides, each text once. Of a number there are none.
    """
    chance = random.Random(f"{seed}/{question.id}")  # noqa: S311 an order on a page is no secret
    return _BY_NAME[question.kind].shuffle(question, chance)
