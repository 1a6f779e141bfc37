"""A scenario as a page shows it: one decision at a time, and the case so far; plain values for the templates.

Before a decision nothing here tells which option is sound or what follows from it, and before a
pass only what follows from the decisions taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lms.content.documents import Option, Question
from lms.content.questions import mark
from lms.content.questions.scenario import (
    Decision,
    Way,
    chosen_in,
    most_decisions,
    shuffled_step,
    sound_decisions,
    way_of,
)
from lms.learning.links import Linked
from lms.learning.question_pages import Choice
from lms.learning.responses import ANSWER, Sent


@dataclass(frozen=True, slots=True)
class Weighed:
    """An option after the decision; `why` is what it led to, or would have led to."""

    text: Markup
    chosen: bool
    sound: bool
    why: Markup | None


@dataclass(frozen=True, slots=True)
class Past:
    """A decision of the case so far, from 1; where `chosen` is None it waits, or was taken `later`."""

    number: int
    title: str
    situation: Markup
    chosen: Markup | None
    sound: bool
    here: bool
    later: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One decision of a case: to be taken (`choices`), or taken (`options` and what follows)."""

    title: str
    stem: Markup
    number: int
    most: int
    when: str
    situation: Markup
    choices: tuple[Choice, ...]
    options: tuple[Weighed, ...]
    consequence: Markup | None
    sound: bool
    so_far: tuple[Past, ...]
    stands: tuple[tuple[str, str], ...]
    sound_so_far: int
    taken: int
    over: bool
    following: str
    right: bool


def taken_in(question: Question, response: object) -> Way:
    """The decisions taken; an answer that is none has none."""
    return way_of(question, response) or Way((), 0)


def case_at(
    question: Question, way: Way, number: int, *, seed: int, sent: Sent, linked: Linked, passed: bool
) -> Case:
    """The case at a decision, from 1, up to the one that waits; later ones are left out of it.

    `sent` holds what was chosen where something was missing. After a pass every option shows what it
    would have led to.
    """
    seen = way.decisions[:number]
    decision = seen[number - 1] if len(seen) == number else None
    place = decision.step if decision else way.waits
    step = question.steps[place or 0]
    order = shuffled_step(question, place or 0, seed)
    waits = way.decisions[number].step if number < len(way.decisions) else way.waits
    following = question.steps[waits] if decision and waits is not None else None
    chosen = chosen_in(question, decision) if decision else None
    return Case(
        title=question.title,
        stem=linked(question.stem_html),
        number=number,
        most=most_decisions(question, Way(seen, waits if decision else place)),
        when=step.title,
        situation=linked(step.html),
        choices=() if decision else _choices(step.options, order, sent, linked),
        options=_options(step.options, order, decision, linked, passed=passed) if decision else (),
        consequence=linked(chosen.feedback_html) if chosen else None,
        sound=bool(chosen and chosen.right),
        so_far=_so_far(question, way, place if decision is None else waits, number, linked),
        stands=_stands(question, [each.step for each in seen], place or 0),
        sound_so_far=sound_decisions(question, Way(seen, None)),
        taken=len(seen),
        over=decision is not None and following is None,
        following=following.title if following else "",
        right=mark(question, [each.option for each in way.decisions]),
    )


def _choices(
    options: Sequence[Option], order: Sequence[int], sent: Sent, linked: Linked
) -> tuple[Choice, ...]:
    chosen = sent.getlist(ANSWER)
    return tuple(Choice(str(item), linked(options[item].html), str(item) in chosen) for item in order)


def _options(
    options: Sequence[Option], order: Sequence[int], decision: Decision, linked: Linked, *, passed: bool
) -> tuple[Weighed, ...]:
    return tuple(
        Weighed(
            linked(options[item].html),
            item == decision.option,
            options[item].right and (passed or item == decision.option),
            linked(options[item].feedback_html) if passed and item != decision.option else None,
        )
        for item in order
    )


def _so_far(question: Question, way: Way, waits: int | None, number: int, linked: Linked) -> tuple[Past, ...]:
    seen, later = way.decisions[:number], len(way.decisions) > number
    found = [
        Past(
            place,
            question.steps[each.step].title,
            linked(question.steps[each.step].html),
            linked(chosen_in(question, each).html),
            chosen_in(question, each).right,
            here=place == number,
        )
        for place, each in enumerate(seen, 1)
    ]
    if waits is not None:
        step = question.steps[waits]
        place = len(seen) + 1
        here = place == number
        found.append(Past(place, step.title, Markup(), None, sound=False, here=here, later=later))
    return tuple(found)


def _stands(question: Question, steps: Sequence[int], place: int) -> tuple[tuple[str, str], ...]:
    """How things stand at a step: what the steps on the way to it said last."""
    found: dict[str, str] = {}
    for each in (*steps, place):
        found |= dict(question.steps[each].stands)
    return tuple(found.items())
