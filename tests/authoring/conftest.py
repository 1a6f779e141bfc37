"""An author before a copy of the sample courses, and a buyer who learns from them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from lms.authoring.publishing import Published, publish_courses
from lms.core import clock
from lms.people.models import Duty
from tests.support import build
from tests.support.application import sign_in
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page
from tests.support.samples import SAMPLES

TODAY = date(2026, 11, 30)
NOTICES = "first-steps/notices.md"
STANDSTILL = "first-steps/standstill.md"
WAITING = "first-steps/waiting.md"
MISSPELT = ("review_by: 2027-05-31", "review: 2027-05-31")
RAISED = ("edition: 1", "edition: 2\nchanges:\n  - {part: how-long-to-wait, asks: questions, why: Days}")


@dataclass
class Room:
    """A folder of courses that an author owns and a buyer learns from; nothing is published yet."""

    app: Flask
    client: CheckedClient
    folder: Path
    author_id: int
    buyer_id: int

    @contextmanager
    def on(self, day: date = TODAY) -> Iterator[None]:
        """Be at noon of a day, with the application at hand for services."""
        with clock.at(noon(day)), self.app.app_context():
            yield

    def change(self, file: str, *changes: tuple[str, str]) -> None:
        """Change words in one file."""
        text = (self.folder / file).read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (self.folder / file).write_text(text)

    def rename_standstill(self, *changes: tuple[str, str]) -> None:
        """Give the module another name, in everything that refers to it, and change words in its file."""
        (self.folder / STANDSTILL).rename(self.folder / WAITING)
        self.change(WAITING, ("owner:", "aliases: [standstill]\nowner:"), *changes)
        self.change("first-steps/course.md", ("[notices, standstill]", "[notices, waiting]"))
        self.change(NOTICES, ("module:standstill", "module:waiting"))
        self.change("framework/competencies.yaml", ("standstill", "waiting"))

    def publish(self, on: date = TODAY) -> Published:
        """Publish the folder."""
        with self.on(on):
            return publish_courses(self.folder, by=self.author_id)

    def page(
        self, address: str = "/authoring", status: int = 200, *, of: int | None = None, fragment: bool = True
    ) -> Page:
        """Open a page as the author, or as somebody else."""
        sign_in(self.client, of or self.author_id)
        return self.client.page(address, status, fragment=fragment)


@pytest.fixture
def room(app: Flask, client: CheckedClient, tmp_path: Path) -> Iterator[Room]:
    folder = tmp_path / "courses"
    shutil.copytree(SAMPLES, folder)
    app.config["COURSES"] = folder
    with clock.at(noon(TODAY)):
        with app.app_context():
            build.anchors(roles=("buyer",))
            author = build.person("Idris Draftwell", "author@example.org")
            build.grant(author, Duty.AUTHOR)
            buyer = build.person("Rowan Sample")
            build.appointed(buyer, build.team(build.organisation()), "buyer")
            made = Room(app, client, folder, author.id, buyer.id)
        yield made
