"""The questions of published modules with what the answers say about each, text by text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import Row, func, select

from lms.authoring.item_analysis import LEAST_ANSWERS, Analysis, Tally, Verdict, analyse
from lms.authoring.texts import QuestionText, lines_of, path_of
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.core.database import db
from lms.learning.counting import AnswerCount

KEPT_MODULES = 256
"""Modules whose figures a process keeps; those of one are about 300 rows."""


@dataclass(frozen=True, slots=True)
class Run:
    """The answers to one text of a question in one edition; the days are those of the first and the last."""

    edition: int
    text: str
    first_on: date
    last_on: date
    tallies: tuple[Tally, ...]

    @property
    def answers(self) -> int:
        """How many people answered."""
        return sum(each.people for each in self.tallies)

    @property
    def right(self) -> float | None:
        """The share that is right; None below 50 answers."""
        if self.answers < LEAST_ANSWERS:
            return None
        return sum(each.people for each in self.tallies if each.right) / self.answers


@dataclass(frozen=True, slots=True)
class Item:
    """A question of a published module, the answers to its present text, and those to earlier ones."""

    entry: ModuleEntry
    text: QuestionText
    analysis: Analysis
    run: Run | None
    earlier: tuple[Run, ...]

    @property
    def id(self) -> str:
        """The question's id."""
        return self.text.question.id

    @property
    def verdict(self) -> Verdict:
        """What is to be said of it."""
        return self.analysis.verdict

    @property
    def path(self) -> str:
        """The file that it stands in."""
        return path_of(self.entry)

    @property
    def place(self) -> str:
        """The file and the line."""
        return f"{self.path}:{self.text.question.line}"


def items_of(entries: Iterable[ModuleEntry], published: Catalogue) -> dict[str, list[Item]]:
    """The questions of modules in the order of their texts, by module; three statements, for any number.

    What was worked out for a module is kept in the process until somebody answers or its text changes.
    """
    wanted = list(entries)
    return _kept_items(wanted, _stamps(wanted, published), published)


def answered_items(entries: Iterable[ModuleEntry], published: Catalogue) -> dict[str, list[Item]]:
    """As `items_of`, for the modules alone to which there are answers."""
    wanted = list(entries)
    stamps = _stamps(wanted, published)
    return _kept_items([entry for entry in wanted if entry.id in stamps], stamps, published)


Stamp = tuple[ModuleEntry, int]
"""A module as it is published, and how many answers were counted: what was worked out depends on no more."""


def _stamps(entries: Iterable[ModuleEntry], published: Catalogue) -> dict[str, int]:
    """How many answers there are to each module that has any; their number never falls."""
    names = {name: entry.id for entry in entries for name in published.ids_of(entry.id)}
    found: dict[str, int] = defaultdict(int)
    if names:
        query = select(AnswerCount.module_id, func.sum(AnswerCount.people))
        query = query.where(AnswerCount.module_id.in_(names)).group_by(AnswerCount.module_id)
        for name, people in db.session.execute(query):
            found[names[name]] += people
    return dict(found)


def _kept_items(
    entries: Sequence[ModuleEntry], stamps: Mapping[str, int], published: Catalogue
) -> dict[str, list[Item]]:
    kept: dict[str, tuple[Stamp, list[Item]]] = current_app.extensions.setdefault("items", {})
    found = {
        entry.id: known[1]
        for entry in entries
        if (known := kept.get(entry.id)) and known[0] == (entry, stamps.get(entry.id, 0))
    }
    missing = [entry for entry in entries if entry.id not in found]
    worked_out = _by_module(missing, _runs(missing, published)) if missing else {}
    if len(kept) + len(missing) > KEPT_MODULES:
        kept.clear()
    for entry in missing[:KEPT_MODULES]:
        kept[entry.id] = (entry, stamps.get(entry.id, 0)), worked_out[entry.id]
    every = found | worked_out
    return {entry.id: every[entry.id] for entry in entries}


Runs = Mapping[tuple[str, str], list[Run]]
"""The answers by module and question."""


def _by_module(entries: Sequence[ModuleEntry], runs: Runs) -> dict[str, list[Item]]:
    lines = lines_of(entries)
    return {
        entry.id: [
            _item(entry, text, runs[entry.id, text.question.id]) for text in lines[entry.version_id].questions
        ]
        for entry in entries
    }


def _item(entry: ModuleEntry, text: QuestionText, runs: Sequence[Run]) -> Item:
    present = next((each for each in runs if (each.edition, each.text) == (entry.edition, text.hash)), None)
    return Item(
        entry,
        text,
        analyse(text.question.kind, text.rights, present.tallies if present else ()),
        present,
        tuple(each for each in runs if each is not present),
    )


def _runs(entries: Iterable[ModuleEntry], published: Catalogue) -> Runs:
    """The answers by module and question, the newest first; earlier names of a module count with it."""
    names = {name: entry.id for entry in entries for name in published.ids_of(entry.id)}
    rows = defaultdict(list)
    if names:
        query = select(*AnswerCount.__table__.c).where(AnswerCount.module_id.in_(names))
        for row in db.session.execute(query):
            rows[names[row.module_id], row.question_id, row.edition, row.text].append(row)
    found: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for (module, question, edition, text), some in rows.items():
        first, last = min(row.first_on for row in some), max(row.last_on for row in some)
        found[module, question].append(Run(edition, text, first, last, tuple(_tally(row) for row in some)))
    for runs in found.values():
        runs.sort(key=lambda run: (run.edition, run.last_on, run.text), reverse=True)
    return found


def _tally(row: Row[*tuple[Any, ...]]) -> Tally:
    picked = tuple(int(place) for place in row.picked.split(",") if place)
    return Tally(row.right, picked, row.others_right, row.others, row.people)


@dataclass(frozen=True, slots=True)
class Said:
    """What the answers say about a whole module: its most urgent verdict, and on how many questions.

    `first` is one of them, `answers` the most that a question has.
    """

    verdict: Verdict
    number: int
    first: Item | None
    answers: int


def said_of(items: Sequence[Item]) -> Said:
    """What the answers say about a module with these questions."""
    answers = max((each.analysis.answers for each in items), default=0)
    for verdict in Verdict:
        if verdict is Verdict.TOO_FEW and answers >= LEAST_ANSWERS:
            continue
        alike = [each for each in items if each.verdict is verdict]
        if alike:
            return Said(verdict, len(alike), alike[0], answers)
    return Said(Verdict.TOO_FEW, 0, None, answers)
