"""How people come in: the first administrator of an installation, and invitations to set a password."""

from sqlalchemy import exists, or_, select

from lms.content.serving import network
from lms.core import clock
from lms.core.database import db
from lms.people.accounts import ensure_account, invitation
from lms.people.acts import act
from lms.people.appointments import add_person, find_person
from lms.people.grants import NATION, SELF, Reach, give_grant
from lms.people.models import Duty, Grant, Organisation
from lms.people.reference import load_members, load_reference

FROM_THE_COMMAND_LINE = "made on the command line"


def create_administrator(email: str, name: str) -> str:
    """Make a person the administrator of the nation, and give the token of an invitation.

    A database that knows no organisation yet gets those of the network first. Somebody who is known
    keeps their name and what they hold.
    """
    if not db.session.scalar(select(exists().where(Organisation.id.is_not(None)))):
        add_organisations()
    with act("administrator", None, reason=FROM_THE_COMMAND_LINE):
        person = find_person(email) or add_person(name, email)
        _ensure_grant(person.id, Duty.LEARNER, SELF)
        _ensure_grant(person.id, Duty.ADMINISTRATOR, NATION)
        return invitation(ensure_account(person.id))


def add_organisations() -> int:
    """Add the regions and organisations of the network that are not there yet; returns how many those are."""
    served = network()
    return load_members(served) if served.regions else load_reference()


def invite(person_id: int, *, by: int | None) -> str:
    """The token of a link that sets a person's password once; that it was made is kept as an act."""
    with act("invitation", by, people=[person_id]):
        return invitation(ensure_account(person_id))


def name_from(email: str) -> str:
    """The name that an address suggests: kit.draftwood@… is Kit Draftwood."""
    words = email.partition("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word.capitalize() for word in words if word)


def _ensure_grant(person_id: int, duty: Duty, reach: Reach) -> None:
    today = clock.today()
    held = select(Grant.id).where(
        Grant.person_id == person_id,
        Grant.duty == duty,
        Grant.scope == reach.scope,
        Grant.from_day <= today,
        or_(Grant.to_day.is_(None), Grant.to_day > today),
    )
    if db.session.scalars(held).first() is None:
        give_grant(person_id, duty, reach, from_day=today, by=None, reason=FROM_THE_COMMAND_LINE)
