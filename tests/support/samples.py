"""The small courses of the tests, published as real ones are, and answers to their questions."""

import shutil
from pathlib import Path

from lms.authoring.publishing import publish_courses
from lms.content import catalogue
from lms.content.catalogue import ModuleEntry
from lms.content.documents import Question
from lms.content.questions.scenario import walked
from lms.learning import attempts
from lms.learning.models import Attempt
from lms.learning.responses import Response

SAMPLES = Path(__file__).resolve().parents[1] / "content_samples"


def publish_samples(folder: Path = SAMPLES) -> None:
    """Publish a folder of sample courses; every file of it must pass."""
    published = publish_courses(folder, by=None)
    assert published.problems == ()


def changed_samples(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    """Copy the samples into a folder once, and change words in one file of the copy."""
    copy = folder / "courses"
    if not copy.exists():
        shutil.copytree(SAMPLES, copy)
    path = copy / file
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return copy


def entry(module: str) -> ModuleEntry:
    """A published module."""
    found = catalogue.current().module(module)
    assert found is not None
    return found


def right_response(question: Question) -> Response:
    """The right answer."""
    match question.kind:
        case "number":
            return question.low
        case "order" | "match":
            return list(range(len(question.options)))
        case "scenario":
            return walked(question, lambda options: [each.right for each in options].index(True))
        case _:
            return [n for n, option in enumerate(question.options) if option.right]


def wrong_response(question: Question) -> Response:
    """A wrong answer that is complete."""
    match question.kind:
        case "number":
            return "2"
        case "order" | "match":
            return list(reversed(range(len(question.options))))
        case "scenario":
            return walked(question, lambda options: [each.right for each in options].index(False))
        case "single":
            return [next(n for n, option in enumerate(question.options) if not option.right)]
        case _:
            return [n for n, option in enumerate(question.options) if not option.right]


def questions_of(attempt: Attempt) -> list[Question]:
    """The questions of an attempt in the text that it began with."""
    document = catalogue.module_version(attempt.version_id).document
    return [attempts.question_at(attempt, document, n) for n in range(1, len(attempt.questions) + 1)]


def take(person_id: int, module: str, *, wrong: int = 0) -> int:
    """Begin a check and answer it to the end, the first questions wrongly; gives the attempt's id."""
    attempt_id = attempts.begin(person_id, entry(module), seed=1)
    finish(person_id, attempt_id, wrong=wrong)
    return attempt_id


def finish(person_id: int, attempt_id: int, *, wrong: int = 0) -> None:
    """Answer what is left of an attempt, the first questions of it wrongly."""
    attempt = attempts.attempt_of(person_id, attempt_id)
    assert attempt is not None
    asked = questions_of(attempt)
    for position in range(attempts.next_position(attempt), len(asked) + 1):
        question = asked[position - 1]
        response = wrong_response(question) if position <= wrong else right_response(question)
        attempts.answer(attempt_id, position, response)
