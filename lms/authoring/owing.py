"""How many people would owe an update, counted and never named."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select

from lms.authoring.differences import Difference
from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.models import Completion


def people_owing(differences: Iterable[Difference]) -> dict[str, int]:
    """Who passed an edition below the new one, in time and no higher one, by module; a statement each."""
    published = catalogue.current()
    return {
        each.id: _people({each.id, *published.ids_of(each.earlier_id or each.id)}, each.edition)
        for each in differences
        if each.kind == "edition" and each.minutes
    }


def _people(names: set[str], edition: int) -> int:
    in_time = or_(Completion.until_day.is_(None), Completion.until_day > clock.today())
    latest = (
        select(Completion.person_id)
        .where(Completion.module_id.in_(names), Completion.void_act_id.is_(None), in_time)
        .group_by(Completion.person_id)
        .having(func.max(Completion.edition) < edition)
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(latest)) or 0
