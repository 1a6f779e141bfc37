"""Gathers the advice on everything in a folder of courses; files with errors are left until they pass."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lms.content.advice.answers import advise_on_answers
from lms.content.advice.changes import advise_on_figures_since
from lms.content.advice.prose import advise_on_prose, sums_on
from lms.content.checking import Checked
from lms.content.documents import ModuleDocument, ModuleFront, Source, StandardDocument
from lms.content.framework import Framework, Law
from lms.content.frontmatter import Tree
from lms.content.guessing import CHANCE, RULES, share
from lms.content.laid_out import sections_of
from lms.content.lines import Section
from lms.content.mistakes import Mistake, Mistakes, Span, in_order
from lms.content.opening import Reading
from lms.content.pictures import is_picture_name
from lms.content.questions import BLOCKS as QUESTIONS
from lms.content.questions import Draft, read
from lms.content.rendering import slug

_PLACEHOLDER = re.compile(r"\bReplace this\b.*")

LEAST_ASKED = 4
"""So many questions in a check before it is guessed by a rule: fewer tell nothing."""

GUESSED = 0.5
"""The share of a check that nobody should have right by a rule that needs no reading."""

BETTER_THAN_CHANCE = 0.25
"""So much of a check a rule gains on mere chance before it is named."""

LONGEST_GRACE = 3
"""Months that passes of an earlier edition may go on counting after a change of the law."""


def advise(checked: Checked, folder: Path, today: date) -> list[Mistake]:
    """All advice on a folder that was checked, by file and place; `today` is a day in London."""
    framework = checked.passed_framework() or Framework()
    found: list[Mistake] = []
    for module in checked.passed_modules():
        found += advise_on_module(module, framework, today)
    for standard in checked.standards.values():
        if standard.document and standard.passes():
            found += _advise_on_standard(standard, standard.document, framework, today)
    return in_order([*found, *_unused_pictures(checked, folder)])


def advise_on_module(reading: Reading[ModuleDocument], framework: Framework, today: date) -> list[Mistake]:
    """All advice on one module that passes."""
    document = reading.document
    if document is None:
        return []
    mistakes = Mistakes(reading.path)
    _advise_on_placeholders(reading, mistakes)
    sections = sections_of(reading.source, reading.path)
    _advise_on_review(document, reading.tree, today, mistakes)
    _advise_on_laws(document, reading, framework.laws, mistakes)
    advise_on_figures_since(reading, document.law_at, framework.figures, mistakes)
    _advise_on_sources(document.sources, reading.tree, mistakes)
    _advise_on_grace(document, reading, sections, mistakes)
    if framework.competencies and not _is_listed(document.id, framework):
        mistakes.add("shows-nothing", reading.tree.span("title"), id=document.id)
    advise_on_prose(sections, reading.found.references, sums_on(framework.figures, document.law_at), mistakes)
    advise_on_answers(_drafts(sections), reading.tree, mistakes)
    _advise_on_guessing(document, reading.tree, mistakes)
    return in_order(mistakes.found)


def _advise_on_placeholders(reading: Reading[ModuleDocument], mistakes: Mistakes) -> None:
    """Texts that stand in a module begun by command until an author has written others."""
    for number, text in enumerate(reading.source.split("\n"), 1):
        if found := _PLACEHOLDER.search(text):
            mistakes.add("placeholder", Span(line=number, column=found.start() + 1, length=len(found[0])))


def _advise_on_guessing(document: ModuleDocument, tree: Tree, mistakes: Mistakes) -> None:
    """The rule that answers most of the check, when it does better than it should."""
    if document.ask < LEAST_ASKED:
        return
    found = {rule: share(document, rule) for rule in RULES}
    best = max(found, key=found.__getitem__)
    if found[best] >= max(GUESSED, share(document, CHANCE) + BETTER_THAN_CHANCE):
        right = round(found[best] * document.ask)
        mistakes.add(
            "guessed-by-rule", tree.key_span("ask"), takes=best.takes, right=right, asked=document.ask
        )


def _drafts(sections: Iterable[Section]) -> list[Draft]:
    unread = Mistakes("")
    return [
        read(block, slug(section.title), unread)
        for section in sections
        for block in section.blocks()
        if block.kind in QUESTIONS
    ]


def _advise_on_standard(
    reading: Reading[StandardDocument], document: StandardDocument, framework: Framework, today: date
) -> list[Mistake]:
    mistakes = Mistakes(reading.path)
    _advise_on_review(document, reading.tree, today, mistakes)
    _advise_on_laws(document, reading, framework.laws, mistakes)
    advise_on_figures_since(reading, document.law_at, framework.figures, mistakes)
    _advise_on_sources(document.sources, reading.tree, mistakes)
    return in_order(mistakes.found)


def _advise_on_review(
    document: ModuleFront | StandardDocument, tree: Tree, today: date, mistakes: Mistakes
) -> None:
    if document.review_by < today:
        mistakes.add("review-past", tree.span("review_by"), day=document.review_by)


def _advise_on_laws(
    document: ModuleFront | StandardDocument,
    reading: Reading[Any],
    laws: Mapping[str, Law],
    mistakes: Mistakes,
) -> None:
    cited = {each.target for each in reading.found.references if each.scheme == "law"}
    cited |= {source.law for source in document.sources if source.law}
    for name in sorted({each.partition("/")[0] for each in cited}):
        law = laws.get(name)
        if law and law.changed and document.law_at < law.changed:
            mistakes.add("law-changed", reading.tree.span("law_at"), law=law.title, day=law.changed)


def _advise_on_sources(sources: Iterable[Source], tree: Tree, mistakes: Mistakes) -> None:
    for index, source in enumerate(sources):
        address = urlsplit(source.address)
        host = address.hostname or ""
        whole_law = host.endswith("legislation.gov.uk")
        if not source.law and (whole_law or not address.path.strip("/")):
            mistakes.add("source-without-place", tree.span("sources", index, "title"), title=source.title)


def _advise_on_grace(
    document: ModuleFront, reading: Reading[ModuleDocument], sections: Iterable[Section], mistakes: Mistakes
) -> None:
    """A part that states the law and asks something of those who passed is a change of the law."""
    asks = {change.part for change in document.changes if change.asks != "nothing"}
    states_law = any(
        slug(section.title) in asks and any(block.kind == "law" for block in section.blocks())
        for section in sections
    )
    if states_law and document.grace > LONGEST_GRACE:
        mistakes.add("long-grace", reading.tree.span("grace"), months=document.grace)


def _is_listed(module: str, framework: Framework) -> bool:
    return any(
        module in modules
        for competency in framework.competencies
        for listed in (competency.shown_by, competency.prepared_by)
        for modules in listed.values()
    )


def _unused_pictures(checked: Checked, folder: Path) -> Iterator[Mistake]:
    """Pictures beside modules that all pass, and that none of them shows."""
    for course in sorted(checked.courses):
        inside = [one for one in checked.modules if one.path.split("/")[-2] == course]
        if not all(one.passes() for one in inside):
            continue
        shown = {name for one in inside if one.document for name in one.document.pictures}
        for file in sorted((folder / course).iterdir()):
            if is_picture_name(file.name) and file.name not in shown:
                mistakes = Mistakes(f"{folder.name}/{course}/{file.name}")
                mistakes.add("unused-picture", Span(line=1))
                yield from mistakes.found
