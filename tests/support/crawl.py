"""Follows every link that a person sees, from the first page on; kinds of pages seen least come first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from flask import Flask
from lxml import html
from werkzeug.exceptions import HTTPException

from tests.support.pages import CheckedClient
from tests.support.statements import statements

LINKS = {"a": "href", "img": "src", "source": "srcset"}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Visit:
    """An address that was opened: where its link stood, what it answered and which tables it wrote."""

    address: str
    endpoint: str
    found_on: str
    status: int
    text: str
    written: frozenset[str]


def crawl(
    client: CheckedClient,
    starts: Iterable[str] = ("/",),
    most: int = 150,
    of_a_kind: int = 25,
    checked_of_a_kind: int = 3,
) -> list[Visit]:
    """Open pages with GET, at most so many in all and of one endpoint; the client is signed in already.

    The first of each endpoint are checked as pages.
    """
    waiting = {address: ("", endpoint_of(client.application, address)) for address in starts}
    known, kinds, visits = set(waiting), Counter[str](), list[Visit]()
    while waiting and len(visits) < most:
        address = min(waiting, key=lambda each: kinds[waiting[each][1]])
        found_on, kind = waiting.pop(address)
        if kinds[kind] == of_a_kind:
            break
        kinds[kind] += 1
        visit, links = _open(client, address, kind, found_on, checked=kinds[kind] <= checked_of_a_kind)
        visits.append(visit)
        for link in links:
            if link not in known:
                known.add(link)
                waiting[link] = (address, endpoint_of(client.application, link))
    return visits


def endpoint_of(app: Flask, address: str) -> str:
    """The endpoint that answers a GET of an address; empty when there is none."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return ""
    return str(endpoint)


def _open(
    client: CheckedClient, address: str, kind: str, found_on: str, *, checked: bool
) -> tuple[Visit, list[str]]:
    with statements() as sent:
        response = client.get(address, checked=checked)
    written = frozenset(match[1] for each in sent if (match := WRITES.match(each)))
    is_page = response.mimetype == "text/html"
    links = list(_links(response.text)) if is_page and response.status_code == 200 else []
    if response.location:
        links.append(response.location)
    text = response.text if is_page else ""
    return Visit(address, kind, found_on, response.status_code, text, written), links


def _links(text: str) -> Iterator[str]:
    """The addresses of this site that a page leads to or shows, forms of questions to it among them."""
    tree = html.document_fromstring(text)
    for element in tree.iter(*LINKS, "form"):
        if element.tag == "form":
            address = element.get("action", "") if element.get("method", "get").lower() == "get" else ""
        else:
            address = element.get(LINKS[str(element.tag)], "")
        path = urldefrag(address).url
        if path.startswith("/") and not path.startswith(("//", "/static/")):
            yield path
