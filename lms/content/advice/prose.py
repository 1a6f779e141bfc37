"""Advice on the words of a text: sentences, links, descriptions of pictures, figures that are not tied."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from lms.content.framework import Figure
from lms.content.lines import Block, Line, Section, heading_of, paragraphs
from lms.content.mistakes import Mistakes, Span
from lms.content.questions import BLOCKS as QUESTIONS
from lms.content.references import Paragraph, Reference

LONGEST_SENTENCE = 32
"""Words of a sentence before it is named; writers are advised to stay below 25."""

OLDEST_READER = 17
"""The reading age, in years, from which a part is named."""

LEAST_WORDS = 120
"""A shorter part says too little about its reading age."""

SCHOOL_STARTS = 5
"""The age at which the first grade of the Flesch-Kincaid scale begins."""

SHORTEST_ALT = 4
"""Words of a description that can say what a picture shows."""

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)?)[^()]*\)")
_EMPTY_WORDS = {
    "here", "click here", "this", "this link", "link", "this page", "page", "website",
    "more", "read more", "see more", "find out more",
}  # fmt: skip
_LAZY = re.compile(
    r"(an? )?(image|picture|photo|photograph|diagram|drawing|chart|graph|figure|icon)( of\b|\.?$)"
)
_MARKS = re.compile(r"[*_`]|\[\^[^\]]+\]:?")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)]|>)[ \t]+")
_ROW = re.compile(r"[ \t]*\|")
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bs)(?<!\bss)(?<!\breg)(?<!\bpara)(?<!\bno)(?<!\bv)[.!?…]+[”’\")*_]*(?=\s|$)"
)
_WORD = re.compile(r"[A-Za-z0-9£][\w’'£,.%-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SUM = re.compile(r"£[0-9]")
_ROUND = re.compile(r"£[1-9][0-9]?0?(,000)+$")


class Sentence(NamedTuple):
    """The words of a sentence, without marks, and where it begins."""

    words: tuple[str, ...]
    span: Span


def advise_on_prose(
    sections: Sequence[Section],
    references: Iterable[Reference],
    values: Mapping[str, Sequence[str]],
    mistakes: Mistakes,
) -> None:
    """Add advice on all text outside questions; `values` names figures by what they are."""
    tied = {(each.span.line, each.target) for each in references if each.scheme == "figure"}
    meant = _meant(values, {target for _, target in tied})
    for section in sections:
        runs = [Paragraph(run) for run in _runs(section)]
        sentences = [sentence for run in runs for sentence in _sentences(run)]
        for sentence in sentences:
            if len(sentence.words) > LONGEST_SENTENCE:
                mistakes.add("long-sentence", sentence.span, count=len(sentence.words))
        _advise_on_age(section, sentences, mistakes)
        for run in runs:
            _advise_on_links(run, mistakes)
            _advise_on_figures(run, meant, tied, mistakes)


def sums_on(figures: Mapping[str, Figure], day: date) -> dict[str, list[str]]:
    """The names of the figures that are sums of money, by what they are on a day."""
    found: dict[str, list[str]] = {}
    for name, figure in figures.items():
        value = figure.on(day)
        if value and _SUM.match(value):
            found.setdefault(value, []).append(name)
    return found


def _meant(values: Mapping[str, Sequence[str]], tied: Collection[str]) -> dict[str, Sequence[str]]:
    """The sums that stand for a figure: a round one only where the figure is tied somewhere in the text."""
    return {
        value: names
        for value, names in values.items()
        if not _ROUND.match(value) or any(name in tied for name in names)
    }


def reading_age(sentences: Sequence[Sentence]) -> int:
    """The age in years at which a text is read easily, by the Flesch-Kincaid grade level.

    Source: Kincaid and others, Derivation of new readability formulas (1975).
    """
    words = [word for sentence in sentences for word in sentence.words]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    return max(SCHOOL_STARTS, round(grade + SCHOOL_STARTS))


def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(letters)) - (letters.endswith("e") and not letters.endswith("le"))
    return max(1, count)


def _runs(section: Section) -> Iterator[list[Line]]:
    """Paragraphs, points of lists and rows of tables; headings, questions and code are left out."""
    for piece in section.pieces:
        if isinstance(piece, Block) and piece.kind in QUESTIONS:
            continue
        for run in paragraphs(piece.lines):
            point: list[Line] = []
            for line in run:
                if point and (_ITEM.match(line.text) or _ROW.match(line.text)):
                    yield point
                    point = []
                if heading_of(line) is None:
                    point.append(line)
            if point:
                yield point


def _sentences(run: Paragraph) -> Iterator[Sentence]:
    if _ROW.match(run.raw):
        return
    plain = _LINK.sub(_only_words, run.raw)
    start = 0
    for end in (*(found.end() for found in _END.finditer(plain)), len(plain)):
        words = tuple(_WORD.findall(_MARKS.sub("", _ITEM.sub(" ", plain[start:end]))))
        if words:
            begins = start + len(plain[start:end]) - len(plain[start:end].lstrip())
            yield Sentence(words, run.span(begins, end))
        start = end


def _only_words(link: re.Match[str]) -> str:
    """The words of a link in a text as long as the link, so that places stay; a picture has none."""
    words = "" if link[1] else link[2]
    return f"{words:<{len(link[0])}}" if link[1] or not link[0].endswith("\n") else words


def _advise_on_age(section: Section, sentences: Sequence[Sentence], mistakes: Mistakes) -> None:
    if not section.heading or sum(len(each.words) for each in sentences) < LEAST_WORDS:
        return
    age = reading_age(sentences)
    if age >= OLDEST_READER:
        mistakes.add("hard-to-read", section.heading.span(), title=section.title, age=age)


def _advise_on_links(run: Paragraph, mistakes: Mistakes) -> None:
    for link in _LINK.finditer(run.text):
        words = " ".join(run.raw[link.start(2) : link.end(2)].split())
        plain = words.strip("*_. ").casefold()
        if link[1]:
            if plain and (len(plain.split()) < SHORTEST_ALT or _LAZY.match(plain)):
                mistakes.add("lazy-alt", run.span(*link.span(2)), words=words)
        elif plain in _EMPTY_WORDS or plain.startswith(("http:", "https:", "www.")):
            mistakes.add("link-words", run.span(*link.span(2)), words=words)


def _advise_on_figures(
    run: Paragraph,
    values: Mapping[str, Sequence[str]],
    tied: Collection[tuple[int, str]],
    mistakes: Mistakes,
) -> None:
    for value, names in values.items():
        for found in re.finditer(re.escape(value) + r"(?![\d,])", run.text):
            span = run.span(*found.span())
            if not any((span.line, name) in tied for name in names):
                mistakes.add("figure-untied", span, value=value, name=names[0])
