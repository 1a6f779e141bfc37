"""Where teams stand: the tree, its placements, and who belongs to a team on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from lms.core.database import db
from lms.people.models import Appointment, Closing, Placement, Region, Team


@dataclass(frozen=True, slots=True)
class Place:
    """A team's organisation and region on a day."""

    organisation_id: str
    region_id: str


def team_tree(roots: Iterable[int]) -> list[int]:
    """The teams named and all below them, in order of id."""
    tree = select(Team.id).where(Team.id.in_(list(roots))).cte("tree", recursive=True)
    tree = tree.union(select(Team.id).join(tree, Team.parent_id == tree.c.id))
    return list(db.session.scalars(select(tree.c.id).order_by(tree.c.id)))


def closed_on() -> Select[int | None, date]:
    """Each closed appointment with the first day on which it no longer holds."""
    return (
        select(Closing.appointment_id, func.min(Closing.day).label("day"))
        .where(Closing.appointment_id.is_not(None), Closing.void_act_id.is_(None))
        .group_by(Closing.appointment_id)
    )


def holding(day: date | BindParameter[date]) -> Select[int, int]:
    """Person and team of every appointment that holds on a day, by what is known now."""
    closed = closed_on().subquery()
    return (
        select(Appointment.person_id, Appointment.team_id)
        .outerjoin(closed, closed.c.appointment_id == Appointment.id)
        .where(
            Appointment.void_act_id.is_(None),
            Appointment.from_day <= day,
            or_(Appointment.to_day.is_(None), Appointment.to_day > day),
            or_(closed.c.day.is_(None), closed.c.day > day),
        )
    )


def people_in(teams: Iterable[int], day: date) -> list[int]:
    """The people who hold an appointment in one of these teams on a day, in order of id."""
    held = holding(day).where(Appointment.team_id.in_(list(teams))).subquery()
    return list(db.session.scalars(select(held.c.person_id).distinct().order_by(held.c.person_id)))


def latest_placement(day: date | None = None) -> Select[int, str, str]:
    """Each team's placement on a day; None: the one that began last, for names beside a team."""
    later = aliased(Placement)
    query = (
        select(Placement.team_id, Placement.organisation_id, Placement.region_id)
        .outerjoin(
            later,
            and_(
                later.team_id == Placement.team_id,
                later.void_act_id.is_(None),
                true() if day is None else later.from_day <= day,
                or_(
                    later.from_day > Placement.from_day,
                    and_(later.from_day == Placement.from_day, later.id > Placement.id),
                ),
            ),
        )
        .where(Placement.void_act_id.is_(None), later.id.is_(None))
    )
    return query if day is None else query.where(Placement.from_day <= day)


def regions() -> list[Region]:
    """All regions in their order."""
    return list(db.session.scalars(select(Region).order_by(Region.position, Region.id)))
