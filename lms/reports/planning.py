"""What would close gaps, in staff minutes: pure rules over what each person still has to do.

A **task** is done by one person once: a module, its check alone, or an assessment. A **need** is a gap of
one person in one competency; it closes when all of its tasks are done. Needs of a person that share a task
make a **bundle**; bundles are independent of each other, and a nation has some hundred different ones,
whatever its number of people.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from lms.learning.to_do import Need, Task, TaskKind

Bundle = frozenset[Need]
"""Needs of one person that have tasks in common."""
Closed = Mapping[tuple[Bundle, Need], int]
"""Of how many people with a bundle one of its needs is to be closed."""


@dataclass(frozen=True, slots=True)
class Step:
    """The same need of several people: what they do, and what it adds to the steps before it.

    `minutes` leaves out what the same people do in an earlier step.
    """

    need: Need
    people: int
    minutes: int

    @property
    def each_hour(self) -> Fraction | None:
        """The gaps that it closes for each staff hour; None when it takes no time besides."""
        return Fraction(60 * self.people, self.minutes) if self.minutes else None


def bundles_of(people: Iterable[Iterable[Need]]) -> Counter[Bundle]:
    """How many people have each bundle; what nothing closes yet is in none."""
    return Counter(bundle for needs in people for bundle in _bundles(needs))


def _bundles(needs: Iterable[Need]) -> list[Bundle]:
    found: list[tuple[set[Task], set[Need]]] = []
    for need in needs:
        if not need.tasks:
            continue
        tasks, together = set(need.tasks), {need}
        apart = []
        for other in found:
            if tasks.isdisjoint(other[0]):
                apart.append(other)
            else:
                tasks |= other[0]
                together |= other[1]
        found = [*apart, (tasks, together)]
    return [frozenset(together) for _, together in found]


def people_of(needs: Mapping[int, Iterable[Need]], closed: Closed) -> dict[Need, list[int]]:
    """Who does each step of a plan; where it takes not all with a bundle, those with the lowest numbers."""
    taken: Counter[tuple[Bundle, Need]] = Counter()
    found: dict[Need, list[int]] = defaultdict(list)
    for person in sorted(needs):
        for bundle in _bundles(needs[person]):
            for need in bundle:
                if taken[bundle, need] < closed.get((bundle, need), 0):
                    taken[bundle, need] += 1
                    found[need].append(person)
    return found


def all_closed(bundles: Mapping[Bundle, int]) -> dict[tuple[Bundle, Need], int]:
    """A plan that closes everything."""
    return {(bundle, need): people for bundle, people in bundles.items() for need in bundle}


def minutes_of(closed: Closed, kinds: Collection[TaskKind] = frozenset(TaskKind)) -> int:
    """The staff minutes of a plan, or of tasks of some kinds; what serves several needs is done once."""
    return sum(task.minutes * people for (_, task), people in _doing(closed).items() if task.kind in kinds)


def _doing(closed: Closed) -> dict[tuple[Bundle, Task], int]:
    """How many people with a bundle do each task. The same people come first for every need of it."""
    doing: dict[tuple[Bundle, Task], int] = {}
    for (bundle, need), people in closed.items():
        for task in need.tasks:
            doing[bundle, task] = max(people, doing.get((bundle, task), 0))
    return doing


@dataclass
class _Sequence:
    """Steps one after another, with what people with each bundle have done so far."""

    waiting: dict[Need, dict[Bundle, int]]
    done: dict[tuple[Bundle, Task], int] = field(default_factory=dict)

    def minutes(self, need: Need) -> int:
        """What a step takes besides what is done already."""
        return sum(
            task.minutes * max(0, people - self.done.get((bundle, task), 0))
            for bundle, people in self.waiting[need].items()
            for task in need.tasks
        )

    def take(self, need: Need) -> tuple[int, int]:
        """Do a step; the people and the minutes that it adds."""
        minutes = self.minutes(need)
        found = self.waiting.pop(need)
        for bundle, people in found.items():
            for task in need.tasks:
                self.done[bundle, task] = max(people, self.done.get((bundle, task), 0))
        return sum(found.values()), minutes


def steps_of(closed: Closed) -> list[Step]:
    """A plan as steps, at each place the one that closes most for each staff hour."""
    waiting: dict[Need, dict[Bundle, int]] = {}
    for (bundle, need), people in closed.items():
        if people:
            waiting.setdefault(need, {})[bundle] = people
    sequence, steps = _Sequence(waiting), []
    while sequence.waiting:
        need = min(sequence.waiting, key=lambda each: _rank(sequence, each))
        people, minutes = sequence.take(need)
        steps.append(Step(need, people, minutes))
    return steps


def _rank(sequence: _Sequence, need: Need) -> tuple[float, Need]:
    return sequence.minutes(need) / sum(sequence.waiting[need].values()), need


def likely(closed: Closed, rates: Mapping[str, Fraction], usual: Fraction) -> Fraction:
    """How many gaps a plan closes if people pass first time as often as they did.

    `rates` are by module, `usual` that of one with too few attempts of its own; an assessment is taken
    to confirm the level.
    """
    found = Fraction(0)
    for (_, need), people in closed.items():
        share = Fraction(1)
        for task in need.tasks:
            if task.kind is not TaskKind.ASSESSMENT:
                share *= rates.get(task.subject, usual)
        found += share * people
    return found
