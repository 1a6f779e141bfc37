"""What authors find on their desk: a question that misleads, an easy one, a new text, and two comments."""

import re
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from lms.authoring.comments import answer_comment
from lms.content import catalogue
from lms.content.catalogue import ModuleEntry
from lms.content.models import Publication
from lms.core.database import db, insertion, writing
from lms.learning.comments import Comment, Kind, write_comment
from lms.learning.reading import note_place
from lms.learning.reading_counts import OPENED, PartCount
from lms.people.appointments import find_person

MISLEADING, WRONG = "too-small-until-now", (1, 1, 1, 1, 1, 1, 1, 1, 2, 3)
"""A question that draws people to the wrong option at place 1, most of all those who know much."""
KNOWS_MUCH, RIGHT_THEN, RIGHT_ELSE = 0.85, 0.2, 0.4
EASY, EASILY_RIGHT = "cash-beside-profit", 0.985
NEW_TEXT, BEFORE = "shortfall-in-month-two", "Take an ordinary contract. "
"""A question whose text is a week old, and what it began with until then."""
NEVER_WRONG = 1.0
STOPS, FASTEST, SLOWEST = 0.12, 0.5, 1.4

OPEN = "Is the example still right after the change of thresholds in January 2026? It does not say."
MENDED = "The link to section 74 leads to another section."
ANSWER = "Thank you, you are right. The link leads there since this publication."


def likely(question_id: str, knows: float) -> float:
    """How likely it is that somebody who knows so much answers a question rightly."""
    if knows >= NEVER_WRONG:
        return knows
    if question_id == MISLEADING:
        return RIGHT_THEN if knows > KNOWS_MUCH else RIGHT_ELSE
    return EASILY_RIGHT if question_id == EASY else knows


def as_before(folder: Path) -> None:
    """Give the question with a new text the one that it had before."""
    opening = re.compile(rf"(/// \w+ \| {NEW_TEXT}\n(?:    .*\n)*\n)")
    for file in folder.glob("*/*.md"):
        text = file.read_text(encoding="utf-8")
        if opening.search(text):
            file.write_text(opening.sub(rf"\g<1>{BEFORE}", text), encoding="utf-8")


def stops(person_id: int, module_id: str) -> bool:
    """Whether somebody reads half of a module and leaves it there."""
    return Random(f"{person_id}/{module_id}").random() < STOPS  # noqa: S311 an invented nation keeps no secret


def read(person_id: int, entry: ModuleEntry, parts: int) -> None:
    """Read the first parts of a module one after the other, each in about the minutes that it states.

    What the reader would have counted part by part is written at once.
    """
    pace = Random(f"{person_id}/{entry.id}/pace").uniform(FASTEST, SLOWEST)  # noqa: S311
    with writing():
        if note_place(person_id, entry.id, entry.version_id, entry.parts[parts - 1].slug) is None:
            _count(
                entry,
                [
                    (part.slug, minutes)
                    for part in entry.parts[: parts - 1]
                    for minutes in (OPENED, max(1, round(part.minutes * pace)))
                ],
            )


def _count(entry: ModuleEntry, counts: list[tuple[str, int]]) -> None:
    rows = [
        {"module_id": entry.id, "edition": entry.edition, "part": part, "minutes": minutes, "people": 1}
        for part, minutes in counts
    ]
    if rows:
        db.session.execute(
            insertion(PartCount)
            .values(rows)
            .on_conflict_do_update(
                index_elements=["module_id", "edition", "part", "minutes"],
                set_={"people": PartCount.people + 1},
            )
        )


def comment(words: str, email: str, module_id: str, *, named: bool) -> None:
    """Somebody says what is wrong in the second part of a module."""
    person, entry = find_person(email), catalogue.current().module(module_id)
    if person and entry:
        write_comment(
            person.id, Kind.PART, entry.id, entry.parts[1].slug, words, edition=entry.edition, named=named
        )


def answer(words: str, email: str) -> None:
    """The author answers a comment and closes it with the newest publication."""
    number = db.session.scalar(select(Comment.id).where(Comment.words == words))
    author, publication = find_person(email), db.session.scalar(select(func.max(Publication.id)))
    if number and author:
        answer_comment(number, ANSWER, by=author.id, closes=True, publication=publication)
