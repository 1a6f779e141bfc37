"""A language in which every translated text stands in ⟦…⟧: what does not was never given to gettext."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import flask_babel
from babel.support import NullTranslations
from lxml import html

from tests.support.markup import LITERAL, SPOKEN, words_of

OPEN, CLOSE = "⟦", "⟧"
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Babel's formatters write these, in the language of the page.
DATES = re.compile(
    r"\b(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?|"
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?))\b"
)


class PseudoTranslations(NullTranslations):
    """Puts every text in brackets; nothing is looked up."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    ugettext = gettext
    ungettext = ngettext


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Let every application in this process speak the pseudo-language."""
    pseudo = PseudoTranslations()
    with mock.patch.object(flask_babel.Domain, "get_translations", return_value=pseudo):
        yield


def untranslated(page: str) -> list[str]:
    """List the visible texts outside brackets.

    Left out: what is marked `translate="no"` or `data-content` (names, course content, what people typed),
    code, dates, and whatever has no word of two letters; of the title, the name of the site, and what repeats
    a heading that is marked.
    """
    tree = html.document_fromstring(page)
    title = tree.find(".//title")
    if title is not None:
        title.text = _own_words(tree, words_of(title))
    reader = _Reader()
    reader.read(tree)
    return reader.found


def _own_words(tree: html.HtmlElement, title: str) -> str:
    """What a title says by itself."""
    body, heading = tree.find("body"), tree.find(".//h1")
    site = body.get("data-site") if body is not None else None
    words = title.removesuffix(f", {site}")
    marked = heading is not None and _is_exempt(heading)
    return words.removesuffix(words_of(heading)) if marked else words


class _Reader:
    """Goes through a page in order, since one translated text may hold several elements."""

    def __init__(self) -> None:
        self.depth = 0
        self.found: list[str] = []

    def read(self, element: html.HtmlElement, *, exempt: bool = False) -> None:
        exempt = exempt or _is_exempt(element)
        if not exempt:
            for name in SPOKEN:
                self._note(_outside(element.get(name) or "", 0)[0], element.get(name) or "")
        self._text(element.text or "", exempt=exempt)
        for child in element:
            if isinstance(child.tag, str):
                self.read(child, exempt=exempt)
            self._text(child.tail or "", exempt=exempt)

    def _text(self, text: str, *, exempt: bool) -> None:
        outside, self.depth = _outside(text, self.depth)
        if not exempt:
            self._note(outside, text)

    def _note(self, outside: str, whole: str) -> None:
        if LETTERS.search(DATES.sub("", outside)):
            self.found.append(" ".join(whole.split()))


def _is_exempt(element: html.HtmlElement) -> bool:
    return (
        element.tag in LITERAL or element.get("translate") == "no" or element.get("data-content") is not None
    )


def _outside(text: str, depth: int) -> tuple[str, int]:
    """Give what of a text stands outside brackets, and how many are open at its end."""
    kept = []
    for letter in text:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth -= 1
        elif depth == 0:
            kept.append(letter)
    return "".join(kept), depth
