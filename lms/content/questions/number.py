"""A number: a range is right, some wrong values are foreseen, every other one is “otherwise”."""

import random
import re
from decimal import Decimal

from lms.content.documents import Question
from lms.content.mistakes import Mistakes
from lms.content.questions.base import (
    Draft,
    Feedback,
    Item,
    Kind,
    Written,
    demand_feedback,
    demand_items,
    take_items,
)
from lms.content.questions.choice import MARKER, name_misshapen

OTHERWISE = "otherwise"
EXAMPLE = "8 .. 8"
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?$")
_RANGE = re.compile(r"(\S+)[ ]+\.\.[ ]+(\S+)$")


def parse_number(text: str, unit: str = "") -> Decimal | None:
    """The number that a person wrote: “1,000”, “£1000”, “8 %”, and with its unit; None otherwise."""
    words = " ".join(text.replace("\u2212", "-").split())
    if unit and words.casefold().endswith(unit.casefold()):
        words = words[: -len(unit)]
    words = words.strip().removeprefix("£").removesuffix("%").replace(",", "").replace(" ", "")
    return Decimal(words) if _NUMBER.match(words) else None


def plain(number: Decimal) -> str:
    """The number as digits, without an exponent."""
    return format(number, "f")


def read(written: Written, draft: Draft, mistakes: Mistakes) -> None:
    """Read the range and the foreseen values, and name what does not fit."""
    draft.unit = written.settings.get("unit", "")
    low, high = _read_range(written, draft, mistakes)
    name_misshapen(written, mistakes)
    take_items(written, draft, MARKER, mistakes)
    demand_items(draft, mistakes, least=2)
    demand_feedback(draft, mistakes)
    for item in draft.items:
        _read_value(item, draft.unit, low, high, mistakes)
    right = sum(item.right for item in draft.items)
    rest = sum(_is_rest(item) for item in draft.items)
    if not right:
        mistakes.add("no-right-answer", draft.line.span(), id=draft.id)
    if right > 1:
        mistakes.add("several-right", draft.line.span(), id=draft.id, count=right)
    if rest != 1:
        mistakes.add("otherwise", draft.line.span(), id=draft.id, count=rest)


def _is_rest(item: Item) -> bool:
    return not item.right and item.text.strip().casefold() == OTHERWISE


def _read_range(written: Written, draft: Draft, mistakes: Mistakes) -> tuple[Decimal | None, Decimal | None]:
    text = written.settings.get("answer")
    if text is None:
        return None, None
    found = _RANGE.match(text)
    low, high = (
        (parse_number(found[1]), parse_number(found[2]))
        if found
        else (parse_number(text), parse_number(text))
    )
    if low is None or high is None or low > high:
        mistakes.add("option-value", written.spans["answer"], key="answer", value=text, example=EXAMPLE)
        return None, None
    draft.low, draft.high = plain(low), plain(high)
    return low, high


def _read_value(item: Item, unit: str, low: Decimal | None, high: Decimal | None, mistakes: Mistakes) -> None:
    if _is_rest(item):
        return
    value = parse_number(item.text, unit)
    if value is None:
        if item.text.strip():
            mistakes.add("answer-number", item.line.span(), value=item.text)
        return
    item.value = plain(value)
    if low is None or high is None or item.right == (low <= value <= high):
        return
    code = "answer-outside" if item.right else "answer-inside"
    mistakes.add(code, item.line.span(), value=item.text.strip(), low=plain(low), high=plain(high))


def complete(question: Question, response: object) -> bool:
    """Whether the response is a number."""
    return isinstance(response, str) and parse_number(response, question.unit) is not None


def places(question: Question, response: object) -> tuple[int, int]:
    """Whether the number lies in the range, ends included."""
    value = parse_number(response, question.unit) if isinstance(response, str) else None
    return int(value is not None and Decimal(question.low) <= value <= Decimal(question.high)), 1


def feedback(question: Question, response: object) -> tuple[Feedback, ...]:
    """The feedback of the right answer, of the foreseen value, or that of every other number."""
    value = parse_number(response, question.unit) if isinstance(response, str) else None
    if value is None:
        return ()
    right = bool(places(question, response)[0])
    for index, option in enumerate(question.options):
        if option.right if right else option.value and not option.right and Decimal(option.value) == value:
            return (Feedback(index, option.feedback_html),)
    rest = next(index for index, option in enumerate(question.options) if not option.value)
    return (Feedback(rest, question.options[rest].feedback_html),)


def shuffle(question: Question, chance: random.Random) -> list[int]:
    """Nothing is shown to choose from."""
    del question, chance
    return []


KIND = Kind(
    block="number",
    names=("number",),
    read=read,
    complete=complete,
    places=places,
    feedback=feedback,
    shuffle=shuffle,
    settings={"answer": EXAMPLE, "unit": "working days"},
    optional=frozenset({"unit"}),
)
