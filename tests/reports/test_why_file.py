"""The file of what moved: its columns, that it adds up, and its balances against a second count."""

from collections import defaultdict
from datetime import date
from urllib.parse import parse_qsl

import pytest

from lms.competencies.bridges import CAUSES
from lms.core import clock
from lms.core.database import db
from lms.people import appointments
from lms.people.models import Sharing, Team
from lms.reports.why_files import COLUMNS
from tests.support import build
from tests.support.heat import rows
from tests.support.learners import noon
from tests.support.recount import Key, Numbers, Recount, recount
from tests.support.service import BEFORE, COMPETENCIES, LATE, TODAY, Service

FILE = "/reports/gaps/why.csv"
NUMBERS = ("appointments", "below", "gap")
PLACE = {"region": 0, "organisation": 1, "role": 3, "pillar": 4}
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 15)
CHOICES = (
    "",
    "region=east",
    "region=north",
    "region=wales",
    "role=buyer",
    "role=senior-buyer&pillar=energy",
    "pillar=none",
    "region=north&role=senior-buyer",
    "region=east&pillar=operational",
    "region=east&role=buyer&pillar=energy",
    "organisation=aldermoor",
    "organisation=tarnbeck",
    "organisation=fire-aldermoor",
    "organisation=aldermoor&role=contract-manager",
    "organisation=fellmoor&pillar=operational",
)
DAYS = (
    (BEFORE, TODAY, None),
    (date(2026, 8, 31), TODAY, None),
    (date(2026, 10, 31), date(2026, 11, 1), None),
    (date(2024, 1, 1), BEFORE, None),
    (BEFORE, LATE, date(2026, 8, 31)),
    (BEFORE, OCTOBER, OCTOBER),
    (JULY, TODAY, BEFORE),
)


@pytest.fixture
def moving(service: Service) -> Service:
    """The service, in which people joined, left, took another role and came back to a level meanwhile."""
    with service.app.app_context():
        team = db.session.get_one(Team, service.team)
        with clock.at(noon(JULY)):
            for number in range(7):
                build.appointed(build.person(f"Starter {number}", learner=False), team, "buyer", JULY)
        with clock.at(noon(OCTOBER)):
            people = [build.person(f"Mover {number}", learner=False) for number in range(6)]
            for number, each in enumerate(people):
                post = build.appointed(each, team, "buyer", JULY)
                appointments.close_appointment(post, OCTOBER, by=None)
                if number % 2:
                    build.appointed(each, team, "senior-buyer", OCTOBER)
                build.evidence(each, "law", 2, JULY, until=date(2026, 11, 5))
        appointments.onboard("thornmere", date(2026, 9, 15), by=None)
    return service


def address(choice: str, days: tuple[date, date, date | None]) -> str:
    first, last, known_at = days
    known = f"&known_at={known_at}" if known_at else ""
    return f"{FILE}?{choice}&from={first}&to={last}{known}"


def numbers(found: Recount, choice: str, competency: str) -> Numbers:
    filters = dict(parse_qsl(choice))

    def holds(key: Key) -> bool:
        own = {name: key[place] if key[place] is not None else "none" for name, place in PLACE.items()}
        return key[5] == competency and all(own[name] == value for name, value in filters.items())

    return found.total(holds)


def line(row: dict[str, str]) -> tuple[int, ...]:
    """The numbers of a row, without the gap where it is withheld."""
    return tuple(int(row[name]) for name in NUMBERS if row[name])


def test_the_columns_are_those_that_others_rely_on(service: Service) -> None:
    response = service.client().get(address("", (BEFORE, TODAY, None)))
    header = "cause,competency,appointments,below,gap,suppressed"
    assert response.text.splitlines()[0] == header == ",".join(COLUMNS)
    assert response.mimetype == "text/csv"
    name = f'filename="why-skills-gaps-moved-{BEFORE}-to-{TODAY}.csv"'
    assert name in response.headers["Content-Disposition"]


@pytest.mark.parametrize("days", DAYS)
def test_start_and_all_changes_are_the_end_and_both_are_those_of_a_second_count(
    moving: Service, days: tuple[date, date, date | None]
) -> None:
    first, last, known_at = days
    with moving.app.app_context():
        before = recount(first, min(first, known_at) if known_at else first)
        after = recount(last, known_at)
    client, shown = moving.client(), 0
    for choice in CHOICES:
        file: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows(client, address(choice, days)):
            file[row["competency"]].append(row)
        assert tuple(file) == COMPETENCIES
        for competency, lines in file.items():
            assert [lines[0]["cause"], lines[-1]["cause"]] == ["start", "end"]
            if lines[0]["suppressed"] == "yes":
                assert [row["cause"] for row in lines] == ["start", "end"]
                assert {row[name] for row in lines for name in NUMBERS} == {""}
                continue
            shown += 1
            causes = [row["cause"] for row in lines[1:-1]]
            assert causes == [each for each in CAUSES if each in causes]
            assert {row["suppressed"] for row in lines} == {"no"}
            for counted, row in ((before, lines[0]), (after, lines[-1])):
                again = numbers(counted, choice, competency)
                assert line(row) == (again.appointments, again.below, again.missing)[: len(line(row))]
                assert (
                    len(line(row)) == 2
                    or not again.appointments
                    or set(dict(parse_qsl(choice))) <= {"region"}
                )
            sums = [sum(column) for column in zip(*map(line, lines[:-1]), strict=True)]
            assert tuple(sums) == line(lines[-1])
    assert shown > len(CHOICES)


def test_each_cause_of_a_choice_is_there_with_its_sign(moving: Service) -> None:
    file = rows(moving.client(), address("organisation=aldermoor", (BEFORE, TODAY, None)))
    law = {row["cause"]: line(row) for row in file if row["competency"] == "law"}
    assert law["joined"][:2] == (13, 7)
    assert law["left"][:2] == (-3, 0)
    assert law["role"][:2] == (0, 3)
    assert law["lapsed"][1] > 0
    nation = rows(moving.client(), address("region=north", (BEFORE, TODAY, None)))
    north = {row["cause"]: line(row) for row in nation if row["competency"] == "law"}
    assert north["onboarded"][0] > 0
    assert north["restated"][:2] == (0, -6)


def test_a_group_that_is_hidden_on_either_day_has_no_bridge(moving: Service) -> None:
    client, found = moving.client(), 0
    for days in DAYS[:5]:
        first, last, known_at = days
        known = f"&known_at={known_at}" if known_at else ""
        asked = (
            f"as_of={first}&known_at={min(first, known_at) if known_at else first}",
            f"as_of={first}{known}",
            f"as_of={last}{known}",
        )
        for organisation in ("aldermoor", "fenvale", "fellmoor", "fire-aldermoor", "glanhafod"):
            sheets = [
                rows(client, f"/reports/gaps.csv?by=organisation&organisation={organisation}&{each}")
                for each in asked
            ]
            hidden = {row["competency"] for sheet in sheets for row in sheet if row["suppressed"] == "yes"}
            file = rows(client, address(f"organisation={organisation}", days))
            assert {row["competency"] for row in file if row["suppressed"] == "yes"} == hidden
            found += len(hidden)
    assert found


@pytest.mark.parametrize("who", ["region-lead", "organisation-lead"])
def test_every_lead_is_shown_the_same_of_what_they_may_open(moving: Service, who: str) -> None:
    for choice in ("organisation=aldermoor", "region=east"):
        asked = address(choice, (BEFORE, TODAY, None))
        assert rows(moving.client(who), asked) == rows(moving.client(), asked)


def test_an_organisation_lead_without_a_choice_gets_the_own_region(moving: Service) -> None:
    days = (BEFORE, TODAY, None)
    own = rows(moving.client("organisation-lead"), address("", days))
    assert own == rows(moving.client(), address("region=east", days))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from=soon", "Enter a date like 30/11/2026"),
        ("to=01/12/2026", "Enter today’s date or an earlier one"),
        ("from=2026-11-30&to=2026-06-01", "or swap the two dates"),
        ("from=2026-06-01&to=2026-06-01", "nothing moves within one day"),
        ("from=2023-06-01", "Enter 1 January 2024 or a later date"),
        ("to=2023-06-01", "Enter 1 January 2024 or a later date"),
        ("known_at=2023-06-01", "Enter 1 January 2024 or a later date"),
    ],
)
def test_a_file_that_cannot_be_made_says_why(service: Service, asked: str, said: str) -> None:
    response = service.client().get(f"{FILE}?{asked}")
    assert response.status_code == 400
    assert said in response.text


def test_an_organisation_that_shares_nothing_moves_no_figure_of_others(moving: Service) -> None:
    asked = address("region=east", (BEFORE, TODAY, None))
    before = rows(moving.client(), asked)
    moving.share("aldermoor", Sharing.NONE)
    causes = {row["cause"] for row in rows(moving.client(), asked)}
    assert "joined" in {row["cause"] for row in before}
    assert "joined" not in causes
    assert moving.client().get(f"{FILE}?organisation=aldermoor").status_code == 404
