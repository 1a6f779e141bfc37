"""The rules that hold for the HTML of every page."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask import Flask
from html5lib.constants import DataLossWarning
from html5lib.html5parser import ParseError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

# Text in these is code, or what a person typed.
LITERAL = {"code", "kbd", "pre", "samp", "script", "style", "template", "textarea"}
INLINE = {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span"}
INLINE |= {"strong", "sub", "sup", "time", "u", "var"}
SPOKEN = ("alt", "aria-description", "aria-label", "placeholder", "title")
REFERENCES = (
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-labelledby",
    "for",
    "headers",
    "list",
)
ADDRESSES = {"a": "href", "form": "action", "img": "src", "link": "href", "script": "src", "source": "srcset"}
HTMX_ADDRESSES = {"hx-get": "GET", "hx-post": "POST", "hx-put": "PUT", "hx-delete": "DELETE"}
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
WAY_BACK = re.compile(r'<div class="way-back".*?</div>', re.DOTALL)
OUT_OF_BAND = ' hx-swap-oob="true"'
TOKEN = re.compile(r'(?<=name="csrf_token" )[^>]*')
# Of a token only its value, which no rule is about, is another each time.
TOKEN_VALUE = re.compile(r'(?<=name="csrf_token" value=")[\w.-]+')
STRAIGHT = re.compile(r"\S*[\"']\S*")


@dataclass(frozen=True)
class Lead:
    """An address that a page leads to, what leads there, and by which method."""

    by: str
    address: str
    method: str


def words_of(element: Any) -> str:  # noqa: ANN401 an element of lxml, or of lxml.html, or None
    """The text of an element with single spaces; blocks are words apart, as on the screen."""
    return "" if element is None else " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:  # noqa: ANN401
    gap = "" if element.tag in INLINE else " "
    yield gap
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
    yield gap


def page_faults(text: str, app: Flask) -> tuple[str, ...]:
    """What a whole page does that no page may."""
    faults, leads = _read(TOKEN_VALUE.sub("token", text))
    dead = ((lead, _dead(app, lead.address, lead.method)) for lead in leads)
    return (*faults, *(f"{lead.by} leads to {lead.address!r}: {why}" for lead, why in dead if why))


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[tuple[str, ...], tuple[Lead, ...]]:
    """What is wrong with a page in itself, and where it leads."""
    tree, problem = _parsed(text)
    if tree is None:
        return (problem,), ()
    faults = [*_heading_faults(tree), *_identity_faults(tree), *_form_faults(tree)]
    faults += [*_policy_faults(tree), *_typography_faults(tree)]
    if not tree.get("lang"):
        faults.append("<html> has no lang")
    return tuple(faults), tuple(dict.fromkeys(_leads(tree)))


def fragment_faults(page: str, fragment: str) -> list[str]:
    """How the answer to HTMX differs from the page’s `main` and its way back, but for tokens of forms."""
    main, way = MAIN.search(page), WAY_BACK.search(page)
    if main is None:
        return ["the page has no <main>"]
    whole = f"{main.group(1)} {way.group() if way else ''}"
    answer = fragment.replace('<div class="way-back"', ' <div class="way-back"').replace(OUT_OF_BAND, "")
    expected, got = (TOKEN.sub("", text).split() for text in (whole, answer))
    if expected == got:
        return []
    pairs = zip_longest(expected, got, fillvalue="")
    place = next(number for number, (one, other) in enumerate(pairs) if one != other)
    said, answered = (" ".join(words[max(0, place - 3) : place + 5]) for words in (expected, got))
    return [f"it is not the page’s main: {said!r} became {answered!r}"]


def _parser() -> html5lib.HTMLParser:
    return html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)


def _parsed(text: str) -> tuple[Any, str]:
    parser = _parser()
    try:
        # lxml cannot hold a colon in an attribute's name, as hx-on:click has: the parser writes it otherwise.
        with warnings.catch_warnings(action="ignore", category=DataLossWarning):
            return parser.parse(text).getroot(), ""
    except ParseError as error:
        line, column = parser.tokenizer.stream.position()
        around = text.splitlines()[line - 1].strip() if line <= text.count("\n") + 1 else ""
        return None, f"it is not valid HTML: {error} (line {line}, column {column}): {around[:120]}"


def _heading_faults(tree: Any) -> Iterator[str]:  # noqa: ANN401
    headings = [words_of(each) for each in tree.iter("h1")]
    title = words_of(tree.find(".//title"))
    if len(headings) != 1:
        yield f"it has {len(headings)} h1, and every page has one: {headings}"
        return
    wrong = bool(_with_class(tree, "govuk-error-summary"))
    beginning = f"Error: {headings[0]}" if wrong else headings[0]
    if not headings[0] or not title.startswith(beginning):
        yield f"the title {title!r} does not begin with the words {beginning!r}"


def _identity_faults(tree: Any) -> Iterator[str]:  # noqa: ANN401
    ids = Counter(element.get("id") for element in _elements(tree) if element.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} is there {times} times"
    for element in _elements(tree):
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"<{element.tag} {attribute}> names {name!r}, and nothing has that id"
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and target[1:] not in ids:
            yield f"the link {words_of(element)!r} leads to {target!r}, and nothing has that id"


def _form_faults(tree: Any) -> Iterator[str]:  # noqa: ANN401
    for form in tree.iter("form"):
        if not form.get("action"):
            yield "a form has no action"
        names = {each.get("name") for each in form.iter("input")}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            yield f"the form to {form.get('action')!r} has no csrf_token"


def _policy_faults(tree: Any) -> Iterator[str]:  # noqa: ANN401
    for element in _elements(tree):
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"<{element.tag}> stands in the page: the policy refuses it"
        for name in element.attrib:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"<{element.tag} {name}> : the policy refuses it"
        if (element.get("href") or "").lower().startswith("javascript:"):
            yield "a link runs a script"
        if element.tag == "img" and element.get("alt") is None:
            yield f"the picture {element.get('src')!r} has no alt"


def _typography_faults(tree: Any) -> Iterator[str]:  # noqa: ANN401
    for text in visible_texts(tree):
        for found in STRAIGHT.findall(text):
            yield f"straight quotes in {found!r} of {text.strip()[:60]!r}"


def visible_texts(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """Every text of a page that a person sees or hears, code and typed text left out."""
    for element in _elements(tree):
        if element.tag not in LITERAL and not any(each.tag in LITERAL for each in element.iterancestors()):
            yield from (element.get(name) or "" for name in SPOKEN)
            yield element.text or ""
        if not any(each.tag in LITERAL for each in element.iterancestors()):
            yield element.tail or ""


def _leads(tree: Any) -> Iterator[Lead]:  # noqa: ANN401
    for element in _elements(tree):
        places = [(element.get(ADDRESSES.get(element.tag, "-")), "GET")]
        if element.tag == "form":
            places = [(element.get("action"), element.get("method", "get").upper())]
        places += [(element.get(name), method) for name, method in HTMX_ADDRESSES.items()]
        for address, method in places:
            if address is not None:
                yield Lead(f"<{element.tag}> {words_of(element)[:40]!r}", address, method)


def _dead(app: Flask, address: str, method: str) -> str:
    split = urlsplit(address)
    if address in {"", "#"}:
        return "nowhere"
    if split.scheme or split.netloc or not split.path.startswith("/"):
        return ""
    try:
        endpoint, values = app.url_map.bind("localhost").match(split.path, method=method)
    except RequestRedirect as redirect:
        return f"that only redirects to {urlsplit(redirect.new_url).path!r}"
    except MethodNotAllowed:
        return f"that does not take {method}"
    except HTTPException:
        return "no such page"
    file = Path(app.static_folder or "") / str(values.get("filename", ""))
    return "no such file" if endpoint == "static" and not file.is_file() else ""


def _elements(tree: Any) -> Iterator[Any]:  # noqa: ANN401
    return (element for element in tree.iter() if isinstance(element.tag, str))


def _with_class(tree: Any, name: str) -> Sequence[Any]:  # noqa: ANN401
    return [each for each in _elements(tree) if name in (each.get("class") or "").split()]
