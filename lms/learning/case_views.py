"""A scenario of a check as pages: each decision has its own address, and is taken once."""

from typing import NamedTuple

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import ModuleDocument, Question
from lms.content.questions.scenario import Way
from lms.core.pages import page
from lms.learning import attempts
from lms.learning.blueprint import blueprint
from lms.learning.cases import case_at, taken_in
from lms.learning.course_views import module_in
from lms.learning.drawing import needed
from lms.learning.links import linker
from lms.learning.models import Attempt
from lms.learning.responses import ANSWER
from lms.people.access import requires, viewer

SEE_OTHER = 303
UNPROCESSABLE = 422
_ADDRESS = "/courses/<string:course>/<string:module>/check/<int:position>/<int:decision>"


class Turn(NamedTuple):
    """A scenario that was reached in the newest attempt at a module, and the way that was taken in it."""

    module: ModuleEntry
    attempt: Attempt
    position: int
    asked: Question
    way: Way


@blueprint.get(_ADDRESS)
@requires("learning")
def decision(course: str, module: str, position: int, decision: int) -> AnyResponse:
    """Show a decision of the newest attempt: to be taken, or with what followed from it."""
    published = catalogue.current()
    found = module_in(published, module)
    turn = _turn(found, position)
    if turn is None:
        return _to_question(found, position)
    if (found.course, found.id) != (course, module) or not 1 <= decision <= next_decision(turn.way):
        return to_decision(found, position, next_decision(turn.way))
    return _page(turn, decision, published)


@blueprint.post(_ADDRESS)
@requires("learning")
def decide(course: str, module: str, position: int, decision: int) -> AnyResponse:
    """Take a decision, once, and show what follows from it."""
    del course
    published = catalogue.current()
    found = module_in(published, module)
    turn = _turn(found, position)
    if turn is None:
        return _to_question(found, position)
    way = turn.way
    if way.waits is None or decision != next_decision(way):
        return to_decision(found, position, min(max(decision, 1), next_decision(way)))
    option = request.form.get(ANSWER, "")
    if option not in map(str, range(len(turn.asked.steps[way.waits].options))):
        return _page(turn, decision, published, error=_("Choose what you do"))
    attempts.decide(turn.attempt.id, position, decision, int(option))
    return to_decision(found, position, decision)


def way_in(attempt: Attempt, asked: Question, position: int) -> Way:
    """The decisions of an attempt in the scenario at a position."""
    given = next((each.response for each in attempt.answers if each.position == position), None)
    return taken_in(asked, attempt.decided or [] if given is None else given)


def attempt_shown(module: ModuleEntry) -> Attempt | None:
    """The newest attempt at a module, or the one that passed whose answers are to be explained."""
    wanted = request.args.get("explained", type=int)
    if wanted is None:
        return attempts.latest_attempt(viewer().person_id, module)
    found = attempts.attempt_of(viewer().person_id, wanted)
    if found is None or not found.passed or found.module_id not in {module.id, *module.aliases}:
        abort(404)
    return found


def next_decision(way: Way) -> int:
    """The number of the decision that waits, or of the last one."""
    return len(way.decisions) + (way.waits is not None)


def to_decision(module: ModuleEntry, position: int, number: int) -> AnyResponse:
    """Lead to a decision."""
    address = url_for(
        "learning.decision",
        course=module.course,
        module=module.id,
        position=position,
        decision=number,
        explained=request.args.get("explained"),
    )
    return redirect(address, SEE_OTHER)


def _turn(module: ModuleEntry, position: int) -> Turn | None:
    """The scenario at a position, if it is one and was reached; 404 where no question is."""
    attempt = attempt_shown(module)
    if attempt is None:
        return None
    if not 1 <= position <= len(attempt.questions):
        abort(404)
    asked = attempts.question_at(attempt, _document(attempt), position)
    if not asked.steps or position > attempts.next_position(attempt):
        return None
    return Turn(module, attempt, position, asked, way_in(attempt, asked, position))


def _document(attempt: Attempt) -> ModuleDocument:
    return catalogue.module_version(attempt.version_id).document


def _to_question(module: ModuleEntry, position: int) -> AnyResponse:
    address = url_for("learning.question", course=module.course, module=module.id, position=position)
    return redirect(address, SEE_OTHER)


def _page(turn: Turn, number: int, published: Catalogue, *, error: str | None = None) -> Response:
    attempt, asked, module = turn.attempt, turn.asked, turn.module
    passed = attempt.passed is True and "explained" in request.args
    total = len(attempt.questions)
    document = _document(attempt)
    case = case_at(
        asked,
        turn.way,
        number,
        seed=attempt.seed,
        sent=request.form,
        linked=linker(published),
        passed=passed,
    )
    return page(
        "learning/decision.html",
        status=UNPROCESSABLE if error else 200,
        module=module,
        attempt=attempt,
        position=turn.position,
        asked=total,
        needed=needed(total, document.pass_mark),
        outcome=asked.outcome,
        outcome_words=document.outcomes[asked.outcome - 1],
        part=next((part for part in module.parts if part.slug == asked.part), None),
        case=case,
        passed=passed,
        error=error,
    )
