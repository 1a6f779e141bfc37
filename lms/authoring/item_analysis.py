"""What the answers to a question say about the question: a pure function from counts to a verdict.

Facility is the share of people who are right. Discrimination is that of the strongest third less
that of the weakest, by the score on the other questions of the same check.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

LEAST_ANSWERS = 50
"""Below this a third is 16 people or fewer: one of them moves a share by more than 6 percent."""

TOO_HARD = 0.35
"""Little more are right than guessing among three or four options makes right."""

TOO_EASY = 0.95
"""At most one in twenty is wrong: the question tells nobody what they do not know yet."""

NOBODY = 0.02
"""An option that under one in fifty choose is no choice; at 50 answers that is nobody at all."""

MAY_BE_CHANCE = 2.5
"""A difference between the thirds of fewer standard errors is taken for chance: of a hundred questions that
mislead nobody, about one has a greater one."""

LEAST_DRAWN = 0.1
"""A wrong option that fewer of the strongest choose misleads hardly anyone, whatever the weakest do."""

PICKED_EACH = frozenset({"single", "multiple", "number"})
"""The kinds whose options are picked; the options of an order or a match are put in their place."""


class Verdict(StrEnum):
    """What is to be said of a question, most urgent first."""

    MISLEADS = "misleads"
    """Those who know most of the rest are drawn to a wrong answer."""
    TOO_HARD = "too-hard"
    TOO_EASY = "too-easy"
    UNPICKED = "unpicked"
    """A wrong option that nobody picks."""
    TOO_FEW = "too-few"
    """Fewer than 50 have answered."""
    NO_CONCERN = "no-concern"

    @property
    def concern(self) -> bool:
        """Whether an author has something to mend."""
        return self not in {Verdict.TOO_FEW, Verdict.NO_CONCERN}


@dataclass(frozen=True, slots=True)
class Tally:
    """So many people answered alike, and had as many of the other questions right."""

    right: bool
    picked: tuple[int, ...]
    others_right: int
    others: int
    people: int


@dataclass(frozen=True, slots=True)
class Group:
    """Everyone, or a third: how many, which share of them is right, and which picked each option."""

    people: float
    right: float
    options: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a question. Without 50 answers there are no groups; without other questions no thirds.

    `about` is the place of the option that the verdict is about.
    """

    answers: int
    verdict: Verdict
    about: int | None = None
    everyone: Group | None = None
    strongest: Group | None = None
    weakest: Group | None = None

    @property
    def discrimination(self) -> float | None:
        """The share that is right of the strongest third less that of the weakest, from -1 to 1."""
        if self.strongest is None or self.weakest is None:
            return None
        return self.strongest.right - self.weakest.right


def analyse(kind: str, rights: Sequence[bool], tallies: Iterable[Tally]) -> Analysis:
    """The verdict on a question; `rights` says of each of its options whether it is right.

    An unknown kind, or one without options, is judged by how many are right and who they are.
    """
    counted = list(tallies)
    answers = sum(each.people for each in counted)
    if answers < LEAST_ANSWERS:
        return Analysis(answers, Verdict.TOO_FEW)
    everyone = _group(((each, float(each.people)) for each in counted), len(rights))
    strongest = weakest = None
    ranked = [each for each in counted if each.others]
    if sum(each.people for each in ranked) >= LEAST_ANSWERS:
        strongest = _group(_third(ranked, best=True), len(rights))
        weakest = _group(_third(ranked, best=False), len(rights))
    wrong = [place for place, right in enumerate(rights) if not right] if kind in PICKED_EACH else []
    for judge in JUDGES:
        found = judge(_Case(rights, wrong, everyone, strongest, weakest))
        if found:
            return Analysis(answers, *found, everyone, strongest, weakest)
    return Analysis(answers, Verdict.NO_CONCERN, None, everyone, strongest, weakest)


@dataclass(frozen=True, slots=True)
class _Case:
    """What a judge looks at; `wrong` are the places of options that are wrong and can be picked."""

    rights: Sequence[bool]
    wrong: Sequence[int]
    everyone: Group
    strongest: Group | None
    weakest: Group | None


Found = tuple[Verdict, int | None] | None


def _misleads(case: _Case) -> Found:
    """More of the strongest choose a wrong option than a right one, or more of the weakest are right.

    The second counts when a wrong option draws the strongest, or they are right less often, by more
    than chance explains.
    """
    best, worst = case.strongest, case.weakest
    if best is None or worst is None:
        return None
    right = [share for share, is_right in zip(best.options, case.rights, strict=True) if is_right]
    drawn = max(case.wrong, key=lambda place: best.options[place], default=None)
    if drawn is not None and right and best.options[drawn] > min(right):
        return Verdict.MISLEADS, drawn
    if best.right >= worst.right:
        return None
    pulls = {
        place: _errors_apart(best.options[place], worst.options[place], best, worst)
        for place in case.wrong
        if best.options[place] >= LEAST_DRAWN
    }
    pulled = max(pulls, key=lambda place: pulls[place], default=None)
    if pulled is not None and pulls[pulled] > MAY_BE_CHANCE:
        return Verdict.MISLEADS, pulled
    apart = _errors_apart(worst.right, best.right, worst, best)
    return (Verdict.MISLEADS, None) if apart > MAY_BE_CHANCE else None


def _too_hard(case: _Case) -> Found:
    return (Verdict.TOO_HARD, None) if case.everyone.right < TOO_HARD else None


def _too_easy(case: _Case) -> Found:
    return (Verdict.TOO_EASY, None) if case.everyone.right > TOO_EASY else None


def _unpicked(case: _Case) -> Found:
    least = min(case.wrong, key=lambda place: case.everyone.options[place], default=None)
    return (Verdict.UNPICKED, least) if least is not None and case.everyone.options[least] < NOBODY else None


JUDGES: tuple[Callable[[_Case], Found], ...] = (_misleads, _too_hard, _too_easy, _unpicked)
"""In the order of urgency: the first that finds something decides."""


def _third(tallies: Iterable[Tally], *, best: bool) -> list[tuple[Tally, float]]:
    """The tallies of the strongest or weakest third, each with how many of its people belong to it.

    Of those with equal scores at the edge the same share of every answer is taken, so that the order
    in which people answered decides nothing.
    """
    by_score: dict[float, list[Tally]] = defaultdict(list)
    for each in tallies:
        by_score[each.others_right / each.others].append(each)
    left = sum(each.people for some in by_score.values() for each in some) / 3
    found = []
    for score in sorted(by_score, reverse=best):
        people = sum(each.people for each in by_score[score])
        share = min(1.0, left / people)
        found += [(each, each.people * share) for each in by_score[score]]
        left -= people * share
        if left <= 0:
            break
    return found


def _group(weighed: Iterable[tuple[Tally, float]], options: int) -> Group:
    people, right, picked = 0.0, 0.0, [0.0] * options
    for each, weight in weighed:
        people += weight
        right += weight * each.right
        for place in each.picked:
            if place < options:
                picked[place] += weight
    return Group(people, right / people, tuple(share / people for share in picked))


def _errors_apart(more: float, less: float, one: Group, other: Group) -> float:
    """How many standard errors a share of one group is above that of another."""
    share = (more * one.people + less * other.people) / (one.people + other.people)
    error = sqrt(share * (1 - share) * (1 / one.people + 1 / other.people))
    return (more - less) / error if error else 0.0
