"""What is certain of unknown numbers that each lie between none and all, from sums that are known.

Each sum narrows its numbers down by what the others leave for them, again and again, until nothing changes.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence

Sum = tuple[Sequence[int], int]
"""Numbers, and what they come to."""


class Ranges:
    """The least and the greatest that each number can be."""

    def __init__(self, most: Sequence[int], known: Mapping[int, int], sums: Iterable[Sum]) -> None:
        """Begin with the greatest that each can be, those that are known, and the known sums of others."""
        self._least = [known.get(number, 0) for number in range(len(most))]
        self._most = [known.get(number, end) for number, end in enumerate(most)]
        self._sums = list(sums)
        self._of_number: list[list[int]] = [[] for _ in most]
        for place, (numbers, _) in enumerate(self._sums):
            for number in numbers:
                self._of_number[number].append(place)
        self._narrow_all()

    def certain(self, numbers: Collection[int]) -> bool:
        """Whether the sum of these is certain, each by itself or beside the rest of a sum that is known."""
        least, most = self._ends(numbers)
        if least == most:
            return True
        asked = frozenset(numbers)
        for place in self._of_number[next(iter(asked))]:
            others, total = self._sums[place]
            if asked <= frozenset(others):
                low, high = self._ends(frozenset(others) - asked)
                least, most = max(least, total - high), min(most, total - low)
        return least == most

    def _ends(self, numbers: Iterable[int]) -> tuple[int, int]:
        low = high = 0
        for number in numbers:
            low += self._least[number]
            high += self._most[number]
        return low, high

    def _narrow_all(self) -> None:
        waiting = deque(range(len(self._sums)))
        queued = [True] * len(self._sums)
        while waiting:
            place = waiting.popleft()
            queued[place] = False
            for number in self._narrowed(*self._sums[place]):
                for other in self._of_number[number]:
                    if not queued[other]:
                        queued[other] = True
                        waiting.append(other)

    def _narrowed(self, numbers: Sequence[int], total: int) -> list[int]:
        """The numbers of a sum that became narrower."""
        low, high = self._ends(numbers)
        above, below = total - low, high - total
        found = []
        for number in numbers:
            least, most = self._least[number], self._most[number]
            if most - least > above or most - least > below:
                self._most[number], self._least[number] = min(most, least + above), max(least, most - below)
                found.append(number)
        return found
