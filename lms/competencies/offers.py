"""Who has agreed to be asked: people who hold level 3 or more, and say that others may ask them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from lms.competencies.facts import facts_of
from lms.competencies.models import HelpOffer
from lms.competencies.standing import standing_on
from lms.competencies.tally import PRACTITIONER
from lms.core import clock
from lms.core.database import db
from lms.people.acts import act
from lms.people.models import Person
from lms.people.structure import people_in


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who may be asked about a competency, and the level they hold."""

    name: str
    level: int


def may_offer(person_id: int, day: date) -> dict[str, int]:
    """The competencies of which a person holds level 3 or more on a day, with the level."""
    facts = facts_of([person_id])[person_id]
    levels = {
        key: standing_on(pieces, facts.absences, day).level for key, pieces in sorted(facts.pieces.items())
    }
    return {key: level for key, level in levels.items() if level >= PRACTITIONER}


def offered_by(person_id: int) -> frozenset[str]:
    """The competencies about which a person has agreed to be asked."""
    query = select(HelpOffer.competency_id).where(HelpOffer.person_id == person_id)
    return frozenset(db.session.scalars(query))


def offer(person_id: int, competencies: Collection[str]) -> None:
    """Keep about which competencies a person may be asked, in the place of what was kept before.

    Those of which they hold less than level 3 are left out.
    """
    with act("help-offer", person_id, people=[person_id]):
        db.session.execute(delete(HelpOffer).where(HelpOffer.person_id == person_id))
        held = may_offer(person_id, clock.today())
        db.session.add_all(
            HelpOffer(person_id=person_id, competency_id=key, at=clock.now())
            for key in sorted(held.keys() & set(competencies))
        )


def helpers(teams: Collection[int], competency: str, day: date) -> list[Helper]:
    """The people of these teams who may be asked about a competency and hold level 3 or more on a day.

    The highest level first. For somebody who may see the people of these teams by name.
    """
    query = select(Person.id, Person.name).join(HelpOffer, HelpOffer.person_id == Person.id)
    query = query.where(HelpOffer.competency_id == competency, Person.id.in_(people_in(teams, day)))
    names = dict(db.session.execute(query).all())
    facts = facts_of(names) if names else {}
    found = [
        Helper(names[key], standing_on(each.pieces.get(competency, ()), each.absences, day).level)
        for key, each in facts.items()
    ]
    able = [each for each in found if each.level >= PRACTITIONER]
    return sorted(able, key=lambda each: (-each.level, each.name))
