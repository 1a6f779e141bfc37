"""Who of the own people will miss an initiative: who is ready, who lapses before the day, what is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lms.competencies.facts import facts_of
from lms.competencies.standing import PersonFacts
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.learning.initiatives.keeping import Entry, open_entries
from lms.learning.module_states import ModuleState, states_of_all
from lms.learning.readiness import Need, Part, until
from lms.learning.ready_counts import counted
from lms.people.reports import Reports


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that a person lacks, or will lack by the day from `lapses` on; None: they lack it now.

    `modules` show it; none where it needs an assessment. `asked` says that they are assigned, `due` until
    when.
    """

    need: Need
    modules: tuple[ModuleEntry, ...]
    lapses: date | None
    asked: bool
    due: date | None

    @property
    def minutes(self) -> int:
        """How long it takes at most."""
        return sum(module.minutes for module in self.modules)


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
    def to_assign(self) -> list[tuple[Need, tuple[int, ...]]]:
        """What learning can mend and nobody has asked for yet, with the people who lack it."""
        found: dict[Need, list[int]] = {}
        for member in self.members:
            for each in member.lacking:
                if each.modules and not each.asked:
                    found.setdefault(each.need, []).append(member.person_id)
        return [(need, tuple(people)) for need, people in found.items()]


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
            modules, states = _modules_of(need, self.published), self.states[person_id]
            asked = [each for module in modules for each in _asked(states.get(module.id))]
            due = min((each for each in asked if each), default=None)
            yield Lacking(need, modules, end, bool(asked), due)


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


def _asked(state: ModuleState | None) -> list[date | None]:
    return [each.due_day for each in state.asked] if state else []
