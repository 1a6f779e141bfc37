"""Advice on figures that are others since the day that the law is stated at: who owes a new edition."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from lms.content.framework import Figure
from lms.content.mistakes import Mistakes, Span
from lms.content.opening import Reading


class _Changed(NamedTuple):
    """A figure as a text has it, and the first other value after that, with its day."""

    name: str
    title: str
    value: str
    new: str
    day: date


def advise_on_figures_since(
    reading: Reading[Any], law_at: date, figures: Mapping[str, Figure], mistakes: Mistakes
) -> None:
    """Name each place that has a figure whose value is another one after `law_at`, tied or not.

    A change to come is named as soon as figures.yaml has it, so that the edition is ready on its day.
    """
    for changed in _changed_since(law_at, figures):
        for span in _places(reading, changed):
            words = {"title": changed.title, "value": changed.value, "new": changed.new, "day": changed.day}
            mistakes.add("figure-changed", span, **words)


def _changed_since(law_at: date, figures: Mapping[str, Figure]) -> Iterator[_Changed]:
    for name, figure in figures.items():
        value = figure.on(law_at)
        later = sorted(
            (each for each in figure.values if each.from_day > law_at and each.value != value),
            key=lambda each: each.from_day,
        )
        if value and later:
            yield _Changed(name, figure.title, value, later[0].value, later[0].from_day)


def _places(reading: Reading[Any], changed: _Changed) -> Iterator[Span]:
    """Where it is tied; and, once a line, where a sum of money stands as it was, tied to nothing."""
    for each in reading.found.references:
        if (each.scheme, each.target) == ("figure", changed.name):
            yield each.span
    if "£" not in changed.value:
        return
    written = re.compile(re.escape(changed.value) + r"(?![\d,]|\]\(figure:)")
    for number, line in enumerate(reading.source.split("\n"), 1):
        if found := written.search(line):
            yield Span(line=number, column=found.start() + 1, length=len(found[0]))
