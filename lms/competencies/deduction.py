"""What follows from known sums by adding and taking away.

There are unknown numbers, and sums of some of them become known one after another. Kept are the
**directions**: ways in which the unknown numbers could all be different without changing a known
sum. They are a basis, in whole numbers, so that nothing is rounded. A sum follows from the known
ones when no direction changes it.

To ask this of many sums there is the **probe**, a mixture of all directions modulo a large prime.
What follows never moves under it. What does not follow moves, but for about one question in 2^61;
then something is taken to follow that does not, and never the other way round.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import gcd

PRIME = (1 << 61) - 1
SCATTER = 0x9E3779B97F4A7C15
LARGEST_SET = 4

Direction = dict[int, int]
"""Which numbers move, and by how much; the others stay."""


@dataclass(frozen=True, slots=True)
class Step:
    """One more sum that is about to be known.

    `changes` says by how much each direction changes the sum, the shortest direction first. That
    one is given up, and `share` is how often the probe has it to lose.
    """

    changes: dict[int, int]
    given_up: int
    share: int


class Unknowns:
    """Numbers of which only sums are known, and what follows from these."""

    def __init__(self, near: Sequence[int]) -> None:
        """Begin with nothing known. Numbers with the same `near` tend to be in the same sums."""
        self._near = near
        self._directions: dict[int, Direction] = {number: {number: 1} for number in range(len(near))}
        self._moving = [{number} for number in range(len(near))]
        self._probe = [_scattered(number) for number in range(len(near))]
        self._weights = len(near)
        self._steps: list[tuple[int, Direction]] = []

    def __len__(self) -> int:
        """How many steps have been learned."""
        return len(self._steps)

    def step(self, members: Iterable[int]) -> Step | None:
        """Prepare to learn the sum of these numbers; None when it follows already."""
        members = tuple(members)
        total = self._probed(members)
        if not total:
            return None
        directions = self._directions
        changes: dict[int, int] = {}
        for number in members:
            for name in self._moving[number]:
                changes[name] = changes.get(name, 0) + directions[name][number]
        order = sorted((len(directions[name]), name) for name, change in changes.items() if change)
        changes = {name: changes[name] for _, name in order}
        given_up = order[0][1]
        return Step(changes, given_up, total * _inverse(changes[given_up]) % PRIME)

    def touched(self, step: Step) -> Iterator[Direction]:
        """The directions that a step touches: whatever begins to follow has a number in each."""
        return (self._directions[name] for name in step.changes)

    def follows_with(self, step: Step, members: Collection[int]) -> bool:
        """Whether the sum of these numbers would begin to follow with a step."""
        moves = sum(move for number, move in self._directions[step.given_up].items() if number in members)
        return moves != 0 and not (self._probed(members) - step.share * moves) % PRIME

    def learn(self, step: Step) -> None:
        """Make the sum known: all directions that change it are turned until one alone does, which goes."""
        for name, along in self._turns(step):
            self._turn(name, step.changes[name], along, step.changes[along])
        given_up = self._directions.pop(step.given_up)
        for number, move in given_up.items():
            self._moving[number].discard(step.given_up)
            self._probe[number] = (self._probe[number] - step.share * move) % PRIME
        self._steps.append((step.given_up, given_up))

    def _turns(self, step: Step) -> Iterator[tuple[int, int]]:
        """Which direction is turned along which, so that directions stay short.

        Those near each other along the shortest among them, and these along their neighbours,
        towards the one that is given up.
        """
        heads: dict[int, int] = {}
        for name in step.changes:
            head = heads.setdefault(self._near[name], name)
            if head != name:
                yield name, head
        row = [heads[place] for place in sorted(heads)]
        middle = row.index(step.given_up)
        yield from pairwise(row[: middle + 1])
        yield from pairwise(reversed(row[middle:]))

    def _turn(self, name: int, change: int, along: int, by: int) -> None:
        direction = self._directions[name]
        common = gcd(change, by) if by > 0 else -gcd(change, by)
        stretch, times = by // common, change // common
        if stretch != 1:
            for number in direction:
                direction[number] *= stretch
        for number, move in self._directions[along].items():
            before = direction.get(number)
            if before is None:
                direction[number] = -times * move
                self._moving[number].add(name)
            elif before == times * move:
                del direction[number]
                self._moving[number].discard(name)
            else:
                direction[number] = before - times * move
        if stretch != 1:
            self._directions[name] = _shortened(direction)

    def back_to(self, steps: int) -> None:
        """Forget all but the first steps."""
        while len(self._steps) > steps:
            name, direction = self._steps.pop()
            self._directions[name] = direction
            weight = _scattered(self._weights)
            self._weights += 1
            for number, move in direction.items():
                self._moving[number].add(name)
                self._probe[number] = (self._probe[number] + weight * move) % PRIME

    def step_of(self, members: Iterable[int]) -> int:
        """The step with which the sum of these numbers, which follows, began to follow."""
        return max(
            place
            for place, (_, direction) in enumerate(self._steps)
            if sum(direction.get(number, 0) for number in members)
        )

    def small_sets(self, sizes: Mapping[int, int], room: int) -> set[tuple[int, ...]]:
        """Sets of these numbers whose sum follows, with sizes that come to no more than the room.

        All such sets of up to four numbers, but for those made of smaller ones.
        """
        directions = self._directions
        moving = {
            number: sorted(self._moving[number], key=lambda name: (len(directions[name]), name))
            for number in sizes
        }
        return _SmallSets(directions, moving, self._probe, sizes).found(room)

    def _probed(self, members: Iterable[int]) -> int:
        return sum(map(self._probe.__getitem__, members)) % PRIME


class _SmallSets:
    """A search: of one or two chosen numbers, the next is one that they need, the last what is missing."""

    def __init__(
        self,
        directions: Mapping[int, Direction],
        moving: Mapping[int, Sequence[int]],
        probe: Sequence[int],
        sizes: Mapping[int, int],
    ) -> None:
        self._directions = directions
        self._moving = moving
        self._probe = probe
        self._sizes = sizes
        self._within = {name: [n for n in direction if n in sizes] for name, direction in directions.items()}
        self._by_probe: defaultdict[int, list[int]] = defaultdict(list)
        for number in sizes:
            self._by_probe[probe[number]].append(number)
        self._found: set[tuple[int, ...]] = {(number,) for number in sizes if not probe[number]}

    def found(self, room: int) -> set[tuple[int, ...]]:
        """All sets with sizes that come to no more than the room."""
        for number, size in self._sizes.items():
            if self._probe[number]:
                self._grow((number,), room - size, self._probe[number])
        return self._found

    def _grow(self, chosen: tuple[int, ...], room: int, total: int) -> None:
        sizes, probe = self._sizes, self._probe
        for number in self._needed(chosen):
            left = room - sizes[number]
            if number <= chosen[0] or left < 0 or number in chosen:
                continue
            missing = -(total + probe[number]) % PRIME
            if not missing:
                self._found.add(tuple(sorted((*chosen, number))))
            elif missing in self._by_probe:
                self._complete((*chosen, number), left, missing)
            if missing and left > 1 and len(chosen) + 2 < LARGEST_SET:
                self._grow((*chosen, number), left, PRIME - missing)

    def _complete(self, chosen: tuple[int, ...], room: int, missing: int) -> None:
        for last in self._by_probe[missing]:
            if last > chosen[0] and last not in chosen and self._sizes[last] <= room:
                self._found.add(tuple(sorted((*chosen, last))))

    def _needed(self, chosen: tuple[int, ...]) -> Sequence[int]:
        """Numbers of which a set that follows has one more: those of a direction that changes the chosen."""
        for number in chosen:
            for name in self._moving[number]:
                direction = self._directions[name]
                if sum(direction.get(each, 0) for each in chosen):
                    return self._within[name]
        return ()


@lru_cache(maxsize=50_000)
def _scattered(number: int) -> int:
    return pow(number + 2, SCATTER, PRIME)


@lru_cache(maxsize=1000)
def _inverse(number: int) -> int:
    return pow(number, -1, PRIME)


def _shortened(direction: Direction) -> Direction:
    common = gcd(*direction.values())
    return direction if common == 1 else {number: move // common for number, move in direction.items()}
