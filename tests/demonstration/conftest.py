from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask

from lms import create_app
from lms.core import clock
from lms.core.settings import ROOT
from lms.demonstration.loading import Wish, load
from tests.support.application import settings_for
from tests.support.databases import Databases, let_go
from tests.support.learners import noon
from tests.support.markup import words_of
from tests.support.pages import CheckedClient, Page, submit
from tests.support.sharing import share

TODAY = date(2026, 11, 24)
Enter = Callable[[str], Page]


@pytest.fixture(scope="session")
def told(databases: Databases) -> Iterator[str]:
    """The address of a small nation, told once in each worker, for tests to copy."""
    address = databases.fresh()
    app = create_app(settings_for(address, demonstration=True))
    share(app)
    with clock.at(noon(TODAY)), app.app_context():
        load(Wish(150, 1, TODAY), ROOT / "courses", print)
    let_go(app)
    yield address
    databases.drop(address)


@pytest.fixture
def open_door(make_app: Callable[..., Flask], told: str) -> Iterator[Flask]:
    """An application on a copy of the small nation, on the day that its history ends."""
    with clock.at(noon(TODAY)):
        yield make_app(told, demonstration=True)


@pytest.fixture
def enter(open_door: Flask) -> Enter:
    """Go in as one of the six by one click, and give the page on which they land."""

    def click(persona: str) -> Page:
        client = open_door.test_client()
        assert isinstance(client, CheckedClient)
        door = client.page("/login")
        forms = {
            form.cssselect("input[name=persona]")[0].get("value"): words_of(form.cssselect("button")[0])
            for form in door.tree.cssselect("main form")
        }
        return submit(door, button=forms[persona])

    return click
