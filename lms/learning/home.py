"""The first page of a person: their next step, what else is asked, and where they stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from lms.competencies.facts import facts_of, requirements
from lms.competencies.standing import Below, PersonFacts, Span, State
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import Change, PartEntry
from lms.core import clock
from lms.learning.closing import Closure, Effect, effect_of, falls_below
from lms.learning.module_states import Asked, ModuleState
from lms.learning.next_step import Item, Why, by_day, in_order
from lms.learning.record import Post, appointments_on, posts_of, standing_in
from lms.learning.standpoints import standpoint_of
from lms.learning.starters import Starter, starters_of
from lms.learning.tasks import Lapse, Standpoint, closures_of, items_of, lapses_of
from lms.learning.told import NEW_FOR
from lms.people.managers import Contact, administrator_for, manager_of


@dataclass(frozen=True, slots=True)
class Task:
    """One module that is asked for, with what a page says about it.

    `done` are the minutes read since it was last passed. `part` is where reading goes on; None when
    the check is next, or nothing has been read. `late` says that its day has come.
    """

    item: Item
    late: bool
    module: ModuleEntry
    effect: Effect | None
    asked: Asked | None
    started: bool
    done: int
    part: PartEntry | None
    to_check: bool

    @property
    def why(self) -> str:
        """Why it is asked for, by name."""
        return self.item.why.name.lower()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the present edition asks anew, with the author's reasons."""
        return tuple(change for change in self.module.changes if change.asks != "nothing")

    @property
    def left(self) -> int:
        """The minutes that are left."""
        return self.item.minutes

    @property
    def total(self) -> int:
        """The minutes in all, those read among them."""
        return self.done + self.left


@dataclass(frozen=True, slots=True)
class Lapsing:
    """The competency whose requirement is the next no longer to be met, and that day."""

    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Excused:
    """A module of which nobody waits any more, with the reason, told for 14 days."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Home:
    """All that the page of somebody with an appointment says.

    `away` is the absence in which the person is today; then nothing is asked. `unlearnable` is what
    lapses within 90 days and only an assessment keeps.
    """

    today: date
    posts: tuple[Post, ...]
    away: Span | None
    step: Task | None
    others: tuple[Task, ...]
    states: Mapping[str, State]
    closures: tuple[Closure, ...]
    titles: Mapping[str, str]
    manager: Contact | None
    next_lapse: Lapsing | None
    unlearnable: tuple[Lapse, ...]
    excused: tuple[Excused, ...]

    @property
    def met(self) -> int:
        """How many of the competencies asked are met."""
        return sum(1 for state in self.states.values() if not state.missing)

    def count(self, below: Below) -> int:
        """How many of them are missed in this way."""
        return sum(1 for state in self.states.values() if state.below == below)

    @property
    def by_learning(self) -> int:
        """How many gaps learning alone closes."""
        return sum(1 for closure in self.closures if closure.assess is None)

    def without_modules(self) -> "Home":
        """The same for somebody who may open no module: nothing is asked that they could not do."""
        return replace(self, step=None, others=())


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a person without an appointment can do: whom to ask, and where to begin.

    `begins` is the day of an appointment that is recorded and has not begun.
    """

    begins: date | None
    ask: Contact | None
    starters: tuple[Starter, ...]

    def without_modules(self) -> "Arrival":
        """The same for somebody who may open no module."""
        return replace(self, starters=())


def home_of(person_id: int, today: date) -> Home | Arrival:
    """What the first page of a person says; at most seven statements."""
    facts = facts_of([person_id])[person_id]
    published = catalogue.current()
    held = appointments_on(facts, today)
    if not held:
        return _arrival(person_id, today, facts, published)
    stand = standpoint_of(person_id, today, published, requirements(), facts)
    closures, lapses = closures_of(stand), lapses_of(stand)
    tasks = list(_tasks(stand, in_order(items_of(stand, closures, lapses))))
    later = by_day(task.item for task in tasks[1:])
    by_module = {task.module.id: task for task in tasks}
    return Home(
        today=today,
        posts=posts_of(held, published.framework),
        away=next((span for span in facts.absences if today in span), None),
        step=tasks[0] if tasks else None,
        others=tuple(by_module[item.module] for item in later),
        states=stand.states,
        closures=tuple(closures),
        titles=_titles(closures, published),
        manager=manager_of(person_id, {each.team_id for each in held}, today),
        next_lapse=_next_lapse(stand),
        unlearnable=tuple(lapse for lapse in lapses if not lapse.modules),
        excused=tuple(_excused(stand)),
    )


def _excused(stand: Standpoint) -> Iterator[Excused]:
    since = stand.today - NEW_FOR
    for module_id, state in stand.modules.items():
        module = stand.published.module(module_id)
        for each in state.excused:
            if module is not None and clock.london_day(each.at) > since:
                yield Excused(module.title, each.changed or "")


def _tasks(stand: Standpoint, items: list[Item]) -> Iterator[Task]:
    for item in items:
        module = stand.published.module(item.module)
        if module is not None:
            yield _task(item, module, stand)


def _task(item: Item, module: ModuleEntry, stand: Standpoint) -> Task:
    state = stand.modules.get(module.id, ModuleState())
    stop = state.stop if state.is_open else None
    read = stop is not None and all(part.slug in stop.seen for part in module.parts)
    renewal = item.why is Why.LAPSE and bool(state.passes)
    here = None
    if stop is not None and not read:
        here = next((part for part in module.parts if part.slug == stop.part), None)
    return Task(
        item=item,
        late=item.day is not None and item.day < stand.today,
        module=module,
        effect=_effect(item, stand),
        asked=_asked(item, state, stand.person_id),
        started=stop is not None,
        done=stand.done(module),
        part=here,
        to_check=read or renewal,
    )


def _asked(item: Item, state: ModuleState, person_id: int) -> Asked | None:
    if item.why is not Why.ASSIGNED:
        return None
    return next((each for each in state.asked if each.by_id != person_id and each.due_day == item.day), None)


def _effect(item: Item, stand: Standpoint) -> Effect | None:
    competencies = stand.published.framework.competencies
    if item.competency is not None:
        competencies = tuple(each for each in competencies if each.id == item.competency)
    held = {each.id: standing_in(stand.facts, each.id, stand.today).level for each in competencies}
    required = {competency: state.required for competency, state in stand.states.items()}
    return effect_of(item.module, competencies, held, required, stand.passed)


def _titles(closures: Iterable[Closure], published: Catalogue) -> dict[str, str]:
    modules = {module for closure in closures for module in closure.modules}
    found = {module: published.module(module) for module in modules}
    return {module: entry.title if entry else module for module, entry in found.items()}


def _next_lapse(stand: Standpoint) -> Lapsing | None:
    days = [
        (day, competency.title)
        for competency in stand.published.framework.competencies
        if (state := stand.states.get(competency.id))
        and (
            day := falls_below(
                stand.facts.pieces.get(competency.id, ()),
                stand.facts.absences,
                state.required,
                stand.today,
                date.max,
            )
        )
    ]
    if not days:
        return None
    day, title = min(days)
    return Lapsing(title, day)


def _arrival(person_id: int, today: date, facts: PersonFacts, published: Catalogue) -> Arrival:
    coming = [each for each in facts.appointments if each.span.start > today]
    teams = {each.team_id for each in coming or facts.appointments}
    return Arrival(
        begins=min((each.span.start for each in coming), default=None),
        ask=manager_of(person_id, teams, today) or administrator_for(person_id, today),
        starters=starters_of(published),
    )
