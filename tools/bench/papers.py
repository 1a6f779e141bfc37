"""What a board paper of the demonstration costs: a whole answer, beside a bare page."""

import io
import statistics
import time
from dataclasses import asdict, dataclass

from flask import Flask
from pypdf import PdfReader

from tools.demonstration import enter

PATH = "/reports/gaps.pdf"
CHOICES = ("", "?by=organisation")
PAGES, ROUNDS = 2, 5


@dataclass(frozen=True, slots=True)
class Paper:
    """A choice, the median seconds and the bytes of its paper, and how many bare pages it is worth."""

    choice: str
    seconds: float
    size: int
    bare_pages: float

    def as_json(self) -> dict[str, object]:
        """The same; no goal is set."""
        return asdict(self)


def measured_papers(app: Flask, bare_pages_a_second: float) -> list[Paper]:
    """The paper of all regions, and that of the most rows."""
    client = app.test_client()
    client.set_cookie("session", enter(app, "national-lead"))
    found = []
    for choice in CHOICES:
        answer = client.get(PATH + choice)
        if len(PdfReader(io.BytesIO(answer.data)).pages) != PAGES:
            message = f"the paper {choice} has not two pages"
            raise RuntimeError(message)
        took = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            client.get(PATH + choice)
            took.append(time.perf_counter() - begun)
        seconds = statistics.median(took)
        found.append(Paper(choice, seconds, len(answer.data), seconds * bare_pages_a_second))
    return found


def paper_line(found: Paper) -> str:
    """The measure in one line."""
    of_what = f"The board paper {found.choice or 'of all regions'}"
    costs = f"{found.seconds:.2f} s, {found.size / 1000:.0f} kB"
    return f"{of_what}: {costs}, as much as {found.bare_pages:.0f} bare pages"
