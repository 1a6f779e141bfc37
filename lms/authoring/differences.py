"""What a change of courses is to learners: pure, from two sides, without a database."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from lms.authoring.sides import Side, Text
from lms.content.documents import ModuleDocument, ModuleFront
from lms.content.rendering import slug

# What an author keeps for authors: a change of it is no change for those who learn.
FOR_AUTHORS = {"edition", "changes", "grace", "aliases", "owner", "review_by", "reviewed_by", "reviewed_on"}
_BODY = re.compile(r"\A---\n.*?\n---\n(.*)\Z", re.DOTALL)
_PARTS = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
_LAW_BLOCK = re.compile(r"^/// law\b.*?^///[ \t]*$", re.MULTILINE | re.DOTALL)
_REFERENCE = re.compile(r"\[([^\]]*)\]\(((?:law|figure):[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Titles of parts or ids of questions, by what happened to them."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One module that is other than it was.

    `kind` is new, edition (a new one), lowered, same (the same edition), retired or failing.
    `minutes` is what an update asks of each person who passed an earlier edition, 0 for nothing.
    `doubts` are questions to the author, as sentences.
    """

    id: str
    title: str
    course: str
    kind: str
    earlier_id: str = ""
    edition: int = 0
    earlier_edition: int = 0
    parts: Pieces = Pieces()
    questions: Pieces = Pieces()
    settings: tuple[str, ...] = ()
    minutes: int = 0
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs; courses, standards and what roles ask are given as sentences."""

    modules: tuple[Difference, ...]
    others: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def compare(before: Side, after: Side) -> Differences:
    """What the change from one side to the other means, by module id."""
    known = {old.document.id for text in after.modules.values() if (old := before.earlier(text.document))}
    found = [difference(before.earlier(text.document), text) for text in after.modules.values()]
    found += [_without_text(old, after) for name, old in before.modules.items() if name not in known]
    found += [
        Difference(name, name, path.split("/")[-2], "failing")
        for name, path in after.failing.items()
        if name not in before.modules
    ]
    differing = [each for each in found if each is not None]
    return Differences(tuple(sorted(differing, key=lambda each: each.id)), tuple(_others(before, after)))


def _without_text(old: Text, after: Side) -> Difference:
    """A module whose file is gone, or does not pass and so keeps what is good of it."""
    document = old.document
    kind = "failing" if document.id in after.failing else "retired"
    return Difference(document.id, document.title, document.course, kind, edition=document.edition)


def difference(old: Text | None, new: Text) -> Difference | None:
    """What a module is to learners beside what it was; None for the same."""
    document = new.document
    if old is None:
        return Difference(document.id, document.title, document.course, "new", edition=document.edition)
    before = old.document
    if before == document and old.source == new.source:
        return None
    parts, questions = _parts(before, document), _questions(before, document)
    settings = _settings(before, document)
    same = (before.id, before.edition) == (document.id, document.edition)
    if same and not (_any(parts) or _any(questions) or settings):
        return None
    rises = document.edition > before.edition
    return Difference(
        document.id,
        document.title,
        document.course,
        "edition" if rises else "lowered" if document.edition < before.edition else "same",
        before.id if before.id != document.id else "",
        document.edition,
        before.edition,
        parts,
        questions,
        settings,
        update_minutes(before, document) if rises else 0,
        tuple(_doubts(old, new, settings)),
    )


def _any(pieces: Pieces) -> bool:
    return bool(pieces.new or pieces.changed or pieces.gone)


def _parts(before: ModuleDocument, after: ModuleDocument) -> Pieces:
    old = {part.slug: part for part in before.parts}
    new = {part.slug: part for part in after.parts}
    return Pieces(
        tuple(part.title for name, part in new.items() if name not in old),
        tuple(
            part.title
            for name, part in new.items()
            if name in old and (part.html, part.title) != (old[name].html, old[name].title)
        ),
        tuple(part.title for name, part in old.items() if name not in new),
    )


def _questions(before: ModuleDocument, after: ModuleDocument) -> Pieces:
    old = {question.id: question for question in before.questions}
    new = {question.id: question for question in after.questions}
    return Pieces(
        tuple(name for name in new if name not in old),
        tuple(name for name in new if name in old and new[name] != old[name]),
        tuple(name for name in old if name not in new),
    )


def _settings(before: ModuleDocument, after: ModuleDocument) -> tuple[str, ...]:
    """The keys of the first lines that have another value."""
    return tuple(
        one.name
        for one in fields(ModuleFront)
        if one.name != "edition" and getattr(before, one.name) != getattr(after, one.name)
    )


def update_minutes(before: ModuleDocument, after: ModuleDocument) -> int:
    """What an update asks of somebody: the parts to read again, and a minute for each question."""
    asks = {change.part: change.asks for change in after.changes}
    reading = sum(part.minutes for part in after.parts if asks.get(part.slug) in {"reading", "questions"})
    if "questions" not in asks.values():
        return reading
    pieces = _questions(before, after)
    return reading + len(pieces.new) + len(pieces.changed)


def _doubts(old: Text, new: Text, settings: tuple[str, ...]) -> Iterator[str]:
    before, after = old.document, new.document
    touched = _touched(before, after)
    if after.edition == before.edition:
        yield from _doubts_of_law(old, new)
    elif after.edition < before.edition:
        yield f"Edition {before.edition} is there, and an edition never goes down. Would it be published?"
    else:
        if not touched and not set(settings) - FOR_AUTHORS:
            yield f"Edition {after.edition} changes nothing that learners read. Is it a new edition?"
        named = {change.part for change in after.changes}
        titles = {part.slug: part.title for part in after.parts}
        for name in sorted((touched & titles.keys()) - named):
            yield f"The part “{titles[name]}” changed, and “changes” does not name it."
        for name in sorted(named - touched):
            yield f"“changes” names the part “{titles.get(name, name)}”, which did not change."


def _touched(before: ModuleDocument, after: ModuleDocument) -> set[str]:
    """The slugs of parts whose text or questions are other than they were, new or gone."""
    old = {part.slug: (part.html, part.title) for part in before.parts}
    new = {part.slug: (part.html, part.title) for part in after.parts}
    found = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    asked = {question.id: question for question in before.questions}
    now = {question.id: question for question in after.questions}
    for name in asked.keys() | now.keys():
        if asked.get(name) != now.get(name):
            found |= {one.part for one in (asked.get(name), now.get(name)) if one}
    return found


def _doubts_of_law(old: Text, new: Text) -> Iterator[str]:
    """What the law says was written otherwise, and those who passed are told nothing."""
    before, after = _law_of(old.source), _law_of(new.source)
    for name, (title, blocks, references) in after.items():
        if name not in before:
            continue
        _, old_blocks, old_references = before[name]
        if blocks != old_blocks:
            yield f"A law block in “{title}” was rewritten, and the edition is the same."
        elif references != old_references:
            yield f"A law or a figure in “{title}” is another one, and the edition is the same."


def _law_of(source: str) -> dict[str, tuple[str, list[str], list[tuple[str, str]]]]:
    """The title, law blocks, and references to laws and figures of each part, by its slug."""
    body = _BODY.match(source)
    pieces = _PARTS.split(body[1] if body else "")
    found = {}
    for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
        blocks = [" ".join(block.split()) for block in _LAW_BLOCK.findall(text)]
        # A law is the same by whatever words it is linked; of a figure the words are its value.
        references = sorted(
            (target, " ".join(words.split()) if target.startswith("figure:") else "")
            for words, target in _REFERENCE.findall(text)
        )
        found[slug(title)] = (title, blocks, references)
    return found


def _others(before: Side, after: Side) -> Iterator[str]:
    """Courses, standards and the framework, in sentences."""
    for words, old, new in (
        ("course", before.courses, after.courses),
        ("standard", before.standards, after.standards),
    ):
        for name in sorted(old.keys() | new.keys()):
            if name not in old:
                yield f"New {words}: {name}"
            elif name not in new:
                yield f"No {words} any more, or it does not pass: {name}"
            elif old[name] != new[name]:
                yield f"Changed {words}: {name}"
    yield from _of_framework(before, after)


def _of_framework(before: Side, after: Side) -> Iterator[str]:
    old, new = before.framework, after.framework
    if new is None:
        yield "The framework does not pass, and stays as it was."
        return
    asked = {(role.id, one.competency): one for role in old.roles for one in role.requires} if old else {}
    asks = {(role.id, one.competency): one for role in new.roles for one in role.requires}
    for role, competency in sorted(asked.keys() | asks.keys()):
        was, now = asked.get((role, competency)), asks.get((role, competency))
        level, earlier = now.level if now else 0, was.level if was else 0
        if level != earlier:
            day = f" from {now.from_day:%d.%m.%Y}" if now and now.from_day else ""
            yield f"Role {role} asks level {level} of {competency} instead of {earlier}{day}"
    for one in fields(new):
        if one.name != "roles" and (getattr(old, one.name) if old else ()) != getattr(new, one.name):
            yield f"Changed in the framework: {one.name}"
