"""Loads what the weekly mail says to a manager, and to everybody about themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, union_all

from lms.competencies.facts import facts_of, requirements
from lms.competencies.models import Assessment, Evidence, Qualification, Reply
from lms.competencies.standing import PersonFacts, Requirements
from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.digest import LearnerNews
from lms.learning.digest_news import learner_news
from lms.learning.models import Enrolment
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
        _team_news(present, facts, asked, published, since=reader.since, today=today),
        learner_news(
            reader.person_id,
            own,
            required_of(held, asked, today),
            published,
            since=reader.since,
            today=today,
            learns=bool(identity.held(Duty.LEARNER)),
        ),
    )
    return news or None


def _team_news(
    names: Mapping[int, str],
    facts: Mapping[int, PersonFacts],
    asked: Requirements,
    published: Catalogue,
    *,
    since: datetime,
    today: date,
) -> TeamNews:
    if not names:
        return TeamNews()
    titles = {each.id: each.title for each in published.framework.competencies}
    people = [
        (name, facts[person], required_of(appointments_on(facts[person], today), asked, today))
        for person, name in names.items()
    ]
    return TeamNews(
        _waiting(names, titles, published),
        _overdue(names, published, today),
        team_lapses(people, titles, today),
        moved_up(
            names,
            facts_of(names, _no_known_at(since)),
            facts,
            titles,
            since=clock.london_day(since),
            today=today,
        ),
    )


def _waiting(
    names: Mapping[int, str], titles: Mapping[str, str], published: Catalogue
) -> tuple[Waiting, ...]:
    """What waits about these people, the disputes first; one statement."""
    accreditations = {each.id: each.title for each in published.framework.accreditations}
    people = sorted(names)
    disputes = (
        select(literal(WaitsFor.DISPUTE.value).label("kind"), Evidence.person_id, Evidence.competency_id)
        .join(Reply, Reply.evidence_id == Evidence.id)
        .where(Evidence.person_id.in_(people), Evidence.void_act_id.is_(None))
        .where(Reply.disputes, Reply.decided_act_id.is_(None))
    )
    experts = select(
        literal(WaitsFor.CONFIRMATION.value), Assessment.person_id, Assessment.competency_id
    ).where(
        Assessment.person_id.in_(people),
        Assessment.evidence_id.is_(None),
        Assessment.settled_act_id.is_(None),
    )
    unseen = select(
        literal(WaitsFor.QUALIFICATION.value), Qualification.person_id, Qualification.accreditation_id
    ).where(Qualification.person_id.in_(people), Qualification.seen.is_(None))
    rows = db.session.execute(union_all(disputes, experts, unseen))
    words = {**accreditations, **titles}
    found = [Waiting(WaitsFor(kind), names[person], words.get(key, key)) for kind, person, key in rows]
    order = list(WaitsFor)
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), each.name.casefold(), each.title)))


def _overdue(names: Mapping[int, str], published: Catalogue, today: date) -> tuple[Overdue, ...]:
    """What others assigned to these people and was due before today, the longest overdue first."""
    rows: list[Row[*tuple[Any, ...]]] = list(db.session.execute(_late(names, today)))
    found = [
        Overdue(names[row.person_id], module.title, row.day)
        for row in rows
        if (module := published.module(published.resolve(row.module_id)))
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
