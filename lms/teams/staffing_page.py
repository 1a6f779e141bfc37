"""Loads the answer to who is ready to run a piece of work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lms.competencies.facts import facts_of
from lms.competencies.standing import PersonFacts
from lms.content import catalogue
from lms.content.framework import Competency
from lms.core.dates import add_months
from lms.people.identity import Held
from lms.people.reports import reports_of
from lms.teams.ahead import Why, ahead_of
from lms.teams.matrix import Row
from lms.teams.staffing import Candidate, Period, candidates_of
from lms.teams.staffing_ways import Step, Steps, Way, ways_of

CLOSEST = 3


@dataclass(frozen=True)
class Answer:
    """Everybody who is there in the period, the closest first, and the ways if nobody is ready."""

    period: Period
    found: list[Candidate]
    ways: list[Way]
    competencies: list[Competency]

    @property
    def ready(self) -> list[Candidate]:
        """Who is ready to the end."""
        return [each for each in self.found if each.ready]

    @property
    def started(self) -> list[Candidate]:
        """Who is ready on the first day and not to the end, the longest first."""
        return [each for each in self.found if each.starts and not each.ready]

    @property
    def closest(self) -> list[Candidate]:
        """The people whose levels are shown."""
        return self.found[:CLOSEST]

    @property
    def others(self) -> list[Candidate]:
        """Everybody else."""
        return self.found[CLOSEST:]

    def ends_first(self, each: Candidate) -> list[Competency]:
        """What somebody ceases to show on the day until which they are ready."""
        return [key for key in self.competencies if each.lapses(key.id) == each.until]

    def cell(self, each: Candidate, key: str) -> tuple[int, date | None, bool]:
        """The level on the first day, from when it is missing, and whether evidence is the reason."""
        level = each.ahead.level(key, self.period.first)
        day = each.lapses(key)
        lapses = day is not None and (each.lacking(key) > 0 or each.ahead.why(day) is Why.EVIDENCE)
        return level, day, lapses


def answer_of(manager_id: int, grants: Iterable[Held], period: Period, today: date) -> Answer:
    """The answer over everybody who reports to a manager today; as many statements for 300 as for 5."""
    reports = reports_of(manager_id, grants, today)
    facts, teams = facts_of(reports.names), frozenset(each.id for each in reports.teams)
    people = [
        ahead_of(Row(key, name, _roles(facts.get(key)), None, ()), facts.get(key, PersonFacts()), teams)
        for key, name in reports.names.items()
    ]
    found = candidates_of(people, period)
    assess, grow = _steps(period, today)
    ready = any(each.ready for each in found)
    framework = catalogue.current().framework
    return Answer(
        period,
        found,
        [] if ready else ways_of(found, assess, grow, today),
        [each for each in framework.competencies if each.id in period.needs],
    )


def _roles(facts: PersonFacts | None) -> tuple[str, ...]:
    """The titles of the roles that somebody holds or will hold."""
    titles = {each.id: each.title for each in catalogue.current().framework.roles}
    held = {each.role_profile for each in facts.appointments if each.span.end is None} if facts else set()
    return tuple(sorted(titles[each] for each in held if each in titles))


def _steps(period: Period, today: date) -> tuple[Steps, Steps]:
    """How each need is shown by an assessment, and by what is shorter: that, or the modules that show it."""
    published = catalogue.current()
    rules = published.framework.assessments
    ends = add_months(today, rules.valid_for)
    assess = {
        (key, level): Step(key, level, rules.minutes, until=ends) for key, level in period.needs.items()
    }
    grow = dict(assess)
    for each in published.framework.competencies:
        level = period.needs.get(each.id)
        modules = [published.module(key) for key in each.shown_by.get(level, ())] if level else []
        known = [module for module in modules if module]
        if level and modules and len(known) == len(modules):
            minutes = sum(module.minutes for module in known)
            months = [module.valid_for for module in known if module.valid_for]
            until = add_months(today, min(months)) if months else None
            learned = Step(each.id, level, minutes, by_learning=True, until=until)
            grow[each.id, level] = min(learned, grow[each.id, level], key=lambda step: step.minutes)
    return assess, grow
