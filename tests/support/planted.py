"""Copies of the rule of the gap ledger with an error in them, for tests that must notice."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from lms.competencies.movements import Lines, Structure
from lms.competencies.standing import PersonFacts
from tests.support.movement_rules import Rule

Change = Callable[[str], str]
Moves = Callable[[PersonFacts, Structure], Lines]
STANDING, MOVEMENTS = "lms.competencies.standing", "lms.competencies.movements"


@dataclass(frozen=True)
class Plant:
    """An error in words, the changes of the source that make it, and the rules that notice."""

    error: str
    changes: tuple[Change, ...]
    noticed_by: frozenset[Rule]
    module: str = MOVEMENTS


def instead(old: str, new: str) -> Change:
    """Replace a text that stands once in the source."""

    def change(source: str) -> str:
        assert source.count(old) == 1, f"the rule no longer says {old!r}: plant this error elsewhere"
        return source.replace(old, new)

    return change


def exchanged(first: str, second: str, after: str) -> Change:
    """Exchange two neighbouring blocks, each given by how it begins, up to the text after them."""

    def change(source: str) -> str:
        assert source.count(first) == 1, f"the rule no longer says {first!r}: plant this error elsewhere"
        start = source.index(first)
        middle = source.index(second, start)
        end = source.index(after, middle + len(second))
        return source[:start] + source[middle:end] + source[start:middle] + source[end:]

    return change


def moves_with(plant: Plant, folder: Path, patch: pytest.MonkeyPatch) -> Moves:
    """The rule with an error in it; the product's own modules are as before when the test ends."""
    for name in (STANDING, MOVEMENTS):
        changes = plant.changes if name == plant.module else ()
        patch.setitem(sys.modules, name, _copy(import_module(name), changes, folder, patch))
    rule, facts = vars(sys.modules[MOVEMENTS]), vars(sys.modules[STANDING])

    def moves(person: PersonFacts, structure: Structure) -> Lines:
        requirements = facts["Requirements"](structure.requirements.rows)
        within = rule["Structure"](structure.placements, structure.on_board, requirements)
        lines: Lines = rule["moves"](person, within)
        return lines

    return moves


def _copy(
    module: ModuleType, changes: Iterable[Change], folder: Path, patch: pytest.MonkeyPatch
) -> ModuleType:
    source = Path(str(module.__file__)).read_text()
    for change in changes:
        source = change(source)
    path = folder / f"{module.__name__}.py"
    path.write_text(source)
    spec = spec_from_file_location(module.__name__, path)
    assert spec is not None
    assert spec.loader is not None
    copy = module_from_spec(spec)
    patch.setitem(sys.modules, module.__name__, copy)
    spec.loader.exec_module(copy)
    return copy
