"""Pages in a real browser: the application served on a loopback address, Chromium, and axe."""

import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from weakref import WeakSet
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.application import sign_in
from tools.browser import Browser as Executable
from tools.browser import find_browser
from tools.steps import SetUpError

ANSWER = "lms.answer"
HEIGHT = 900
SECONDS_TO_WAIT = 30
# The tests of root need no sandbox, no page may leave this machine, and a browser that is not asked is quiet.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_WITHOUT_SCRIPTS: WeakSet[Page] = WeakSet()
# A browser reports an answer of 404 or 422 as an error of its own; tests look at the status themselves.
EXPECTED = "Failed to load resource: the server responded with a status of"


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Start Chromium; where there is none the test is skipped, and in continuous integration it fails."""
    try:
        found = find_browser()
    except SetUpError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    with launched(found) as browser:
        yield browser


@contextmanager
def launched(found: Executable) -> Iterator[Browser]:
    """Start a browser that was found, and stop it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.executable,
            env={**os.environ, **found.variables},
            args=list(ARGUMENTS),
        )
        yield browser
        browser.close()


class Handler(WSGIRequestHandler):
    """Closes the answer that a browser left before its end; Werkzeug leaves a file open then."""

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:  # noqa: ARG002
        """Close what the application had begun to answer with."""
        close = getattr((environ or {}).get(ANSWER), "close", None)
        if close is not None:
            close()


def keeping_its_answer(app: WSGIApplication) -> WSGIApplication:
    """Wrap an application so that the server finds what it answers with in the environment of the request."""

    def kept(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = environ[ANSWER] = app(environ, start_response)
        return answer

    return kept


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application in a thread, and give its address without the last slash."""
    server = make_server(
        "127.0.0.1", 0, keeping_its_answer(app.wsgi_app), threaded=True, request_handler=Handler
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Visitor:
    """Opens pages of one application at any width, as anyone or as a person."""

    browser: Browser
    app: Flask
    address: str
    complaints: list[str] = field(default_factory=list)

    def page_at(
        self,
        width: int,
        path: str | None = None,
        *,
        person_id: int | None = None,
        scripts: bool = True,
        forced_colours: bool = False,
    ) -> Page:
        """Open a window so many CSS pixels wide and, with `path`, a page in it; `person_id` is signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=scripts,
            forced_colors="active" if forced_colours else "none",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        if person_id is not None:
            context.add_cookies([{"name": "session", "value": self._session(person_id), "url": self.address}])
        page = context.new_page()
        if not scripts:
            _WITHOUT_SCRIPTS.add(page)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if path is not None:
            page.goto(path)
        return page

    def _session(self, person_id: int) -> str:
        client = self.app.test_client()
        sign_in(client, person_id)
        cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        return cookie.value if cookie else ""

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and EXPECTED not in message.text:
            self.complaints.append(message.text)


def demand_accessible(page: Page) -> None:
    """Fail with the rule and the place of everything that axe finds wrong on an open page.

    Raises ValueError for a page without scripts: axe waits for timers, and there would wait for ever.
    """
    if page in _WITHOUT_SCRIPTS:
        message = "axe needs a page with scripts"
        raise ValueError(message)
    results = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    faults = [
        f"{violation['id']}: {violation['help']}\n    "
        + "\n    ".join(f"{node['html'][:160]}  {node['failureSummary']}" for node in violation["nodes"])
        for violation in results.response["violations"]
    ]
    if faults:
        message = f"axe on {page.url}:\n" + "\n".join(faults)
        raise AssertionError(message)


def demand_no_sideways_scrolling(page: Page) -> None:
    """Fail when the page is wider than its window."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if wide > window:
        message = f"{page.url} is {wide} px wide in a window of {window}"
        raise AssertionError(message)


def demand_soon(page: Page, condition: str) -> None:
    """Fail when an expression of JavaScript does not become true.

    Playwright's own wait_for_function evaluates in the page, where our policy refuses it.
    """
    until = time.monotonic() + SECONDS_TO_WAIT
    while not page.evaluate(condition):
        if time.monotonic() > until:
            message = f"{page.url}: never true: {condition}"
            raise AssertionError(message)
        page.wait_for_timeout(50)
