"""The sections of what is published, made from what its readers see: no question, answer or feedback."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from html import unescape
from typing import Any
from unicodedata import normalize

from lms.content.catalogue import Catalogue
from lms.content.documents import CourseDocument, StandardDocument
from lms.content.framework import Term
from lms.content.searching.models import Kind

RULE = 2
"""Raised when the same text is to be found otherwise, so that the next upgrade makes the index again."""

_UNREAD = re.compile(
    r'<summary>.*?</summary>|<section class="callout callout--calculator".*?</section>|'
    r'<sup[^>]*><a class="footnote-ref".*?</sup>|<a class="footnote-backref".*?</a>',
    re.DOTALL,
)
_HEADING = re.compile(r"<(h[3-6])\b[^>]*>(.*?)</\1>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|code|del|em|span|strong|sup)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
Document = Mapping[str, Any]
"""A module's document as it is kept."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section as it is shown and as it is found: `heading` and `words_above` weigh more than `text`.

    `own_title` says that the title is the section’s own; elsewhere it is that of what it is part of.
    """

    kind: Kind
    item: str
    parent: str = ""
    place: str = ""
    title: str
    heading: str = ""
    text: str
    words_above: str = ""
    own_title: bool = field(default=False)

    def columns(self) -> dict[str, str]:
        """Its words by how much they weigh: its title, its headings, its body, and what stands beside."""
        own, other = (self.title, "") if self.own_title else ("", self.title)
        heading = f"{self.heading} {self.words_above}".strip()
        return {"title": own, "heading": heading, "body": self.text, "beside": other}


@dataclass(frozen=True)
class Sources:
    """All texts by a name that changes whenever something does that their sections show.

    `ready` give their sections at once; those of `modules` are in the version with that id.
    """

    ready: Mapping[str, Callable[[], Iterator[Section]]]
    modules: Mapping[str, int]

    def names(self) -> set[str]:
        """The names of both."""
        return {*self.ready, *self.modules}


def sources(catalogue: Catalogue) -> Sources:
    """The texts that are published."""
    terms = catalogue.framework.terms.items()
    return Sources(
        {
            **{_name("course", one): partial(_course, one) for one in catalogue.courses},
            **{_name("standard", one): partial(_standard, one) for one in catalogue.standards},
            **{_name("term", one): partial(_term, *one) for one in terms},
        },
        {f"{RULE}:module:{one.version_id}": one.version_id for one in catalogue.modules},
    )


def _name(kind: str, document: object) -> str:
    return f"{RULE}:{kind}:{sha256(repr(document).encode()).hexdigest()}"


def module_sections(document: Document) -> Iterator[Section]:
    """A module, then its parts."""
    item, parent, title = document["id"], document["course"], document["title"]
    outcomes = " ".join(f"{one[:1].upper()}{one[1:]}." for one in document["outcomes"])
    text = f"{document['summary']} {outcomes}"
    yield Section(kind=Kind.MODULE, item=item, parent=parent, title=title, text=text, own_title=True)
    for part in document["parts"]:
        html = part["html"]
        yield Section(
            kind=Kind.PART,
            item=item,
            parent=parent,
            place=part["slug"],
            title=title,
            heading=part["title"],
            text=readable(html),
            words_above=_headings(html),
        )


def _course(course: CourseDocument) -> Iterator[Section]:
    text = f"{course.summary} {readable(course.html)}"
    yield Section(kind=Kind.COURSE, item=course.id, title=course.title, text=text, own_title=True)


def _standard(standard: StandardDocument) -> Iterator[Section]:
    text = f"{standard.summary} {readable(standard.html)}"
    yield Section(kind=Kind.STANDARD, item=standard.id, title=standard.title, text=text, own_title=True)
    for clause in standard.clauses:
        yield Section(
            kind=Kind.CLAUSE,
            item=standard.id,
            place=clause.number,
            title=standard.title,
            heading=f"{clause.number} {clause.title}",
            text=readable(clause.html),
            words_above=_headings(clause.html),
        )


def _term(key: str, term: Term) -> Iterator[Section]:
    yield Section(kind=Kind.TERM, item=key, title=term.term, text=term.meaning, own_title=True)


def _headings(html: str) -> str:
    return " ".join(readable(words) for _, words in _HEADING.findall(html))


def readable(html: str) -> str:
    """The words of HTML as they are read, without the marks of footnotes and the words of controls."""
    text = _TAG.sub(" ", _INLINE.sub("", _UNREAD.sub("", html)))
    return normalize("NFC", " ".join(unescape(text).split()))
