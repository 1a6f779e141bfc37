"""The invented people answer after a pass, and some say where they used what they learned."""

from flask import Flask
from sqlalchemy import func, select

from lms.core.database import db
from lms.learning.models import Application, Completion, Reaction
from lms.people.models import Person


def test_the_managers_people_have_one_use_of_each_kind(open_door: Flask) -> None:
    with open_door.app_context():
        rows = db.session.execute(
            select(Person.name, Application.confirmed)
            .join(Application, Application.person_id == Person.id)
            .where(Application.reference.like("BR-2026-0%47"))
        ).all()
        found = dict(rows)
    assert found.items() >= {"Asha Testwood": None, "Harriet Galley": True, "Rowan Sample": False}.items()


def test_a_good_share_of_those_who_passed_answered(open_door: Flask) -> None:
    with open_door.app_context():
        passes = db.session.scalar(select(func.count()).select_from(Completion)) or 0
        answers = db.session.scalar(select(func.count()).select_from(Reaction)) or 0
        used = db.session.scalar(select(func.count()).select_from(Application)) or 0
    assert 0.5 * passes < answers < 0.9 * passes
    assert 3 < used < 0.2 * passes
