"""What a person wrote and said of their own work: part of all that is held about them."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.core.database import db
from lms.learning.held_rows import Values, rows_of
from lms.learning.models import Application, ApplicationModule, CpdEntry, Reaction
from lms.people.models import Act, Person


def written_by(person_id: int) -> dict[str, list[Values]]:
    """Reflections, applications at work and reactions, each oldest first; four statements."""
    return {
        "reflections": _reflections(person_id),
        "applications_at_work": _applications(person_id),
        "reactions": _reactions(person_id),
    }


def _reflections(person_id: int) -> list[Values]:
    query = select(
        CpdEntry.module_id.label("module"),
        CpdEntry.reflection_id.label("question"),
        CpdEntry.day,
        CpdEntry.words,
        CpdEntry.written_at,
        CpdEntry.kind,
        CpdEntry.minutes,
        CpdEntry.kept_at,
    )
    return rows_of(query.where(CpdEntry.person_id == person_id).order_by(CpdEntry.id))


def _applications(person_id: int) -> list[Values]:
    sent, settled, voided, settler = aliased(Act), aliased(Act), aliased(Act), aliased(Person)
    query = (
        select(
            Application.id,
            Application.words,
            Application.reference,
            Application.used_on,
            sent.at.label("sent_at"),
            Application.confirmed,
            settler.name.label("settled_by"),
            settled.at.label("settled_at"),
            settled.reason.label("settled_reason"),
            voided.at.label("entered_in_error_at"),
            voided.reason.label("entered_in_error_reason"),
        )
        .join(sent, sent.id == Application.act_id)
        .outerjoin(settled, settled.id == Application.settled_act_id)
        .outerjoin(settler, settler.id == settled.by_id)
        .outerjoin(voided, voided.id == Application.void_act_id)
        .where(Application.person_id == person_id)
        .order_by(Application.id)
    )
    modules: defaultdict[int, list[str]] = defaultdict(list)
    for number, module in db.session.execute(
        select(ApplicationModule.application_id, ApplicationModule.module_id)
        .join(Application, Application.id == ApplicationModule.application_id)
        .where(Application.person_id == person_id)
        .order_by(ApplicationModule.module_id)
    ):
        modules[number].append(module)
    return [{**row, "modules": modules[row["id"]]} for row in rows_of(query)]


def _reactions(person_id: int) -> list[Values]:
    query = select(Reaction.module_id.label("module"), Reaction.edition, Reaction.answer, Reaction.at)
    return rows_of(query.where(Reaction.person_id == person_id).order_by(Reaction.at, Reaction.module_id))
