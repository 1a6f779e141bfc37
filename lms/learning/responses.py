"""The fields of a question's form: what they are called, and the response that they hold."""

from typing import Protocol

from lms.content.documents import Question

ANSWER = "answer"
"""The field of a choice or a number; the selects of an order or a match are numbered from it."""

LONGEST = 60
"""The most characters of a number with its unit."""

Response = str | list[int]


class Sent(Protocol):
    """The fields of a form, as Werkzeug gives them."""

    def get(self, name: str, default: str) -> str:
        """The first value of a field."""

    def getlist(self, name: str) -> list[str]:
        """All values of a field."""


def field_of(index: int) -> str:
    """The name of the select that stands beside an item."""
    return f"{ANSWER}-{index + 1}"


def response_in(question: Question, sent: Sent) -> Response:
    """The response that a form holds; fields that are missing or make no sense leave it incomplete."""
    match question.kind:
        case "number":
            typed = sent.get(ANSWER, "").strip()
            return typed if len(typed) <= LONGEST else ""
        case "order":
            return _in_order([_number(sent.get(field_of(n), "")) for n in range(len(question.options))])
        case "match":
            return [_number(sent.get(field_of(n), "")) for n in range(len(question.options))]
        case _:
            return [_number(each) for each in sent.getlist(ANSWER)]


def _in_order(places: list[int]) -> list[int]:
    """The items in the order of the places chosen for them (from 1); empty unless each has one of its own."""
    if sorted(places) != list(range(1, len(places) + 1)):
        return []
    return sorted(range(len(places)), key=lambda item: places[item])


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= len("999") else -1
