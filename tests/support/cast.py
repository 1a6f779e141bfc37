"""One small nation with one person in every role, on the real framework and courses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from flask import Flask

from lms.authoring.publishing import publish_courses
from lms.competencies.evidence import enter_in_error
from lms.competencies.models import Basis
from lms.competencies.suppression import Group
from lms.content import catalogue
from lms.content.framework import RoleProfile
from lms.core import clock
from lms.core.database import db
from lms.core.settings import ROOT
from lms.demonstration.plan import FOLDER
from lms.learning import applications, attempts
from lms.learning.applications import Draft
from lms.learning.initiatives import keeping as initiatives
from lms.learning.initiatives.keeping import Wanted
from lms.learning.models import Attempt
from lms.learning.readiness import Needs
from lms.learning.sent_plans import Order, PlannedStep, send_plan
from lms.learning.to_do import Need, Task, TaskKind
from lms.people import appointments, grants
from lms.people.accounts import ensure_account, set_password
from lms.people.acts import act
from lms.people.models import Duty, Organisation, Person, Region, Team
from lms.people.readings import note_reading
from lms.people.reference import load_reference
from tests.support import build
from tests.support.learners import assigned, noon, opened
from tests.support.samples import entry, questions_of, right_response, take

FORCE, NEIGHBOUR, ELSEWHERE = "aldermoor", "woldmarsh", "fellmoor"
REGION = "east-midlands"
PASSWORD = "eight working days after the notice"
ROLES = ("buyer", "contract-manager", "procurement-assistant", "senior-buyer")
CROWD = 12
NAMES = {
    "learner": "Rowan Sample",
    "peer": "Asha Testwood",
    "manager": "Morgan Example",
    "sibling": "Bryn Mockford",
    "distant": "Carys Exemplar",
    "author": "Idris Draftwell",
    "organisation-lead": "Olwen Leadbury",
    "region-lead": "Lee Mockridge",
    "national-lead": "Nia Samplewell",
    "administrator": "Kit Draftwood",
    "neighbour": "Femi Folio",
    "ended": "Ellis Octavo",
}
"""Who they are: a peer is in the learner's team; a sibling manages another team of the force, distant one
of another force; the neighbour administers another organisation; all duties of the last ended yesterday."""


@dataclass(frozen=True)
class Cast:
    """The numbers by which tests ask for what is in the database.

    `passed`, `failed` and `under_way` are attempts of the learner; `grant` is the manager's.
    """

    ids: Mapping[str, int]
    passed: int
    failed: int
    under_way: int
    grant: int


def gather(app: Flask) -> Cast:
    """Write the nation into an application's empty database, as of today."""
    with app.app_context():
        with clock.at(noon(build.START)):
            load_reference(FOLDER / "nation.yaml")
            assert publish_courses(ROOT / "courses", by=None).problems == ()
        forces = [db.session.get_one(Organisation, key) for key in (FORCE, NEIGHBOUR, ELSEWHERE)]
        for force in forces:
            appointments.onboard(force.id, build.START, by=None)
        teams = {force.id: _teams(force) for force in forces}
        for force in forces:
            _crowd(Random(force.id), teams[force.id])  # noqa: S311 invented people keep no secret
        people = {role: build.person(name, _address(name), learner=False) for role, name in NAMES.items()}
        _place(people, teams)
        given = _give(people, teams)
        _end(people, teams)
        made = _learn(people)
        return Cast({role: person.id for role, person in people.items()}, *made, given)


def _address(name: str) -> str:
    domain = "example.org" if name == NAMES["author"] else f"{FORCE}.example"
    return f"{name.lower().replace(' ', '.')}@{domain}"


def _teams(force: Organisation) -> list[Team]:
    above = build.team(force)
    return [above, *(build.team(force, f"{name} team", above) for name in ("Sourcing", "Contracts"))]


def _crowd(chance: Random, teams: list[Team]) -> None:
    """Appoint people of every kind: who meet what is asked, are short, have lapsed or soon will."""
    framework = catalogue.current().framework
    with act("import", None):
        for number in range(CROWD):
            role = framework.role(ROLES[number % len(ROLES)])
            assert role
            somebody = build.person(f"Person {chance.randrange(10_000):04}", learner=False)
            pillar = framework.pillars[number % 4].id if number % 5 else None
            build.appointed(somebody, teams[number % 3], role.id, pillar=pillar)
            _levels(somebody, role, chance)


def _levels(somebody: Person, role: RoleProfile, chance: Random) -> None:
    ends = (None, None, timedelta(days=400), timedelta(days=40), timedelta(days=-30))
    for asked in role.requires:
        level, lasts = chance.randint(0, asked.level), chance.choice(ends)
        if level:
            until = clock.today() + lasts if lasts else None
            build.evidence(somebody, asked.competency, level, until=until)


def _place(people: Mapping[str, Person], teams: Mapping[str, list[Team]]) -> None:
    _above, sourcing, contracts = teams[FORCE]
    for who, team, role in (
        ("learner", sourcing, "senior-buyer"),
        ("peer", sourcing, "buyer"),
        ("manager", sourcing, "head-of-commercial"),
        ("sibling", contracts, "supplier-manager"),
        ("distant", teams[ELSEWHERE][1], "senior-buyer"),
        ("administrator", contracts, "occasional-buyer"),
        ("neighbour", teams[NEIGHBOUR][1], "occasional-buyer"),
        ("ended", sourcing, "buyer"),
    ):
        build.appointed(people[who], team, role)


def _give(people: Mapping[str, Person], teams: Mapping[str, list[Team]]) -> int:
    """Give each the one duty that they are named after, so that no second one opens a page."""
    region = db.session.get_one(Region, REGION)
    force, neighbour = (db.session.get_one(Organisation, key) for key in (FORCE, NEIGHBOUR))
    build.grant(people["learner"], Duty.LEARNER)
    build.grant(people["peer"], Duty.LEARNER)
    given = build.grant(people["manager"], Duty.MANAGER, teams[FORCE][1])
    build.grant(people["sibling"], Duty.MANAGER, teams[FORCE][2])
    build.grant(people["distant"], Duty.MANAGER, teams[ELSEWHERE][0])
    build.grant(people["author"], Duty.AUTHOR)
    build.grant(people["organisation-lead"], Duty.ORGANISATION_LEAD, force)
    build.grant(people["region-lead"], Duty.REGION_LEAD, region)
    build.grant(people["national-lead"], Duty.NATIONAL_LEAD)
    build.grant(people["administrator"], Duty.ADMINISTRATOR, force)
    build.grant(people["neighbour"], Duty.ADMINISTRATOR, neighbour)
    for role in ("manager", "learner"):
        set_password(ensure_account(people[role].id).id, PASSWORD)
    return given.id


def _end(people: Mapping[str, Person], teams: Mapping[str, list[Team]]) -> None:
    """Give every duty to one person, and end each of them yesterday."""
    over: dict[Duty, Team | Organisation | Region] = {
        Duty.MANAGER: teams[FORCE][1],
        Duty.ASSESSOR: teams[FORCE][1],
        Duty.ORGANISATION_LEAD: db.session.get_one(Organisation, FORCE),
        Duty.REGION_LEAD: db.session.get_one(Region, REGION),
    }
    yesterday = clock.today() - timedelta(days=1)
    for duty in Duty:
        given = build.grant(people["ended"], duty, over.get(duty))
        grants.end_grant(given.id, yesterday, by=None, reason="they work elsewhere")


def _learn(people: Mapping[str, Person]) -> tuple[int, int, int]:
    """What learners have done; gives the learner's attempts: passed, not passed, and under way."""
    learner, peer, manager = people["learner"], people["peer"], people["manager"]
    today = clock.today()
    _levels_of(learner, manager, today)
    assigned(learner, "assessing-a-supplier", manager, today + timedelta(days=9), "We evaluate in January.")
    assigned(peer, "changing-a-contract", manager, today - timedelta(days=2))
    opened(peer, "direct-award", *[part.slug for part in entry("direct-award").parts[:2]])
    note_reading(learner.id, manager.id, "team.person")
    with clock.at(noon(today - timedelta(days=40))):
        failed = take(learner.id, "direct-award", wrong=9)
    with clock.at(noon(today - timedelta(days=30))):
        passed = take(learner.id, "what-the-act-asks", wrong=1)
    under_way = attempts.begin(learner.id, entry("changing-a-contract"), seed=1)
    first = questions_of(db.session.get_one(Attempt, under_way))[0]
    attempts.answer(under_way, 1, right_response(first))
    assert db.session.get_one(Attempt, passed).passed
    assert not db.session.get_one(Attempt, failed).passed
    _use(learner, manager, today)
    _propose(people, today)
    _begin_initiative(people, today)
    return passed, failed, under_way


def _use(learner: Person, manager: Person, today: date) -> None:
    """Two uses at work of what was passed: the first waits, the second is confirmed."""
    for days, words in ((9, "Drew up the notice myself."), (20, "Told the supplier the day of signing.")):
        draft = Draft(("what-the-act-asks",), words, f"BR-{days}", today - timedelta(days=days))
        applications.send(learner.id, draft)
    waiting = applications.applications_of(learner.id)
    confirmed = next(each for each in waiting if each.said.reference == "BR-20")
    applications.confirm(learner.id, confirmed.id, mark=confirmed.mark, by=manager.id)


def _propose(people: Mapping[str, Person], today: date) -> None:
    """A plan of the region’s lead for two of the manager’s people, of whom one is to be assessed."""
    learn, assess = (
        Task(TaskKind.MODULE, "award-and-standstill", 20),
        Task(TaskKind.ASSESSMENT, "procurement-law", 90, 3),
    )
    learner, peer = people["learner"].id, people["peer"].id
    steps = [
        PlannedStep(Need("procurement-law", 0, 2, (learn,)), (learner, peer)),
        PlannedStep(Need("procurement-law", 2, 3, (assess,)), (learner,)),
    ]
    order = Order(REGION, "procurement-law", today + timedelta(days=60), "Before the new platform.")
    send_plan(order, steps, by=people["region-lead"].id, smallest=1, published=catalogue.current())


def _begin_initiative(people: Mapping[str, Person], today: date) -> None:
    """An initiative of the national lead, for everybody."""
    needs = Needs(frozenset({"direct-award"}), frozenset({("supplier-risk", 1), ("negotiation", 3)}))
    wanted = Wanted("One contract platform", "One platform.", needs, Group(), today + timedelta(days=90))
    initiatives.begin(wanted, by=people["national-lead"].id)


def _levels_of(learner: Person, manager: Person, today: date) -> None:
    """Levels of every basis: some short, one that lapses, one entered in error; none of the law."""
    role = catalogue.current().framework.role("senior-buyer")
    assert role
    apart = {"procurement-law", "negotiation", "supplier-risk"}
    known = [each for each in role.requires if each.competency not in apart]
    for number, asked in enumerate(known):
        build.evidence(learner, asked.competency, max(1, asked.level - number % 2))
    build.evidence(learner, "supplier-risk", 1)
    soon = today + timedelta(days=40)
    build.evidence(learner, "negotiation", 3, basis=Basis.ASSESSMENT, by=manager, until=soon)
    wrong = build.evidence(learner, "procurement-law", 3, basis=Basis.ASSESSMENT, by=manager)
    enter_in_error(wrong.id, by=manager.id, reason="entered for the wrong person")
