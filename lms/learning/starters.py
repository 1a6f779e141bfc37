"""Where to begin: the quickest modules of what most roles ask for."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from lms.content.catalogue import Catalogue, ModuleEntry

STARTERS = 3


@dataclass(frozen=True, slots=True)
class Starter:
    """A module to begin with, and the level that it helps to show."""

    module: ModuleEntry
    competency: str
    level: int


def starters_of(published: Catalogue, wanted: Collection[str] | None = None) -> tuple[Starter, ...]:
    """The quickest module of each of the three competencies that most roles ask for.

    `wanted` are the competencies to choose from; None: all. Each module is of the lowest level that
    learning shows.
    """
    framework = published.framework
    asked = Counter(each.competency for role in framework.roles for each in role.requires if each.level)
    found: list[tuple[int, int, Starter]] = []
    for competency in framework.competencies:
        if not competency.shown_by or (wanted is not None and competency.id not in wanted):
            continue
        level = min(competency.shown_by)
        modules = [published.module(module) for module in competency.shown_by[level]]
        quickest = min((each for each in modules if each), key=lambda each: each.minutes, default=None)
        if quickest is not None:
            found.append(
                (-asked[competency.id], quickest.minutes, Starter(quickest, competency.title, level))
            )
    return tuple(starter for *_, starter in sorted(found, key=lambda each: each[:2])[:STARTERS])
