"""A service of eight organisations in three regions, for tests of what leads see."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from flask import Flask, has_app_context

from lms.content.framework import Pillar
from lms.core import clock
from lms.core.database import db, writing
from lms.people import appointments
from lms.people.acts import act
from lms.people.models import Duty, Organisation, OrganisationKind, Person, Region, Sharing, Team
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon
from tests.support.pages import CheckedClient, Page

TODAY = date(2026, 11, 30)
BEFORE = date(2026, 6, 1)
"""A day for which something was entered late, on LATE."""
LATE = date(2026, 9, 1)
COMPETENCIES = ("law", "risk", "tendering", "cost", "fraud")
ASKED = {
    "buyer": {"law": 2, "risk": 1, "tendering": 2},
    "contract-manager": {"law": 1, "risk": 3},
    "senior-buyer": {"law": 3, "risk": 2, "tendering": 3, "cost": 2},
}
PILLARS = ("operational", "energy")
REGIONS = {"east": "East Midlands", "north": "North East", "wales": "Wales", "national": "National forces"}
SIZES = {
    "aldermoor": ("east", 14),
    "woldmarsh": ("east", 11),
    "fenvale": ("east", 9),
    "fire-aldermoor": ("east", 3),
    "fellmoor": ("north", 13),
    "tarnbeck": ("north", 9),
    "thornmere": ("north", 6),
    "glanhafod": ("wales", 7),
    "holmgate": ("national", 12),
}
NOT_ON_BOARD = "thornmere"


@dataclass(frozen=True)
class Service:
    """Who asks: the national lead, the lead of the East Midlands, that of Aldermoor, and one who manages too.

    The last leads the East Midlands and manages Aldermoor's sourcing team. `team` is that team.
    """

    app: Flask
    ids: Mapping[str, int]
    team: int

    def client(self, who: str = "national-lead") -> CheckedClient:
        """A browser in which somebody is signed in."""
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        sign_in(client, self.ids[who])
        return client

    def open(self, address: str = "/reports/gaps", who: str = "national-lead", status: int = 200) -> Page:
        """Open a page as somebody."""
        return self.client(who).page(address, status)

    def share(self, organisation: str, sharing: Sharing) -> None:
        """Set what an organisation has agreed to."""
        with self.app.app_context():
            kept = db.session.get_one(Organisation, organisation)
            appointments.set_sharing(kept, sharing, by=None)


def gather(app: Flask) -> tuple[dict[str, int], int]:
    """Write the service into an empty database; gives who asks, and the team of the one who manages."""
    with nullcontext() if has_app_context() else app.app_context():
        with clock.at(noon(build.START)):
            _publish()
            teams = _organisations()
            _crowd(teams)
            late = _late_people(teams["tarnbeck"][0])
            ids = _leads(teams["aldermoor"][1])
        with clock.at(noon(LATE)), act("import", None):
            for each in late:
                build.evidence(each, "law", 3, BEFORE - timedelta(days=90))
        return ids, teams["aldermoor"][1].id


def _publish() -> None:
    publish(
        tuple(competency(key) for key in COMPETENCIES),
        tuple(role(key, levels) for key, levels in ASKED.items()),
        (module("standstill"),),
        tuple(Pillar(id=key, title=f"{key.capitalize()} pillar", categories=()) for key in PILLARS),
    )


def _organisations() -> dict[str, list[Team]]:
    for key, name in REGIONS.items():
        build.region(key, name)
    teams: dict[str, list[Team]] = {}
    for key, (region, _) in SIZES.items():
        kind = OrganisationKind.FIRE if key.startswith("fire") else OrganisationKind.FORCE
        on_board = None if key == NOT_ON_BOARD else build.START
        made = build.organisation(key, region_id=region, kind=kind, on_board=on_board)
        above = build.team(made)
        teams[key] = [above, build.team(made, f"{key.title()} sourcing team", above)]
    with writing():
        apart = db.session.get_one(Organisation, "holmgate")
        apart.kind, apart.tile_column, apart.tile_row = OrganisationKind.NATIONAL, None, None
    return teams


def _crowd(teams: Mapping[str, list[Team]]) -> None:
    """Everybody, of every kind: who meet what is asked, are short, have lapsed, or have nothing recorded."""
    chance = Random(1)  # noqa: S311 invented people keep no secret
    with act("import", None, everybody=True):
        for key, (_, size) in SIZES.items():
            for number in range(size):
                somebody = build.person(f"Person {key} {number}", learner=False)
                kind = chance.choice(tuple(ASKED))
                pillar = chance.choice((None, *PILLARS))
                build.appointed(somebody, teams[key][number % 2], kind, pillar=pillar)
                _levels(somebody, ASKED[kind], chance)
                if (key, number) == ("aldermoor", 0):
                    build.appointed(somebody, teams[key][1], "contract-manager")
                if (key, number) in {("woldmarsh", 0), ("fellmoor", 0)}:
                    appointments.record_absence(somebody.id, TODAY - timedelta(days=20), None, by=None)


def _levels(somebody: Person, asked: Mapping[str, int], chance: Random) -> None:
    for key, level in asked.items():
        shown, ends = chance.randint(0, level), chance.choice((None, None, TODAY - timedelta(days=30)))
        if shown:
            build.evidence(somebody, key, max(shown, level - 1), until=ends)


def _late_people(team: Team) -> list[Person]:
    """People of whom nothing is recorded until September."""
    people = [build.person(f"Latecomer {number}", learner=False) for number in range(6)]
    for each in people:
        build.appointed(each, team, "senior-buyer")
    return people


def _leads(team: Team) -> dict[str, int]:
    names = ("national-lead", "region-lead", "organisation-lead", "manager-lead", "manager")
    people = {each: build.person(each.replace("-", " ").title(), learner=False) for each in names}
    east, aldermoor = db.session.get_one(Region, "east"), db.session.get_one(Organisation, "aldermoor")
    build.grant(people["national-lead"], Duty.NATIONAL_LEAD)
    build.grant(people["region-lead"], Duty.REGION_LEAD, east)
    build.grant(people["organisation-lead"], Duty.ORGANISATION_LEAD, aldermoor)
    build.grant(people["manager-lead"], Duty.REGION_LEAD, east)
    build.grant(people["manager-lead"], Duty.MANAGER, team)
    build.grant(people["manager"], Duty.MANAGER, team)
    return {key: each.id for key, each in people.items()}
