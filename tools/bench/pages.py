"""What pages cost beside a bare Flask page on the same server."""

import statistics
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from lms.content import catalogue
from tests.support.statements import statements
from tools.bench import bare
from tools.bench.checks import Taker, passed, takers
from tools.bench.serving import LANES, Request, page_rate, rate, served
from tools.demonstration import enter, variables
from tools.steps import SetUpError, say

TAKERS_A_ROUND = 16
LEAST_RATIO = 0.5
LEAST_RATIO_OF_REPORT = 1 / 3
MOST_STATEMENTS = 11
BARE, MODULE, GAPS, STANDARDS = "bare page", "module page", "gap report", "standards"
INITIATIVE = "initiative"
FIRST_GAPS, ANSWER, PASS = "gap report, after a write", "check, an answer", "check, the last answer"
NO_GOAL = {BARE, FIRST_GAPS, ANSWER, PASS}


@dataclass(slots=True)
class Measured:
    """One page: its rates by round, and what one request sends to the database and to the browser."""

    name: str
    statements: int
    size: int
    rates: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)

    def note(self, of_round: float, of_bare: float) -> None:
        """Keep the rate of one round beside that of the bare page in the same round."""
        self.rates.append(of_round)
        self.ratios.append(of_round / of_bare)

    @property
    def meets(self) -> bool | None:
        """Whether its goals are met; None where there is none."""
        if self.name in NO_GOAL:
            return None
        ratio = statistics.median(self.ratios)
        if self.name in {GAPS, STANDARDS, INITIATIVE}:
            return ratio >= LEAST_RATIO_OF_REPORT
        return (self.name != MODULE or ratio >= LEAST_RATIO) and self.statements <= MOST_STATEMENTS

    def as_json(self) -> dict[str, object]:
        """The median of all rounds."""
        return {
            "page": self.name,
            "requests_a_second": round(statistics.median(self.rates), 1),
            "ratio": round(statistics.median(self.ratios), 4),
            "statements": self.statements,
            "bytes": self.size,
            "meets_goal": self.meets,
        }


def pages_of(app: Flask) -> dict[str, Request]:
    """The pages that are opened over and over, each by the persona whose page it is."""
    learner = enter(app, "learner")
    return {
        MODULE: Request(longest_part(app), learner),
        "home": Request("/", learner),
        "matrix": Request("/team", enter(app, "manager")),
        "record": Request("/record", learner),
        STANDARDS: Request("/reports/standards", enter(app, "national-lead")),
        INITIATIVE: Request("/reports/initiatives/1", enter(app, "national-lead")),
        GAPS: Request("/reports/gaps", enter(app, "national-lead")),
    }


def longest_part(app: Flask) -> str:
    """The address of the longest part of all modules."""
    with app.app_context():
        documents = [
            catalogue.module_version(each.version_id).document for each in catalogue.current().modules
        ]
    parts = [(len(part.html), module, part) for module in documents for part in module.parts]
    _, module, part = max(parts, key=lambda each: each[0])
    return f"/courses/{module.course}/{module.id}/{part.slug}"


def cost(app: Flask, request: Request, *, warm: bool) -> tuple[int, int]:
    """SQL statements and bytes of one request; with `warm`, of the second one."""
    client = app.test_client()
    client.set_cookie("session", request.cookie)
    for _ in range(2 if warm else 1):
        with statements() as sent:
            response = client.open(
                request.path,
                method="GET" if request.form is None else "POST",
                data=request.form,
                content_type="application/x-www-form-urlencoded" if request.form else None,
            )
    if response.status_code != request.status:
        message = f"{request.path} answered {response.status}."
        raise SetUpError(message)
    return len(sent), len(response.data)


def prepared(app: Flask, pages: dict[str, Request], taker: Taker) -> dict[str, Measured]:
    """What each line of the table costs, before any of it is timed."""
    answers = [cost(app, each, warm=False) for each in taker.first]
    found = {
        ANSWER: Measured(ANSWER, *max(answers)),
        PASS: Measured(PASS, *cost(app, taker.last, warm=False)),
        FIRST_GAPS: Measured(FIRST_GAPS, *cost(app, pages[GAPS], warm=False)),
    }
    warm = {name: Measured(name, *cost(app, request, warm=True)) for name, request in pages.items()}
    return {**warm, **found, BARE: Measured(BARE, 2, warm[MODULE].size)}


def one_round(
    ports: tuple[int, int],
    pages: dict[str, Request],
    bare_page: Request,
    takers_of_round: list[Taker],
    seconds: float,
) -> dict[str, float]:
    """The rates of one round: the bare page before and after, and everything else between."""
    bare_port, port = ports
    before = page_rate(bare_port, bare_page, seconds)
    found = {name: page_rate(port, each, seconds) for name, each in pages.items() if name != GAPS}
    lanes = [takers_of_round[lane::LANES] for lane in range(LANES)]
    found[ANSWER] = rate(port, [[each for taker in lane for each in taker.first] for lane in lanes])
    found[PASS] = rate(port, [[taker.last for taker in lane] for lane in lanes])
    found[FIRST_GAPS] = rate(port, [[pages[GAPS]]])
    found[GAPS] = page_rate(port, pages[GAPS], seconds)
    found[BARE] = statistics.mean([before, page_rate(bare_port, bare_page, seconds)])
    return found


def measure(app: Flask, database: Path, rounds: int, seconds: float) -> list[Measured]:
    """Serve both applications side by side, and ask them in turns; the first round warms up."""
    pages = pages_of(app)
    ready = takers(app, 1 + TAKERS_A_ROUND * (rounds + 1))
    measured = prepared(app, pages, ready.pop())
    settings = variables(database)
    secret = settings["LMS_SECRET_KEY"]
    size = measured[MODULE].size
    bare_app = bare.create_bare_app(str(database), secret, size)
    bare_page = Request("/", bare.session_of(bare_app, 1))
    names = {bare.DATABASE: str(database), bare.SECRET: secret, bare.BYTES: str(size)}
    with served("tools.bench.bare:app", names) as bare_port, served("wsgi:app", settings) as port:
        for number in range(rounds + 1):
            group = ready[number * TAKERS_A_ROUND : (number + 1) * TAKERS_A_ROUND]
            found = one_round((bare_port, port), pages, bare_page, group, seconds)
            say(f"Round {number} of {rounds}" + ("" if number else ", to warm up"))
            for name, of_round in found.items() if number else ():
                measured[name].note(of_round, found[BARE])
    if passed(app, [each.person_id for each in ready]) != len(ready):
        message = "A check that was answered rightly did not pass."
        raise SetUpError(message)
    order = (BARE, *(name for name in pages if name != GAPS), ANSWER, PASS, GAPS, FIRST_GAPS)
    return [measured[name] for name in order]
