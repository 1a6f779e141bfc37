"""What plans of leads propose for a manager’s people: accepting, changing, refusing, and being late."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.content import catalogue
from lms.core import clock
from lms.core.database import db
from lms.learning.models import Enrolment, Outcome, Proposal
from lms.learning.refusals import Refusal
from lms.learning.sent_plans import Order, PlannedStep, WithdrawnError, send_plan, withdraw
from lms.learning.to_do import Need, Task, TaskKind
from lms.people.digests import Reader
from lms.people.models import Duty, Region, Team
from lms.teams.answering import AnswerError, Fault, Terms, accept, accept_all, refuse
from lms.teams.digest import WaitsFor
from lms.teams.digest_news import news_for
from tests.support import build
from tests.support.application import sign_in
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon, passed
from tests.support.managers import ASKED, TODAY, World, another_force
from tests.support.pages import Page, submit
from tests.support.statements import statements

DUE = TODAY + timedelta(days=60)
LEARN, ASSESS = Task(TaskKind.MODULE, "standstill", 20), Task(TaskKind.ASSESSMENT, "law", 90, 3)
MOST_STATEMENTS = 14


def taught(*modules: str, aliases: tuple[str, ...] = ()) -> None:
    """Publish these modules, which show the first levels of law."""
    shown = {level: (key,) for level, key in enumerate(modules, 1)}
    publish(
        tuple(competency(key, shown if key == "law" else None) for key in ASKED["buyer"]),
        tuple(role(key, levels) for key, levels in ASKED.items()),
        tuple(replace(module(key), aliases=aliases if key == modules[0] else ()) for key in modules),
    )


@pytest.fixture
def planned(world: World) -> World:
    """A plan of the region’s lead: two people for a module, one of them for an assessment too."""
    with world.app.app_context():
        taught("standstill", "negotiating")
        lead = build.person("Lee Mockridge", learner=False)
        build.grant(lead, Duty.REGION_LEAD, db.session.scalars(select(Region)).first())
        world.ids["lead"] = lead.id
        for name in ("Rowan Sample", "Asha Testwood"):
            world.joins(name, {})
    sent(world)
    return world


def sent(world: World, *names: str, due: date = DUE) -> int:
    people = tuple(world.ids[name] for name in names or ("Rowan Sample", "Asha Testwood"))
    steps = [
        PlannedStep(Need("law", 0, 1, (LEARN,)), people),
        PlannedStep(Need("law", 2, 3, (ASSESS,)), people[:1]),
    ]
    order = Order(None, "law", due, "Before the new platform.")
    with world.app.app_context():
        published = catalogue.current()
        return send_plan(order, steps, by=world.ids["lead"], smallest=1, published=published).number


def proposal(world: World, name: str, *, level: int | None = None) -> Proposal:
    query = select(Proposal).where(Proposal.person_id == world.ids[name], Proposal.level.is_(level))
    with world.app.app_context():
        return db.session.scalars(query.order_by(Proposal.id.desc()).limit(1)).one()


def outcomes(world: World) -> set[str | None]:
    with world.app.app_context():
        return {each.outcome for each in db.session.scalars(select(Proposal))}


def enrolments(world: World) -> list[Enrolment]:
    with world.app.app_context():
        return list(db.session.scalars(select(Enrolment).order_by(Enrolment.id)))


def manages(world: World, name: str, team: int) -> int:
    """A further manager of a team, who holds no post."""
    with world.app.app_context():
        somebody = build.person(name, learner=False)
        build.grant(somebody, Duty.MANAGER, db.session.get_one(Team, team))
        return somebody.id


def elsewhere(world: World) -> int:
    """A team of another force."""
    with world.app.app_context():
        return build.team(another_force()).id


def answered(world: World, fields: dict[str, str], name: str = "Rowan Sample") -> Page:
    page = world.open(f"/team/plans/1/{proposal(world, name).id}")
    return submit(page, fields, button="Record this answer")


def states(page: Page) -> list[str]:
    return page.select("td.plan-became")


def test_a_manager_is_told_on_the_first_page_and_sees_the_own_people_alone(planned: World) -> None:
    planned.joins("Far Away", {}, team=elsewhere(planned))
    sent(planned, "Far Away")
    assert "1 plan from a lead waits for your answer" in planned.open().text
    page = planned.open("/team/plans")
    assert page.select("main li a") == ["Law, by 29 January 2027"]
    assert "2 people wait for your answer, wanted in 60 days." in page.select("main li p")
    assert "Far Away" not in planned.open("/team/plans/1").text
    planned.open("/team/plans/2", 404)


def test_nothing_is_asked_before_a_manager_accepts(planned: World) -> None:
    assert enrolments(planned) == []
    sign_in(planned.client, planned.ids["Rowan Sample"])
    assert "From a plan by" not in planned.client.page("/").text


def test_accepting_all_asks_everybody_with_the_plan_as_the_reason(planned: World) -> None:
    page = submit(planned.open("/team/plans/1"), {}, button="Accept for all 2 people who wait")
    assert "2 people are asked." in page.text
    assert {(each.by_id, each.due_day) for each in enrolments(planned)} == {(planned.manager_id, DUE)}
    assert {each.reason for each in enrolments(planned)} == {
        "From a plan by Lee Mockridge: Before the new platform."
    }
    assert outcomes(planned) == {Outcome.ACCEPTED}
    assert page.links()["Assess Rowan Sample"].endswith("/assess/law")
    sign_in(planned.client, planned.ids["Rowan Sample"])
    assert "From a plan by Lee Mockridge" in planned.client.page("/").text


def test_another_day_or_another_module_is_a_change(planned: World) -> None:
    answered(planned, {"what": "accept", "due": "15/1/2027"})
    assert proposal(planned, "Rowan Sample").outcome == Outcome.CHANGED
    answered(planned, {"what": "accept", "module": "negotiating"}, "Asha Testwood")
    assert proposal(planned, "Asha Testwood").outcome == Outcome.CHANGED
    assert [(each.module_id, each.due_day) for each in enrolments(planned)] == [
        ("standstill", date(2027, 1, 15)),
        ("negotiating", DUE),
    ]


def test_a_refusal_asks_nobody_and_keeps_its_reason(planned: World) -> None:
    page = answered(planned, {"what": "refuse", "kind": "no-time", "words": "Year end"})
    assert "Rowan Sample is not asked for it, and the lead reads why." in page.text
    found = proposal(planned, "Rowan Sample")
    assert (found.outcome, found.refusal, found.reason) == (Outcome.REFUSED, Refusal.NO_TIME, "Year end")
    assert enrolments(planned) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "what"),
        ({"what": "accept", "due": ""}, "due"),
        ({"what": "accept", "due": "1/11/2026"}, "due"),
        ({"what": "refuse"}, "kind"),
        ({"what": "refuse", "kind": "other"}, "words"),
        ({"what": "refuse", "kind": "no-time", "words": "Rowan is too busy"}, "words"),
        ({"what": "refuse", "kind": "no-time", "words": "the sourcing team is too busy"}, "words"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused_at_its_field(
    planned: World, fields: dict[str, str], field: str
) -> None:
    page = answered(planned, fields)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert page.tree.cssselect(".govuk-error-summary__list a")[0].get("href") == f"#{field}"
    assert proposal(planned, "Rowan Sample").outcome is None


def test_of_two_managers_the_first_answer_holds_and_the_second_sees_whose(planned: World) -> None:
    second, number = manages(planned, "Bryn Mockford", planned.team_id), proposal(planned, "Rowan Sample").id
    page = planned.open(f"/team/plans/1/{number}", by=second)
    with planned.app.app_context():
        refuse(number, Refusal.LEAVING, None, by=planned.manager_id)
    after = submit(page, {"what": "accept"}, button="Record this answer")
    assert "It was answered or taken back meanwhile, so nothing new is written" in after.text
    assert any("Refused Morgan Example" in each for each in states(after))
    with planned.app.app_context(), pytest.raises(AnswerError) as caught:
        accept(number, Terms(DUE), by=second)
    assert caught.value.fault is Fault.ANSWERED


def test_whoever_manages_a_person_now_answers_after_a_move(planned: World) -> None:
    other = elsewhere(planned)
    chief, number = manages(planned, "Carys Exemplar", other), proposal(planned, "Rowan Sample").id
    with planned.app.app_context():
        with pytest.raises(AnswerError) as caught:
            accept(number, Terms(DUE), by=chief)
        assert caught.value.fault is Fault.NOT_ALLOWED
        rowan = planned.person(planned.ids["Rowan Sample"])
        build.appointed(rowan, db.session.get_one(Team, other), "buyer", TODAY)
        accept(number, Terms(DUE), by=chief)
    assert proposal(planned, "Rowan Sample").outcome == Outcome.ACCEPTED


def test_nobody_answers_for_themselves(planned: World) -> None:
    planned.ids["Morgan"] = planned.manager_id
    number = sent(planned, "Morgan")
    planned.open(f"/team/plans/{number}", 404)


def test_a_late_manager_is_asked_for_a_new_day_and_nothing_is_lost(planned: World) -> None:
    with clock.at(noon(DUE + timedelta(days=3))):
        page = planned.open("/team/plans/1")
        assert "is past, 29 January 2027: enter a new one, and nothing is lost." in page.text
        wrong = submit(page, {}, button="Accept for all 2 people who wait")
        assert wrong.status == 422
        page = submit(wrong, {"due": "1/3/2027"}, button="Accept for all 2 people who wait")
        assert "2 people are asked." in page.text
        assert outcomes(planned) == {Outcome.CHANGED}


def test_a_module_retired_after_sending_asks_nothing_and_a_renamed_one_is_followed(planned: World) -> None:
    with planned.app.app_context():
        taught("negotiating")
    page = planned.open("/team/plans/1")
    assert any("Not published any more Nothing is asked." in each for each in states(page))
    submit(page, {}, button="Accept for the 1 person who waits")
    assert enrolments(planned) == []
    assert proposal(planned, "Asha Testwood").outcome is None
    with planned.app.app_context():
        taught("contract-standstill", aliases=("standstill",))
    submit(planned.open("/team/plans/1"), {}, button="Accept for all 2 people who wait")
    assert {each.module_id for each in enrolments(planned)} == {"contract-standstill"}


def test_whoever_passed_since_is_accepted_and_asked_nothing(planned: World) -> None:
    with planned.app.app_context():
        passed(planned.person(planned.ids["Rowan Sample"]), "standstill", TODAY)
        accept_all(1, DUE, by=planned.manager_id)
    assert [each.person_id for each in enrolments(planned)] == [planned.ids["Asha Testwood"]]


def test_what_was_accepted_stays_when_the_lead_withdraws(planned: World) -> None:
    number = proposal(planned, "Rowan Sample").id
    with planned.app.app_context():
        accept(number, Terms(DUE), by=planned.manager_id)
        assert withdraw(1, by=planned.ids["lead"], reason="The platform comes later") == 2
    page = planned.open("/team/plans/1")
    assert "The lead withdrew this plan" in page.text
    assert "The platform comes later" in page.text
    assert not page.select("main form")
    assert len(enrolments(planned)) == 1
    with planned.app.app_context():
        with pytest.raises(AnswerError):
            accept_all(1, DUE, by=planned.manager_id)
        with pytest.raises(WithdrawnError):
            withdraw(1, by=planned.ids["lead"], reason="Again")


def at_once(world: World, *things: Callable[[], object]) -> list[object]:
    """What each of these gives, or raises, when all begin together."""
    start, found = threading.Barrier(len(things)), [object()] * len(things)

    def run(place: int, thing: Callable[[], object]) -> None:
        with world.app.app_context(), clock.at(noon(TODAY)):
            start.wait()
            try:
                found[place] = thing()
            except (AnswerError, WithdrawnError) as error:
                found[place] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(things)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def test_of_two_managers_at_once_one_answers(planned: World) -> None:
    other = manages(planned, "Bryn Mockford", planned.team_id)
    number, manager = proposal(planned, "Rowan Sample").id, planned.manager_id
    found = at_once(
        planned,
        lambda: accept(number, Terms(DUE), by=manager),
        lambda: refuse(number, Refusal.NO_TIME, None, by=other),
    )
    assert sum(isinstance(each, AnswerError) for each in found) == 1
    held = proposal(planned, "Rowan Sample")
    assert (held.outcome == Outcome.REFUSED) == (enrolments(planned) == [])


def test_of_a_manager_and_a_lead_who_withdraws_at_once_each_proposal_has_one_answer(planned: World) -> None:
    manager, lead = planned.manager_id, planned.ids["lead"]
    at_once(
        planned,
        lambda: accept_all(1, DUE, by=manager),
        lambda: withdraw(1, by=lead, reason="The platform comes later"),
    )
    assert outcomes(planned) in ({Outcome.ACCEPTED}, {Outcome.TAKEN_BACK})
    assert len(enrolments(planned)) == (2 if outcomes(planned) == {Outcome.ACCEPTED} else 0)


def test_the_statements_do_not_grow_with_people_and_plans(planned: World) -> None:
    counts = []
    for more in (0, 10):
        names = [f"More {number}" for number in range(more)]
        for name in names:
            planned.joins(name, {})
        if names:
            sent(planned, *names)
        for address in ("/team/plans", "/team/plans/1"):
            with statements() as found:
                planned.open(address)
            counts.append(len(found))
    assert counts[:2] == counts[2:]
    assert max(counts) <= MOST_STATEMENTS


def test_the_weekly_mail_names_what_waits_until_it_is_answered_or_retired(planned: World) -> None:
    reader = Reader(planned.manager_id, "Morgan Example", "morgan@example.org", None, stopped=False)

    def told() -> list[tuple[str, str]]:
        with planned.app.app_context():
            news = news_for(reader, TODAY)
            waiting = news.team.waiting if news else ()
            return [(each.name, each.title) for each in waiting if each.kind is WaitsFor.PROPOSAL]

    assert told() == [
        ("Asha Testwood", "Standstill"),
        ("Rowan Sample", "Law"),
        ("Rowan Sample", "Standstill"),
    ]
    number = proposal(planned, "Rowan Sample").id
    with planned.app.app_context():
        refuse(number, Refusal.NO_TIME, None, by=planned.manager_id)
        taught("negotiating")
    assert told() == [("Rowan Sample", "Law")]


def test_whoever_is_named_on_the_page_reads_who_saw_it(planned: World) -> None:
    planned.open("/team/plans/1")
    sign_in(planned.client, planned.ids["Rowan Sample"])
    assert "What a plan of a lead proposes for you" in planned.client.page("/record/seen").text


def test_the_record_of_a_person_holds_what_was_proposed_and_became_of_it(planned: World) -> None:
    number = proposal(planned, "Rowan Sample").id
    with planned.app.app_context():
        refuse(number, Refusal.NO_TIME, "Year end", by=planned.manager_id)
    sign_in(planned.client, planned.ids["Rowan Sample"])
    held = planned.client.get("/record.json").json
    assert held is not None
    first, second = held["plans_of_leads"]["proposed"]
    assert (first["module"], first["outcome"], first["answered_by"]) == (
        "standstill",
        "refused",
        "Morgan Example",
    )
    assert (second["level"], second["outcome"]) == (3, None)
    assert held["plans_of_leads"]["sent"] == []
