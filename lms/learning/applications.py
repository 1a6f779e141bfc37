"""Where people used at work what they learned: written by them, confirmed by their manager.

Knowing that something was used is no assessment: it shows no level and makes no evidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import aliased, joinedload

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.completions import completions_of
from lms.learning.course_list import title_of
from lms.learning.models import Application, ApplicationModule
from lms.learning.money import money_in
from lms.people.access import allowed
from lms.people.acts import act
from lms.people.identity import load
from lms.people.models import Act, Person
from lms.people.subjects import person_subject


class Fault(StrEnum):
    """Why an application is not kept as it is."""

    NOTHING = "nothing"
    """It names no module that the person passed."""
    MONEY = "money"
    """It says an amount of money."""
    IN_FUTURE = "in-future"
    BEFORE_PASS = "before-pass"  # noqa: S105 no password
    """What was learned was used before it was learned."""
    NOT_ALLOWED = "not-allowed"
    SETTLED = "settled"
    """Somebody confirmed it or gave it back meanwhile, or it was taken back."""
    CHANGED = "changed"
    """The person changed it since it was read."""


class ApplicationError(ValueError):
    """It is not kept; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class State(StrEnum):
    """What has become of an application."""

    WAITS = "waits"
    """For the manager."""
    BACK = "back"
    """Given back, for the person to mend."""
    CONFIRMED = "confirmed"
    IN_ERROR = "in-error"
    """It was confirmed, and should not have been."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person says of a use at work; modules by the ids that they have now."""

    modules: tuple[str, ...]
    words: str
    reference: str
    used_on: date


@dataclass(frozen=True, slots=True)
class Written:
    """An application as pages show it; moments are in UTC.

    `settled_by` confirmed it or gave it back last, for `reason`; `mark` changes with each sending.
    """

    id: int
    mark: int
    said: Draft
    titles: tuple[str, ...]
    state: State
    sent_at: datetime
    settled_at: datetime | None
    settled_by: str | None
    reason: str | None
    error_at: datetime | None
    error_by: str | None
    error_reason: str | None

    @property
    def is_open(self) -> bool:
        """Whether the person may still change it or take it back."""
        return self.state in {State.WAITS, State.BACK}


def fault_of(draft: Draft, passed: Mapping[str, date], today: date) -> Fault | None:
    """Why this may not be sent, None when it may; `passed` has the first pass of each module."""
    if not draft.modules or any(each not in passed for each in draft.modules):
        return Fault.NOTHING
    if money_in(draft.words) or money_in(draft.reference):
        return Fault.MONEY
    return day_fault(draft.modules, draft.used_on, passed, today)


def day_fault(modules: Iterable[str], used_on: date, passed: Mapping[str, date], today: date) -> Fault | None:
    """Why these modules cannot have been used on a day; one that was not passed says nothing."""
    if used_on > today:
        return Fault.IN_FUTURE
    if any(passed.get(each, used_on) > used_on for each in modules):
        return Fault.BEFORE_PASS
    return None


def first_passes(person_id: int, published: Catalogue) -> dict[str, date]:
    """The day of a person’s first pass of each published module, the latest first; one statement."""
    found = {
        module: min(each.passed_on for each in completions)
        for module, completions in completions_of(person_id, published).items()
        if published.module(module)
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0]), reverse=True))


def send(person_id: int, draft: Draft) -> None:
    """Send a use at work to the manager; the same sent twice is kept once. Raises ApplicationError."""
    with act("application", person_id, people=[person_id]) as current:
        _demand_sound(person_id, draft)
        same = select(Application.id).where(
            Application.person_id == person_id,
            Application.words == draft.words,
            Application.reference == draft.reference,
            Application.used_on == draft.used_on,
            Application.void_act_id.is_(None),
        )
        if db.session.scalar(same.limit(1)) is None:
            kept = Application(person_id=person_id)
            _fill(kept, draft, current)
            db.session.add(kept)


def change(person_id: int, number: int, draft: Draft) -> None:
    """Change what is not confirmed yet; it waits again. Raises ApplicationError."""
    with act("application", person_id, people=[person_id]) as current:
        kept = _open(person_id, number)
        _demand_sound(person_id, draft)
        _fill(kept, draft, current)


def take_back(person_id: int, number: int) -> None:
    """Remove what is not confirmed yet. Raises ApplicationError."""
    with act("application-taken-back", person_id, people=[person_id]):
        db.session.delete(_open(person_id, number))


def confirm(person_id: int, number: int, *, mark: int, by: int) -> None:
    """Say as the manager that it was so, of the text that was read. Raises ApplicationError."""
    with act("application-confirmed", by, people=[person_id]) as current:
        kept = _waiting(person_id, number, mark, by)
        kept.confirmed, kept.settled_act_id = True, current.id


def give_back(person_id: int, number: int, *, mark: int, by: int, reason: str) -> None:
    """Give it back as the manager, for a reason that the person reads. Raises ApplicationError."""
    with act("application-back", by, reason=reason, people=[person_id]) as current:
        kept = _waiting(person_id, number, mark, by)
        kept.confirmed, kept.settled_act_id = False, current.id


def enter_in_error(person_id: int, number: int, *, by: int, reason: str) -> None:
    """Mark a confirmed one as never true: by the person, or by their manager. Raises ApplicationError."""
    with act("application-error", by, reason=reason, people=[person_id]) as current:
        if by != person_id:
            _demand_manager(person_id, by)
        kept = _locked(person_id, number)
        if kept is None or not kept.confirmed or kept.void_act_id is not None:
            raise ApplicationError(Fault.SETTLED)
        kept.void_act_id = current.id


def applications_of(person_id: int) -> list[Written]:
    """All of a person’s, the newest first; one statement, and that of the catalogue where there are any."""
    rows = db.session.execute(_query(person_id)).unique().all()
    published = catalogue.current() if rows else Catalogue()
    return [_written(row, published) for row in rows]


def given_back_to(person_id: int) -> list[tuple[int, str, str]]:
    """What waits for a person to mend: its number, who gave it back, and the reason; one statement."""
    query = (
        select(Application.id, Person.name, Act.reason)
        .join(Act, Act.id == Application.settled_act_id)
        .join(Person, Person.id == Act.by_id)
        .where(
            Application.person_id == person_id,
            Application.confirmed.is_(False),
            Application.void_act_id.is_(None),
        )
        .order_by(Application.id)
    )
    return [(number, name, reason or "") for number, name, reason in db.session.execute(query)]


def confirmed_by(found: Iterable[Written], day: date) -> list[Written]:
    """Those that were confirmed by the end of a day, by what is known now."""
    end = clock.end_of_london_day(day)
    confirmed = {State.CONFIRMED, State.IN_ERROR}
    return [each for each in found if each.state in confirmed and each.settled_at and each.settled_at < end]


def _query(person_id: int) -> Select[*tuple[Any, ...]]:
    sent, settled, voided = aliased(Act), aliased(Act), aliased(Act)
    settler, voider = aliased(Person), aliased(Person)
    return (
        select(
            Application,
            sent.at.label("sent_at"),
            settled.at.label("settled_at"),
            settled.reason.label("reason"),
            settler.name.label("settled_by"),
            voided.at.label("error_at"),
            voided.reason.label("error_reason"),
            voider.name.label("error_by"),
        )
        .join(sent, sent.id == Application.act_id)
        .outerjoin(settled, settled.id == Application.settled_act_id)
        .outerjoin(settler, settler.id == settled.by_id)
        .outerjoin(voided, voided.id == Application.void_act_id)
        .outerjoin(voider, voider.id == voided.by_id)
        .where(Application.person_id == person_id)
        .order_by(Application.used_on.desc(), Application.id.desc())
        .options(joinedload(Application.modules))
    )


def _written(row: Row[Any], published: Catalogue) -> Written:
    kept: Application = row.Application
    modules = dict.fromkeys(published.resolve(each.module_id) for each in kept.modules)
    return Written(
        kept.id,
        kept.act_id,
        Draft(tuple(modules), kept.words, kept.reference, kept.used_on),
        tuple(title_of(each, published) for each in modules),
        _state(kept),
        row.sent_at,
        row.settled_at,
        row.settled_by,
        row.reason,
        row.error_at,
        row.error_by,
        row.error_reason,
    )


def _state(kept: Application) -> State:
    if kept.void_act_id is not None:
        return State.IN_ERROR
    if kept.confirmed is None:
        return State.WAITS
    return State.CONFIRMED if kept.confirmed else State.BACK


def _demand_sound(person_id: int, draft: Draft) -> None:
    fault = fault_of(draft, first_passes(person_id, catalogue.current()), clock.today())
    if fault:
        raise ApplicationError(fault)


def _fill(kept: Application, draft: Draft, current: Act) -> None:
    kept.words, kept.reference, kept.used_on = draft.words, draft.reference, draft.used_on
    kept.modules = [ApplicationModule(module_id=each) for each in sorted(draft.modules)]
    kept.act_id, kept.confirmed = current.id, None


def _open(person_id: int, number: int) -> Application:
    """One of the person’s that nobody confirmed; Raises ApplicationError."""
    kept = _locked(person_id, number, or_(Application.confirmed.is_(None), Application.confirmed.is_(False)))
    if kept is None:
        raise ApplicationError(Fault.SETTLED)
    return kept


def _waiting(person_id: int, number: int, mark: int, by: int) -> Application:
    _demand_manager(person_id, by)
    kept = _locked(person_id, number, Application.confirmed.is_(None))
    if kept is None:
        raise ApplicationError(Fault.SETTLED)
    if kept.act_id != mark:
        raise ApplicationError(Fault.CHANGED)
    return kept


def _locked(person_id: int, number: int, *where: Any) -> Application | None:  # noqa: ANN401 a condition of SQL
    query = select(Application).where(Application.id == number, Application.person_id == person_id, *where)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _demand_manager(person_id: int, by: int) -> None:
    if not allowed(load(by, clock.today()), "team.person", person_subject(person_id)):
        raise ApplicationError(Fault.NOT_ALLOWED)
