"""Advice on choices that somebody can guess who has not read the text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lms.content.frontmatter import Tree
from lms.content.mistakes import Mistakes, listed
from lms.content.questions import Draft
from lms.content.questions.base import Item

LEAST_CHOICES = 4
"""So many choices before their lengths are looked at together."""

LONGEST_TOO_OFTEN = 0.6
"""The share of choices in which the right answer may be the longest."""

MUCH_LONGER = 1.5
"""How many times longer than the longest wrong answer a right one may be."""

UNEVEN = 3
"""How many times longer than the shortest answer the longest may be."""

LONG_ANSWER = 8
"""Answers shorter than this, in words, may differ in length as they like."""

ECHOES = 3
"""So many words of the question in the right answer alone give it away."""

_CATCH_ALL = re.compile(
    r"(all|none|both|any|neither|either) of (the |these|those|them)(above|others?|answers)?\.?$|"
    r"both a and b|a and b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:(?i:usually|normally|generally|often|might|probably|likely|typically|as a rule)|may|^May)\b"
)
_ABSOLUTE = re.compile(
    r"\b(always|never|only|every|all|none|must not ever|in any case|under no)\b", re.IGNORECASE
)
_LAW = re.compile(r"\b(the act|section \d+|regulations? \d+|schedule \d+|law:)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w’'-]+")
_LONG_WORD = 5


class _Choice(NamedTuple):
    """A single choice: the right answer and the wrong ones."""

    draft: Draft
    right: Item
    wrong: tuple[Item, ...]


def advise_on_answers(drafts: Sequence[Draft], tree: Tree, mistakes: Mistakes) -> None:
    """Add advice on every single choice, and on all of them together."""
    choices = []
    for draft in drafts:
        if draft.kind in {"single", "multiple"}:
            _advise_on_catch_all(draft, mistakes)
        _advise_on_ways(draft, mistakes)
        right = [item for item in draft.items if item.right]
        if draft.kind == "single" and len(right) == 1 and len(draft.items) > 1:
            choices.append(_Choice(draft, right[0], tuple(item for item in draft.items if not item.right)))
    for choice in choices:
        _advise_on_length(choice, mistakes)
        _advise_on_form(choice, mistakes)
        _advise_on_words(choice, mistakes)
    longest = [choice for choice in choices if _length(choice.right) > max(map(_length, choice.wrong))]
    if len(choices) >= LEAST_CHOICES and len(longest) > LONGEST_TOO_OFTEN * len(choices):
        mistakes.add("right-is-longest", tree.key_span("ask"), count=len(longest), all=len(choices))


def _words(text: str) -> list[str]:
    return _WORD.findall(re.sub(r"\]\([^)]*\)", "]", text))


def _length(item: Item) -> int:
    return len(" ".join(re.sub(r"\]\([^)]*\)", "]", item.text).split()))


def _advise_on_ways(draft: Draft, mistakes: Mistakes) -> None:
    """A sound decision without an arrow falls into a step to which a wrong one was led on purpose."""
    for place, step in enumerate(draft.steps, 1):
        mended_next = any(item.led and not item.right and item.leads_to == place for item in step.items)
        for item in step.items:
            if mended_next and item.right and not item.led:
                mistakes.add("sound-into-repair", item.line.span(), id=draft.steps[place].id)


def _advise_on_catch_all(draft: Draft, mistakes: Mistakes) -> None:
    for item in draft.items:
        if _CATCH_ALL.match(item.text.strip()):
            mistakes.add("all-of-the-above", item.line.span(), words=item.text.strip())


def _advise_on_length(choice: _Choice, mistakes: Mistakes) -> None:
    counts = [len(item.text.split()) for item in choice.draft.items]
    longest_wrong = max(choice.wrong, key=_length)
    if len(choice.right.text.split()) >= LONG_ANSWER and _length(choice.right) > MUCH_LONGER * _length(
        longest_wrong
    ):
        mistakes.add("right-is-longer", choice.right.line.span())
    elif max(counts) >= LONG_ANSWER and max(counts) > UNEVEN * min(counts):
        mistakes.add("uneven-answers", choice.draft.line.span(), least=min(counts), most=max(counts))


def _advise_on_form(choice: _Choice, mistakes: Mistakes) -> None:
    stops = [item.text.rstrip().endswith(".") for item in choice.wrong]
    right = choice.right.text.rstrip().endswith(".")
    if len(stops) > 1 and all(stop != right for stop in stops):
        how = "ends with" if right else "ends without"
        mistakes.add("mark-gives-away", choice.right.line.span(), how=how)
    last = choice.draft.stem.rstrip(" .:…_?").rsplit(None, 1)[-1:]
    if last and last[0].casefold() in {"a", "an"}:
        fits = {item.text.lstrip("*_ ")[:1].casefold() in "aeiou" for item in choice.draft.items}
        if len(fits) > 1:
            mistakes.add("article-gives-away", choice.draft.line.span(), article=last[0])


def _advise_on_words(choice: _Choice, mistakes: Mistakes) -> None:
    right, wrong = choice.right, choice.wrong
    place = right.line.span()
    hedge = _HEDGE.search(right.text)
    if hedge and not any(_HEDGE.search(item.text) for item in wrong):
        mistakes.add("only-right-hedges", place, word=hedge[0])
    absolute = [_ABSOLUTE.search(item.text) for item in wrong]
    first = next(iter(absolute), None)
    if first and all(absolute) and len(wrong) > 1 and not _ABSOLUTE.search(right.text):
        mistakes.add("only-wrong-absolute", choice.draft.line.span(), word=first[0])
    if _LAW.search(right.text) and not any(_LAW.search(item.text) for item in wrong):
        mistakes.add("only-right-cites", place)
    asked = _telling(choice.draft.stem)
    echoes = (_telling(right.text) & asked) - {word for item in wrong for word in _telling(item.text)}
    if len(echoes) >= ECHOES:
        mistakes.add("right-echoes", place, words=listed(f"“{word}”" for word in sorted(echoes)))


def _telling(text: str) -> set[str]:
    """The longer words, which carry the meaning."""
    return {word.casefold() for word in _words(text) if len(word) > _LONG_WORD}
