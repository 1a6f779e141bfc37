"""Words as search compares them: without case, accents and English endings, alike on every database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from unicodedata import normalize

WORD = re.compile(r"(?!(?<=\w['’])[st]\b)[^\W_](?:[^\W_]|[\u0300-\u036f])*")
"""A word of a text, with accents that stand by themselves, without the ’s or ’t at its end."""
_BEGINNING = r"[{letters}\u0080-\U0010ffff](?<![\W_])(?<![^\W_].)(?<![\u0300-\u036f].)"
_REST = r"(?!(?<=\w['’][st])(?!\w))(?:[^\W_]|[\u0300-\u036f])*"
LONGEST = 80
"""Letters of a word that count; PostgreSQL takes no word of more than 2 kB."""
COMMON = frozenset(
    WORD.findall(
        "a an and are as at be but by can do does for from had has have how i if in into is its me my not "
        "of on or our so than that the their them then there they this to was we were what when where "
        "which who why will with would you your"
    )
)
"""Words that stand in nearly every section. “it” is none of them: people look for IT."""

_WORDS_KEPT = 1 << 16
_SHORTEST_STEM = 3
_HISSING = ("sses", "xes", "ches", "shes", "zzes")
_VOWEL = re.compile("[aeiouy]")


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: the stems of whole words, and the last word, which may be half typed.

    `left_out` are common words as they were typed. Without `last` there is nothing to look for.
    """

    stems: tuple[str, ...] = ()
    last: str = ""
    left_out: tuple[str, ...] = ()

    @cached_property
    def last_stem(self) -> str:
        """The stem of the last word; the word itself where the stem is a common word."""
        stem = stem_of(self.last)
        return self.last if stem in COMMON else stem

    def is_hit(self, word: str) -> bool:
        """Whether a word of a text is one that was asked for; each is looked at once."""
        if word not in self._seen:
            plain = folded(word)
            self._seen[word] = plain.startswith(self.last) or stem_of(plain) in {*self.stems, self.last_stem}
        return self._seen[word]

    @cached_property
    def _seen(self) -> dict[str, bool]:
        return {}


def asked_for(typed: str) -> Asked:
    """What was typed, as what is looked for; signs that are no words count for nothing."""
    words = [(found, plain) for found in WORD.findall(typed) if (plain := folded(found))]
    left_out = tuple(dict.fromkeys(found for found, plain in words if plain in COMMON))
    wanted = [plain for _, plain in words if plain not in COMMON]
    if not wanted:
        return Asked(left_out=left_out)
    *whole, last = wanted
    return Asked(tuple(dict.fromkeys(stem_of(word) for word in whole)), last, left_out)


@lru_cache
def beginning_with(letters: str) -> re.Pattern[str]:
    """What finds the words of a text that begin with one of these letters, or with one beyond ASCII."""
    both = re.escape(letters + letters.upper())
    return re.compile(_BEGINNING.format(letters=both) + _REST)


def indexed(text: str) -> Iterator[str]:
    """Every word of a text as it is kept, each followed by its stem where that is another word."""
    return chain.from_iterable(map(_forms, WORD.findall(text)))


@lru_cache(maxsize=_WORDS_KEPT)
def _forms(word: str) -> tuple[str, ...]:
    plain = folded(word)
    return tuple(dict.fromkeys((plain, stem_of(plain)))) if plain else ()


@lru_cache(maxsize=_WORDS_KEPT)
def folded(word: str) -> str:
    """A word in small letters and digits without accents; empty when nothing is left of it."""
    plain = normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain.casefold() if letter.isalnum())[:LONGEST]


@lru_cache(maxsize=_WORDS_KEPT)
def stem_of(word: str) -> str:
    """A folded word without the endings of plural, past and present: “notices” finds “notice”."""
    stem = _without_past(_singular(word)) if len(word) > _SHORTEST_STEM else word
    return stem[:-1] if stem.endswith("e") and len(stem) > _SHORTEST_STEM else stem


def _singular(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > _SHORTEST_STEM + 1:
        return f"{word[:-3]}y"
    if word.endswith(_HISSING):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_past(word: str) -> str:
    ending = next((each for each in ("ing", "ed") if word.endswith(each)), "")
    stem = word.removesuffix(ending)
    if not ending or word.endswith("eed") or len(stem) < _SHORTEST_STEM or not _VOWEL.search(stem):
        return word
    return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
