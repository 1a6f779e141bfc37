"""Loads the page of a baseline: what the role asks, what is held, and what the person says of themselves."""

from dataclasses import dataclass
from datetime import date

from lms.competencies.facts import facts_of, requirements
from lms.content import catalogue
from lms.learning.record import Record, build_record
from lms.teams.person import name_of


@dataclass(frozen=True, slots=True)
class BaselinePage:
    """The person and their record as of today, without its entries."""

    name: str
    record: Record


def baseline_page(person_id: int, day: date) -> BaselinePage:
    """Gather the page; six statements, however much the record holds."""
    record = build_record(
        person_id,
        day,
        None,
        facts=facts_of([person_id])[person_id],
        asked=requirements(),
        published=catalogue.current(),
        entries=(),
    )
    return BaselinePage(name_of(person_id), record)
