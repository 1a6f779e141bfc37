"""A question of a draft, asked as learners meet it; its answer stands in the address and is kept nowhere."""

from dataclasses import dataclass

from flask_babel import gettext as _

from lms.content.documents import Question
from lms.content.questions import complete, mark
from lms.learning.cases import Case, case_at, taken_in
from lms.learning.links import Linked
from lms.learning.question_pages import Answered, Asking, answered, asking
from lms.learning.responses import ANSWER, Sent, response_in

SEED = 1
"""The options of a draft stand in one order, so that a page can be loaded again."""

TAKEN = "taken"
"""The field with the decisions taken in a scenario: places of options, with a hyphen between."""

CHECK = "check"
"""The field that says that an answer was given."""


@dataclass(frozen=True, slots=True)
class Played:
    """A question before or after an answer, or a decision of a scenario; `taken` are those before it."""

    question: Question
    asking: Asking | None = None
    answered: Answered | None = None
    case: Case | None = None
    taken: str = ""
    error: str = ""


def play(question: Question, sent: Sent, linked: Linked) -> Played:
    """The question with what was sent: the fields of its form, as an address holds them."""
    if question.steps:
        return _case(question, sent, linked)
    shown = asking(question, SEED, sent, linked)
    if not sent.get(CHECK, ""):
        return Played(question, asking=shown)
    response = response_in(question, sent)
    if not complete(question, response):
        return Played(question, asking=shown, error=_missing(question))
    right = mark(question, response)
    return Played(question, answered=answered(question, SEED, response, right=right, linked=linked))


def _missing(question: Question) -> str:
    return _("Write a number in digits") if question.kind == "number" else _("Answer the question first")


def _case(question: Question, sent: Sent, linked: Linked) -> Played:
    """The decision after those taken, or with an answer what follows from it."""
    taken = [int(each) for each in sent.get(TAKEN, "").split("-") if each.isdecimal()]
    before = taken_in(question, taken)
    answer = sent.get(ANSWER, "")
    given = [*taken, int(answer)] if answer.isdecimal() else taken
    way = taken_in(question, given)
    if before.waits is None or len(way.decisions) < len(given):
        given, way = [], taken_in(question, [])
    missing = bool(sent.get(CHECK, "")) and not answer
    number = len(given) if given and answer else len(given) + 1
    case = case_at(question, way, number, seed=SEED, sent=sent, linked=linked, passed=False)
    written = "-".join(map(str, taken if case.choices else given))
    return Played(question, case=case, taken=written, error=_("Choose what you do") if missing else "")
