"""A mistake in a file: where it is, what is wrong, and how to mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from lms.content.messages import MESSAGES
from lms.content.wording import DID_YOU_MEAN, Message, Severity

NAMED_AT_MOST = 20
SHOWN = 110


@dataclass(frozen=True)
class Mistake:
    """One mistake. `line` and `column` count from 1; `length` is how many characters it spans."""

    path: str
    line: int
    column: int
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    length: int = 1

    @property
    def severity(self) -> Severity:
        """Whether it stops publication."""
        return _message(self.code).severity

    @property
    def message(self) -> str:
        """What is wrong."""
        return self.worded(str)[0]

    @property
    def hint(self) -> str:
        """How to mend it; may be empty."""
        return self.worded(str)[1]

    def worded(self, translate: Callable[[str], str]) -> tuple[str, str]:
        """Message and hint, each template passed through `translate` first."""
        message = _message(self.code)
        hints = [DID_YOU_MEAN] if self.values.get("near") else []
        hints += [message.hint] if message.hint else []
        return translate(message.text) % self.values, " ".join(
            translate(hint) % self.values for hint in hints
        )


def _message(code: str) -> Message:
    """A kept mistake may have a code that a later check no longer knows."""
    return MESSAGES.get(code, Message(code.replace("-", " ")))


@dataclass(frozen=True, kw_only=True)
class Span:
    """A place in a file: line and column from 1, and the number of characters."""

    line: int
    column: int = 1
    length: int = 1


class Mistakes:
    """Collects the mistakes of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Mistake] = []

    def add(self, code: str, span: Span, **values: object) -> None:
        """Note a mistake at a place; values fill the message."""
        words = {name: str(value) for name, value in values.items()}
        self.found.append(Mistake(self.path, span.line, span.column, code, words, max(span.length, 1)))

    def has_errors(self) -> bool:
        """Whether anything stops publication."""
        return any(mistake.severity == "error" for mistake in self.found)


def near(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one, or nothing."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def listed(words: Iterable[str]) -> str:
    """Words for a message: “a, b and c”, cut after twenty."""
    names = list(words)
    if len(names) > NAMED_AT_MOST:
        names = [*names[:NAMED_AT_MOST], "…"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def in_order(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Mistakes by file and place, each once."""
    unique = {(m.path, m.line, m.column, m.code, m.message): m for m in mistakes}
    return [unique[key] for key in sorted(unique)]


def as_text(mistake: Mistake, source: str) -> str:
    """`path:line:column: message`, the hint, and the line of the source with a caret below it."""
    kind = "" if mistake.severity == "error" else "advice: "
    lines = [f"{mistake.path}:{mistake.line}:{mistake.column}: {kind}{mistake.message}"]
    if mistake.hint:
        lines.append(f"    {mistake.hint}")
    text = source_line(source, mistake.line)
    if text.strip():
        lines += [f"    {line}" for line in pointed(text, mistake.column, mistake.length)]
    return "\n".join(lines)


def pointed(text: str, column: int, length: int) -> tuple[str, str]:
    """A line and carets below the place; a long line is cut to what stands around it."""
    start = 0 if len(text) <= SHOWN else max(0, min(column - 1 - SHOWN // 4, len(text) - SHOWN))
    shown = text[start : start + SHOWN]
    before = shown[: column - 1 - start]
    carets = max(1, min(length, len(shown) - len(before)))
    shown = f"{'…' if start else ''}{shown}{'…' if start + SHOWN < len(text) else ''}"
    blank = "".join("\t" if character == "\t" else " " for character in before)
    return shown, f"{' ' if start else ''}{blank}{'^' * carets}"


def source_line(source: str, number: int) -> str:
    """One line of a source, counted from 1; empty when there is none."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def as_json(mistake: Mistake) -> dict[str, str | int]:
    """The mistake for programs."""
    return {
        "path": mistake.path,
        "line": mistake.line,
        "column": mistake.column,
        "code": mistake.code,
        "severity": mistake.severity,
        "message": mistake.message,
        "hint": mistake.hint,
    }


def as_github(mistake: Mistake) -> str:
    """The mistake as a workflow command, which a pull request shows beside the line.

    Source: GitHub, Workflow commands for GitHub Actions, setting an error or a warning message.
    """
    end = mistake.column + mistake.length
    place = f"file={_escaped(mistake.path, ',:')},line={mistake.line},col={mistake.column},endColumn={end}"
    words = f"{mistake.message}. {mistake.hint}".strip()
    return f"::{mistake.severity} {place},title={mistake.code}::{_escaped(words)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
