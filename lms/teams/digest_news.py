"""Loads what the weekly mail says to a manager, and to everybody about themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Row, Select, func, literal, select, union_all

from lms.competencies.facts import facts_of, requirements
from lms.competencies.models import Assessment, Evidence, Qualification, Reply
from lms.competencies.standing import PersonFacts, Requirements
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.digest import LearnerNews, is_late_anew, is_told_anew
from lms.learning.digest_news import learner_news
from lms.learning.models import Application, Enrolment, Proposal, SentPlan
from lms.learning.record import appointments_on, required_of
from lms.people.digests import Reader
from lms.people.identity import load
from lms.people.models import Act, Duty
from lms.people.reports import reports_of
from lms.teams.digest import Overdue, TeamNews, Waiting, WaitsFor, moved_up, team_lapses


@dataclass(frozen=True, slots=True)
class News:
    """What one mail says: about the reader’s people, and about themselves."""

    team: TeamNews
    own: LearnerNews

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.team or self.own)


def news_for(reader: Reader, today: date) -> News | None:
    """What there is to say to a person today; None when nothing is, or when nothing is said to them.

    Nothing is said to whoever is away or has left. A fixed number of statements, however many people
    report to the one who reads.
    """
    identity = load(reader.person_id, today)
    if identity is None:
        return None
    grants = identity.held(Duty.MANAGER)
    names = dict(reports_of(reader.person_id, grants, today).names) if grants else {}
    facts = facts_of([reader.person_id, *names])
    own = facts[reader.person_id]
    held = appointments_on(own, today)
    if own.away(today) or not (held or (grants and not own.appointments)):
        return None
    asked, published = requirements(), catalogue.current()
    present = {person: name for person, name in names.items() if not facts[person].away(today)}
    news = News(
        _team_news(reader, present, facts, asked, published, today=today),
        learner_news(
            reader,
            own,
            required_of(held, asked, today),
            published,
            today=today,
            learns=bool(identity.held(Duty.LEARNER)),
        ),
    )
    return news or None


def _team_news(
    reader: Reader,
    names: Mapping[int, str],
    facts: Mapping[int, PersonFacts],
    asked: Requirements,
    published: Catalogue,
    *,
    today: date,
) -> TeamNews:
    if not names:
        return TeamNews()
    titles = {each.id: each.title for each in published.framework.competencies}
    told_to, since = clock.london_day(reader.told_to), clock.london_day(reader.since)
    people = [
        (name, facts[person], required_of(appointments_on(facts[person], today), asked, today))
        for person, name in names.items()
    ]
    before = facts_of(names, _no_known_at(reader.since))
    return TeamNews(
        _waiting(names, titles, published, reader.told_to),
        _overdue(names, published, told_to, today),
        team_lapses(people, titles, since=told_to, today=today),
        moved_up(names, before, facts, titles, since=since, today=today),
    )


def _waiting(
    names: Mapping[int, str], titles: Mapping[str, str], published: Catalogue, since: datetime
) -> tuple[Waiting, ...]:
    """What waits about these people since the last mail, or for four more weeks; disputes come first."""
    accreditations = {each.id: each.title for each in published.framework.accreditations}
    modules = {key: each.title for each in published.modules for key in (each.id, *each.aliases)}
    words, now, order = {**modules, **accreditations, **titles}, clock.now(), list(WaitsFor)
    found = [
        Waiting(WaitsFor(kind), names[person], words.get(key, key))
        for kind, person, key, at in db.session.execute(_open(sorted(names)))
        if is_told_anew(at, since, now) and (kind != WaitsFor.PROPOSAL or key in words)
    ]
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), each.name.casefold(), each.title)))


def _open(people: list[int]) -> CompoundSelect[str, int, str, datetime]:
    """What waits about these people: its kind, whose it is, of what, and since when."""
    disputes = (
        select(
            literal(WaitsFor.DISPUTE.value).label("kind"), Evidence.person_id, Evidence.competency_id, Act.at
        )
        .join(Reply, Reply.evidence_id == Evidence.id)
        .join(Act, Act.id == Reply.act_id)
        .where(Evidence.person_id.in_(people), Evidence.void_act_id.is_(None))
        .where(Reply.disputes, Reply.decided_act_id.is_(None))
    )
    experts = (
        select(literal(WaitsFor.CONFIRMATION.value), Assessment.person_id, Assessment.competency_id, Act.at)
        .join(Act, Act.id == Assessment.act_id)
        .where(Assessment.person_id.in_(people))
        .where(Assessment.evidence_id.is_(None), Assessment.settled_act_id.is_(None))
    )
    unseen = (
        select(
            literal(WaitsFor.QUALIFICATION.value),
            Qualification.person_id,
            Qualification.accreditation_id,
            Act.at,
        )
        .join(Act, Act.id == Qualification.act_id)
        .where(Qualification.person_id.in_(people), Qualification.seen.is_(None))
    )
    used = (
        select(literal(WaitsFor.APPLICATION.value), Application.person_id, Application.reference, Act.at)
        .join(Act, Act.id == Application.act_id)
        .where(Application.person_id.in_(people), Application.confirmed.is_(None))
    )
    proposed = (
        select(
            literal(WaitsFor.PROPOSAL.value),
            Proposal.person_id,
            func.coalesce(Proposal.module_id, Proposal.competency_id),
            Act.at,
        )
        .join(SentPlan, SentPlan.id == Proposal.plan_id)
        .join(Act, Act.id == SentPlan.act_id)
        .where(Proposal.person_id.in_(people), Proposal.outcome.is_(None))
    )
    return union_all(disputes, experts, unseen, used, proposed)


def _overdue(names: Mapping[int, str], published: Catalogue, since: date, today: date) -> tuple[Overdue, ...]:
    """What others assigned and has become overdue since the last mail, or for four more weeks."""
    rows: list[Row[*tuple[Any, ...]]] = list(db.session.execute(_late(names, today)))
    found = [
        Overdue(names[row.person_id], module.title, row.day)
        for row in rows
        if is_late_anew(row.day, since, today)
        and (module := published.module(published.resolve(row.module_id)))
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.name.casefold(), each.title)))


def _late(names: Mapping[int, str], today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(Enrolment.person_id, Enrolment.module_id, func.min(Enrolment.due_day).label("day"))
        .where(
            Enrolment.person_id.in_(sorted(names)),
            Enrolment.by_id != Enrolment.person_id,
            Enrolment.done_completion_id.is_(None),
            Enrolment.excused_act_id.is_(None),
            Enrolment.due_day < today,
        )
        .group_by(Enrolment.person_id, Enrolment.module_id)
    )


def _no_known_at(moment: datetime) -> int:
    """The number of the last act that was written by a moment; 0 when there was none."""
    query = select(Act.no).where(Act.at <= moment, Act.no.is_not(None)).order_by(Act.at.desc(), Act.no.desc())
    return db.session.scalars(query.limit(1)).first() or 0
