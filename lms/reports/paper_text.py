"""The words of the page on paper: what its templates say, as pieces of text without ways to other pages."""

import re
from collections import defaultdict
from html.parser import HTMLParser
from typing import NamedTuple

from flask import render_template

TEXTS = {"h2", "p", "caption"}
GROUP = "tile-map__group"
"""What a part of the map is called stands in the picture itself."""
BOLD = "strong"
LEADS_ON = "leads-on"
BLANKS = re.compile(r"\s+")


class Run(NamedTuple):
    """A piece of a paragraph."""

    text: str
    bold: bool


Paragraph = list[Run]


class Said(defaultdict[str, list[Paragraph]]):
    """The headings (h2), paragraphs (p), captions (caption) and names of groups (text) of a template."""

    def first(self, kind: str) -> str:
        """The first of a kind as plain text; empty where there is none."""
        return "".join(run.text for each in self[kind][:1] for run in each)


def said_by(template: str, **values: object) -> Said:
    """What a template says."""
    reader = _Reader()
    reader.feed(render_template(template, **values))
    reader.close()
    found = Said(list)
    for kind, pieces in reader.texts:
        if runs := _tidy(pieces):
            found[kind].append(runs)
    return found


class _Reader(HTMLParser):
    """Collects texts, and leaves out what leads to another page: a link says nothing on paper."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[str, list[Run]]] = []
        self._open = ""
        self._bold = 0
        self._left_out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text, a bold run or what is left out."""
        name = dict(attrs).get("class") or ""
        if self._left_out or tag == "a" or LEADS_ON in name:
            self._left_out.append(tag)
        elif tag in TEXTS or GROUP in name:
            self.texts.append((tag, []))
            self._open = tag
        elif tag == BOLD:
            self._bold += 1

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if self._left_out:
            self._left_out.pop()
        elif tag == self._open:
            self._open = ""
        elif tag == BOLD:
            self._bold -= 1

    def handle_data(self, data: str) -> None:
        """Keep what a text says."""
        if self._open and not self._left_out:
            self.texts[-1][1].append(Run(data, bool(self._bold)))


def _tidy(pieces: list[Run]) -> Paragraph:
    """Runs with single spaces and none at the ends; pieces of one weight are joined."""
    runs: Paragraph = []
    for piece, bold in pieces:
        text = BLANKS.sub(" ", piece)
        if not runs or runs[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text and runs and runs[-1].bold == bold:
            runs[-1] = Run(runs[-1].text + text, bold)
        elif text:
            runs.append(Run(text, bold))
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip(" "), runs[-1].bold)
    return [run for run in runs if run.text]
