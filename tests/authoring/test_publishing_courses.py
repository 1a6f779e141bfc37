"""Publishing: what passes reaches learners, with the facts that follow, and no record is lost."""

from datetime import date

import pytest
from sqlalchemy import func, select

from lms.authoring.changes import Changes
from lms.competencies.models import Ending, EndingKind, Evidence, Requirement
from lms.content import catalogue
from lms.content.models import ModuleVersion, Publication
from lms.core import clock
from lms.core.database import db
from lms.learning import attempts
from lms.learning.models import Completion
from lms.people.models import Act
from tests.authoring.conftest import MISSPELT, NOTICES, RAISED, STANDSTILL, TODAY, WAITING, Room
from tests.support.learners import noon
from tests.support.samples import entry, finish, take

LATER = date(2027, 1, 10)
PART = "/courses/first-steps/standstill/how-long-to-wait"
COUNTED = (Publication, ModuleVersion, Requirement, Evidence, Ending, Completion, Act)


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in COUNTED]


def evidence_of(person_id: int) -> dict[int, tuple[str, int]]:
    rows = db.session.scalars(select(Evidence).where(Evidence.person_id == person_id))
    return {row.id: (row.competency_id, row.level) for row in rows}


def requirements() -> list[tuple[str, int, date]]:
    rows = db.session.scalars(select(Requirement).order_by(Requirement.id))
    return [(row.competency_id, row.level, row.from_day) for row in rows]


def test_what_passes_is_published_and_what_fails_is_named(room: Room) -> None:
    room.change(NOTICES, MISSPELT)
    published = room.publish()
    assert published.changes.new == ("standstill",)
    assert [(each.kind, each.id, each.path) for each in published.problems] == [
        ("module", "notices", "courses/first-steps/notices.md")
    ]
    assert [each.code for each in published.problems[0].mistakes] == ["missing-key", "unknown-key"]


def test_what_fails_keeps_its_last_good_version(room: Room) -> None:
    room.publish()
    room.change(NOTICES, MISSPELT, ("title: Notices in order", "title: Spoilt"))
    room.change(STANDSTILL, ("title: Waiting after an award", "title: Waiting"))
    published = room.publish()
    assert (published.changes.new, published.changes.corrected) == ((), ("standstill",))
    assert [each.id for each in published.problems] == ["notices"]
    with room.on():
        assert (entry("notices").title, entry("standstill").title) == ("Notices in order", "Waiting")
        assert catalogue.current().problems == published.problems
        document = catalogue.module_version(entry("notices").version_id).document
    assert document.title == "Notices in order"


def test_publishing_the_same_twice_changes_nothing(room: Room) -> None:
    room.change(NOTICES, MISSPELT)
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
        before = counts()
    again = room.publish(LATER)
    with room.on():
        assert counts() == before
    assert (again.written, again.changes) == (False, Changes())
    assert (again.requirements, again.evidence_ended) == (0, 0)


def test_a_new_edition_that_asks_something_ends_earlier_evidence_on_the_day_of_grace(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "notices")
        take(room.buyer_id, "standstill")
        shown = evidence_of(room.buyer_id)
    room.change(STANDSTILL, RAISED)
    published = room.publish(LATER)
    assert (published.changes.editions, published.evidence_ended) == (("standstill",), 2)
    with room.on(LATER):
        endings = list(db.session.scalars(select(Ending)))
        assert {(each.day, each.kind) for each in endings} == {(date(2027, 4, 10), EndingKind.EDITION)}
        assert {shown[each.evidence_id] for each in endings} == {("law", 2), ("risk", 2)}
        assert {db.session.get_one(Act, each.act_id).kind for each in endings} == {"publish"}


def test_the_grace_is_the_one_that_the_author_wrote(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, (RAISED[0], RAISED[1] + "\ngrace: 1"))
    room.publish(LATER)
    with room.on(LATER):
        assert [each.day for each in db.session.scalars(select(Ending))] == [date(2027, 2, 10)]


def test_a_new_edition_that_asks_nothing_ends_no_evidence(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, (RAISED[0], RAISED[1].replace("questions", "nothing")))
    published = room.publish(LATER)
    assert (published.changes.editions, published.evidence_ended) == (("standstill",), 0)
    with room.on(LATER):
        assert list(db.session.scalars(select(Ending))) == []


def test_a_corrected_text_of_the_same_edition_ends_no_evidence(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, ("Count the days before", "Count all days before"))
    published = room.publish(LATER)
    assert (published.changes.corrected, published.evidence_ended) == (("standstill",), 0)


def test_requirements_are_written_and_count_from_their_day_else_from_that_of_publication(room: Room) -> None:
    assert room.publish().requirements == 3
    room.change("framework/roles.yaml", ("negotiation: 1", "negotiation: {level: 2, from: 2027-04-01}"))
    assert room.publish(LATER).requirements == 1
    with room.on(LATER):
        assert requirements() == [
            ("law", 2, TODAY),
            ("negotiation", 1, TODAY),
            ("risk", 2, TODAY),
            ("negotiation", 2, date(2027, 4, 1)),
        ]


def test_a_failing_framework_keeps_what_roles_ask_and_holds_back_no_module(room: Room) -> None:
    room.publish()
    room.change("framework/roles.yaml", ("negotiation: 1", "negotiations: 3"))
    room.change(STANDSTILL, ("title: Waiting after an award", "title: Waiting"))
    published = room.publish(LATER)
    assert (published.requirements, published.changes.corrected) == (0, ("standstill",))
    assert [each.kind for each in published.problems] == ["framework"]


def test_a_retired_module_keeps_its_records(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
    (room.folder / STANDSTILL).unlink()
    room.change("first-steps/course.md", ("[notices, standstill]", "[notices]"))
    room.change(NOTICES, (" See also [the standstill](module:standstill).", ""))
    room.change(
        "framework/competencies.yaml",
        ("2: [notices, standstill]", "2: [notices]"),
        ("    prepared_by: {3: [standstill]}\n", ""),
        ("    shown_by: {2: [standstill]}\n", ""),
    )
    published = room.publish(LATER)
    assert published.changes.retired == ("standstill",)
    assert (published.problems, published.evidence_ended) == ((), 0)
    with clock.at(noon(LATER)):
        room.page("/courses/first-steps/standstill", 404, of=room.buyer_id)
        record = room.page("/record", of=room.buyer_id)
    assert "Waiting after an award, edition 1" in record.text
    with room.on(LATER):
        assert db.session.scalars(select(Completion)).one().edition == 1


def test_a_module_renamed_with_a_mistake_stays_under_its_old_name_until_that_is_mended(room: Room) -> None:
    room.publish()
    room.rename_standstill(("ask: 2", "ask: 2\nwrong: 1"))
    published = room.publish(LATER)
    assert (published.changes.retired, [each.id for each in published.problems]) == ((), ["waiting"])
    with clock.at(noon(LATER)):
        assert room.page(PART, of=room.buyer_id, fragment=False).path == PART
    room.change(WAITING, ("wrong: 1\n", ""))
    published = room.publish(LATER)
    assert (published.changes.new, published.changes.retired, published.problems) == ((), (), ())
    with room.on(LATER):
        assert [each.id for each in catalogue.current().modules] == ["notices", "waiting"]


def test_a_lower_edition_is_not_published(room: Room) -> None:
    room.change(STANDSTILL, RAISED)
    room.publish()
    room.change(STANDSTILL, (RAISED[1], RAISED[0]))
    published = room.publish(LATER)
    assert [each.code for problem in published.problems for each in problem.mistakes] == ["edition-lower"]
    with room.on(LATER):
        assert entry("standstill").edition == 2


@pytest.mark.parametrize("changes", [(), (RAISED,)], ids=["corrected", "new edition"])
def test_the_next_page_load_has_the_new_text_and_an_attempt_under_way_its_own(
    room: Room, changes: tuple[tuple[str, str], ...]
) -> None:
    room.publish()
    with room.on():
        attempt = attempts.begin(room.buyer_id, entry("standstill"))
        began_with = entry("standstill").version_id
    assert "The standstill is 8 working days." in room.page(PART, of=room.buyer_id, fragment=False).text
    room.change(STANDSTILL, ("The standstill is", "Today the standstill is"), *changes)
    room.publish()
    assert "Today the standstill is" in room.page(PART, of=room.buyer_id, fragment=False).text
    with room.on():
        finish(room.buyer_id, attempt)
        completion = db.session.scalars(select(Completion)).one()
        assert (completion.version_id, completion.edition) == (began_with, 1)
        assert entry("standstill").version_id != began_with
