"""What managers assign: which modules it asks of whom, until when, and of those who join later."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Row, insert, select

from lms.competencies.facts import facts_of, requirements
from lms.competencies.standing import PersonFacts
from lms.content import catalogue
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.core import clock
from lms.core.database import db
from lms.learning.models import Assignment, Enrolment, Target
from lms.learning.module_states import Asked, ModuleState, states_of_all
from lms.learning.path_walks import walk_of
from lms.learning.paths import path_of
from lms.learning.record import standing_in
from lms.learning.tasks import Standpoint
from lms.people.acts import facts_written
from lms.people.models import Act, Appointment, Fact, Team

TIME_TO_DO = timedelta(days=28)
"""How long somebody has who joins, or returns, when the due day is near or past."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked for; `id` as `Assignment.target_id` names it."""

    target: Target
    id: str

    @property
    def level(self) -> tuple[str, int]:
        """The competency and the level of a level."""
        competency, _, level = self.id.partition("/")
        return competency, int(level) if level.isascii() and level.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Ask:
    """The modules that one person is asked for, the minutes that are left of them, and until when."""

    person_id: int
    modules: tuple[str, ...]
    minutes: int
    due_day: date | None
    away: bool


@dataclass(frozen=True, slots=True)
class Before:
    """Whoever has been asked already for all that they do not hold, by whom, and until when."""

    person_id: int
    by_names: tuple[str, ...]
    due_day: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is asked, who holds it all, and who of the others has been asked for it."""

    modules: tuple[ModuleEntry, ...]
    asks: tuple[Ask, ...]
    holding: tuple[int, ...]
    asked: tuple[Before, ...]

    @property
    def minutes(self) -> int:
        """What it costs everybody together."""
        return sum(ask.minutes for ask in self.asks)


def modules_for(aim: Aim, published: Catalogue, day: date) -> tuple[ModuleEntry, ...]:
    """The modules that an aim asks for on a day; none where it is not published or only assessed."""
    match aim.target:
        case Target.MODULE:
            module = published.module(published.resolve(aim.id))
            return (module,) if module else ()
        case Target.COURSE:
            return tuple(published.modules_of(aim.id))
        case Target.PATH:
            path = path_of(requirements().on(aim.id, day), published)
            return tuple(step.module for step in path.steps)
        case Target.LEVEL:
            return tuple(
                module for key in _levels(aim, published) if (module := published.module(key)) is not None
            )


def is_offered(aim: Aim, published: Catalogue) -> bool:
    """Whether an aim still asks whoever joins for something; not where it was retired or dropped."""
    match aim.target:
        case Target.MODULE:
            return published.module(published.resolve(aim.id)) is not None
        case Target.COURSE:
            return bool(published.modules_of(aim.id))
        case Target.PATH:
            return published.framework.role(aim.id) is not None
        case Target.LEVEL:
            return bool(_levels(aim, published))


def plan_for(
    aim: Aim,
    people: Iterable[int],
    due_day: date | None,
    published: Catalogue,
    firsts: Mapping[int, date] | None = None,
) -> Plan:
    """What an aim asks of these people today; four statements at most, however many they are.

    `firsts` has the first day of those who join. Nobody is asked for what they hold, or have been
    asked for by the same day or an earlier one.
    """
    today, chosen = clock.today(), sorted(set(people))
    modules = modules_for(aim, published, today)
    facts, states = facts_of(chosen), states_of_all(chosen, published.resolve)
    asks: list[Ask] = []
    holding: list[int] = []
    asked: list[Before] = []
    needs = _needs(aim, modules, published, today)
    for person in chosen:
        stand = Standpoint(person, today, facts[person], {}, published, states[person])
        open_ones = needs(stand)
        due = due_for(due_day, (firsts or {}).get(person), facts[person], today)
        earlier = {key: _asked_by(person, states[person].get(key), due) for key in open_ones}
        new = tuple(key for key in open_ones if not earlier[key])
        if new:
            minutes = sum(stand.left(key) for key in new)
            asks.append(Ask(person, new, minutes, due, facts[person].away(today)))
        elif open_ones:
            asked.append(_before(person, [each for found in earlier.values() for each in found]))
        else:
            holding.append(person)
    return Plan(modules, tuple(asks), tuple(holding), tuple(asked))


def due_for(due_day: date | None, first: date | None, facts: PersonFacts, today: date) -> date | None:
    """The due day of one person: 28 days after they join or return where that is later.

    Somebody who is away without a known return has none.
    """
    if due_day is None:
        return None
    spans = [span for span in facts.absences if today in span]
    if any(span.end is None for span in spans):
        return None
    begins = [span.end for span in spans if span.end is not None]
    if first is not None:
        begins.append(max(first, today))
    return max([due_day, *(day + TIME_TO_DO for day in begins)])


def write_asks(assignment: Assignment, asks: Iterable[Ask], act_id: int) -> None:
    """Ask these people, of whom there is one at least; one statement, inside an act."""
    db.session.execute(
        insert(Enrolment),
        [
            {
                "person_id": ask.person_id,
                "module_id": module,
                "by_id": assignment.by_id,
                "due_day": ask.due_day,
                "reason": assignment.reason,
                "act_id": act_id,
                "assignment_id": assignment.id,
            }
            for ask in asks
            for module in ask.modules
        ],
    )


@facts_written.connect
def ask_those_who_join(act: Act, facts: Sequence[Fact]) -> None:
    """Ask whoever is appointed for what is assigned to the team, or the role in it, and not ended."""
    today = clock.today()
    joining = [
        fact
        for fact in facts
        if isinstance(fact, Appointment)
        and fact.act_id == act.id
        and fact.void_act_id is None
        and (fact.to_day is None or fact.to_day > today)
    ]
    if not joining:
        return
    reaching = _reaching({each.team_id for each in joining})
    if not reaching:
        return
    published = catalogue.current()
    before = _asked_before({row.Assignment.id for row in reaching}, {each.person_id for each in joining})
    for _, rows in groupby(reaching, key=lambda row: row.Assignment.id):
        found = list(rows)
        assignment, teams = found[0].Assignment, {row.of for row in found}
        firsts = {
            each.person_id: each.from_day
            for each in sorted(joining, key=lambda each: each.from_day, reverse=True)
            if each.team_id in teams
            and each.person_id != assignment.by_id
            and assignment.role_profile_id in {None, each.role_profile_id}
            and (assignment.id, each.person_id) not in before
        }
        if firsts:
            aim = Aim(Target(assignment.target), assignment.target_id)
            asks = plan_for(aim, firsts, assignment.due_day, published, firsts).asks
            if asks:
                write_asks(assignment, asks, act.id)


def _levels(aim: Aim, published: Catalogue) -> list[str]:
    """The modules up to a level; none when learning does not show the level itself."""
    key, asked = aim.level
    competency = published.framework.competency(key)
    if competency is None or not competency.shown_by.get(asked):
        return []
    return list(
        dict.fromkeys(
            published.resolve(module)
            for level, modules in sorted(competency.shown_by.items())
            if level <= asked
            for module in modules
        )
    )


def _needs(
    aim: Aim, modules: Sequence[ModuleEntry], published: Catalogue, today: date
) -> Callable[[Standpoint], list[str]]:
    """What somebody does not hold of an aim, by where they stand."""
    if aim.target is Target.PATH:
        path = path_of(requirements().on(aim.id, today), published)
        return lambda stand: [each.step.module.id for each in walk_of(path, stand).steps if not each.behind]
    keys = [module.id for module in modules]

    def missing(stand: Standpoint) -> list[str]:
        passed = stand.passed
        return [key for key in keys if key not in passed]

    if aim.target is Target.LEVEL:
        competency, asked = aim.level
        return lambda stand: (
            [] if standing_in(stand.facts, competency, today).level >= asked else missing(stand)
        )
    return missing


def _asked_by(person: int, state: ModuleState | None, due: date | None) -> list[Asked]:
    """What others ask of somebody by a day or an earlier one."""
    return [
        each
        for each in (state.asked if state else ())
        if each.by_id != person and (due is None or (each.due_day is not None and each.due_day <= due))
    ]


def _before(person: int, asked: Sequence[Asked]) -> Before:
    days = [each.due_day for each in asked if each.due_day is not None]
    return Before(person, tuple(sorted({each.by_name for each in asked})), max(days, default=None))


def _reaching(team_ids: set[int]) -> list[Row[tuple[int, Assignment]]]:
    """The assignments not ended to these teams or those above, with the team that each reaches."""
    line = select(Team.id.label("of"), Team.id, Team.parent_id).where(Team.id.in_(sorted(team_ids)))
    tree = line.cte("line", recursive=True)
    tree = tree.union(select(tree.c.of, Team.id, Team.parent_id).join(tree, Team.id == tree.c.parent_id))
    query = (
        select(tree.c.of, Assignment)
        .join(Assignment, Assignment.team_id == tree.c.id)
        .where(Assignment.ended_act_id.is_(None))
        .order_by(Assignment.id, tree.c.of)
    )
    return list(db.session.execute(query))


def _asked_before(assignments: set[int], people: set[int]) -> set[tuple[int | None, int]]:
    """Who has been asked by which assignment already, whatever came of it."""
    query = select(Enrolment.assignment_id, Enrolment.person_id).where(
        Enrolment.assignment_id.in_(sorted(assignments)), Enrolment.person_id.in_(sorted(people))
    )
    return {(assignment, person) for assignment, person in db.session.execute(query)}
