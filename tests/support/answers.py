"""Counts of answers as many checks would have left them, written at once."""

from collections.abc import Sequence
from datetime import date

from lms.content import catalogue
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.counting import AnswerCount, text_of
from tests.support.samples import entry

OTHERS = 6


def answered(
    module: str, question: str, strong: Sequence[int], weak: Sequence[int], *, first: date | None = None
) -> None:
    """So many people with all of the other questions right, and with none, picked each option."""
    found = entry(module)
    asked = catalogue.module_version(found.version_id).document.question(question)
    assert asked is not None
    with writing():
        for others_right, picked in ((OTHERS, strong), (0, weak)):
            for place, people in enumerate(picked):
                db.session.add(
                    AnswerCount(
                        module_id=module,
                        edition=found.edition,
                        question_id=question,
                        text=text_of(asked),
                        right=asked.options[place].right,
                        picked=str(place),
                        others_right=others_right,
                        others=OTHERS,
                        people=people,
                        first_on=first or clock.today(),
                        last_on=clock.today(),
                    )
                )
