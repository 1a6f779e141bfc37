"""What of a section is shown among results: the words that were asked for, marked, and a few around them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from lms.content.searching.words import WORD, Asked, folded, stem_of

WORDS_SHOWN = 36
WORDS_BEFORE = 8
"""Of them before the first hit."""
WORDS_READ = 5_000
"""Words of a section that are looked through for the best place; more would make one page slow."""
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
    words = [found.span() for found, _ in zip(WORD.finditer(text), range(WORDS_READ), strict=False)]
    if not words:
        return marked(text, asked)
    first = max(0, _best(text, words, asked) - WORDS_BEFORE)
    first = max(0, min(first, len(words) - WORDS_SHOWN))
    last = min(first + WORDS_SHOWN, len(words)) - 1
    begin = words[first][0] if first else 0
    end = words[last][1] if last + 1 < len(words) else len(text)
    shown = [Piece(f"{ELLIPSIS} ")] if begin else []
    shown += _pieces(text[begin:end], asked)
    return tuple([*shown, Piece(f" {ELLIPSIS}")] if end < len(text) else shown)


def _best(text: str, words: list[tuple[int, int]], asked: Asked) -> int:
    """The number of the word at which a window with the most different hits begins."""
    every = len(asked.stems) + 1
    window: deque[tuple[int, str]] = deque()
    best, most = 0, 0
    for number, (begin, end) in enumerate(words):
        word = text[begin:end]
        if not asked.is_hit(word):
            continue
        plain = folded(word)
        window.append((number, "" if plain.startswith(asked.last) else stem_of(plain)))
        while window[0][0] <= number - (WORDS_SHOWN - WORDS_BEFORE):
            window.popleft()
        different = len({name for _, name in window})
        if different > most:
            best, most = window[0][0], different
        if most == every:
            break
    return best


def _pieces(text: str, asked: Asked) -> Iterator[Piece]:
    done = 0
    for found in WORD.finditer(text):
        if asked.is_hit(found[0]):
            if done < found.start():
                yield Piece(text[done : found.start()])
            yield Piece(found[0], hit=True)
            done = found.end()
    if done < len(text):
        yield Piece(text[done:])
