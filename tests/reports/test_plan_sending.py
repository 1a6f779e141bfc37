"""Sending a plan: what is chosen, who is left out, what is refused, and what became of it for the lead."""

import csv
import io
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.core import clock
from lms.core.database import db
from lms.learning.enrolments import assign
from lms.learning.models import Enrolment, Outcome, Proposal, SentPlan
from lms.people.models import Duty, Grant, Person
from tests.reports.test_plan_page import LATER, PAGE, starter, taught
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import noon
from tests.support.pages import Page, submit
from tests.support.service import ASKED, COMPETENCIES, TODAY, Service
from tests.support.statements import statements

__all__ = ["taught"]
CHOICE = "competency=law&ready_by=01/03/2027"
EAST = "region=east&competency=cost&ready_by=01/03/2027"
LEAD = "national-lead"
BUTTON = "Send the plan to 3 managers"
SEND = "/reports/gaps/plan/send"
MOST_STATEMENTS = 30


@pytest.fixture
def sending(taught: Service) -> Service:
    """The service with a manager over everybody, and enough new buyers for a step of learning alone."""
    with taught.app.app_context():
        for number in range(8):
            starter(taught, f"New Buyer{number}")
        build.grant(build.person("Boss Example", learner=False), Duty.MANAGER)
        return replace(taught, ids={**taught.ids, "other-lead": second_lead()})


def second_lead() -> int:
    other = build.person("Other Lead", learner=False)
    build.grant(other, Duty.NATIONAL_LEAD)
    return other.id


def keys(service: Service, choice: str = CHOICE, who: str = LEAD) -> list[str]:
    page = service.open(f"{PAGE}?{choice}", who)
    return [each.get("value", "") for each in page.tree.cssselect("input[name=step]")]


def looked_at(service: Service, choice: str = CHOICE, who: str = LEAD, most: int = 20) -> Page:
    chosen = "&".join(f"step={key}" for key in keys(service, choice, who)[:most])
    return service.open(f"{SEND}?{choice}&{chosen}", who)


def sent(service: Service, who: str = LEAD, **fields: str) -> Page:
    page = looked_at(service, who=who)
    return submit(page, fields, button=page.select("main form button")[-1])


def plans(service: Service) -> list[SentPlan]:
    with service.app.app_context():
        return list(db.session.scalars(select(SentPlan).order_by(SentPlan.id)))


def proposals(service: Service) -> list[Proposal]:
    with service.app.app_context():
        return list(db.session.scalars(select(Proposal).order_by(Proposal.id)))


def test_a_lead_of_the_place_chooses_steps_and_others_are_told_who_does(sending: Service) -> None:
    assert keys(sending)
    assert keys(sending, EAST, "region-lead")
    assert keys(sending, EAST, "organisation-lead") == []
    assert keys(sending, "competency=cost", "region-lead") == []
    page = sending.open(f"{PAGE}?{EAST}", "organisation-lead")
    assert "Whoever leads the region sends a plan of it to managers." in page.select("main p")
    page = sending.open(f"{PAGE}?{CHOICE}", "region-lead")
    assert "choose a region that you lead." in page.text
    asking = ((EAST, "organisation-lead"), ("region=north", "region-lead"), (CHOICE, "region-lead"))
    for choice, who in asking:
        answer = sending.client(who).get(f"{SEND}?{choice}&step=0")
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, PAGE)


def test_the_plan_so_far_says_what_is_chosen_and_what_it_comes_to(sending: Service) -> None:
    page = looked_at(sending)
    words = " ".join(page.select(".sentence"))
    assert "Your plan so far: step" in words
    assert "If all pass first time, all regions: from" in words
    assert page.tree.cssselect("#due")[0].get("value") == "01/03/2027"
    assert page.select("main form button") == ["Send the plan to 3 managers"]


def test_nothing_chosen_sends_nothing(sending: Service) -> None:
    page = sending.open(f"{SEND}?{CHOICE}", LEAD)
    assert page.select(".sentence h2") == ["Your plan so far: no step yet"]
    assert not page.select("main form")
    client = sending.client(LEAD)
    token = {"csrf_token": "none"}
    answer = client.post(SEND, data={"competency": "law", "due": "01/03/2027", **token}, checked=False)
    assert answer.status_code in {400, 422}
    assert plans(sending) == []


def test_a_sent_plan_proposes_each_thing_once_for_each_person_and_asks_nobody(sending: Service) -> None:
    page = sent(sending, words="Before the new platform.")
    assert page.h1 == "Plan: Law, all regions"
    assert "The plan is sent: " in page.text
    found = proposals(sending)
    assert len({(each.person_id, each.module_id, each.level) for each in found}) == len(found) > 0
    with sending.app.app_context():
        assert list(db.session.scalars(select(Enrolment))) == []
    assert plans(sending)[0].due_day == LATER


def test_the_page_names_a_plan_of_the_same_that_still_asks(sending: Service) -> None:
    words = "was sent on 30 November 2026: see what became of it"
    plan = f"/reports/gaps/plan?{CHOICE}"
    assert words not in sending.open(plan, LEAD).text
    page = sent(sending)
    assert words in sending.open(plan, LEAD).text
    assert words not in sending.open("/reports/gaps/plan?region=north&competency=law", LEAD).text
    submit(page.follow("Withdraw this plan"), {"reason": "It comes later"}, button="Withdraw the plan")
    assert words not in sending.open(plan, LEAD).text


@pytest.mark.parametrize("due", ["30/11/2026", "29/11/2026", "", "soon"])
def test_a_day_that_is_not_to_come_is_refused_at_its_field_and_the_words_are_kept(
    sending: Service, due: str
) -> None:
    page = sent(sending, due=due, words="Why it matters")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert page.tree.cssselect(".govuk-error-summary__list a")[0].get("href") == "#due"
    assert "Why it matters" in page.select("#words")[0]
    assert plans(sending) == []


def test_a_button_pressed_twice_sends_one_plan(sending: Service) -> None:
    page = looked_at(sending)
    button = page.select("main form button")[-1]
    first = submit(page, {}, button=button)
    second = submit(page, {}, button=button)
    assert first.path == second.path
    assert "This plan was sent already, so nothing new is written." in second.text
    assert len(plans(sending)) == 1


def test_of_two_leads_who_send_for_the_same_people_the_second_proposes_nothing(sending: Service) -> None:
    sent(sending)
    before = len(proposals(sending))
    page = sent(sending, "other-lead", due="02/03/2027")
    assert page.status == 422
    assert page.select(".govuk-error-summary__list li") == [
        "Nothing is sent: too few of these people are left who are not asked for it already"
    ]
    assert (len(plans(sending)), len(proposals(sending))) == (1, before)


def test_whoever_is_asked_by_the_day_is_left_out_and_counted_among_the_rest(sending: Service) -> None:
    with sending.app.app_context():
        some = db.session.scalars(
            select(Person.id).where(Person.name.like("New Buyer%")).order_by(Person.id).limit(6)
        ).all()
        by = sending.ids["manager"]
        for key in ("law-basics", "law-applied", "shared"):
            assign(key, some, by=by, due_day=LATER - timedelta(days=9), reason="asked before")
    number = sent(sending).path.rpartition("/")[2]
    assert {each.person_id for each in proposals(sending)}.isdisjoint(some)
    assert sum(step["left_out"]["asked"] for step in plans(sending)[0].steps) == 6
    page = sending.open(f"/reports/plans/{number}", LEAD)
    assert "Asked already: 6." in " ".join(page.select(".sentence p"))


def test_people_who_changed_since_are_asked_as_they_are_now_and_the_lead_is_told(sending: Service) -> None:
    page = looked_at(sending)
    with sending.app.app_context():
        starter(sending, "Late Joiner")
    after = submit(page, {}, button=page.select("main form button")[-1])
    assert "it was sent for those of now." in after.text
    with sending.app.app_context():
        late = db.session.scalars(select(Person.id).where(Person.name == "Late Joiner")).one()
    assert late in {each.person_id for each in proposals(sending)}


def test_no_step_of_few_people_can_be_sent(sending: Service) -> None:
    sent(sending)
    assert all(step["people"] >= 5 for step in plans(sending)[0].steps)


def test_people_without_a_manager_are_counted_before_and_after(taught: Service) -> None:
    with taught.app.app_context():
        for number in range(8):
            starter(taught, f"New Buyer{number}")
    words = " ".join(looked_at(taught).select(".sentence p"))
    assert "have no manager here, and nobody can answer for them." in words
    page = sent(taught)
    assert "No manager" in page.select("thead th")


def test_the_lists_say_what_was_sent_by_whom_and_leads_of_other_places_do_not_see_it(
    sending: Service,
) -> None:
    empty = sending.open("/reports/plans", LEAD)
    assert "No plan was sent for a place that you lead." in empty.text
    number = sent(sending).path.rpartition("/")[2]
    page = sending.open("/reports/plans", "other-lead")
    assert "Law, all regions, by 1 March 2027" in page.select("main li a")
    assert page.select(".help span") == ["National Lead"]
    assert sending.open("/reports/plans", "organisation-lead").select("main li") == []
    sending.open(f"/reports/plans/{number}", "organisation-lead", 404)
    sending.open(f"/reports/plans/{number}", "region-lead", 404)
    sending.open(f"/reports/plans/{number}.csv", "region-lead", 404)


def answered(service: Service, counts: dict[Outcome, int]) -> None:
    """Let so many people of the newest plan have these answers, without asking anybody."""
    with service.app.app_context():
        waiting = list(db.session.scalars(select(Proposal).order_by(Proposal.person_id)))
        people = list(dict.fromkeys(each.person_id for each in waiting))
        outcomes = [outcome for outcome, number in counts.items() for _ in range(number)]
        given = dict(zip(people, outcomes, strict=False))
        for each in waiting:
            if each.person_id in given:
                each.outcome, each.refusal = given[each.person_id], "no-time"
                each.reason = "The season is full" if each.outcome == Outcome.REFUSED else None
        db.session.commit()


def test_a_lead_sees_no_number_of_few_people_nor_a_reason_of_few(sending: Service) -> None:
    number = sent(sending).path.rpartition("/")[2]
    answered(sending, {Outcome.REFUSED: 2})
    page = sending.open(f"/reports/plans/{number}", LEAD)
    assert "The season is full" not in page.text
    assert "Reasons are shown once 5 proposals or more are refused." in page.text
    text = sending.client(LEAD).get(f"/reports/plans/{number}.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    counts = [rows[-1][key] for key in ("accepted", "changed", "refused", "waiting", "nobody", "left_out")]
    assert rows[-1]["suppressed"] == "yes"
    assert counts.count("") >= 2
    numbers = {row[key] for row in rows for key in ("accepted", "refused", "waiting", "done_since")}
    assert numbers.isdisjoint({"1", "2", "3", "4"})


def test_reasons_of_enough_refusals_are_counted_and_said_in_words(sending: Service) -> None:
    number = sent(sending).path.rpartition("/")[2]
    answered(sending, {Outcome.REFUSED: 8})
    page = sending.open(f"/reports/plans/{number}", LEAD)
    reasons = [each for each in page.select("main li") if each.startswith("No time for it by then: ")]
    counted = page.tree.cssselect("main tbody tr")[-1].cssselect("[data-label='Refused']")
    assert [each.rpartition(" ")[2] for each in reasons] == [each.text_content() for each in counted]
    assert "“The season is full”" in page.select("main li")


def test_a_withdrawn_plan_takes_back_what_waits_and_says_so(sending: Service) -> None:
    page = sent(sending)
    asking = page.follow("Withdraw this plan")
    wrong = submit(asking, {}, button="Withdraw the plan")
    assert wrong.status == 422
    after = submit(asking, {"reason": "The platform comes later"}, button="Withdraw the plan")
    assert "The plan is withdrawn: what waited is taken back, what was accepted stays." in after.text
    assert {each.outcome for each in proposals(sending)} == {Outcome.TAKEN_BACK}
    again = submit(asking, {"reason": "Once more"}, button="Withdraw the plan")
    assert "This plan is withdrawn already." in again.text
    assert "Withdraw this plan" not in again.text


def test_a_plan_over_a_place_where_nobody_is_cannot_be_sent(sending: Service) -> None:
    with sending.app.app_context():
        build.organisation("later", region_id="later", on_board=None)
    page = sending.open(f"{SEND}?region=later&step=0123", LEAD)
    assert page.select(".sentence h2") == ["Your plan so far: no step yet"]
    assert sending.client(LEAD).get(f"{SEND}?{CHOICE}&hours=0").location.endswith("&hours=0")


def test_the_statements_of_the_pages_do_not_grow_with_people_or_plans(sending: Service) -> None:
    chosen = "&".join(f"step={key}" for key in keys(sending))
    number = sent(sending).path.rpartition("/")[2]
    pages = (f"{SEND}?{CHOICE}&{chosen}", f"/reports/plans/{number}", "/reports/plans")
    few, many = [], []
    for each in pages:
        sending.open(each, LEAD)
        with statements() as found:
            sending.open(each, LEAD)
        few.append(len(found))
    with sending.app.app_context():
        for more in range(12):
            starter(sending, f"More {more}")
    withdrawing = sending.open(f"/reports/plans/{number}/withdraw", LEAD)
    submit(withdrawing, {"reason": "More people came"}, button="Withdraw the plan")
    sent(sending, "other-lead", due="03/03/2027")
    for each in (pages[0], f"/reports/plans/{plans(sending)[-1].id}", pages[2]):
        sending.open(each, LEAD)
        with statements() as found:
            sending.open(each, LEAD)
        many.append(len(found))
    assert few == many
    assert max(few) <= MOST_STATEMENTS


def test_the_words_of_the_due_day_are_those_of_the_plan(sending: Service) -> None:
    sent(sending, due="15/1/2027")
    assert plans(sending)[0].due_day == date(2027, 1, 15)


def test_a_lead_whose_grant_ended_meanwhile_sends_nothing(sending: Service) -> None:
    page = looked_at(sending)
    with sending.app.app_context():
        grant = db.session.scalars(select(Grant).where(Grant.person_id == sending.ids[LEAD])).one()
        grant.to_day = TODAY
        db.session.commit()
    assert submit(page, {}, button=page.select("main form button")[-1]).status in {403, 404}
    assert plans(sending) == []


def test_a_module_that_is_retired_after_sending_waits_for_nobody(sending: Service) -> None:
    number = sent(sending).path.rpartition("/")[2]
    with sending.app.app_context():
        publish(
            tuple(competency(key) for key in COMPETENCIES if key != "law"),
            tuple(role(key, levels) for key, levels in ASKED.items()),
            (module("standstill"),),
        )
    page = sending.open(f"/reports/plans/{number}", LEAD)
    assert "Not published any more" in page.select("thead th")
    assert "Everything is answered." in page.text
    assert "law-basics (not published any more)" in page.select("tbody li")


def test_of_two_leads_who_send_at_once_one_proposes(sending: Service) -> None:
    pages = [looked_at(sending), looked_at(sending, who="other-lead")]
    start, statuses = threading.Barrier(2), [0, 0]

    def send(place: int) -> None:
        with clock.at(noon(TODAY)):
            start.wait()
            statuses[place] = submit(pages[place], {}, button=BUTTON).status

    threads = [threading.Thread(target=send, args=[place]) for place in (0, 1)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(statuses) == [200, 422]
    found = proposals(sending)
    assert len({(each.person_id, each.module_id, each.level) for each in found}) == len(found)
