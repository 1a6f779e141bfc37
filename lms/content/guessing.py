"""What somebody scores who has not read the text and answers every question by one rule.

A rule weighs the options; the heaviest is taken, and where several weigh alike each is taken with
the same chance. A rule that tells nothing of a question therefore scores there what chance does.

Of several right answers it takes those above the mean. A number is guessed from the listed values in
ascending order, as if somebody knew them. An order goes from the heaviest item to the lightest. A
match pairs the sides by weight, or takes for each left side the right one that has most of its words.
The rules of place are no use for an order and a match, so there they go by the alphabet. A scenario
is walked step by step, and marked as the product marks it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from math import factorial, prod
from statistics import mean
from typing import NamedTuple

from lms.content.documents import ModuleDocument, Question
from lms.content.questions.scenario import LEAST_SOUND, MOST_SLIPS
from lms.content.rendering import plain_text

Weigh = Callable[[Sequence[str], str], Sequence[float]]
"""The weights of the options, from their texts and the words of what is asked."""

_HEDGE = re.compile(
    r"\b(?:may|(?i:might|could|can|should|if|unless|usually|normally|generally|often|sometimes|seldom|"
    r"rarely|likely|probably|typically|perhaps|almost|mostly|partly|as a rule|at least|at most|in most|where|"
    r"depend\w*|consider\w*|some|until|provided))\b"
)
"""Wider than what is advised on in one question, which has to be sure. “May” with a capital is a month."""

_LAW = re.compile(
    r"\bActs?\b|\b(?i:section|regulations?|schedule|paragraph|clause|law|laws|lawful\w*|unlawful\w*|statut\w*|"
    r"legal\w*|standard)\b"
)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{4,}|[0-9]+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_STEM = 6
"""So many first letters make two words alike, whatever their endings."""


class Rule(NamedTuple):
    """A way to guess: what it takes, and how it weighs."""

    name: str
    takes: str
    weigh: Weigh


def _longest(texts: Sequence[str], asked: str) -> list[float]:
    del asked
    return [len(text) for text in texts]


def _shortest(texts: Sequence[str], asked: str) -> list[float]:
    return [-length for length in _longest(texts, asked)]


def _hedged(texts: Sequence[str], asked: str) -> list[float]:
    del asked
    return [len(_HEDGE.findall(text)) for text in texts]


def _law(texts: Sequence[str], asked: str) -> list[float]:
    del asked
    return [bool(_LAW.search(text)) for text in texts]


def _joined(texts: Sequence[str], asked: str) -> list[float]:
    del asked
    return [len(_AND.findall(text)) for text in texts]


def _words(text: str) -> set[str]:
    return {word.casefold()[:_STEM] for word in _WORD.findall(_THOUSANDS.sub("", text))}


def _like(texts: Sequence[str], asked: str) -> list[float]:
    words = _words(asked)
    return [len(_words(text) & words) for text in texts]


def _middle(texts: Sequence[str], asked: str) -> list[float]:
    """By the first number of each option; without one in each, all alike."""
    del asked
    found = [_NUMBER.search(_THOUSANDS.sub("", text)) for text in texts]
    numbers = [Decimal(each[0]) for each in found if each]
    if len(numbers) < len(texts):
        return [0] * len(texts)
    in_order = sorted(numbers)
    return [-abs(bisect_left(in_order, number) - (len(texts) - 1) / 2) for number in numbers]


def _at(place: int) -> Weigh:
    def weigh(texts: Sequence[str], asked: str) -> list[float]:
        del asked
        taken = len(texts) - 1 if place < 0 else min(place, len(texts) - 1)
        return [index == taken for index in range(len(texts))]

    return weigh


def _alike(texts: Sequence[str], asked: str) -> list[float]:
    del asked
    return [0] * len(texts)


CHANCE = Rule("chance", "any option", _alike)
LIKE = Rule("like", "the option most like the question’s words", _like)
PLACES = (
    Rule("first", "the first option", _at(0)),
    Rule("second", "the second option", _at(1)),
    Rule("third", "the third option", _at(2)),
    Rule("last", "the last option", _at(-1)),
)
RULES = (
    Rule("longest", "the longest option", _longest),
    Rule("shortest", "the shortest option", _shortest),
    Rule("hedged", "the most careful option", _hedged),
    LIKE,
    Rule("middle", "the middle number", _middle),
    Rule("law", "the option that mentions the law", _law),
    Rule("joined", "the option that does two things", _joined),
    *PLACES,
)


def guessed(question: Question, rule: Rule) -> float:
    """The chance, 0 to 1, that somebody who follows the rule has the question right."""
    return _BY_KIND[question.kind](question, rule)


def share(document: ModuleDocument, rule: Rule, weights: Mapping[str, float] | None = None) -> float:
    """The expected share of right answers, 0 to 1, in a check of the module.

    `weights` says by question id how often a check asks it; without them all are asked alike often.
    """
    often = {each.id: weights[each.id] if weights else 1.0 for each in document.questions}
    right = sum(often[each.id] * guessed(each, rule) for each in document.questions)
    return right / sum(often.values())


def _heaviest(weights: Sequence[float]) -> list[int]:
    most = max(weights)
    return [index for index, weight in enumerate(weights) if weight == most]


def _single(question: Question, rule: Rule) -> float:
    options = question.options
    taken = _heaviest(rule.weigh([each.text for each in options], plain_text(question.stem_html)))
    return mean(options[index].right for index in taken)


def _multiple(question: Question, rule: Rule) -> float:
    options = question.options
    weights = rule.weigh([each.text for each in options], plain_text(question.stem_html))
    if len(set(weights)) == 1:
        return 1 / ((1 << len(options)) - 1)
    average = mean(weights)
    taken = [weight > average for weight in weights]
    return float(taken == [option.right for option in options])


def _number(question: Question, rule: Rule) -> float:
    listed = sorted((each for each in question.options if each.value), key=lambda each: Decimal(each.value))
    taken = _heaviest(rule.weigh([each.value for each in listed], plain_text(question.stem_html)))
    return mean(listed[index].right for index in taken)


def _order(question: Question, rule: Rule) -> float:
    texts = [each.text for each in question.options]
    weights = _alphabetical(texts) if rule in PLACES else rule.weigh(texts, plain_text(question.stem_html))
    if list(weights) != sorted(weights, reverse=True):
        return 0.0
    return 1 / prod(factorial(times) for times in Counter(weights).values())


def _alphabetical(texts: Sequence[str]) -> list[float]:
    in_order = sorted(text.casefold() for text in texts)
    return [-bisect_left(in_order, text.casefold()) for text in texts]


def _match(question: Question, rule: Rule) -> float:
    lefts = [each.text for each in question.options]
    rights = list(dict.fromkeys(each.match for each in question.options))
    if rule is LIKE:
        weighed = ((each.match, rule.weigh(rights, each.text)) for each in question.options)
        taken = [(right, [rights[index] for index in _heaviest(weights)]) for right, weights in weighed]
        if any(len(each) < len(rights) for _, each in taken):
            return prod((right in each) / len(each) for right, each in taken)
    sides = [_alphabetical(side) if rule in PLACES else rule.weigh(side, "") for side in (lefts, rights)]
    if any(len(set(weights)) == 1 for weights in sides):
        return _paired_by_chance(len(lefts), len(rights))
    left, right = (sorted(range(len(side)), key=side.__getitem__, reverse=True) for side in sides)
    pairs = ((place, right[rank * len(rights) // len(lefts)]) for rank, place in enumerate(left))
    return float(all(question.options[place].match == rights[chosen] for place, chosen in pairs))


def _paired_by_chance(lefts: int, rights: int) -> float:
    """Each right side once where there are as many as left ones, else any for each."""
    return 1 / factorial(lefts) if lefts == rights else 1 / rights**lefts


def _scenario(question: Question, rule: Rule) -> float:
    """Every way through the case that the rule may take, with its chance."""

    @cache
    def right(place: int | None, sound: int, slips: int) -> float:
        if place is None:
            return float(sound >= LEAST_SOUND and slips <= MOST_SLIPS)
        step = question.steps[place]
        taken = _heaviest(rule.weigh([each.text for each in step.options], plain_text(step.html)))
        chosen = [step.options[index] for index in taken]
        return mean(right(each.leads_to, sound + each.right, slips + (not each.right)) for each in chosen)

    return right(0, 0, 0)


_BY_KIND: dict[str, Callable[[Question, Rule], float]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "order": _order,
    "match": _match,
    "scenario": _scenario,
}
