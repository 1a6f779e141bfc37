"""Renders Markdown to clean HTML, and resolves its links for a page."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from threading import local
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

SCHEMES = ("module", "clause", "law", "competency", "term")
ASSET = "asset"

_TEXT_TAGS = {"p", "br", "hr", "em", "strong", "code", "pre", "ul", "ol", "li", "a", "img", "blockquote"}
_MORE_TAGS = {"h3", "h4", "h5", "h6", "sup", "abbr", "div", "del"}
_TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
_CLEANER = nh3.Cleaner(
    tags=_TEXT_TAGS | _MORE_TAGS | _TABLE_TAGS,
    attributes={
        "*": {"lang"},
        "a": {"href", "title"},
        "abbr": {"title"},
        "img": {"src", "alt", "width", "height", "loading"},
        "li": {"id"},
        "ol": {"start"},
        "sup": {"id"},
        "th": {"scope"},
        **{f"h{level}": {"id"} for level in range(3, 7)},
    },
    allowed_classes={
        "a": {"footnote-ref", "footnote-backref"},
        "div": {"footnote"},
        "td": {"numeric"},
        "th": {"numeric"},
    },
    url_schemes={"http", "https", "mailto", ASSET, *SCHEMES},
    link_rel=None,
)
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TAG = re.compile(r"<[^>]+>")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_MARK = "\u2063"  # an invisible separator, which the check refuses in a source
_PLACE = re.compile(rf"(?:<p>)?{_MARK}(\d+){_MARK}(?:</p>)?")
_NUMERIC = "right"
_LINK = re.compile(rf'<a href="({"|".join((*SCHEMES, "calculator"))}):([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(rf'(src|srcset)="{ASSET}:([0-9a-f]+)"')
_KEPT = 4_096

Shown = tuple[tuple[str, str], ...]
"""The attributes of a picture's element."""


@dataclass(frozen=True)
class Picture:
    """A picture beside a text; width and height in pixels where the file says them."""

    name: str
    hash: str
    media_type: str
    data: bytes
    width: int = 0
    height: int = 0


class _Finishing(Treeprocessor):
    """Gives ids a prefix, header cells a scope, pictures their size; takes the link off figures."""

    prefix = ""
    pictures: Mapping[str, Shown] = {}

    def run(self, root: Element) -> None:
        """Go through every element once."""
        taken: set[str] = set()
        for element in root.iter():
            if element.tag in {"td", "th"}:
                _finish_cell(element)
            elif element.tag in {"h3", "h4", "h5", "h6"}:
                self.name_heading(element, taken)
            elif element.tag == "img":
                self.finish_picture(element)
            elif element.tag == "a" and element.get("href", "").startswith("figure:"):
                element.tag = "span"
            self.prefix_ids(element)

    def prefix_ids(self, element: Element) -> None:
        """Footnotes count from 1 on each page part; their ids must not meet those of the page."""
        if identity := element.get("id", ""):
            element.set("id", f"{self.prefix}-{identity.replace(':', '-')}")
        if (target := element.get("href", "")).startswith("#"):
            element.set("href", f"#{self.prefix}-{target[1:].replace(':', '-')}")

    def name_heading(self, element: Element, taken: set[str]) -> None:
        """An id for a heading that has none of its own."""
        base = element.get("id") or slug("".join(element.itertext())) or "heading"
        identity, number = base, 2
        while identity in taken:
            identity, number = f"{base}-{number}", number + 1
        taken.add(identity)
        element.set("id", identity)

    def finish_picture(self, element: Element) -> None:
        """The picture's own file, by its hash."""
        picture = self.pictures.get(element.get("src", ""))
        element.attrib.pop("src", None)
        if picture:
            element.attrib.update(picture)


def _finish_cell(element: Element) -> None:
    if _NUMERIC in element.attrib.pop("style", ""):
        element.set("class", "numeric")
    if element.tag == "th":
        element.set("scope", "col")


def picture_attributes(picture: Picture) -> Shown:
    """The attributes that show a picture, its size among them so that the page does not jump."""
    size = (("width", str(picture.width)), ("height", str(picture.height)))
    return (
        ("src", f"{ASSET}:{picture.hash}"),
        ("loading", "lazy"),
        *(size if picture.width and picture.height else ()),
    )


class _Ours(Extension):
    """Markdown without HTML, finished for our pages."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 Markdown's name
        """Leave HTML out, and put the finishing last."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        self.finishing = _Finishing(md)
        md.treeprocessors.register(self.finishing, "finishing", 4)


class _Converter(local):
    """One Markdown converter a thread, used again."""

    def __init__(self) -> None:
        ours = _Ours()
        names = ("tables", "footnotes", "abbr", "attr_list", "smarty", "fenced_code")
        self.markdown = Markdown(extensions=[*names, ours], output_format="html")
        self.finishing = ours.finishing


_converter = _Converter()


@lru_cache(maxsize=_KEPT)
def rendered(text: str, prefix: str, pictures: tuple[tuple[str, Shown], ...]) -> str:
    """Clean HTML of a text; a text that has been converted is kept, since publishing again changes few."""
    _converter.finishing.prefix, _converter.finishing.pictures = prefix, dict(pictures)
    _converter.markdown.reset()
    return _CLEANER.clean(_converter.markdown.convert(text))


class Renderer:
    """Renders texts of one document.

    `pictures` are those beside the text; `abbreviations` are lines `*[PPN]: …` for every part.
    """

    def __init__(
        self, pictures: Mapping[str, Picture] | None = None, abbreviations: Sequence[str] = ()
    ) -> None:
        self.pictures = pictures or {}
        self.shown = tuple((name, picture_attributes(one)) for name, one in self.pictures.items())
        self.abbreviations = "\n".join(("", "", *abbreviations))

    def render(self, text: str, prefix: str) -> str:
        """Clean HTML; ids in it begin with the prefix."""
        return rendered(text + self.abbreviations, prefix, self.shown)

    def render_around(self, text: Sequence[str | tuple[str]], prefix: str) -> str:
        """Clean HTML of Markdown texts, with ready HTML (a tuple of one) standing between them.

        One conversion, so that a footnote's text may stand after a block.
        """
        ready = [piece[0] for piece in text if isinstance(piece, tuple)]
        numbers = iter(range(len(ready)))
        marked = (piece if isinstance(piece, str) else f"{_MARK}{next(numbers)}{_MARK}" for piece in text)
        html = self.render("\n\n".join(marked), prefix)
        return _PLACE.sub(lambda found: ready[int(found[1])], html)

    def render_all(self, texts: Sequence[str], prefix: str) -> list[str]:
        """Clean HTML of many short texts, in one conversion when they hold together."""
        written = [text for text in texts if text]
        between = f"\n\n{_MARK}\n\n"
        pieces = self.render(between.join(written), prefix).split(f"<p>{_MARK}</p>")
        if len(pieces) != len(written):
            pieces = [self.render(text, f"{prefix}-{number}") for number, text in enumerate(written, 1)]
        rendered = iter(pieces)
        return [next(rendered).strip() if text else "" for text in texts]


def inline(html: str) -> str:
    """HTML without the one paragraph around it; other HTML as it is."""
    found = _ONE_PARAGRAPH.fullmatch(html.strip())
    return found[1] if found else html


def plain_text(html: str) -> str:
    """The words of HTML without its marks."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def word_count(texts: Iterable[str]) -> int:
    """How many words texts hold."""
    return sum(len(_WORDS.findall(text)) for text in texts)


def slug(title: str) -> str:
    """The title as a part of an address: small letters, digits and hyphens."""
    letters = re.sub(r"[’'`]", "", title.lower())
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].strip("-")


def linked(html: str, address: Callable[[str, str], str | None]) -> str:
    """Stored HTML with addresses for a page.

    `address("module", "award-and-standstill")` gives the address, or None: then the words stay and
    the link goes. Schemes are module, clause, law, competency, term, calculator and asset.
    """

    def link(found: re.Match[str]) -> str:
        scheme, target, more, words = found.groups()
        place = address(scheme, unescape(target))
        return f'<a href="{escape(place)}"{more}>{words}</a>' if place else words

    def picture(found: re.Match[str]) -> str:
        place = address(ASSET, found[2])
        return f'{found[1]}="{escape(place)}"' if place else ""

    return _PICTURE.sub(picture, _LINK.sub(link, html))
