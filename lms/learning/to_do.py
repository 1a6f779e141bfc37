"""What closes a gap of one person, in staff minutes: plain values that plans are made of and sent with."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2s

KEY_BYTES = 6


class TaskKind(StrEnum):
    """What is done."""

    MODULE = "module"
    CHECK = "check"
    """The check of a module alone, by who passed it before."""
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """Something that one person does once; `subject` is a module, or the competency that is assessed.

    `minutes` are those of all who take part; `level` is that of an assessment, else 0.
    """

    kind: TaskKind
    subject: str
    minutes: int
    level: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """What it is, whether the whole module is to be done or its check alone."""
        return self.subject, self.level


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A gap in one competency, from the level held to the one required, and all that closes it.

    Without tasks nothing closes it yet: a module that shows the level is not published.
    """

    competency: str
    held: int
    required: int
    tasks: tuple[Task, ...]

    @property
    def key(self) -> str:
        """A name that stays the same while the levels do and what closes it."""
        tasks = [(task.kind.value, task.subject, task.level) for task in self.tasks]
        told = repr((self.competency, self.held, self.required, tasks))
        return blake2s(told.encode(), digest_size=KEY_BYTES).hexdigest()

    @property
    def minutes(self) -> int:
        """What it takes of one person who has done none of it, and of who assesses them."""
        return sum(task.minutes for task in self.tasks)

    @property
    def assessed(self) -> bool:
        """Whether learning alone does not close it."""
        return any(task.kind is TaskKind.ASSESSMENT for task in self.tasks)
