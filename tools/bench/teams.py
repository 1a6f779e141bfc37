"""What a manager's pages cost over a team of 300 people by 15 competencies, beside a bare Flask page."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from lms import create_app
from lms.authoring.publishing import publish_courses
from lms.content import catalogue
from lms.content.framework import Framework, RoleProfile
from lms.core import clock
from lms.core.database import db
from lms.core.migrations import bring_forward
from lms.core.settings import Settings
from lms.people import appointments
from lms.people.acts import act
from lms.people.models import Duty, Team
from tests.support import build
from tests.support.application import sign_in
from tools.bench import bare
from tools.bench.pages import cost
from tools.bench.serving import Request, page_rate, served
from tools.demonstration import SECRET
from tools.steps import ROOT, SetUpError, say

PEOPLE, TEAMS = 300, 12
SEED = 20261130
ROUNDS, SECONDS = 5, 1.0
ROLES = {"buyer": 5, "senior-buyer": 3, "contract-manager": 2, "procurement-assistant": 2}
"""How often each role is held, of twelve."""
AWAY, SHOWN, ENDLESS = 0.05, 0.9, 0.1
"""The shares of people who are away, of levels that have evidence, and of evidence without an end."""
LONGEST = timedelta(days=2 * 365)
WORK, YEAR = "complex-tender", timedelta(days=364)


@dataclass(slots=True)
class Page:
    """One page: its address, the most that it may cost, and by round how many bare pages it costs."""

    name: str
    address: str
    most: float
    people: int = 0
    """Of how many people the bare page has the table of their levels too; 0: it has none."""
    statements: int = 0
    size: int = 0
    ratios: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median of all rounds."""
        return statistics.median(self.ratios)

    @property
    def meets(self) -> bool:
        """Whether the goal is met."""
        return self.ratio <= self.most

    def as_json(self) -> dict[str, object]:
        """The page as the file of results has it."""
        return {
            "page": self.name,
            "statements": self.statements,
            "bytes": self.size,
            "bare_pages": round(self.ratio, 2),
            "goal": self.most,
            "meets_goal": self.meets,
        }


def pages_of(today: date) -> list[Page]:
    """What is opened, each as the manager of the whole team."""
    period = {"work": WORK, "from": f"{today:%d/%m/%Y}", "until": f"{today + YEAR:%d/%m/%Y}"}
    return [
        Page("matrix, 300 people on one page *", "/team?size=300", 6, PEOPLE),
        Page("matrix, 25 of the 300 on a page *", "/team", 6, PEOPLE),
        Page("who is ready, 300 people, one year", f"/team/staffing?{urlencode(period)}", 10),
    ]


def measured_teams(scratch: Path) -> list[dict[str, Any]]:
    """Fill a database with the team, serve it beside the bare page, and ask in turns; prints a table."""
    database = scratch / "teams.db"
    app = create_app(Settings(secret_key=SECRET, database_url=f"sqlite:///{database}", insecure_cookies=True))
    cookie = _filled(app)
    pages = pages_of(clock.today())
    requests = {each.name: Request(each.address, cookie) for each in pages}
    for each in pages:
        each.statements, each.size = cost(app, requests[each.name], warm=True)
    for each in pages:
        _measure(each, requests[each.name], database)
    say("\n".join(table(pages)))
    return [each.as_json() for each in pages]


def _measure(each: Page, request: Request, database: Path) -> None:
    """Ask one page and the bare page of as many bytes in turns; the first round warms up."""
    bare_app = bare.create_bare_app(str(database), SECRET, each.size, each.people)
    bare_page = Request("/", bare.session_of(bare_app, 1))
    names = {bare.DATABASE: str(database), bare.SECRET: SECRET, bare.BYTES: str(each.size)}
    names |= {bare.PEOPLE: str(each.people)}
    product = {
        "LMS_SECRET_KEY": SECRET,
        "LMS_DATABASE_URL": f"sqlite:///{database}",
        "LMS_INSECURE_COOKIES": "1",
    }
    with served("tools.bench.bare:app", names) as bare_port, served("wsgi:app", product) as port:
        for number in range(ROUNDS + 1):
            rates = page_rate(bare_port, bare_page, SECONDS), page_rate(port, request, SECONDS)
            if number:
                each.ratios.append(rates[0] / rates[1])


def table(pages: Sequence[Page]) -> list[str]:
    """The results for a person at a terminal."""
    lines = [f"\n{'A team of 300 people':52}{'statements':>12}{'bytes':>10}{'bare pages':>12}  goal"]
    lines += [
        f"{each.name:52}{each.statements:>12}{each.size:>10,}{each.ratio:>12.1f}"
        f"  {each.most:g}: {'met' if each.meets else 'NOT MET'}"
        for each in pages
    ]
    lines.append("* The bare page has the same table of numbers: 300 people by 15 competencies.")
    return lines


def _filled(app: Flask) -> str:
    """Write the team, and give the cookie of the manager of all of it."""
    with app.app_context():
        bring_forward()
        if publish_courses(ROOT / "courses", by=None).problems:
            message = "The courses could not be published."
            raise SetUpError(message)
        manager_id = write_team(catalogue.current().framework, clock.today())
        db.session.remove()
        db.engine.dispose()
    client = app.test_client()
    sign_in(client, manager_id)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if cookie is None:
        message = "Nobody could be signed in."
        raise SetUpError(message)
    return cookie.value


def write_team(framework: Framework, today: date) -> int:
    """Write 300 people in a tree of teams, the same in each run; gives the manager of all of them."""
    chance = random.Random(SEED)  # noqa: S311 the same team in each run
    roles = {each.id: each for each in framework.roles}
    force = build.organisation()
    top = build.team(force)
    teams = [top, *(build.team(force, f"Team {number}", top) for number in range(1, TEAMS))]
    with act("import", None):
        manager = build.person("Morgan Example")
        build.appointed(manager, top, "head-of-commercial")
        build.grant(manager, Duty.MANAGER, top)
        drawn = chance.choices(list(ROLES), list(ROLES.values()), k=PEOPLE)
        for number, role in enumerate(drawn):
            _joins(f"Person {number:03}", chance.choice(teams), roles[role], chance, today)
        return manager.id


def _joins(name: str, team: Team, role: RoleProfile, chance: random.Random, today: date) -> None:
    """One person of the team, with evidence about as high as the role asks, most of which lapses."""
    person = build.person(name)
    build.appointed(person, team, role.id)
    for asked in role.requires:
        if chance.random() < SHOWN:
            level = min(4, max(1, asked.level + chance.choice((-1, 0, 0, 1))))
            until = None if chance.random() < ENDLESS else today + LONGEST * chance.random()
            build.evidence(person, asked.competency, level, today - LONGEST, until=until)
    if chance.random() < AWAY:
        first = today + timedelta(days=chance.randrange(300))
        appointments.record_absence(person.id, first, first + timedelta(days=60), by=None)
