"""What of a section is shown among results: the words that were asked for, marked, and a few around them."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from lms.content.searching.words import Asked, beginning_with, folded, stem_of

SHOWN = 240
"""Signs of a text that are shown."""
BEFORE = 50
"""Of them before the first hit."""
READ = 40_000
"""Signs of a section that are looked through for the best place; more would make one page slow."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text that were asked for (a hit), or that stand between hits."""

    text: str
    hit: bool = False


Marked = tuple[Piece, ...]


def marked(text: str, asked: Asked) -> Marked:
    """A whole text with its hits."""
    return tuple(_pieces(text, asked))


def excerpt(text: str, asked: Asked) -> Marked:
    """The part of a text with the most different words that were asked for; its beginning without any."""
    place = _best(text[:READ], asked)
    begin = max(0, min(place - BEFORE, len(text) - SHOWN))
    if begin:
        begin = text.find(" ", begin, place) + 1 or place
    end = len(text)
    if begin + SHOWN < end:
        blank = text.rfind(" ", begin, begin + SHOWN)
        end = blank if blank > place else begin + SHOWN
    shown = [Piece(f"{ELLIPSIS} ")] if begin else []
    shown += _pieces(text[begin:end], asked)
    return tuple([*shown, Piece(f" {ELLIPSIS}")] if end < len(text) else shown)


def _best(text: str, asked: Asked) -> int:
    """Where the first word stands of those that lie together and hold the most different hits."""
    every = len(asked.stems) + 1
    together: deque[tuple[int, str]] = deque()
    best, most = 0, 0
    for found in _hits(text, asked):
        plain = folded(found[0])
        together.append((found.start(), "" if plain.startswith(asked.last) else stem_of(plain)))
        while found.end() - together[0][0] > SHOWN - BEFORE and len(together) > 1:
            together.popleft()
        different = len({name for _, name in together})
        if different > most:
            best, most = together[0][0], different
        if most == every:
            break
    return best


def _hits(text: str, asked: Asked) -> Iterator[re.Match[str]]:
    """The words of a text that were asked for."""
    first = "".join(sorted({word[0] for word in (*asked.stems, asked.last)}))
    return (found for found in beginning_with(first).finditer(text) if asked.is_hit(found[0]))


def _pieces(text: str, asked: Asked) -> Iterator[Piece]:
    done = 0
    for found in _hits(text, asked):
        if done < found.start():
            yield Piece(text[done : found.start()])
        yield Piece(found[0], hit=True)
        done = found.end()
    if done < len(text):
        yield Piece(text[done:])
