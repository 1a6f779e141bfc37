"""Says what somebody scores in the check of each module who guesses by a rule: `python -m tools.guessing`.

Paths of files or folders limit the table to the modules in them. A share with a star reaches the pass mark.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import mean
from typing import NamedTuple

from lms.content.checking import check
from lms.content.documents import ModuleDocument
from lms.content.guessing import CHANCE, RULES, Rule, guessed, share
from lms.learning.drawing import draw, needed
from tools.steps import ROOT, say

DRAWS = 500
"""Checks drawn for each module to see how often each question is asked."""

_WIDTH = 32
_COLUMN = 9


class Guessed(NamedTuple):
    """What each rule scores in a module, 0 to 1, by its name; `mark` is the share that passes."""

    module: ModuleDocument
    mark: float
    shares: dict[str, float]

    def reached_by(self) -> list[str]:
        """The names of the rules that reach the pass mark."""
        return [rule.name for rule in RULES if self.shares[rule.name] >= self.mark]


def guess(module: ModuleDocument) -> Guessed:
    """Answer the check of a module by every rule."""
    weights = often(module)
    shares = {rule.name: share(module, rule, weights) for rule in (*RULES, CHANCE)}
    return Guessed(module, needed(module.ask, module.pass_mark) / module.ask, shares)


def often(module: ModuleDocument) -> dict[str, float]:
    """How often a check asks each question, 0 to 1."""
    chance = Random(module.id)  # noqa: S311 the same figures on every run
    drawn = Counter(one for _ in range(DRAWS) for one in draw(module.questions, module.ask, (), chance))
    return {question.id: drawn[question.id] / DRAWS for question in module.questions}


def whole(modules: Sequence[Guessed], rule: Rule) -> float:
    """What a rule scores over all modules, each counted once."""
    return mean(each.shares[rule.name] for each in modules)


def guess_all(folder: Path, paths: Sequence[Path] = ()) -> list[Guessed]:
    """Every module of a folder of courses that can be read, or those in the paths; by its path."""
    inside = [path.resolve() for path in paths]
    found = []
    for reading in check(folder).modules:
        file = folder.parent.resolve() / reading.path
        if reading.document and (not inside or any(file == each or each in file.parents for each in inside)):
            found.append(guess(reading.document))
    return found


def table(modules: Sequence[Guessed]) -> Iterator[str]:
    """The lines of the table of modules."""
    names = [rule.name for rule in (*RULES, CHANCE)]
    yield "".join(["module".ljust(_WIDTH), *(name.rjust(_COLUMN) for name in names), "pass".rjust(_COLUMN)])
    for each in modules:
        reached = each.reached_by()
        cells = (f"{each.shares[name]:.0%}{'*' if name in reached else ' '}".rjust(_COLUMN) for name in names)
        yield "".join([each.module.id[: _WIDTH - 1].ljust(_WIDTH), *cells, f"{each.mark:.0%}".rjust(_COLUMN)])


def questions(guessed_module: Guessed) -> Iterator[str]:
    """The lines of the table of a module’s questions."""
    module = guessed_module.module
    for question in module.questions:
        cells = (f"{guessed(question, rule):.0%} ".rjust(_COLUMN) for rule in (*RULES, CHANCE))
        yield "".join([f"  {question.id}"[: _WIDTH - 1].ljust(_WIDTH), *cells, f"  {question.kind}"])


def summary(modules: Sequence[Guessed]) -> Iterator[str]:
    """The lines on all modules together."""
    by_chance = whole(modules, CHANCE)
    yield "".join(part.rjust(_COLUMN + 3) for part in ("rule", "share", "chance", "difference"))
    for rule in RULES:
        found = whole(modules, rule)
        parts = (rule.name, f"{found:.1%}", f"{by_chance:.1%}", f"{100 * (found - by_chance):+.1f}")
        yield "".join(part.rjust(_COLUMN + 3) for part in parts)
    reached = sum(bool(each.reached_by()) for each in modules)
    yield f"{reached} of {len(modules)} modules can be passed by a rule."


def main(arguments: list[str]) -> int:
    """Print the tables; of few modules each question too."""
    modules = guess_all(ROOT / "courses", [Path(each) for each in arguments])
    if not modules:
        say("There is no module.")
        return 1
    for line in table(modules):
        say(line)
    if arguments:
        for each in modules:
            say(f"\n{each.module.id}")
            for line in questions(each):
                say(line)
    say("")
    for line in summary(modules):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
