"""The text of a new module or course, and its place in the list of its course; pure but for reading files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from lms.content.mistakes import Mistake
from lms.content.reading import read_course, read_module
from lms.content.rendering import slug

_LIST = re.compile(r"^modules:[ \t]*", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*-[ \t]+[^\r\n]*(\r?\n|\Z)|[ \t]*(#[^\r\n]*)?\r?\n")
_FLOW_END = re.compile(r"\s*(,\s*)?\]")

MODULE = """\
---
title: {title}
summary: {summary}
minutes: {minutes}
law_at: {law_at}
edition: 1
ask: {ask}
outcomes:
{outcomes}
pass_mark: 80
valid_for: 24
reviewed_by: ""
reviewed_on:
review_by: {review_by}
owner: {owner}
sources:
  - {{title: {source}}}
aliases: []
prerequisites: []
---
## The case

Replace this text. Begin with a case: a day, a sum, and somebody who has to decide.

Then give the answer, the reason, and where the rule stands. Each heading like the one above begins a part.
{questions}"""
QUESTION = """
/// question | question-{number}
    outcome: {number}
    about: {about}

Replace this question. It asks what to do, in a case like the one above.

- [x] Replace this with the right answer
    > Replace this with the reason why it is right.
- [ ] Replace this with a mistake that tempts
    > Replace this with what the mistake overlooks.
///
"""
COURSE = """\
---
title: {title}
summary: {summary}
modules: [{module}]
---
Replace this text with what the course is for, and for whom.
"""


class StartError(Exception):
    """The file cannot be written; the message says why, and nothing was."""


@dataclass(frozen=True, slots=True)
class ModuleAnswers:
    """What a new module says; `minutes` with its check, each outcome as the end of “can …”."""

    id: str
    title: str
    summary: str
    minutes: int
    outcomes: Sequence[str]
    owner: str
    source: str
    law_at: date
    review_by: date


def module_text(asked: ModuleAnswers) -> str:
    """A module that passes its checks and waits for its text."""
    questions = [
        QUESTION.format(number=number, about=_plain(f"how to {outcome}"))
        for number, outcome in enumerate(asked.outcomes, 1)
    ]
    return MODULE.format(
        title=_yaml(asked.title),
        summary=_yaml(asked.summary),
        minutes=asked.minutes,
        law_at=asked.law_at,
        ask=len(asked.outcomes),
        outcomes="\n".join(f"  - {_yaml(outcome)}" for outcome in asked.outcomes),
        review_by=asked.review_by,
        owner=_yaml(asked.owner),
        source=_yaml(asked.source),
        questions="".join(questions),
    )


def course_text(title: str, summary: str, module_id: str) -> str:
    """A course.md that passes its checks and waits for its text."""
    return COURSE.format(title=_yaml(title), summary=_yaml(summary), module=module_id)


def with_module(course: str, module_id: str) -> str:
    """The text of a course.md with a module at the end of its list, and all else as it was.

    Raises StartError when the list is written in a way that cannot be added to.
    """
    found = _LIST.search(course)
    if found is None:
        message = "its course.md has no list “modules”"
        raise StartError(message)
    start = found.end()
    changed = (
        _in_flow(course, start, module_id)
        if course[start : start + 1] == "["
        else _in_lines(course, start, module_id)
    )
    if changed is None or _modules(changed) != [*_modules(course), module_id]:
        message = f"the list “modules” of its course.md could not be added to; add {module_id} there by hand"
        raise StartError(message)
    return changed


def _in_flow(course: str, start: int, module_id: str) -> str | None:
    """`modules: [one, two]`, on one line or on several."""
    end = course.find("]", start)
    before = _FLOW_END.search(course, start, end + 1)
    if end < 0 or before is None:
        return None
    return f"{course[: before.start()]}, {module_id}{course[before.start() :]}"


def _in_lines(course: str, start: int, module_id: str) -> str | None:
    """A list with an item on each line; the new one stands as the last one does."""
    place = course.find("\n", start) + 1
    last = None
    while place and (item := _ITEM.match(course, place)) and item.end() > place:
        if item[0].lstrip().startswith("-"):
            last = item
        place = item.end()
    if last is None:
        return None
    line = last[0]
    indent = line[: len(line) - len(line.lstrip())]
    return f"{course[: last.end()]}{indent}- {module_id}{last[1] or ''}{course[last.end() :]}"


def _modules(course: str) -> list[str]:
    try:
        front = yaml.safe_load(course.split("---", 2)[1])
        return [str(each) for each in front["modules"]]
    except (yaml.YAMLError, IndexError, KeyError, TypeError):
        return []


def demand_free(folder: Path, module_id: str) -> None:
    """Raise StartError unless the id is one and no module, of any course, has it."""
    if not module_id or slug(module_id) != module_id:
        message = f"“{module_id}” is no id: small letters, digits and single hyphens"
        raise StartError(message)
    taken = next(iter(sorted(folder.glob(f"*/{module_id}.md"))), None)
    if taken:
        message = f"{taken.relative_to(folder.parent)} is there already"
        raise StartError(message)


def mistakes_of(text: str, path: str, name: str, course: str) -> list[Mistake]:
    """What stops a new file: an answer that its key does not take."""
    data = text.encode()
    reading = read_course(data, path, name) if name == course else read_module(data, path, name, course)
    return [each for each in reading.mistakes if each.severity == "error"]


def _plain(words: str) -> str:
    """Words for a line of settings, which takes them as they are."""
    return " ".join(words.split())


def _yaml(words: str) -> str:
    """Words as a value of YAML, in quotation marks where they need them."""
    dumped = yaml.safe_dump([_plain(words)], default_flow_style=True, allow_unicode=True, width=10**6)
    return dumped.strip()[1:-1]
