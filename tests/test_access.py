"""Who may do what, asked of the running application and compared with the table beside this file."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Blueprint, Flask, session
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, DictLoader
from lxml import html
from sqlalchemy import select
from werkzeug.wrappers import Response

from lms.competencies.models import Evidence
from lms.content import catalogue
from lms.content.models import Asset
from lms.core.database import db
from lms.core.shell import navigation
from lms.people.accounts import ensure_account, invitation
from lms.people.digests import stop_token
from lms.people.models import Duty, Person
from tests.access_table import WHO, Row, address_of, rows
from tests.support import build
from tests.support.application import sign_in
from tests.support.cast import Cast
from tests.support.crawl import Visit, crawl
from tests.support.pages import CheckedClient

AUTOMATIC = {"HEAD", "OPTIONS"}
SIGNED = {"hooks.publish", "people.stop_mail_now"}
"""What is believed by a signature of its own, which has tests of its own."""
ROWS = tuple(rows())


@dataclass
class House:
    """An application on the small nation, and what the addresses of its routes are made of."""

    app: Flask
    cast: Cast
    things: dict[str, str]
    kept: dict[str, CheckedClient] = field(default_factory=dict)

    def client(self, who: str) -> CheckedClient:
        """A client that is signed in as one of WHO."""
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        if who != "anonymous":
            sign_in(client, self.cast.ids[who])
        return client

    def address(self, row: Row) -> str:
        """The address of a row's endpoint in its case."""
        with self.app.test_request_context():
            return self.app.url_for(row.endpoint, **address_of(row.case, self.cast, self.things))

    def ask(self, row: Row, who: str, method: str = "") -> str:
        """Ask as one of WHO; gives the word of the table. A POST carries its token and nothing else."""
        client = self.kept.pop(who, None) or self.client(who)
        data = {"csrf_token": token_for(client)} if row.method == "POST" else None
        method = method or row.method
        with client.open(self.address(row), method=method, data=data, checked=False) as response:
            answer = answer_of(response)
        if row.endpoint != "people.log_out":
            self.kept[who] = client
        return answer


def token_for(client: CheckedClient) -> str:
    """A token as forms carry it, kept in the session of a client."""
    with client.application.test_request_context():
        token, kept = generate_csrf(), session["csrf_token"]
    with client.session_transaction() as own:
        own["csrf_token"] = kept
    return str(token)


def answer_of(response: Response) -> str:
    """The word of the table for an answer."""
    if response.status_code == 200:
        return "page" if response.mimetype == "text/html" else "file"
    if response.location and "/login?next=" in response.location:
        return "in"
    return "to" if response.location else str(response.status_code)


def house_of(app: Flask, cast: Cast) -> House:
    with app.app_context():
        module = catalogue.current().module("changing-a-contract")
        person = db.session.get_one(Person, cast.ids["ended"])
        assert module
        theirs = Evidence.person_id == cast.ids["learner"], Evidence.competency_id == "negotiation"
        things = {
            "assessed": str(db.session.scalars(select(Evidence.id).where(*theirs)).one()),
            "part": module.parts[0].slug,
            "picture": db.session.scalars(select(Asset.hash).order_by(Asset.hash)).first() or "",
            "invitation": invitation(ensure_account(person.id)),
            "mail": stop_token(person.id),
        }
    return House(app, cast, things)


@pytest.fixture
def house(nation: Flask, cast: Cast) -> House:
    return house_of(nation, cast)


@pytest.mark.parametrize("demonstration", [False, True])
def test_every_route_and_method_has_a_row_and_every_row_a_route(
    make_app: Callable[..., Flask], *, demonstration: bool
) -> None:
    app = make_app(demonstration=demonstration)
    routes = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - AUTOMATIC
    }
    decided = {(row.method, row.endpoint) for row in ROWS if demonstration or not row.demonstration}
    assert routes - decided == set(), "decide in tests/access_table.py who may open these"
    assert decided - routes == set(), "take the rows of these out of tests/access_table.py"


def in_a_word(app: Flask) -> Flask:
    """Let an application answer errors with their number: what their pages say has tests of its own."""
    short = DictLoader({f"errors/{code}.html": "{{ code }}" for code in (400, 403, 404)})
    assert app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([short, app.jinja_env.loader])
    return app


@pytest.mark.parametrize("demonstration", [False, pytest.param(True, marks=pytest.mark.sqlite)])
def test_everyone_gets_the_answer_of_the_table(
    make_app: Callable[..., Flask], gathered: tuple[str, Cast], *, demonstration: bool
) -> None:
    app = make_app(gathered[0], demonstration=demonstration)
    house = house_of(in_a_word(app), gathered[1])
    wrong = [
        f"{row.method} {row.endpoint} {row.case} as {who}: {got}, and the table says {row.answers[who]}"
        for row in ROWS
        if demonstration or not row.demonstration
        for who in WHO
        if (got := house.ask(row, who)) != row.answers[who]
    ]
    assert wrong == []


def test_head_opens_no_more_than_get(house: House) -> None:
    in_a_word(house.app)
    wrong = [
        f"{row.endpoint} {row.case} as {who}: {got}"
        for row in ROWS
        if row.method == "GET" and not row.demonstration
        for who in ("anonymous", "peer")
        if (got := house.ask(row, who, "HEAD")) != row.answers[who]
    ]
    assert wrong == []


def test_no_post_is_believed_without_its_token(house: House) -> None:
    client = house.client("administrator")
    posts = [
        house.address(row)
        for row in ROWS
        if row.method == "POST" and not row.demonstration and row.endpoint not in SIGNED
    ]
    assert {address: client.post(address).status_code for address in posts} == dict.fromkeys(posts, 400)


def test_a_view_without_a_decision_is_refused_to_everyone(
    make_app: Callable[..., Flask], gathered: tuple[str, Cast]
) -> None:
    app = make_app(gathered[0])
    forgotten = Blueprint("forgotten", __name__)
    forgotten.add_url_rule("/forgotten", "page", lambda: "open", methods=["GET", "POST"])
    app.register_blueprint(forgotten)
    house = house_of(app, gathered[1])
    for method in ("GET", "POST"):
        row = Row(method, "forgotten.page", "", {}, demonstration=False)
        assert {who: house.ask(row, who) for who in WHO} == dict.fromkeys(WHO, "404")


def test_htmx_is_sent_to_the_log_in_as_a_whole_page(house: House) -> None:
    answer = house.client("anonymous").get("/record?page=2", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/login?next=/record?page%3D2"


@pytest.mark.parametrize("who", WHO)
def test_the_navigation_shows_all_that_may_be_opened_and_nothing_else(house: House, who: str) -> None:
    client = house.client(who)
    with house.app.test_request_context():
        entries = {house.app.url_for(entry.endpoint) for entry in navigation()}
    tree = html.document_fromstring(client.get("/help").text)
    shown = {link.get("href") for link in tree.cssselect("nav .navigation__list a")}
    may_open = {each for each in entries if who != "anonymous" and client.get(each).status_code < 400}
    assert shown == may_open


LOOKS_ROUND = (
    ("learner", False),
    ("manager", True),
    ("author", False),
    ("organisation-lead", False),
    ("region-lead", True),
    ("national-lead", False),
    ("administrator", False),
    ("ended", False),
)
"""Who follows links, and whether they are given the learner’s duty beside their own."""
GETS_WRITE = {
    "learning.part": {"reading_place", "part_count"},
    "teams.person": {"record_reading"},
    "teams.initiative": {"record_reading"},
    "teams.plan": {"record_reading"},
    "teams.answer": {"record_reading"},
    "teams.assess": {"record_reading"},
    "teams.baseline": {"record_reading"},
    "teams.absence": {"record_reading"},
    "teams.staffing": {"record_reading"},
    "teams.qualification": {"record_reading"},
    "teams.application": {"record_reading"},
    "teams.matrix": {"record_reading"},
    "teams.matrix_csv": {"record_reading"},
    "teams.matrix_xlsx": {"record_reading"},
    "learning.standard": {"record_reading"},
}


@pytest.mark.parametrize(("who", "learns"), LOOKS_ROUND)
def test_every_link_that_somebody_sees_opens_and_looking_writes_nothing_else(
    house: House, who: str, *, learns: bool
) -> None:
    visits = looked_round(house, who, learns=learns)
    dead = [f"{each.address} on {each.found_on}: {each.status}" for each in visits if each.status >= 400]
    assert dead == []
    wrote = [
        f"{each.address}: {each.written}"
        for each in visits
        if each.written - GETS_WRITE.get(each.endpoint, set())
    ]
    assert wrote == []
    assert len({each.endpoint for each in visits}) > 5


def looked_round(house: House, who: str, *, learns: bool = False) -> list[Visit]:
    """All that somebody finds from the first page on, and what only an address of before leads to."""
    if learns:
        with house.app.app_context():
            build.grant(db.session.get_one(Person, house.cast.ids[who]), Duty.LEARNER)
    course = "/courses/procurement-act-in-practice"
    results = [
        f"{course}/what-the-act-asks/check/result/{house.cast.passed}",
        f"{course}/direct-award/check/result/{house.cast.failed}",
    ]
    return crawl(house.client(who), ["/", *(results if who == "learner" else ())])
