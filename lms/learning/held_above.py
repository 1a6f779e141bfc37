"""What rooms above keep about a person; each says how to read its own, so that one answer holds all."""

from collections.abc import Callable
from typing import Any

Read = Callable[[int], list[dict[str, Any]]]
_reads: dict[str, Read] = {}


def register_held(name: str, read: Read) -> None:
    """Add a part to all that is held about a person: plain values, in one statement."""
    _reads[name] = read


def held_above(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """What rooms above keep about a person, by name."""
    return {name: read(person_id) for name, read in _reads.items()}
