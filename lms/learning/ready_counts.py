"""How many are counted and how many are ready, by organisation, role profile and pillar, on any day.

What was counted is kept in the process and brought forward by the people whom later acts are about, so
that a page costs one small statement while nothing happens. Whatever is kept is never changed in place.
A person who is read while acts are written is read again when these are seen, so that it does not matter
how much of them was read before.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from flask import current_app
from sqlalchemy import Select, select, union_all

from lms.competencies.counts import organisations_on_board
from lms.competencies.facts import facts_of
from lms.competencies.models import Ending, Evidence
from lms.competencies.movements import Structure
from lms.competencies.sheets import Atom
from lms.competencies.standing import Requirements
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.core.database import db
from lms.learning.models import Completion
from lms.learning.module_states import Pass
from lms.learning.readiness import Asked, Need, Part, parts_of, within
from lms.people.acts import latest_no
from lms.people.models import Absence, Act, Appointment, Closing, Fact, Onboarding, Placement
from lms.people.structure import Place

KEPT = 32
"""Of how many questions a process keeps the answer."""
KEPT_DAYS = 200
"""Of how many days and weeks it keeps the counts for each."""
MOST_AGAIN = 5_000
"""Above so many people whom acts are about, everybody is read again."""

Counts = Mapping[Atom, tuple[int, int]]
"""How many people are counted in each atom, and how many of these (those not ready, say)."""
Everybody = Iterable[tuple[Part, ...]]


class Measure(NamedTuple):
    """What is counted: who is not ready on a day, or lacks one thing; with a later day who is ready then.

    Of these, those who were `ready` on the day, or those who were not.
    """

    day: date
    need: Need | None = None
    later: date | None = None
    ready: bool = False


@dataclass(frozen=True)
class Counted:
    """Everybody’s days for one question, as known at an act, and what was counted of them."""

    upto: int
    parts: Mapping[int, tuple[Part, ...]]
    _kept: dict[Measure, Counts] = field(default_factory=dict)

    def on(self, day: date, need: Need | None = None) -> Counts:
        """Who is counted on a day, and who of them is not ready: a later one as if nothing more were done.

        With a need, who of those of whom it is asked has not met this one.
        """
        return self._counts(Measure(day, need))

    def between(self, start: date, end: date) -> Counts:
        """Who is counted on both days and not ready on the first, and who of them is on the second."""
        return self._counts(Measure(start, later=end))

    def kept_ready(self, start: date, end: date) -> Counts:
        """Who is counted on both days and ready on the first, and who of them is still on the second."""
        return self._counts(Measure(start, later=end, ready=True))

    def in_teams(self, day: date, teams: Collection[int], need: Need | None = None) -> Counts:
        """The same in some teams alone."""
        return _count(self.parts.values(), Measure(day, need), teams) if teams else {}

    def changed(
        self, upto: int, touched: Collection[int], parts: Mapping[int, tuple[Part, ...]]
    ) -> "Counted":
        """The same at a later act, which has touched some people: they now have these days."""
        before = [self.parts[each] for each in touched if each in self.parts]
        kept = {
            measure: _less(_plus(counts, _count(parts.values(), measure)), _count(before, measure))
            for measure, counts in self._kept.items()
        }
        others = {person: own for person, own in self.parts.items() if person not in touched}
        return Counted(upto, {**others, **parts}, kept)

    def _counts(self, measure: Measure) -> Counts:
        if measure not in self._kept:
            if len(self._kept) >= KEPT_DAYS:
                self._kept.clear()
            self._kept[measure] = _count(self.parts.values(), measure)
        return self._kept[measure]


def counted(asked: Asked, published: Catalogue) -> Counted:
    """What is counted for a question, as known now.

    One statement when nothing was written since it was asked last, two when it was about nobody; seven
    when it was about people, whatever their number, and six when this was never asked.
    """
    modules = {key: published.module(published.resolve(key)) for key in sorted(asked.modules)}
    names = {key: published.ids_of(published.resolve(key)) for key in modules}
    rules = frozenset((key, each and each.earlier_until) for key, each in modules.items())
    asking = _Asking(asked, modules, names)
    kept: OrderedDict[Hashable, Counted] = current_app.extensions.setdefault("readiness", OrderedDict())
    key = (asked, frozenset(names.items()), rules)
    found = _brought_forward(kept.get(key), asking)
    kept[key] = found
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return found


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question with the modules that it names as they are published now, and all ids that each had."""

    asked: Asked
    modules: Mapping[str, ModuleEntry | None]
    names: Mapping[str, tuple[str, ...]]

    def read(self, people: Collection[int] | None) -> dict[int, tuple[Part, ...]]:
        """The days of these people, or of everybody (None), without those who are never counted."""
        facts = facts_of(people, about=self.asked.competencies)
        passes = self._passes(people)
        structure = structure_now()
        return {
            person_id: parts
            for person_id, person in facts.items()
            if (parts := parts_of(person, structure, self.asked, passes.get(person_id, {}), self.modules))
        }

    def _passes(self, people: Collection[int] | None) -> dict[int, dict[str, list[Pass]]]:
        present = {name: key for key, names in self.names.items() for name in names}
        query = (
            select(
                Completion.person_id,
                Completion.module_id,
                Completion.edition,
                Completion.passed_on,
                Completion.until_day,
            )
            .where(Completion.module_id.in_(sorted(present)), Completion.void_act_id.is_(None))
            .order_by(Completion.id)
        )
        if people is not None:
            query = query.where(Completion.person_id.in_(people))
        found: dict[int, dict[str, list[Pass]]] = defaultdict(lambda: defaultdict(list))
        for person_id, module_id, edition, passed_on, until in db.session.execute(query):
            found[person_id][present[module_id]].append(Pass(edition, passed_on, until))
        return found


def _brought_forward(kept: Counted | None, asking: _Asking) -> Counted:
    latest = latest_no()
    if kept is not None and latest <= kept.upto:
        return kept
    touched = read_again(kept.upto if kept else None, latest)
    if kept is None or touched is None:
        return Counted(latest, asking.read(None))
    return kept.changed(latest, touched, asking.read(touched) if touched else {})


def read_again(upto: int | None, latest: int) -> set[int] | None:
    """Whom acts after one are about, up to the latest; None for everybody.

    That is where nothing is kept (None), or where they are so many that it costs no more.
    """
    touched = None if upto is None else touched_between(upto, latest)
    return None if touched is None or len(touched) > MOST_AGAIN else touched


def touched_between(earlier: int, latest: int) -> set[int]:
    """Everybody whose counting may have changed by acts after one, up to another; one statement."""
    acts = select(Act.id).where(Act.no > earlier, Act.no <= latest)
    posts = select(Appointment.person_id)
    placed = posts.join(Placement, Placement.team_id == Appointment.team_id)
    about: tuple[tuple[type[Fact], Select[int]], ...] = (
        (Appointment, posts),
        (Absence, select(Absence.person_id)),
        (Evidence, select(Evidence.person_id)),
        (Completion, select(Completion.person_id)),
        (Closing, posts.join(Closing, Closing.appointment_id == Appointment.id)),
        (Closing, select(Absence.person_id).join(Closing, Closing.absence_id == Absence.id)),
        (Ending, select(Evidence.person_id).join(Ending, Ending.evidence_id == Evidence.id)),
        (Placement, placed),
        (Onboarding, placed.join(Onboarding, Onboarding.organisation_id == Placement.organisation_id)),
    )
    touching = (
        query.where(column.in_(acts)) for fact, query in about for column in (fact.act_id, fact.void_act_id)
    )
    return set(db.session.scalars(union_all(*touching)))


def structure_now() -> Structure:
    """Where teams stand and since when organisations count, as known now; what is asked is none of it."""
    query = select(Placement.team_id, Placement.from_day, Placement.organisation_id, Placement.region_id)
    query = query.where(Placement.void_act_id.is_(None)).order_by(Placement.from_day, Placement.id)
    placements: dict[int, list[tuple[date, Place]]] = defaultdict(list)
    for team, start, organisation, region in db.session.execute(query):
        placements[team].append((start, Place(organisation, region)))
    return Structure(placements, organisations_on_board(date.max), Requirements({}))


def _count(people: Everybody, measure: Measure, teams: Collection[int] | None = None) -> Counts:
    day, need, later, ready = measure
    found: dict[Atom, list[int]] = {}
    for parts in people:
        for part in parts:
            if not part.start <= day < part.end or (teams is not None and part.team not in teams):
                continue
            if later is None:
                is_asked = need is None or need in part.each
                this = is_asked and not within(day, part.ready if need is None else part.each[need])
            else:
                is_asked = later < part.end and within(day, part.ready) is ready
                this = is_asked and within(later, part.ready)
            if is_asked:
                counts = found.setdefault(part.atom, [0, 0])
                counts[0] += 1
                counts[1] += this
    return {atom: (all_of_them, these) for atom, (all_of_them, these) in found.items()}


def _plus(one: Counts, other: Counts) -> Counts:
    found = dict(one)
    for atom, (people, these) in other.items():
        all_of_them, before = found.get(atom, (0, 0))
        found[atom] = (all_of_them + people, before + these)
    return found


def _less(one: Counts, other: Counts) -> Counts:
    left = _plus(one, {atom: (-people, -these) for atom, (people, these) in other.items()})
    return {atom: (people, these) for atom, (people, these) in left.items() if people}
