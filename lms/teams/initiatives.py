"""Who of the own people will miss an initiative: who is ready, who lapses before the day, what is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lms.competencies.facts import facts_of
from lms.competencies.standing import PersonFacts
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.learning.initiatives.keeping import Entry, open_entries
from lms.learning.module_states import ModuleState, states_of_all
from lms.learning.passes import longest
from lms.learning.readiness import Need, Part, until
from lms.learning.ready_counts import counted
from lms.people.reports import Reports


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that a person lacks, or will lack by the day from `lapses` on; None: they lack it now.

    `modules` are to be passed for it; none where it needs an assessment. Those `held` count today, and
    cannot be assigned yet. `asked` are the others that are assigned, `due` the day until when all are.
    """

    need: Need
    modules: tuple[ModuleEntry, ...]
    lapses: date | None
    held: tuple[ModuleEntry, ...]
    asked: frozenset[str]
    due: date | None

    @property
    def assignable(self) -> int:
        """How many modules can be assigned, or are."""
        return len(self.modules) - len(self.held)

    @property
    def left(self) -> tuple[str, ...]:
        """The modules that can be assigned and are not."""
        return tuple(each.id for each in self.modules if each not in self.held and each.id not in self.asked)

    @property
    def aims(self) -> tuple[Need, ...]:
        """What there is to assign: of what is held still, and so cannot be asked for, the modules of it."""
        if isinstance(self.need, str) or self.lapses or not self.left:
            return self.left
        return (self.need,)

    @property
    def minutes(self) -> int:
        """How long it takes at most."""
        return sum(module.minutes for module in self.modules)


class Offer(NamedTuple):
    """What can be assigned to whom so that they are ready in time, and until when."""

    what: Need
    people: tuple[int, ...]
    due: date


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in scope, with what they lack now or will lack on the day of going live."""

    person_id: int
    name: str
    lacking: tuple[Lacking, ...]

    @property
    def now(self) -> tuple[Lacking, ...]:
        """What they lack today."""
        return tuple(each for each in self.lacking if each.lapses is None)

    @property
    def ready(self) -> bool:
        """Whether they are ready today."""
        return not self.now

    @property
    def minutes(self) -> int:
        """How long at most it takes them to be ready on the day; assessments are left out."""
        modules = {module.id: module.minutes for each in self.lacking for module in each.modules}
        return sum(modules.values())


@dataclass(frozen=True, slots=True)
class Own:
    """An initiative with the own people whom it asks, by name; `away` names who is not counted today."""

    entry: Entry
    members: tuple[Member, ...]
    away: tuple[str, ...]

    @property
    def not_ready(self) -> tuple[Member, ...]:
        """Who is not ready today."""
        return tuple(each for each in self.members if not each.ready)

    @property
    def lapsing(self) -> tuple[Member, ...]:
        """Who is ready today, and not on the day if nothing is done."""
        return tuple(each for each in self.members if each.ready and each.lacking)

    @property
    def lasting(self) -> tuple[Member, ...]:
        """Who is ready today and on the day."""
        return tuple(each for each in self.members if not each.lacking)

    @property
    def to_assign(self) -> list[Offer]:
        """What learning can mend and nobody has asked for yet; due before any of it lapses."""
        found: dict[Need, dict[int, date]] = {}
        for member in self.members:
            for each in member.lacking:
                due = min(self.entry.wanted.go_live, each.lapses or date.max)
                for aim in each.aims:
                    people = found.setdefault(aim, {})
                    people[member.person_id] = min(due, people.get(member.person_id, due))
        return [Offer(what, tuple(people), min(people.values())) for what, people in found.items()]


@dataclass(frozen=True)
class Team:
    """The people who report to a manager, with their absences and what they are asked and have passed."""

    reports: Reports
    published: Catalogue
    today: date
    facts: Mapping[int, PersonFacts]
    states: Mapping[int, Mapping[str, ModuleState]]

    def own(self, entry: Entry) -> Own:
        """One initiative with the own people in its scope."""
        days = counted(entry.wanted.asked, self.published).parts
        posts, away = {}, []
        for person, name in self.reports.names.items():
            inside = [part for part in days.get(person, ()) if entry.wanted.holds(part.atom)]
            if present := [part for part in inside if part.counted(self.today)]:
                posts[person] = present[0]  # all posts of a person are asked the same
            elif inside and self.facts[person].away(self.today):
                away.append(name)
        members = [
            Member(person, self.reports.names[person], tuple(self._lacking(person, part, entry)))
            for person, part in posts.items()
        ]
        members.sort(key=lambda each: each.name.casefold())
        return Own(entry, tuple(members), tuple(sorted(away)))

    def _lacking(self, person_id: int, part: Part, entry: Entry) -> Iterator[Lacking]:
        for need, days in part.each.items():
            end = until(self.today, days)
            if end is not None and end > entry.wanted.go_live:
                continue
            yield self._lack(person_id, need, end, max(self.today, entry.wanted.go_live))

    def _lack(self, person_id: int, need: Need, lapses: date | None, day: date) -> Lacking:
        """What is to be passed for a need, so that it lasts beyond a day."""
        every = _modules_of(need, self.published)
        modules = tuple(each for each in every if not self._passed(person_id, each, day)) or every
        held = tuple(each for each in modules if self._passed(person_id, each, self.today))
        asked = {each.id: self._asked(person_id, each) for each in modules if each not in held}
        dues = [min((day for day in days if day), default=None) for days in asked.values() if days]
        return Lacking(
            need,
            modules,
            lapses,
            held,
            frozenset(key for key, days in asked.items() if days),
            max((due for due in dues if due), default=None) if all(dues) else None,
        )

    def _passed(self, person_id: int, module: ModuleEntry, day: date) -> bool:
        """Whether a pass of a module counts on a day, if nothing more is learned."""
        state = self.states[person_id].get(module.id)
        absences = self.facts[person_id].absences
        return state is not None and longest(state.passes, module, day, absences) is not None

    def _asked(self, person_id: int, module: ModuleEntry) -> list[date | None]:
        """Until when others ask for a module."""
        state = self.states[person_id].get(module.id)
        return [each.due_day for each in state.asked if each.by_id != person_id] if state else []


def team_of(reports: Reports, published: Catalogue, today: date) -> Team:
    """Load what is asked for of a manager’s people; three statements."""
    facts = facts_of(reports.names, about=())
    return Team(reports, published, today, facts, states_of_all(reports.names, published.resolve))


def own_initiatives(team: Team) -> list[Own]:
    """The open initiatives that ask something of the own people, those that go live first first."""
    found = (team.own(entry) for entry in open_entries())
    return [each for each in found if each.members or each.away]


def _modules_of(need: Need, published: Catalogue) -> tuple[ModuleEntry, ...]:
    """The modules that show it; none of a level that needs an assessment, or of a module that was retired."""
    if isinstance(need, str):
        module = published.module(published.resolve(need))
        return (module,) if module else ()
    return tuple(published.closing(*need))
