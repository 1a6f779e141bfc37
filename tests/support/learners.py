"""What people do with modules, for tests that do not go through the pages."""

from datetime import UTC, date, datetime, time

from sqlalchemy import select

from lms.content.models import ModuleVersion
from lms.core import clock
from lms.core.database import db, writing
from lms.learning.enrolments import assign
from lms.learning.models import Attempt, Completion, ReadingPlace
from lms.people.acts import act
from lms.people.models import Person


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime.combine(day, time(12), UTC)


def opened(somebody: Person, module: str, *parts: str, on: date | None = None) -> None:
    """Parts that a person has opened, the last of them just now or on a day."""
    with writing():
        db.session.add(
            ReadingPlace(
                person_id=somebody.id,
                module_id=module,
                part=parts[-1],
                seen=list(parts),
                version_id=_version_of(module),
                at=noon(on) if on else clock.now(),
            )
        )


def assigned(
    somebody: Person, module: str, by: Person, due: date | None = None, reason: str = "We need it in January"
) -> None:
    """A module that somebody else asks for."""
    assign(module, [somebody.id], by=by.id, due_day=due, reason=reason)


def passed(
    somebody: Person, module: str, on: date, *, edition: int = 1, until: date | None = None
) -> Completion:
    """A pass of an edition, without the evidence that it would give."""
    with act("check-passed", somebody.id, people=[somebody.id]):
        version = _version_of(module)
        attempt = Attempt(
            person_id=somebody.id,
            module_id=module,
            version_id=version,
            seed=1,
            questions=[],
            begun_at=noon(on),
            finished_at=noon(on),
            passed=True,
        )
        db.session.add(attempt)
        db.session.flush()
        completion = Completion(
            person_id=somebody.id,
            module_id=module,
            version_id=version,
            edition=edition,
            attempt_id=attempt.id,
            passed_on=on,
            until_day=until,
        )
        db.session.add(completion)
        db.session.flush()
    return completion


def _version_of(module: str) -> int:
    query = select(ModuleVersion.id).where(ModuleVersion.module_id == module).order_by(ModuleVersion.id)
    return db.session.scalars(query).first() or 0
