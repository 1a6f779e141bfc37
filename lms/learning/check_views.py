"""The knowledge check of a module: its first page, its questions one by one, and what came of it."""

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.competencies.facts import facts_of, requirements
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import Question
from lms.content.questions import complete
from lms.core import clock
from lms.core.pages import page
from lms.learning import attempts, result
from lms.learning.attempts import CheckShutError
from lms.learning.blueprint import blueprint
from lms.learning.case_views import attempt_shown, next_decision, to_decision, way_in
from lms.learning.course_list import Progress, due_of, progress_of, title_of
from lms.learning.course_views import module_in
from lms.learning.drawing import needed
from lms.learning.explained import explained
from lms.learning.links import linker
from lms.learning.models import Answer, Attempt
from lms.learning.module_states import ModuleState, states_of
from lms.learning.question_pages import answered, asking
from lms.learning.reactions import Intent, intent_of, say
from lms.learning.responses import response_in
from lms.learning.standpoints import standpoint_of
from lms.learning.updates import update_of
from lms.learning.words import intent_words
from lms.people.access import requires, viewer

SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.get("/courses/<string:course>/<string:module>/check")
@requires("learning")
def check(course: str, module: str) -> AnyResponse:
    """Say what the check asks and how it goes; offer to begin it, or to go on."""
    published = catalogue.current()
    found = module_in(published, module)
    if (found.course, found.id) != (course, module):
        return redirect(url_for(".check", course=found.course, module=found.id))
    return _first_page(found, published)


@blueprint.post("/courses/<string:course>/<string:module>/check")
@requires("learning")
def begin_check(course: str, module: str) -> AnyResponse:
    """Begin an attempt, or go on with the one that is under way."""
    del course
    found = module_in(catalogue.current(), module)
    try:
        attempts.begin(viewer().person_id, found)
    except CheckShutError:
        return _to_first_page(found)
    begun = attempts.latest_attempt(viewer().person_id, found)
    if begun and begun.finished_at:
        return _to_result(found, begun)
    return _to_question(found, attempts.next_position(begun) if begun else 1)


@blueprint.get("/courses/<string:course>/<string:module>/check/<int:position>")
@requires("learning")
def question(course: str, module: str, position: int) -> AnyResponse:
    """Show a question of the newest attempt, to be answered or with its answer, or of one that passed."""
    published = catalogue.current()
    found = module_in(published, module)
    attempt = attempt_shown(found)
    if attempt is None:
        return _to_first_page(found)
    if not 1 <= position <= len(attempt.questions):
        abort(404)
    following = attempts.next_position(attempt)
    if (found.course, found.id) != (course, module) or position > following:
        return _to_question(found, min(position, following))
    asked = _question_of(attempt, position)
    if asked.steps:
        number = 1 if "explained" in request.args else next_decision(way_in(attempt, asked, position))
        return to_decision(found, position, number)
    return _question_page(attempt, position, found, published)


@blueprint.post("/courses/<string:course>/<string:module>/check/<int:position>")
@requires("learning")
def answer_question(course: str, module: str, position: int) -> AnyResponse:
    """Take the answer to a question, once, and show what it was worth."""
    del course
    published = catalogue.current()
    found = module_in(published, module)
    attempt = attempts.latest_attempt(viewer().person_id, found)
    if attempt is None:
        return _to_first_page(found)
    if not 1 <= position <= len(attempt.questions):
        abort(404)
    if attempt.finished_at is None and position == attempts.next_position(attempt):
        asked = _question_of(attempt, position)
        if asked.steps:
            return _to_question(found, position)
        response = response_in(asked, request.form)
        if not complete(asked, response):
            return _question_page(
                attempt, position, found, published, status=UNPROCESSABLE, error=_what_is_missing(asked)
            )
        attempts.answer(attempt.id, position, response)
    return _to_question(found, position)


@blueprint.get("/courses/<string:course>/<string:module>/check/result/<int:attempt>")
@requires("learning")
def check_result(course: str, module: str, attempt: int) -> AnyResponse:
    """Show what came of one of the person's own attempts."""
    del course
    person_id = viewer().person_id
    made = attempts.attempt_of(person_id, attempt)
    published = catalogue.current()
    if made is None or published.resolve(made.module_id) != published.resolve(module):
        abort(404)
    found = published.module(published.resolve(made.module_id))
    if made.finished_at is None:
        if found is None:
            abort(404)
        return _to_question(found, attempts.next_position(made))
    return _passed_page(made, found, published) if made.passed else _not_passed_page(made, found, published)


@blueprint.post("/courses/<string:course>/<string:module>/check/result/<int:attempt>")
@requires("learning")
def react(course: str, module: str, attempt: int) -> AnyResponse:
    """Keep whether the person will use at work what they passed; an answer that is none changes nothing."""
    made = attempts.attempt_of(viewer().person_id, attempt)
    published = catalogue.current()
    if made is None or not made.passed or published.resolve(made.module_id) != published.resolve(module):
        abort(404)
    said = request.form.get("answer", "")
    if said in set(Intent):
        edition = catalogue.module_version(made.version_id).document.edition
        say(made.person_id, published.resolve(made.module_id), edition, Intent(said))
        flash(_("Your answer is kept. You can change it here at any time."))
    return redirect(url_for(".check_result", course=course, module=module, attempt=attempt), SEE_OTHER)


def _first_page(module: ModuleEntry, published: Catalogue) -> AnyResponse:
    person_id, today = viewer().person_id, clock.today()
    made = attempts.attempts_of(person_id, module)
    under_way = attempts.open_attempt(made)
    state = states_of(person_id, published.resolve).get(module.id) or ModuleState()
    absences = facts_of([person_id])[person_id].absences
    progress, until = progress_of(module, state, absences, today)
    if progress is Progress.UPDATE and not under_way and update_of(person_id, module, published):
        return redirect(url_for(".update", course=module.course, module=module.id))
    return page(
        "learning/check.html",
        module=module,
        course=published.course(module.course),
        needed=needed(module.ask, module.pass_mark),
        under_way=under_way,
        on_earlier_text=under_way is not None and under_way.version_id != module.version_id,
        position=attempts.next_position(under_way) if under_way else None,
        fails=attempts.fails_today(made),
        opens=attempts.opening_day(made),
        today=today,
        last=made[-1].id if made else None,
        progress=progress,
        until=until,
        due=due_of(state),
    )


def _question_page(
    attempt: Attempt,
    position: int,
    module: ModuleEntry,
    published: Catalogue,
    *,
    status: int = 200,
    error: str | None = None,
) -> Response:
    document = catalogue.module_version(attempt.version_id).document
    asked = attempts.question_at(attempt, document, position)
    linked = linker(published)
    given = next((each for each in attempt.answers if each.position == position), None)
    if given and attempt.passed and "explained" in request.args:
        return _explained_page(attempt, given, asked, module, published)
    shown = answered(asked, attempt.seed, given.response, right=given.right, linked=linked) if given else None
    return page(
        "learning/question.html",
        status=status,
        module=module,
        attempt=attempt,
        position=position,
        asked=len(attempt.questions),
        done=len(attempt.answers),
        needed=needed(len(attempt.questions), document.pass_mark),
        outcome=asked.outcome,
        outcome_words=document.outcomes[asked.outcome - 1],
        part=next((part for part in module.parts if part.slug == asked.part), None),
        answered=shown,
        asking=None if shown else asking(asked, attempt.seed, request.form, linked),
        error=error,
    )


def _explained_page(
    attempt: Attempt, given: Answer, asked: Question, module: ModuleEntry, published: Catalogue
) -> Response:
    document = catalogue.module_version(attempt.version_id).document
    return page(
        "learning/explained.html",
        module=module,
        attempt=attempt,
        position=given.position,
        asked=len(attempt.questions),
        score=attempts.score(attempt),
        day=attempt.finished_at,
        outcome=asked.outcome,
        outcome_words=document.outcomes[asked.outcome - 1],
        part=next((part for part in module.parts if part.slug == asked.part), None),
        explained=explained(asked, attempt.seed, given.response, right=given.right, linked=linker(published)),
    )


def _passed_page(attempt: Attempt, module: ModuleEntry | None, published: Catalogue) -> Response:
    asked = requirements()
    stand = standpoint_of(attempt.person_id, clock.today(), published, asked)
    score = result.score_of(attempt, module)
    return page(
        "learning/passed.html",
        module=module,
        score=score,
        attempt=attempt,
        gained=result.gained_by(attempt, stand, asked),
        next=result.next_after(published.resolve(attempt.module_id), stand),
        framework=published.framework,
        titles=lambda each: title_of(each, published),
        intent=intent_of(attempt.person_id, module.id, score.edition) if module else None,
        intents=intent_words(),
    )


def _not_passed_page(attempt: Attempt, module: ModuleEntry | None, published: Catalogue) -> Response:
    stand = standpoint_of(attempt.person_id, clock.today(), published, requirements())
    made = attempts.attempts_of(attempt.person_id, module) if module else []
    return page(
        "learning/not_passed.html",
        module=module,
        score=result.score_of(attempt, module),
        stands=result.stands_in(module.id, stand) if module else [],
        due=due_of(stand.modules.get(module.id) or ModuleState()) if module else None,
        fails=attempts.fails_today(made),
        opens=attempts.opening_day(made),
        today=clock.today(),
    )


def _to_first_page(module: ModuleEntry) -> AnyResponse:
    return redirect(url_for(".check", course=module.course, module=module.id), SEE_OTHER)


def _to_result(module: ModuleEntry, attempt: Attempt) -> AnyResponse:
    address = url_for(".check_result", course=module.course, module=module.id, attempt=attempt.id)
    return redirect(address, SEE_OTHER)


def _to_question(module: ModuleEntry, position: int) -> AnyResponse:
    address = url_for(".question", course=module.course, module=module.id, position=position)
    return redirect(address, SEE_OTHER)


def _question_of(attempt: Attempt, position: int) -> Question:
    document = catalogue.module_version(attempt.version_id).document
    return attempts.question_at(attempt, document, position)


def _what_is_missing(asked: Question) -> str:
    match asked.kind:
        case "number":
            return _("Enter a number")
        case "order":
            return _("Give each item a place of its own")
        case "match":
            return _("Choose an answer for each row")
        case _:
            return _("Choose an answer")
