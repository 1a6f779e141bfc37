"""The tools of the tests find what they are made to find."""

import socket
import struct
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response, flash, get_flashed_messages, redirect, request
from werkzeug import Response as BaseResponse

from tests.support.browser import served
from tests.support.pages import CheckedClient, submit
from tests.support.pseudo import untranslated

MAIN = "<h1>Your record</h1>"
SHELL = """<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title></head>
<body><main>{main}</main></body></html>"""


def shell(main: str, title: str = "Your record, Learning") -> str:
    return SHELL.format(title=title, main=main)


def answer(main: str, status: int = 200) -> Response:
    body = main if "HX-Request" in request.headers else shell(main)
    return Response(body, status, {"Vary": "HX-Request"}, mimetype="text/html")


def client_of(view: Callable[[], Response]) -> CheckedClient:
    app = Flask("support", static_folder=None)
    app.secret_key = "none"
    app.add_url_rule("/", view_func=view, endpoint="page", methods=["GET", "POST"])
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.mark.parametrize(
    ("main", "title", "said"),
    [
        ("<h1>Your record</h1><p><div></div></p>", "Your record", "not valid HTML"),
        ("<h1>Your record</h1><h1>Two</h1>", "Your record", "2 h1"),
        ("<p>None</p>", "Your record", "0 h1"),
        (MAIN, "Home", "does not begin with"),
        (MAIN, "Error: Your record", "does not begin with"),
        (f'<div class="govuk-error-summary"></div>{MAIN}', "Your record", "does not begin with"),
        (f'{MAIN}<p id="a"></p><p id="a"></p>', "Your record", "'a' is there 2 times"),
        (f'{MAIN}<a href="#b">Down</a>', "Your record", "nothing has that id"),
        (f'{MAIN}<input aria-describedby="hint">', "Your record", "names 'hint'"),
        (f"{MAIN}<form></form>", "Your record", "no action"),
        (f'{MAIN}<form action="/" method="post"></form>', "Your record", "no csrf_token"),
        (f"{MAIN}<style></style>", "Your record", "policy refuses"),
        (f"{MAIN}<script></script>", "Your record", "policy refuses"),
        (f'{MAIN}<p style="color:red">', "Your record", "policy refuses"),
        (f'{MAIN}<p onclick="x()">', "Your record", "policy refuses"),
        (f'{MAIN}<p hx-on:click="x()">', "Your record", "policy refuses"),
        (f'{MAIN}<a href="javascript:x()">Go</a>', "Your record", "runs a script"),
        (f'{MAIN}<img src="https://example.org/a.png">', "Your record", "no alt"),
        (f"{MAIN}<p>It's here", "Your record", "straight quotes"),
        (f"""{MAIN}<p aria-label='"Here"'>""", "Your record", "straight quotes"),
        (f'{MAIN}<a href="/nowhere">Go</a>', "Your record", "no such page"),
        (f'{MAIN}<a href="#">Go</a>', "Your record", "nowhere"),
        (f'{MAIN}<p hx-delete="/">', "Your record", "does not take DELETE"),
    ],
)
def test_a_page_that_breaks_a_rule_fails_its_test(main: str, title: str, said: str) -> None:
    client = client_of(lambda: Response(shell(main, title), mimetype="text/html"))
    with pytest.raises(AssertionError, match=said):
        client.get("/", fragment=False)


def test_a_page_may_show_code_and_lead_elsewhere() -> None:
    main = f'{MAIN}<code>it\'s "code"</code><a href="https://example.org/">Away</a><a href="/?a=1">Here</a>'
    client_of(lambda: answer(main)).get("/")


def test_the_part_for_htmx_must_be_the_main_of_the_page() -> None:
    client = client_of(lambda: answer(MAIN + ("<p>Part" if "HX-Request" in request.headers else "<p>Whole")))
    with pytest.raises(AssertionError, match="Whole"):
        client.get("/")


def test_a_run_that_need_not_look_at_pages_opens_them_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CheckedClient, "checking", False)
    ways: list[bool] = []

    def view() -> Response:
        ways.append("HX-Request" in request.headers)
        return Response("<p>Half", mimetype="text/html")

    assert client_of(view).get("/").text == "<p>Half"
    assert ways == [False]


def test_the_second_opening_sees_the_session_of_the_first_and_leaves_the_later_one() -> None:
    def view() -> Response:
        return answer(MAIN + "".join(f"<p>{each}</p>" for each in get_flashed_messages()))

    client = client_of(view)

    @client.application.route("/set")
    def put() -> BaseResponse:
        flash("Saved")
        return redirect("/")

    assert client.page("/set").text == "Your record Saved"
    assert client.page("/").text == "Your record"


def test_a_request_inside_an_application_context_is_refused() -> None:
    client = client_of(lambda: answer(MAIN))
    with client.application.app_context(), pytest.raises(RuntimeError, match="context"):
        client.get("/")


FORM = f"""{MAIN}<form action="/" method="post"><input type="hidden" name="csrf_token" value="t">
<input name="words" value="old"><select name="one"><option>a</option><option>b</option></select>
<input type="checkbox" name="many" value="1"><input type="checkbox" name="many" value="2">
<input type="checkbox" name="agree" value="yes"><input type="radio" name="level" value="3">
<input type="radio" name="level" value="4"><button name="step" value="next">Next</button></form>"""


def form_client(sent: list[dict[str, list[str]]]) -> CheckedClient:
    def view() -> Response:
        if request.method == "POST":
            sent.append(dict(request.form.lists()))
        return answer(FORM)

    return client_of(view)


def test_a_form_is_sent_as_a_browser_sends_it() -> None:
    sent: list[dict[str, list[str]]] = []
    page = form_client(sent).page("/")
    submit(page, words="new", one="b", many=["1", "2"], agree=True, level=4)
    assert sent == [
        {
            "csrf_token": ["t"],
            "words": ["new"],
            "one": ["b"],
            "many": ["1", "2"],
            "agree": ["yes"],
            "level": ["4"],
            "step": ["next"],
        }
    ]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"word": "x"}, KeyError),
        ({"one": "c"}, ValueError),
        ({"many": ["3"]}, ValueError),
        ({"level": 5}, ValueError),
    ],
)
def test_a_form_takes_only_what_it_offers(fields: dict[str, Any], error: type[Exception]) -> None:
    page = form_client([]).page("/")
    with pytest.raises(error):
        submit(page, fields)


def test_a_form_is_chosen_by_its_button_or_action() -> None:
    page = form_client([]).page("/")
    assert submit(page, button="Next", action="/").status == 200
    with pytest.raises(LookupError, match=r"the page has: / \(Next"):
        submit(page, button="Back")


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ("<p>⟦Hello ⟦you⟧ there⟧</p>", []),
        ("<p>⟦Read <a href='/'>this</a> first⟧</p>", []),
        ("<p>Hello</p>", ["Hello"]),
        ("<p>⟦Due⟧ soon</p>", ["⟦Due⟧ soon"]),
        ("<p>⟦Due⟧ Monday 30 November 2026, 12 × 3</p>", []),
        ('<p aria-label="Close">⟦x⟧</p>', ["Close"]),
        ('<p translate="no">Rowan</p><div data-content><p>Text</p></div><code>make</code>', []),
    ],
)
def test_text_that_was_never_given_to_gettext_is_found(main: str, found: list[str]) -> None:
    assert untranslated(f"<main>{main}</main>") == found


def test_an_answer_is_closed_although_its_browser_goes_away_at_the_end() -> None:
    closed = threading.Semaphore(0)

    class Heard(Response):
        def close(self) -> None:
            super().close()
            closed.release()

    app = Flask("heard", static_folder=None)
    app.add_url_rule("/", view_func=lambda: Heard("all of it"))
    with served(app) as address:
        at = urlsplit(address)
        # The server waits a hundredth of a second for what is still sent: one of five resets falls there.
        for _ in range(5):
            with socket.create_connection((at.hostname, at.port or 80)) as browser:
                browser.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
                while not browser.recv(4096).endswith(b"all of it"):
                    pass
                # A linger of no seconds resets the connection, as a browser does that no longer wants it.
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            assert closed.acquire(timeout=30)
