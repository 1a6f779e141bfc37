"""Cases of mistakes: a text that passes, spoilt at a marked place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.courses import FILES, MODULE_PATH, replaced

Changes = Mapping[str, str | bytes | None]


@dataclass(frozen=True)
class Case:
    """The code that is expected at the mark; `also` are codes that come with it."""

    code: str
    path: str
    spoilt: str
    note: str = ""
    also: tuple[str, ...] = ()
    others: Changes = field(default_factory=dict)

    def text(self) -> str:
        """The spoilt text with its mark."""
        return self.spoilt


def module(code: str, text: str, note: str = "", also: tuple[str, ...] = ()) -> Case:
    """A module with a wholly other text."""
    return Case(code, MODULE_PATH, text, note, also)


def in_file(path: str, code: str, old: str, new: str, **more: object) -> Case:
    """A file with one place changed; `at` changes another to hold the mark."""
    text = replaced(FILES[path], old, new)
    at = more.pop("at", None)
    if isinstance(at, tuple):
        text = replaced(text, *at)
    return Case(code, path, text, **more)  # type: ignore[arg-type]


def in_module(code: str, old: str, new: str, **more: object) -> Case:
    """The module with one place changed."""
    return in_file(MODULE_PATH, code, old, new, **more)


front = in_module
