"""A scenario: a case in steps, each with a decision; it counts as one question of the check.

It is right with two sound decisions or more and at most one that is not, so that a wrong turn can
be recovered from, and luck helps no more than with a single choice.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from lms.content.documents import Option, Question
from lms.content.lines import Line, heading_of
from lms.content.mistakes import Mistakes, Span, listed, near
from lms.content.questions.base import (
    Draft,
    Feedback,
    Item,
    Kind,
    StepDraft,
    Written,
    demand_feedback,
    demand_items,
    joined,
    take_items,
)
from lms.content.questions.choice import MARKER, name_misshapen
from lms.content.questions.ways import End, check_ways

LEAST_STEPS, MOST_STEPS = 2, 6
LEAST_SOUND, MOST_SLIPS = 2, 1
END = "end"
STANDS = "Supplier can pay until | Week 9"
_STEP_LEVEL = 3
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
_SETTING = re.compile(r"(?: {4}|\t)([A-Za-z_-]+):[ \t]*(.*?)[ \t]*$")
_TITLE_LENGTH = 120
_ID_LENGTH = 80


def read(written: Written, draft: Draft, mistakes: Mistakes) -> None:
    """Read the case, then its steps, and name what they lack and where they do not lead on."""
    draft.title = written.settings.get("title", "")
    if len(draft.title) > _TITLE_LENGTH:
        example = f"title: {KIND.settings['title']}"
        mistakes.add("option-value", written.spans["title"], key="title", value=draft.title, example=example)
    starts = [index for index, line in enumerate(written.lines) if _is_step(line)]
    bounds = [*starts, len(written.lines)]
    case = written.lines[: bounds[0]]
    draft.stem = joined(line.text for line in case)
    name_misshapen(replace(written, lines=case), mistakes)
    for start, end in pairwise(bounds):
        draft.steps.append(_step(written, written.lines[start:end], draft, mistakes))
    if not LEAST_STEPS <= len(draft.steps) <= MOST_STEPS:
        limits = {"least": LEAST_STEPS, "most": MOST_STEPS}
        mistakes.add("scenario-steps", draft.line.span(), id=draft.id, count=len(draft.steps), **limits)
    _lead_on(draft, mistakes)


def _is_step(line: Line) -> bool:
    heading = heading_of(line)
    return heading is not None and heading[0] == _STEP_LEVEL


def _step(written: Written, lines: Sequence[Line], draft: Draft, mistakes: Mistakes) -> StepDraft:
    heading, rest = lines[0], list(lines[1:])
    words = (heading_of(heading) or (0, ""))[1]
    name, _, title = (each.strip() for each in words.partition("|"))
    step = StepDraft(name, title, heading)
    _check_id(step, draft.steps, mistakes)
    step.stands = tuple(_take_stands(rest, mistakes))
    inner = replace(draft, id=name, line=heading, stem="", items=[])
    taken = replace(written, lines=rest)
    name_misshapen(taken, mistakes)
    take_items(taken, inner, MARKER, mistakes)
    step.text, step.items = inner.stem, inner.items
    if not step.text:
        mistakes.add("step-without-situation", heading.span(), id=name)
    demand_feedback(inner, mistakes)
    sound = sum(item.right for item in step.items)
    if step.items and sound in {0, len(step.items)}:
        mistakes.add("no-sound-decision" if not sound else "no-wrong-decision", heading.span(), id=name)
    return step


def _check_id(step: StepDraft, earlier: Sequence[StepDraft], mistakes: Mistakes) -> None:
    start = step.line.text.find(step.id) if step.id else -1
    span = step.line.span(start + 1, len(step.id)) if step.id else step.line.span()
    first = next((each.line.number for each in earlier if each.id == step.id), None)
    if not _is_id(step.id):
        mistakes.add("step-id", span, id=step.id)
    elif first is not None:
        mistakes.add("duplicate-step", span, id=step.id, first=first)


def _is_id(name: str) -> bool:
    return bool(_ID.match(name)) and len(name) <= _ID_LENGTH and name != END


def _take_stands(lines: list[Line], mistakes: Mistakes) -> Iterator[tuple[str, str]]:
    """Take the indented settings directly below the heading off the lines."""
    while lines and (found := _SETTING.match(lines[0].text)):
        line = lines.pop(0)
        key, value = found[1], found[2]
        what, _, how = (each.strip() for each in value.partition("|"))
        if key != "stands":
            span = line.span(found.start(1) + 1, len(key))
            close = near(key, ["stands"])
            mistakes.add("unknown-option", span, kind="step", key=key, known="stands", near=close)
        elif what and how:
            yield what, how
        else:
            span = line.span(found.start(2) + 1, max(1, len(value)))
            mistakes.add("option-value", span, key=key, value=value, example=f"stands: {STANDS}")


def _lead_on(draft: Draft, mistakes: Mistakes) -> None:
    """Find where each decision leads; when every step that is named is there, look at the ways."""
    before = len(mistakes.found)
    places = {step.id: place for place, step in reversed(list(enumerate(draft.steps)))}
    ends: list[list[End]] = []
    for place, step in enumerate(draft.steps):
        following = place + 1 if place + 1 < len(draft.steps) else None
        ends.append([_target(item, following, places, mistakes) for item in step.items])
        demand_items(replace(draft, id=step.id, line=step.line, items=step.items), mistakes, least=2)
    if len(mistakes.found) == before and len(places) == len(draft.steps) and all(map(_is_id, places)):
        check_ways(draft.steps, ends, mistakes)


def _target(item: Item, following: int | None, places: dict[str, int], mistakes: Mistakes) -> End:
    """Take the arrow off the words of a decision; gives where it leads."""
    words, arrow, target = item.text.rpartition("->")
    if not arrow or words.endswith("\\"):
        item.leads_to = following
        return End(following, item.line.span())
    item.text, target, item.led = words.rstrip(), target.strip(), True
    span = _arrow_span(item.line, target)
    item.leads_to = places.get(target)
    if target != END and target not in places:
        known = listed(places)
        mistakes.add("unknown-step", span, target=target, known=known, near=near(target, places))
    return End(item.leads_to, span)


def _arrow_span(line: Line, target: str) -> Span:
    start = line.text.rfind(target, line.text.rfind("->")) if target and "->" in line.text else -1
    return line.span(start + 1, len(target)) if start >= 0 else line.span()


class Decision(NamedTuple):
    """The place of a step and of the option chosen in it."""

    step: int
    option: int


class Way(NamedTuple):
    """The decisions taken, and the place of the step that waits; None when the case is over."""

    decisions: tuple[Decision, ...]
    waits: int | None


def way_of(question: Question, response: object) -> Way | None:
    """The way through the steps that a response takes, or None when it takes none."""
    if not isinstance(response, list):
        return None
    decisions: list[Decision] = []
    place: int | None = 0 if question.steps else None
    for chosen in response:
        if place is None or type(chosen) is not int or not 0 <= chosen < len(question.steps[place].options):
            return None
        decisions.append(Decision(place, chosen))
        place = _after(question, decisions)
    return Way(tuple(decisions), place)


def walked(question: Question, choose: Callable[[Sequence[Option]], int]) -> list[int]:
    """The decisions of somebody who chooses so in each step, from the first to the end of the case."""
    chosen: list[int] = []
    while (way := way_of(question, chosen)) and way.waits is not None:
        chosen.append(choose(question.steps[way.waits].options))
    return chosen


def _after(question: Question, decisions: Sequence[Decision]) -> int | None:
    """Where the last decision leads; a circle, which the check names, ends there."""
    step, option = decisions[-1]
    following = question.steps[step].options[option].leads_to
    return None if any(following == each.step for each in decisions) else following


def chosen_in(question: Question, decision: Decision) -> Option:
    """The option that a decision took."""
    return question.steps[decision.step].options[decision.option]


def sound_decisions(question: Question, way: Way) -> int:
    """How many decisions were sound."""
    return sum(chosen_in(question, each).right for each in way.decisions)


def most_decisions(question: Question, way: Way) -> int:
    """How many decisions the case takes at most, with those taken."""
    if way.waits is None:
        return len(way.decisions)
    options = range(len(question.steps[way.waits].options))
    further = (Decision(way.waits, each) for each in options)
    ways = [(*way.decisions, each) for each in further]
    return max(
        (most_decisions(question, Way(each, _after(question, each))) for each in ways),
        default=len(way.decisions),
    )


def complete(question: Question, response: object) -> bool:
    """Whether the decisions lead to an end of the case."""
    way = way_of(question, response)
    return way is not None and bool(way.decisions) and way.waits is None


def places(question: Question, response: object) -> tuple[int, int]:
    """A case is right or not; its decisions are not counted one by one."""
    way = way_of(question, response)
    if way is None:
        return 0, 1
    sound = sound_decisions(question, way)
    return int(sound >= LEAST_SOUND and len(way.decisions) - sound <= MOST_SLIPS), 1


def feedback(question: Question, response: object) -> tuple[Feedback, ...]:
    """Nothing on the whole: each decision shows its own consequence when it is taken."""
    del question, response
    return ()


def shuffle(question: Question, chance: random.Random) -> list[int]:
    """The options of each step are shuffled by themselves."""
    del question, chance
    return []


def shuffled_step(question: Question, step: int, seed: int) -> list[int]:
    """The places of a step's options in the order in which this seed shows them."""
    order = list(range(len(question.steps[step].options)))
    random.Random(f"{seed}/{question.id}/{question.steps[step].id}").shuffle(order)  # noqa: S311 an order on a page is no secret
    return order


KIND = Kind(
    block="scenario",
    names=("scenario",),
    read=read,
    complete=complete,
    places=places,
    feedback=feedback,
    shuffle=shuffle,
    settings={"title": "the profit warning"},
    needs_stem=False,
)
