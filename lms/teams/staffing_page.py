"""Loads the answer to who is ready to run a piece of work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from lms.competencies.assessing import NEEDS_A_SECOND
from lms.competencies.facts import facts_of
from lms.competencies.standing import PersonFacts
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.content.framework import Competency
from lms.core.dates import add_months
from lms.people.access import MANAGER_ASSESSES, highest_level, viewer
from lms.people.reports import Reports
from lms.people.subjects import person_subject
from lms.teams.ahead import Why, ahead_of
from lms.teams.matrix import Row
from lms.teams.staffing import Candidate, Period, candidates_of
from lms.teams.staffing_ways import Kind, Step, Steps, Way, carried, ways_of

CLOSEST = 3
NAMED = 20
"""So many of a group of others are named."""
FAR = 3
"""From so many levels short on, others stand together."""


@dataclass(frozen=True)
class Group:
    """Others who are as far from it as the first of them; from three levels short on they stand together."""

    people: tuple[Candidate, ...]

    @property
    def first(self) -> Candidate:
        """Who stands for all."""
        return self.people[0]

    @property
    def short(self) -> int:
        """How many levels they are short of on the first day; three for three or more."""
        return min(self.first.levels_short, FAR)

    @property
    def named(self) -> tuple[Candidate, ...]:
        """Those who are named; the table of the team has everybody."""
        return self.people[:NAMED]


@dataclass(frozen=True)
class Answer:
    """Everybody who is there in the period, the closest first, and the ways if nobody is ready."""

    period: Period
    found: list[Candidate]
    ways: list[Way]
    competencies: list[Competency]

    @cached_property
    def ready(self) -> list[Candidate]:
        """Who is ready to the end."""
        return [each for each in self.found if each.ready]

    @cached_property
    def started(self) -> list[Candidate]:
        """Who is ready on the first day and not to the end, the longest first."""
        return [each for each in self.found if each.starts and not each.ready]

    @property
    def closest(self) -> list[Candidate]:
        """The people whose levels are shown."""
        return self.found[:CLOSEST]

    @cached_property
    def together(self) -> list[Candidate]:
        """The others of the pair, or three, that covers it together, whose levels are shown too."""
        groups = [way.people for way in self.ways if way.kind is Kind.TOGETHER]
        return [each for group in groups for each in group if each not in self.closest]

    @property
    def others(self) -> list[Group]:
        """Everybody else, by how far they are from it."""
        rest = (each for each in self.found[CLOSEST:] if each not in self.together)
        grouped = groupby(rest, key=lambda each: (each.ready, each.starts, min(each.levels_short, FAR)))
        return [Group(tuple(people)) for _, people in grouped]

    def ends_first(self, each: Candidate) -> list[Competency]:
        """What somebody ceases to show on the day until which they are ready."""
        return [key for key in self.competencies if each.lapses(key.id) == each.until]

    def cell(self, each: Candidate, key: str) -> tuple[int, date | None, bool]:
        """The level on the first day, from when it is missing, and whether evidence is the reason."""
        level = each.ahead.level(key, self.period.first)
        day = each.lapses(key)
        lapses = day is not None and (each.lacking(key) > 0 or each.ahead.why(day) is Why.EVIDENCE)
        return level, day, lapses

    def leads(self, group: tuple[Candidate, ...]) -> Iterator[tuple[Candidate, list[Competency]]]:
        """Who of a group alone holds which of the needs to the end."""
        held = carried(group)
        for each in group:
            yield each, [key for key in self.competencies if held[key.id] == [each]]

    def may_make(self, way: Way) -> bool:
        """Whether the viewer may make every assessment of a way, or the first of two."""
        asked = max((step.level for step in way.steps if not step.by_learning), default=0)
        if asked <= MANAGER_ASSESSES:
            return True
        return highest_level(viewer(), person_subject(way.people[0].ahead.row.person_id)) >= asked


def answer_of(reports: Reports, period: Period, today: date) -> Answer:
    """The answer over everybody who reports to a manager today; as many statements for 300 as for 5."""
    published = catalogue.current()
    facts = facts_of(reports.names, about=period.needs)
    teams = frozenset(each.id for each in reports.teams)
    titles = {each.id: each.title for each in published.framework.roles}
    people = []
    for key, name in reports.names.items():
        own = facts.get(key, PersonFacts())
        people.append(ahead_of(Row(key, name, _roles(own, titles), None, ()), own, teams))
    found = candidates_of(people, period)
    assess, grow = _steps(published, period, today)
    return Answer(
        period,
        found,
        [] if found and found[0].ready else ways_of(found, assess, grow, today),
        [each for each in published.framework.competencies if each.id in period.needs],
    )


def _roles(facts: PersonFacts, titles: dict[str, str]) -> tuple[str, ...]:
    """The titles of the roles that somebody holds or will hold."""
    held = {each.role_profile for each in facts.appointments if each.span.end is None}
    return tuple(sorted(titles[each] for each in held if each in titles))


def _steps(published: Catalogue, period: Period, today: date) -> tuple[Steps, Steps]:
    """How each need is shown by assessments, and by what is shorter: those, or the modules that show it."""
    rules = published.framework.assessments
    ends = add_months(today, rules.valid_for)
    assess: dict[tuple[str, int], Step] = {}
    for key, level in period.needs.items():
        count = 2 if level >= NEEDS_A_SECOND else 1
        assess[key, level] = Step(key, level, rules.minutes * count, count, until=ends)
    grow = dict(assess)
    for each in published.framework.competencies:
        level = period.needs.get(each.id, 0)
        learned = _learning(published, each, level, today)
        if learned:
            grow[each.id, level] = min(learned, grow[each.id, level], key=lambda step: step.minutes)
    return assess, grow


def _learning(published: Catalogue, competency: Competency, level: int, today: date) -> Step | None:
    """The modules that show a level; None where none do, or one is not published."""
    listed = competency.shown_by.get(level, ())
    modules = [module for key in listed if (module := published.module(key))]
    if not modules or len(modules) < len(listed):
        return None
    minutes = sum(module.minutes for module in modules)
    months = [module.valid_for for module in modules if module.valid_for]
    until = add_months(today, min(months)) if months else None
    return Step(competency.id, level, minutes, len(modules), by_learning=True, until=until)
