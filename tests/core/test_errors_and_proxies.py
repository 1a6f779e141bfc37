"""What stands in the log when a page shows a reference, and whose word on an address is believed."""

import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask, request

from lms.core.shell import public

MakeApp = Callable[..., Flask]
SENT = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "lms.example.org"}


def address_seen_by(app: Flask) -> object:
    @public
    def seen() -> dict[str, str | None]:
        return {"address": request.remote_addr, "root": request.url_root}

    app.add_url_rule("/seen", view_func=seen)
    return app.test_client().get("/seen", headers=SENT).json


def test_the_reference_of_a_page_stands_in_the_log_with_the_address(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        page = app.test_client().get("/nowhere").text
    found = re.search(r"<code>([0-9a-f]{8})</code>", page)
    assert found
    assert f"answered 404 to GET /nowhere, reference {found[1]}" in caplog.text


def test_nobody_is_believed_about_an_address_unless_a_proxy_is_set(app: Flask) -> None:
    assert address_seen_by(app) == {"address": "127.0.0.1", "root": "http://localhost/"}


def test_the_proxy_that_is_set_is_believed(make_app: MakeApp) -> None:
    seen = {"address": "203.0.113.9", "root": "https://lms.example.org/"}
    assert address_seen_by(make_app(proxies=1)) == seen
