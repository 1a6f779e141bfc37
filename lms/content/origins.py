"""Where what is published comes from: the commit, who wrote it, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """A commit of a Git repository: its full hash, its author with address, and its moment in UTC."""

    commit: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Origins:
    """The commit of a whole folder, and the last one of each file, by its path below the courses.

    None, or no entry, where no commit holds what lies there.
    """

    whole: Origin | None = None
    files: Mapping[str, Origin] = field(default_factory=dict)
