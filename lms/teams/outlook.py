"""Cover of each competency today and on a later day, and from when on nobody would be left; plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.content.framework import Competency
from lms.teams.ahead import Ahead, Nobody, levels_on, nobody_from
from lms.teams.cover import DO, LEAD, Cover
from lms.teams.matrix import Row

AHEAD = timedelta(days=365)
"""How far lapses are followed: who is there in more than a year nobody plans by evidence of today."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One level of a competency: cover today, how many hold it on the later day, when nobody will."""

    cover: Cover
    later: int | None
    """How many hold the level on the later day; None where only today is asked for."""
    nobody: Nobody | None

    @property
    def alone(self) -> Row | None:
        """Who holds the level alone today, so that their leaving would leave nobody."""
        return self.cover.holders[0] if self.cover.number == 1 else None

    @property
    def missing(self) -> bool:
        """Whether nobody holds the level today, and roles ask for it."""
        return not self.cover.number and self.cover.asking > 0


@dataclass(frozen=True, slots=True)
class Outlooks:
    """A competency with both levels."""

    competency: Competency
    lead: Outlook
    do: Outlook

    @property
    def quiet(self) -> bool:
        """Whether it hangs on nobody alone, and somebody is left all along where a role asks for it."""
        return not any(each.alone or each.nobody or each.missing for each in (self.lead, self.do))


@dataclass(frozen=True, slots=True)
class Later:
    """A day ahead, how many people are counted on it, and of each their levels."""

    day: date
    people: int
    levels: list[tuple[int, ...]]


def later_on(people: Sequence[Ahead], competencies: Sequence[Competency], day: date) -> Later:
    """Count a day ahead; the levels stand in the order of the competencies."""
    levels = levels_on(people, [each.id for each in competencies], day)
    return Later(day, len(levels), levels)


def outlooks_of(
    lead: Sequence[Cover], do: Sequence[Cover], people: Sequence[Ahead], day: date, later: Later | None
) -> tuple[Outlooks, ...]:
    """What is ahead of each competency, in the order of the covers of both levels."""
    until = max(day + AHEAD, later.day if later else day)

    def outlook(place: int, cover: Cover, level: int) -> Outlook:
        held = sum(1 for levels in later.levels if levels[place] >= level) if later else None
        gone = nobody_from(people, cover.competency.id, level, day, until) if cover.number else None
        return Outlook(cover, held, gone)

    return tuple(
        Outlooks(able.competency, outlook(place, able, LEAD), outlook(place, doing, DO))
        for place, (able, doing) in enumerate(zip(lead, do, strict=True))
    )
