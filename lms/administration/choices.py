"""What an administrator may choose from when giving a grant: duties, and what each may be over."""

from collections.abc import Mapping

from sqlalchemy import select

from lms.administration.granting import SCOPES
from lms.administration.person import PersonView
from lms.administration.scope import organisation_within
from lms.administration.words import over_words
from lms.core import clock
from lms.core.database import db
from lms.people.access import Subject, allowed
from lms.people.grants import NATION, SELF, Reach
from lms.people.identity import Identity
from lms.people.models import Duty, Organisation, Scope, Team
from lms.people.structure import latest_placement, regions

Choices = dict[str, tuple[str, Reach]]
"""What a form sends, with its words and the scope that it names."""


def offered_duties(identity: Identity, person: PersonView) -> list[Duty]:
    """The duties that the one who asks could give this person; nobody learns twice."""
    today = clock.today()
    is_learner = any(each.duty is Duty.LEARNER and not each.is_over(today) for each in person.grants)
    return [
        duty
        for duty in Duty
        if any(_may_offer(identity, person, scope) for scope in SCOPES[duty])
        and not (duty is Duty.LEARNER and is_learner)
    ]


def choices(identity: Identity, person: PersonView, duty: Duty) -> Choices:
    """Over what the one who asks could give this duty; at most three statements."""
    found: Choices = {}
    for scope in SCOPES[duty]:
        if _may_offer(identity, person, scope):
            found |= _of_scope(identity, person, scope)
    return found


def _may_offer(identity: Identity, person: PersonView, scope: Scope) -> bool:
    wide = {each.scope for each in identity.held(Duty.ADMINISTRATOR)}
    match scope:
        case Scope.SELF:
            return True
        case Scope.TEAM:
            return bool(person.posts)
        case Scope.ORGANISATION:
            return not wide.isdisjoint({Scope.ORGANISATION, Scope.REGION, Scope.NATION})
        case Scope.REGION:
            return not wide.isdisjoint({Scope.REGION, Scope.NATION})
        case Scope.NATION:
            return Scope.NATION in wide


def _of_scope(identity: Identity, person: PersonView, scope: Scope) -> Choices:
    match scope:
        case Scope.SELF:
            return {"self": (over_words(Scope.SELF, None), SELF)}
        case Scope.NATION:
            return {"nation": (over_words(Scope.NATION, None), NATION)}
        case Scope.REGION:
            return {
                f"region:{each.id}": (each.name, Reach(Scope.REGION, region_id=each.id))
                for each in regions()
                if allowed(identity, "administration.within", Subject(regions=frozenset({each.id})))
            }
        case Scope.ORGANISATION:
            rows = db.session.execute(
                select(Organisation.id, Organisation.name)
                .where(organisation_within(identity))
                .order_by(Organisation.name, Organisation.id)
            )
            return {
                f"organisation:{key}": (name, Reach(Scope.ORGANISATION, organisation_id=key))
                for key, name in rows
            }
        case Scope.TEAM:
            return _teams(identity, person)


def _teams(identity: Identity, person: PersonView) -> Choices:
    """The teams of the organisations in which the person stands, each named with those above it."""
    placed = latest_placement().subquery()
    rows = db.session.execute(
        select(Team.id, Team.name, Team.parent_id, placed.c.organisation_id, placed.c.region_id)
        .join(placed, placed.c.team_id == Team.id)
        .where(placed.c.organisation_id.in_({post.organisation_id for post in person.posts}))
    ).all()
    tree = {row.id: (row.name, row.parent_id) for row in rows}
    found = []
    for row in rows:
        line = _line(row.id, tree)
        subject = Subject(None, frozenset(line), frozenset({row.organisation_id}), frozenset({row.region_id}))
        if allowed(identity, "administration.within", subject):
            words = ", ".join(tree[each][0] for each in line)
            found.append((list(reversed([tree[each][0] for each in line])), words, row.id))
    return {f"team:{key}": (words, Reach(Scope.TEAM, team_id=key)) for _path, words, key in sorted(found)}


def _line(team_id: int, tree: Mapping[int, tuple[str, int | None]]) -> list[int]:
    """A team and those above it that are in the tree, nearest first."""
    found: list[int] = []
    step: int | None = team_id
    while step is not None and step in tree and step not in found:
        found.append(step)
        step = tree[step][1]
    return found
