"""What follows from known sums by adding and taking away.

There are unknown numbers, and sums of some of them become known one after another. Kept are the
**directions**: ways in which the unknown numbers could all be different without changing a known
sum. They are a basis, in whole numbers, so that nothing is rounded. A sum follows from the known
ones when no direction changes it.

To ask this of many sums there is the **probe**, a mixture of all directions modulo a large prime,
and of each sum that is watched the **total** under it. What follows has the total 0. What does not
follow has another, but for about one sum in 2^61; then something is taken to follow that does not,
and never the other way round.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import gcd

PRIME = (1 << 61) - 1
SCATTER = 0x9E3779B97F4A7C15
LARGEST_SET = 4

Direction = dict[int, int]
"""Which numbers move, and by how much; the others stay."""


class Unknowns:
    """Numbers of which only sums are known, and what follows from these."""

    def __init__(self, count: int, near: Sequence[Sequence[Hashable]] = ()) -> None:
        """Begin with nothing known of this many numbers.

        `near` has ways to group the numbers, the narrowest first: those of one group tend to be in
        the same sums.
        """
        self._near = near
        self._directions: dict[int, Direction] = {number: {number: 1} for number in range(count)}
        self._moving: list[dict[int, int]] = [{number: 1} for number in range(count)]
        self._probe = [_scattered(number) for number in range(count)]
        self._weights = count
        self._steps: list[tuple[int, Direction]] = []
        self._totals: dict[Hashable, int] = {}
        self._moved: dict[Hashable, int] = {}
        self._sums_of: list[list[Hashable]] = [[] for _ in range(count)]

    def __len__(self) -> int:
        """How many steps it took to learn what is known: one for each sum that did not follow already."""
        return len(self._steps)

    def watch(self, name: Hashable, members: Collection[int]) -> None:
        """Tell from now on when the sum of these numbers begins to follow."""
        if name not in self._totals:
            self._totals[name] = self._total(members)
            for number in members:
                self._sums_of[number].append(name)

    def learn(self, members: Collection[int]) -> None:
        """Make the sum of these numbers known.

        The directions that change it are turned until the shortest alone does, and that is given up.
        """
        total = self._total(members)
        if not total:
            return
        changes: dict[int, int] = {}
        for number in members:
            for name, move in self._moving[number].items():
                changes[name] = changes.get(name, 0) + move
        directions = self._directions
        order = sorted((len(directions[name]), name) for name, change in changes.items() if change)
        names = [name for _, name in order]
        for name, along in self._pairs(names):
            self._turn(name, changes[name], along, changes[along])
        given_up = directions.pop(names[0])
        for number in given_up:
            del self._moving[number][names[0]]
        self._steps.append((names[0], given_up))
        self._move_probe(given_up, -total * _inverse(changes[names[0]]) % PRIME)

    def begun(self) -> list[Hashable]:
        """The watched sums that began to follow since this was last asked."""
        totals, begun = self._totals, []
        for name, moved in self._moved.items():
            if moved:
                totals[name] = total = (totals[name] + moved) % PRIME
                if not total:
                    begun.append(name)
        self._moved.clear()
        return begun

    def _pairs(self, names: list[int]) -> Iterator[tuple[int, int]]:
        """Which direction is turned along which, so that directions stay short.

        The others of each group along its shortest, in narrow groups first, and what is then left
        along the shortest of all.
        """
        for groups in self._near:
            heads: dict[Hashable, int] = {}
            for name in names:
                head = heads.setdefault(groups[name], name)
                if head != name:
                    yield name, head
            names = list(heads.values())
        yield from ((name, names[0]) for name in names[1:])

    def _turn(self, name: int, change: int, along: int, by: int) -> None:
        direction, moving = self._directions[name], self._moving
        common = gcd(change, by) if by > 0 else -gcd(change, by)
        stretch, times = by // common, change // common
        if stretch != 1:
            for number in direction:
                direction[number] *= stretch
        for number, move in self._directions[along].items():
            turned = direction.get(number, 0) - times * move
            if turned:
                direction[number] = moving[number][name] = turned
            else:
                del direction[number], moving[number][name]
        if stretch != 1:
            common = gcd(*direction.values())
            for number, move in direction.items():
                direction[number] = moving[number][name] = move // common

    def back_to(self, steps: int) -> None:
        """Forget all but the first steps."""
        while len(self._steps) > steps:
            name, direction = self._steps.pop()
            self._directions[name] = direction
            for number, move in direction.items():
                self._moving[number][name] = move
            self._move_probe(direction, _scattered(self._weights))
            self._weights += 1
        self.begun()

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
        return _SmallSets(self._directions, self._probe, sizes).found(room)

    def _total(self, members: Iterable[int]) -> int:
        return sum(map(self._probe.__getitem__, members)) % PRIME

    def _move_probe(self, direction: Direction, weight: int) -> None:
        for number, move in direction.items():
            more = weight * move
            self._probe[number] = (self._probe[number] + more) % PRIME
            for name in self._sums_of[number]:
                self._moved[name] = self._moved.get(name, 0) + more


class _SmallSets:
    """A search: to one to three chosen numbers comes one that they need, and the last is what is missing.

    It begins with one number after another, those with the fewest partners first; each is then out of it.
    """

    def __init__(
        self, directions: Mapping[int, Direction], probe: Sequence[int], sizes: Mapping[int, int]
    ) -> None:
        self._probe = probe
        self._sizes = sizes
        within = {name: direction.keys() & sizes.keys() for name, direction in directions.items()}
        self._directions = directions
        self._within = dict(sorted(within.items(), key=lambda each: len(each[1])))
        self._moving: defaultdict[int, list[int]] = defaultdict(list)
        for name, numbers in self._within.items():
            for number in numbers:
                self._moving[number].append(name)
        self._by_probe: defaultdict[int, list[int]] = defaultdict(list)
        for number in sizes:
            self._by_probe[probe[number]].append(number)
        self._found: set[tuple[int, ...]] = {(number,) for number in sizes if not probe[number]}

    def found(self, room: int) -> set[tuple[int, ...]]:
        """All sets with sizes that come to no more than the room."""
        for numbers in self._within.values():
            while numbers:
                number = min(numbers)
                self._grow((number,), room - self._sizes[number], self._probe[number])
                for name in self._moving.pop(number):
                    self._within[name].discard(number)
        return self._found

    def _grow(self, chosen: tuple[int, ...], room: int, total: int) -> None:
        sizes, probe, known = self._sizes, self._probe, self._by_probe
        for number in self._needed(chosen):
            left = room - sizes[number]
            if left < 0 or number in chosen:
                continue
            missing = -(total + probe[number]) % PRIME
            if not missing:
                self._found.add(tuple(sorted((*chosen, number))))
            elif missing in known:
                self._complete((*chosen, number), left, missing)
            if missing and left > 1 and len(chosen) + 2 < LARGEST_SET:
                self._grow((*chosen, number), left, PRIME - missing)

    def _complete(self, chosen: tuple[int, ...], room: int, missing: int) -> None:
        for last in self._by_probe[missing]:
            if last in self._moving and last not in chosen and self._sizes[last] <= room:
                self._found.add(tuple(sorted((*chosen, last))))

    def _needed(self, chosen: tuple[int, ...]) -> Collection[int]:
        """Numbers of which a set that follows has one more: those of a direction that changes the chosen."""
        for number in chosen:
            for name in self._moving[number]:
                direction = self._directions[name]
                if len(chosen) == 1 or sum([direction.get(each, 0) for each in chosen]) != 0:
                    return self._within[name]
        return ()


@lru_cache(maxsize=50_000)
def _scattered(number: int) -> int:
    return pow(number + 2, SCATTER, PRIME)


@lru_cache(maxsize=1000)
def _inverse(number: int) -> int:
    return pow(number, -1, PRIME)
