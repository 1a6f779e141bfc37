"""What every authored Markdown file goes through first: limits, front matter, body, references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lms.content.frontmatter import Tree, read_yaml, split, validate
from lms.content.lines import Line, as_markdown, decode
from lms.content.mistakes import Mistake, Mistakes
from lms.content.pictures import Flaw, is_picture_name
from lms.content.references import Found, find
from lms.content.rendering import Picture

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True)
class PictureFile:
    """A picture that lies beside a text, and what is wrong with it."""

    picture: Picture
    flaws: list[Flaw] = field(default_factory=list)


@dataclass
class Opened(Generic[T]):
    """A file taken apart; `front` is None when its front matter does not hold."""

    front: T | None
    tree: Tree
    body: list[Line]
    end: Line


@dataclass
class Reading(Generic[D]):
    """A file as read: the document if one could be made, even where mistakes were found beside it."""

    path: str
    id: str
    source: str = ""
    document: D | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)
    found: Found = field(default_factory=Found)
    hash: str = ""

    def passes(self) -> bool:
        """Whether nothing in the file itself stops it."""
        return self.document is not None and not any(one.severity == "error" for one in self.mistakes)


def open_file(data: bytes, kind: type[T], mistakes: Mistakes) -> Opened[T] | None:
    """Limits, then front matter and body; None when the file cannot be taken apart."""
    lines = decode(data, mistakes)
    halves = split(lines, mistakes) if lines is not None else None
    if lines is None or halves is None:
        return None
    front_lines, plain_body = halves
    body = as_markdown(plain_body, mistakes)
    tree = read_yaml(front_lines, mistakes)
    front = validate(kind, tree, mistakes) if tree is not None else None
    return None if body is None else Opened(front, tree or Tree(), body, lines[0])


def text_of(data: bytes) -> str:
    """The text of a file for showing, whatever its bytes."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def gather(body: Sequence[Line], pictures: Mapping[str, PictureFile], mistakes: Mistakes) -> Found:
    """What the text points to; pictures are looked at where they are shown."""
    found = Found()
    find(body, found, mistakes)
    for shown in found.pictures:
        name = shown.target
        if not is_picture_name(name):
            mistakes.add("picture-name", shown.span, name=name, known="cash-flow.svg, .png or .jpg")
        elif name not in pictures:
            mistakes.add("picture-missing", shown.span, name=name)
        for file in shown_files(name, pictures):
            for flaw in file.flaws:
                mistakes.add(flaw.code, shown.span, **flaw.values)
    return found


def shown_files(name: str, pictures: Mapping[str, PictureFile]) -> list[PictureFile]:
    """The picture and the narrow one that a phone gets instead, as far as they exist."""
    stem, _, ending = name.rpartition(".")
    return [pictures[one] for one in (name, f"{stem}.narrow.{ending}") if one in pictures]
