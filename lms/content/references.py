"""Finds links, pictures and footnotes in the lines of a text, and checks what they point to."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape

from lms.content.framework import Figure, Law
from lms.content.lines import Line, paragraphs
from lms.content.mistakes import Mistakes, Span, listed, near

SCHEMES = ("module", "clause", "law", "competency", "term", "figure")
EXAMPLES = {
    "module": "module:award-and-standstill", "clause": "clause:sourcing/4.2", "law": "law:pa23/51",
    "competency": "competency:procurement-law", "term": "term:standstill", "figure": "figure:payment",
}  # fmt: skip
_FORMS = {
    "clause": re.compile(r"[a-z0-9-]+/[0-9]+(\.[0-9]+)*$"),
    "law": re.compile(r"[a-z0-9-]+/[0-9A-Za-z-]+(/[0-9A-Za-z-]+)?$"),
}
_ID_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")

_CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+.!|-]")
_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?P<open><?)(?P<address>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)?)>?(?:\s+[\"'][^\"')]*[\"'])?\s*\)"
)
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:\s*<?(?P<address>[^\s>]+)")
_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?P<text>:?)")
_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--)")
_WEB = re.compile(r"https?://[^\s/]+\.\S+$|mailto:[^\s@]+@[^\s@]+$")


@dataclass(frozen=True)
class Reference:
    """A link of ours: `scheme:target`, the words that are linked, and where it stands."""

    scheme: str
    target: str
    words: str
    span: Span


@dataclass
class Found:
    """What the lines of a text point to."""

    references: list[Reference] = field(default_factory=list)
    pictures: list[Reference] = field(default_factory=list)


@dataclass
class Known:
    """What may be referred to; None where the files that would say so cannot be read.

    `aliases` maps earlier names of modules to present ones.
    """

    modules: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    clauses: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    laws: Mapping[str, Law] | None = None
    figures: Mapping[str, Figure] | None = None
    terms: set[str] | None = None
    competencies: set[str] | None = None


class Paragraph:
    """Lines as one text in which code is blanked, and the way back to lines and columns."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.raw = "\n".join(line.text for line in lines)
        self.text = _CODE.sub(_blank, _ESCAPED.sub(_blank, self.raw))
        self.starts = [0]
        for line in lines[:-1]:
            self.starts.append(self.starts[-1] + len(line.text) + 1)

    def span(self, start: int, end: int) -> Span:
        """The place of a stretch of the text, as far as it lies on its first line."""
        row = bisect_right(self.starts, start) - 1
        room = self.starts[row] + len(self.lines[row].text) - start
        return Span(
            line=self.lines[row].number, column=start - self.starts[row] + 1, length=min(end - start, room)
        )


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def find(lines: Sequence[Line], found: Found, mistakes: Mistakes) -> None:
    """Gather references and pictures; name HTML, bad links, and pictures without a text."""
    for run in paragraphs(lines):
        paragraph = Paragraph(run)
        for html in _HTML.finditer(paragraph.text):
            mistakes.add("html", paragraph.span(*html.span()), tag=html[0][:40])
        for link in _links(paragraph):
            if link["picture"]:
                _take_picture(link, paragraph, found, mistakes)
            else:
                words = paragraph.raw[link.start("words") : link.end("words")]
                _take_link(link, words, paragraph, found, mistakes)
        for definition in _definitions(paragraph):
            _take_link(definition, "", paragraph, found, mistakes)


def _links(paragraph: Paragraph) -> Iterator[re.Match[str]]:
    start = 0
    while link := _LINK.search(paragraph.text, start):
        yield link
        # The words of a link may hold a picture.
        start = link.end() if link["picture"] else link.end("words")


def _definitions(paragraph: Paragraph) -> Iterator[re.Match[str]]:
    for line_start, line in zip(paragraph.starts, paragraph.lines, strict=True):
        if definition := _DEFINITION.match(paragraph.text, line_start, line_start + len(line.text)):
            yield definition


def _take_picture(link: re.Match[str], paragraph: Paragraph, found: Found, mistakes: Mistakes) -> None:
    span = paragraph.span(*link.span())
    if not link["words"].strip():
        mistakes.add("picture-without-alt", span, name=link["address"])
    found.pictures.append(
        Reference("picture", link["address"], link["words"], paragraph.span(*link.span("address")))
    )


def _take_link(
    link: re.Match[str], words: str, paragraph: Paragraph, found: Found, mistakes: Mistakes
) -> None:
    span = paragraph.span(*link.span("address"))
    scheme, _, target = link["address"].partition(":")
    if scheme not in SCHEMES or not target:
        if not _WEB.match(link["address"]):
            known = listed(f"{name}:…" for name in SCHEMES)
            close = near(scheme, SCHEMES) if target else ""
            mistakes.add(
                "bad-link", span, address=link["address"], known=known, near=close and f"{close}:{target}"
            )
        return
    if not _FORMS.get(scheme, _ID_FORM).match(target):
        mistakes.add("reference-form", span, target=target, scheme=scheme, example=EXAMPLES[scheme])
        return
    plain = " ".join(unescape(words).strip("*_ ").split())
    found.references.append(Reference(scheme, target, plain, span))


def find_footnotes(lines: Sequence[Line], mistakes: Mistakes) -> None:
    """Name footnotes without a text; both stand in the same part."""
    marks: list[tuple[str, Span]] = []
    texts: set[str] = set()
    for run in paragraphs(lines):
        paragraph = Paragraph(run)
        for note in _FOOTNOTE.finditer(paragraph.text):
            if note["text"] and note.start() in paragraph.starts:
                texts.add(note["name"])
            else:
                marks.append((note["name"], paragraph.span(note.start(), note.end("name") + 1)))
    for name, span in marks:
        if name not in texts:
            mistakes.add("footnote-unknown", span, name=name)


def resolve(reference: Reference, known: Known, law_at: date | None, mistakes: Mistakes) -> None:
    """Name a reference to something that is not there, and a figure that has another value."""
    match reference.scheme:
        case "module":
            resolve_module(reference, known, mistakes)
        case "clause":
            _resolve_clause(reference, known, mistakes)
        case "law":
            _resolve_law(reference, known, mistakes)
        case "figure" if known.figures is not None:
            _resolve_figure(reference, known.figures, law_at, mistakes)
        case "competency" if known.competencies is not None:
            _resolve_name(reference, known.competencies, "unknown-competency", mistakes)
        case "term" if known.terms is not None:
            _resolve_name(reference, known.terms, "unknown-term", mistakes)
        case _:
            return


def _resolve_name(reference: Reference, names: set[str], code: str, mistakes: Mistakes) -> None:
    if reference.target not in names:
        mistakes.add(code, reference.span, target=reference.target, near=near(reference.target, names))


def resolve_module(reference: Reference, known: Known, mistakes: Mistakes) -> None:
    """Name a module that is not there, or has another name now."""
    target = reference.target
    if target in known.modules:
        return
    if target in known.aliases:
        mistakes.add("renamed-module", reference.span, target=target, name=known.aliases[target])
    else:
        mistakes.add("unknown-module", reference.span, target=target, near=near(target, known.modules))


def _resolve_clause(reference: Reference, known: Known, mistakes: Mistakes) -> None:
    standard, _, number = reference.target.partition("/")
    numbers = known.clauses.get(standard)
    if standard not in known.clauses:
        mistakes.add("unknown-standard", reference.span, target=standard, near=near(standard, known.clauses))
    elif numbers is not None and number not in numbers:
        mistakes.add(
            "unknown-clause", reference.span, standard=standard, target=number, known=listed(numbers)
        )


def _resolve_law(reference: Reference, known: Known, mistakes: Mistakes) -> None:
    if known.laws is None:
        return
    law_id, section, *_ = reference.target.split("/")
    law = known.laws.get(law_id)
    if law is None:
        mistakes.add("unknown-law", reference.span, target=law_id, near=near(law_id, known.laws))
    elif section not in law.sections:
        schedule = section.startswith("sch")
        place = f"Schedule {section.removeprefix('sch')}" if schedule else f"section {section}"
        mistakes.add("unknown-section", reference.span, target=place, law=law.title)


def _resolve_figure(
    reference: Reference, figures: Mapping[str, Figure], day: date | None, mistakes: Mistakes
) -> None:
    target = reference.target
    figure = figures.get(target)
    if figure is None:
        mistakes.add("unknown-figure", reference.span, target=target, near=near(target, figures))
        return
    if day is None:
        return
    value = figure.on(day)
    if value is None:
        mistakes.add("figure-without-value", reference.span, target=target, day=day)
    elif " ".join(value.split()) != reference.words:
        words = {"words": reference.words, "target": target, "day": day, "value": value}
        mistakes.add("figure-differs", reference.span, **words)
