from collections.abc import Iterator

import pytest
from flask import Flask

from lms.core import clock
from tests.support.learners import noon
from tests.support.managers import TODAY, World, world_of
from tests.support.pages import CheckedClient


@pytest.fixture
def world(app: Flask, client: CheckedClient) -> Iterator[World]:
    with clock.at(noon(TODAY)):
        with app.app_context():
            made = world_of(app, client)
        yield made
