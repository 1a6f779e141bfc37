"""The one place where permission is decided; what no rule allows is denied.

The policy is the table POLICY: each permission names one small predicate over who asks and what
is asked about. Views carry a permission (`requires`) or say that they are open (`public`);
templates ask `can`; both ask `allowed`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from lms.core import clock
from lms.core.errors import AccessEnded
from lms.core.pages import wants_fragment
from lms.core.shell import OPEN, View, navigation, public
from lms.people.grants import last_end
from lms.people.identity import Held, Identity
from lms.people.models import Duty, Scope

__all__ = [
    "OPEN",
    "POLICY",
    "Subject",
    "allowed",
    "can",
    "demand",
    "highest_level",
    "identity",
    "permission_of",
    "public",
    "requires",
    "viewer",
]

MANAGER_ASSESSES = 3
EXPERT = 4
LEADS = (Duty.ORGANISATION_LEAD, Duty.REGION_LEAD, Duty.NATIONAL_LEAD)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a person, or a part of the service, by where it stands today.

    `teams` holds the team and all teams above it, so that a grant over a tree covers it.
    """

    person_id: int | None = None
    teams: frozenset[int] = frozenset()
    organisations: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


Rule = Callable[[Identity, Subject | None], bool]


def covers(held: Held, subject: Subject, *, themselves: int) -> bool:
    """Whether the scope of a grant takes in the subject."""
    match held.scope:
        case Scope.NATION:
            return True
        case Scope.REGION:
            return held.region_id in subject.regions
        case Scope.ORGANISATION:
            return held.organisation_id in subject.organisations
        case Scope.TEAM:
            return held.team_id in subject.teams
        case Scope.SELF:
            return subject.person_id == themselves


def signed_in(_identity: Identity, _subject: Subject | None) -> bool:
    """Everybody who has logged in."""
    return True


class Holds:
    """Everybody who holds one of these duties, over whatever scope."""

    def __init__(self, *duties: Duty) -> None:
        self.duties = duties

    def __call__(self, identity: Identity, _subject: Subject | None) -> bool:
        """Whether the one who asks does."""
        return bool(identity.held(*self.duties))


def over(*duties: Duty) -> Rule:
    """Everybody who holds one of these duties over the subject."""
    return lambda identity, subject: (
        subject is not None
        and any(covers(held, subject, themselves=identity.person_id) for held in identity.held(*duties))
    )


def over_others(*duties: Duty) -> Rule:
    """As `over`, and the subject is somebody else."""
    inner = over(*duties)
    return lambda identity, subject: (
        subject is not None and subject.person_id != identity.person_id and inner(identity, subject)
    )


def lasting(duty: Duty) -> Rule:
    """Everybody who holds this duty over the subject without an end: what was handed on has one."""
    return lambda identity, subject: (
        subject is not None
        and any(
            held.to_day is None and covers(held, subject, themselves=identity.person_id)
            for held in identity.held(duty)
        )
    )


POLICY: dict[str, Rule] = {
    "home": signed_in,
    "learning": Holds(Duty.LEARNER),
    "team": Holds(Duty.MANAGER),
    "team.person": over_others(Duty.MANAGER),
    "team.delegation": lasting(Duty.MANAGER),
    "assessing": Holds(Duty.MANAGER, Duty.ASSESSOR),
    "assessing.person": over_others(Duty.MANAGER, Duty.ASSESSOR),
    "assessors": Holds(Duty.NATIONAL_LEAD),
    "authoring": Holds(Duty.AUTHOR),
    "reports": Holds(*LEADS),
    "reports.organisation": over(*LEADS),
    "reports.plan": over(Duty.REGION_LEAD, Duty.NATIONAL_LEAD),
    "reports.team": over(Duty.MANAGER),
    "administration": Holds(Duty.ADMINISTRATOR),
    "administration.within": over(Duty.ADMINISTRATOR),
    "administration.grants": over_others(Duty.ADMINISTRATOR),
}


def requires(permission: str) -> Callable[[View], View]:
    """Put a permission of the policy on a view."""
    if permission not in POLICY:
        message = f"the policy has no {permission!r}"
        raise KeyError(message)

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def allowed(identity: Identity | None, permission: str, subject: Subject | None = None) -> bool:
    """Whether the policy gives this permission; nobody has any before logging in."""
    return identity is not None and POLICY[permission](identity, subject)


def highest_level(identity: Identity, subject: Subject) -> int:
    """The highest level to which somebody may assess a person today; 0 when they may not at all.

    A manager up to level 3; an assessor as their grant says, up to 4 when it says nothing.
    """
    if not allowed(identity, "assessing.person", subject):
        return 0
    return max(
        MANAGER_ASSESSES if held.duty is Duty.MANAGER else held.highest_level or EXPERT
        for held in identity.held(Duty.MANAGER, Duty.ASSESSOR)
        if covers(held, subject, themselves=identity.person_id)
    )


def identity() -> Identity | None:
    """Who asks, or None before logging in."""
    return current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001 its documented way


def viewer() -> Identity:
    """Who asks; only for views that need a log-in, where the gate has already let somebody in."""
    found = identity()
    if found is None:
        abort(401)
    return found


def can(permission: str, subject: Subject | None = None) -> bool:
    """Whether the one who asks has the permission; the question of templates and views alike."""
    return allowed(identity(), permission, subject)


def demand(permission: str, subject: Subject | None) -> None:
    """Answer 404 unless the one who asks has the permission: what may not be known does not exist."""
    if not can(permission, subject):
        abort(404)


def permission_of(endpoint: str) -> str | None:
    """The permission on an endpoint's view; OPEN when anyone may; None when nobody decided."""
    found: str | None = getattr(current_app.view_functions[endpoint], "permission", None)
    return found


def setup_access(app: Flask) -> None:
    """Put the gate before every view, and `can` into every template."""
    app.before_request(_gate)
    app.jinja_env.globals["can"] = can
    app.context_processor(_shell)


def _shell() -> dict[str, object]:
    """Who looks, and where they may go; nothing of it when the database does not answer."""
    try:
        who = identity()
    except SQLAlchemyError:
        return {"viewer": None, "navigation": []}
    return {"viewer": who, "navigation": [each for each in navigation() if allowed(who, each.permission)]}


def _gate() -> AnyResponse | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    permission = permission_of(request.endpoint)
    if permission == OPEN:
        return None
    if permission is None:
        abort(404)
    if identity() is None:
        return _to_log_in()
    return None if can(permission) else _refuse(permission)


def _refuse(permission: str) -> AnyResponse:
    """Answer 403, on a whole page also to HTMX; who had the duty until a day is told so."""
    rule, who = POLICY[permission], viewer()
    if request.method == "GET" and wants_fragment():
        return Response(status=403, headers={"HX-Redirect": request.full_path.rstrip("?")})
    ended = last_end(who.person_id, rule.duties, clock.today()) if isinstance(rule, Holds) else None
    raise Forbidden if ended is None else AccessEnded(ended)


def _to_log_in() -> AnyResponse:
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    address = url_for("people.log_in", next=back)
    if wants_fragment():
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address)
