"""The client of the tests: every HTML answer that it gets is checked as a page."""

import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from flask import has_app_context
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.support.forms import Fields, fill
from tests.support.markup import fragment_faults, page_faults, words_of
from tests.support.statements import uncounted

REDIRECTS = range(300, 400)


class CheckedClient(FlaskClient):
    """Opens pages like a browser, and fails where a page breaks a rule that holds for all of them.

    A page that GET answers with 200 is opened once more as HTMX does, with the cookies of before, and
    must hold the same `main`. `fragment=False` leaves that out (where a GET leaves a trace to be counted);
    `checked=False` leaves out all checks (where a test breaks a page on purpose). Where `checking` is False,
    which the option --pages=opened says, no page is checked: a run before has looked at the same ones.
    """

    checking: ClassVar[bool] = True

    def open(self, *args: Any, fragment: bool = True, checked: bool = True, **kwargs: Any) -> TestResponse:  # noqa: ANN401
        """Open an address, check the answer and give it."""
        if has_app_context():
            message = "no application context may be held round a request: who is logged in would leak"
            raise RuntimeError(message)
        before = copy.deepcopy(self._cookies)
        response = super().open(*args, **kwargs)
        if not (checked and self.checking and is_page(response)):
            return response
        whole = "HX-Request" not in response.request.headers
        faults = page_faults(response.text, self.application) if whole else ()
        if faults:
            raise AssertionError(_listing(response, faults))
        first_time = not response.history
        if (
            whole
            and fragment
            and first_time
            and response.request.method == "GET"
            and response.status_code == 200
        ):
            self._check_fragment(response, before)
        return response

    def _check_fragment(self, response: TestResponse, cookies: Any) -> None:  # noqa: ANN401 Werkzeug keeps them so
        after, self._cookies = self._cookies, cookies
        headers = [*response.request.headers.items(), ("HX-Request", "true")]
        with uncounted():
            part = super().open(
                response.request.path, query_string=response.request.query_string.decode(), headers=headers
            )
        self._cookies = after
        faults = fragment_faults(response.text, part.text)
        if "HX-Request" not in part.headers.get("Vary", ""):
            faults = [*faults, "the answer lacks Vary: HX-Request"]
        if faults:
            raise AssertionError(_listing(response, faults, "as a fragment"))

    def page(self, address: str, status: int = 200, **kwargs: Any) -> "Page":  # noqa: ANN401
        """Open an address, follow redirects, demand the status, and give the page."""
        return Page.of(self, self.get(address, follow_redirects=True, **kwargs), status)


@dataclass(frozen=True)
class Page:
    """A page that a client has open."""

    client: CheckedClient
    response: TestResponse

    @classmethod
    def of(cls, client: CheckedClient, response: TestResponse, status: int | None = None) -> Self:
        """Wrap an answer; with `status`, demand it."""
        if status is not None and response.status_code != status:
            message = f"{response.request.path} answered {response.status}, not {status}"
            raise AssertionError(message)
        return cls(client, response)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return response_status(self.response)

    @property
    def path(self) -> str:
        """The path that answered, after all redirects."""
        return self.response.request.path

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The page as lxml.html reads it; links and actions are left as they are written."""
        return html.document_fromstring(self.response.text)

    @property
    def title(self) -> str:
        """The words of `<title>`."""
        return words_of(self.tree.find(".//title"))

    @property
    def h1(self) -> str:
        """The words of the heading."""
        return words_of(self.tree.find(".//h1"))

    @property
    def text(self) -> str:
        """All words of `main`, with single spaces."""
        found = self.tree.find(".//main")
        return words_of(self.tree if found is None else found)

    def select(self, selector: str) -> list[str]:
        """The words of each element that a CSS selector finds, in order."""
        return [words_of(element) for element in self.tree.cssselect(selector)]

    def links(self) -> dict[str, str]:
        """The addresses of the links in `main`, by their words."""
        return {words_of(link): link.get("href", "") for link in self.tree.cssselect("main a[href]")}

    def follow(self, words: str) -> "Page":
        """Open the link with these words; KeyError when there is none."""
        return self.client.page(self.links()[words])


def response_status(response: TestResponse) -> int:
    """The number of an answer's status."""
    return response.status_code


def submit(
    page: Page,
    fields: Fields | None = None,
    *,
    button: str | None = None,
    action: str | None = None,
    follow: bool = True,
    checked: bool = True,
    headers: dict[str, str] | None = None,
    **named: Any,  # noqa: ANN401 what a field takes
) -> Page:
    """Fill in the one form of `main` as it stands on the page, send it, and give the next page.

    `button` (its words) or `action` (its path) chooses among several forms. A field that the form does not
    have is a KeyError, a choice that it does not offer a ValueError. CSRF token and hidden fields go along.
    """
    sending = fill(page.tree, {**(fields or {}), **named}, button=button, action=action)
    address = sending.address(page.response.request.url)
    split = urlsplit(address)
    target = split.path + (f"?{split.query}" if split.query else "")
    if sending.method == "GET":
        response = page.client.get(
            target, query_string=sending.data, follow_redirects=follow, checked=checked, headers=headers
        )
    else:
        response = page.client.post(
            target, data=sending.data, follow_redirects=follow, checked=checked, headers=headers
        )
    return Page.of(page.client, response)


def is_page(response: TestResponse) -> bool:
    """Whether an answer is HTML for a person, and not a redirect."""
    return response.mimetype == "text/html" and response.status_code not in REDIRECTS


def _listing(response: TestResponse, faults: Any, how: str = "") -> str:  # noqa: ANN401 any series of texts
    lines = "\n".join(f"  - {fault}" for fault in faults)
    return (
        f"{response.request.method} {response.request.path} {how}({response.status}) breaks a rule:\n{lines}"
    )
