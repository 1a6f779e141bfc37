"""Going back: learners have the earlier publication again, and no fact is lost or contradicts it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from lms.authoring.publishing import publish_courses
from lms.authoring.rollback import RollbackError, RolledBack, roll_back
from lms.competencies.facts import facts_of
from lms.competencies.models import Ending, Evidence, Requirement
from lms.competencies.standing import standing_on
from lms.content import catalogue
from lms.content.documents import to_json
from lms.content.models import Publication
from lms.core import clock
from lms.core.database import db
from lms.learning import attempts
from lms.learning.models import Completion
from lms.people.models import Act
from tests.authoring.conftest import NOTICES, RAISED, STANDSTILL, TODAY, Room
from tests.authoring.test_courses_commands import run
from tests.support.learners import noon
from tests.support.ledgers import assert_agrees
from tests.support.samples import entry, finish, take

RAISE_DAY, BACK_DAY, AGAIN_DAY = date(2027, 1, 10), date(2027, 1, 20), date(2027, 2, 1)
TITLE = ("title: Waiting after an award", "title: Waiting")


def back(room: Room, number: int | None = None, on: date = BACK_DAY) -> RolledBack:
    with room.on(on):
        return roll_back(number, by=room.author_id)


def document(number: int) -> object:
    return db.session.get_one(Publication, number).document


def endings() -> list[tuple[date, bool]]:
    rows = db.session.scalars(select(Ending).order_by(Ending.id))
    return [(each.day, each.void_act_id is not None) for each in rows]


def level_of_law(room: Room) -> int:
    facts = facts_of([room.buyer_id])[room.buyer_id]
    return standing_on(facts.pieces["law"], facts.absences, clock.today()).level


def raised_with_a_pass(room: Room) -> None:
    """Somebody has passed edition 1, and edition 2 has given that evidence a last day."""
    room.publish()
    with room.on():
        take(room.buyer_id, "notices")
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, RAISED)
    assert room.publish(RAISE_DAY).evidence_ended == 2


def test_the_publication_before_holds_again_as_a_new_one(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, TITLE)
    room.publish(RAISE_DAY)
    done = back(room)
    assert (done.number, done.restores) == (3, 1)
    assert done.changes.corrected == ("standstill",)
    with room.on(BACK_DAY):
        assert document(3) == document(1)
        assert entry("standstill").title == "Waiting after an award"
        acts = db.session.scalars(select(Act.kind).order_by(Act.id.desc())).first()
    assert acts == "rollback"


def test_going_back_twice_goes_one_further_and_a_number_goes_anywhere(room: Room) -> None:
    titles = ["One", "Two", "Three"]
    before = TITLE[0]
    for number, title in enumerate(titles):
        room.change(STANDSTILL, (before, f"title: {title}"))
        before = f"title: {title}"
        room.publish(date(2027, 1, 1 + number))
    restored = []
    for wanted in (None, None, 3):
        back(room, wanted)
        with room.on(BACK_DAY):
            restored.append(entry("standstill").title)
    assert restored == ["Two", "One", "Three"]
    back(room, 1)
    with pytest.raises(RollbackError, match="no publication before"):
        back(room)


def test_last_days_that_the_edition_gave_are_taken_back_and_stay_visible(room: Room) -> None:
    raised_with_a_pass(room)
    assert back(room).endings_voided == 2
    with room.on(BACK_DAY):
        assert endings() == [(date(2027, 4, 10), True)] * 2
        assert entry("standstill").earlier_until == ()
        assert db.session.scalars(select(Completion.edition)).all() == [1, 1]
        assert_agrees()
    with room.on(date(2027, 4, 11)):
        assert level_of_law(room) == 2


def test_what_was_known_before_the_rollback_stays_as_it_was(room: Room) -> None:
    raised_with_a_pass(room)
    back(room)
    with room.on(BACK_DAY):
        act = db.session.scalars(select(Act).where(Act.kind == "rollback")).one()
        voided = db.session.scalars(select(Ending)).all()
    assert {each.void_act_id for each in voided} == {act.id}
    assert all(each.act_id < act.id for each in voided)


def test_a_pass_of_the_edition_taken_back_still_counts(room: Room) -> None:
    raised_with_a_pass(room)
    with room.on(RAISE_DAY):
        take(room.buyer_id, "standstill")
        kept = db.session.scalar(select(func.count()).select_from(Evidence))
    back(room)
    with room.on(BACK_DAY):
        assert db.session.scalar(select(func.count()).select_from(Evidence)) == kept
        assert sorted(db.session.scalars(select(Completion.edition))) == [1, 1, 2]


def test_evidence_that_took_its_end_from_the_edition_gets_the_end_that_it_would_have_had(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
    room.change(STANDSTILL, RAISED)
    room.publish(RAISE_DAY)
    with room.on(RAISE_DAY):
        take(room.buyer_id, "notices")
        assert [each.until_day for each in law()] == [date(2027, 4, 10)]
    assert back(room).ends_mended == 1
    with room.on(BACK_DAY):
        wrong, right = law()
        assert (wrong.void_act_id is None, right.void_act_id) == (False, None)
        assert (right.from_day, right.until_day, right.words) == (RAISE_DAY, date(2028, 1, 10), wrong.words)
        assert_agrees()
    with room.on(date(2027, 4, 11)):
        assert level_of_law(room) == 2
    room.publish(AGAIN_DAY)
    with room.on(date(2027, 5, 1)):
        assert level_of_law(room) == 1


def law() -> list[Evidence]:
    query = select(Evidence).where(Evidence.competency_id == "law", Evidence.level == 2).order_by(Evidence.id)
    return list(db.session.scalars(query))


def test_an_attempt_under_way_ends_on_the_text_that_it_began_with(room: Room) -> None:
    raised_with_a_pass(room)
    with room.on(RAISE_DAY):
        attempt = attempts.begin(room.buyer_id, entry("standstill"))
    back(room)
    with room.on(BACK_DAY):
        finish(room.buyer_id, attempt)
        newest = db.session.scalars(select(Completion).order_by(Completion.id.desc())).first()
        assert newest is not None
        assert newest.edition == 2


def test_the_edition_published_again_gives_its_grace_from_then(room: Room) -> None:
    raised_with_a_pass(room)
    back(room)
    published = room.publish(AGAIN_DAY)
    assert (published.written, published.evidence_ended) == (True, 2)
    with room.on(AGAIN_DAY):
        assert endings()[2:] == [(date(2027, 5, 1), False)] * 2
        assert_agrees()


def test_going_forward_again_by_number_gives_the_grace_from_that_day_too(room: Room) -> None:
    raised_with_a_pass(room)
    back(room)
    done = back(room, 2, AGAIN_DAY)
    assert (done.changes.editions, done.evidence_ended) == (("standstill",), 2)
    with room.on(AGAIN_DAY):
        assert [each.day for each in entry("standstill").earlier_until] == [date(2027, 5, 1)]
        assert endings()[2:] == [(date(2027, 5, 1), False)] * 2


def test_an_ending_of_an_edition_that_still_holds_is_kept(room: Room) -> None:
    raised_with_a_pass(room)
    room.change(NOTICES, ("title: Notices in order", "title: Notices"))
    room.publish(date(2027, 1, 15))
    done = back(room)
    assert (done.restores, done.endings_voided) == (2, 0)
    with room.on(BACK_DAY):
        assert endings() == [(date(2027, 4, 10), False)] * 2


def test_what_roles_ask_changes_from_today_and_never_backwards(room: Room) -> None:
    room.publish()
    room.change("framework/roles.yaml", ("negotiation: 1", "negotiation: 2"))
    room.publish(RAISE_DAY)
    assert back(room).requirements == 1
    with room.on(BACK_DAY):
        rows = db.session.scalars(
            select(Requirement).where(Requirement.competency_id == "negotiation").order_by(Requirement.id)
        ).all()
        assert [(each.level, each.from_day, each.void_act_id) for each in rows] == [
            (1, TODAY, None),
            (2, RAISE_DAY, None),
            (1, BACK_DAY, None),
        ]
        assert_agrees()


def test_after_a_rollback_the_edition_in_force_may_be_mended(room: Room) -> None:
    raised_with_a_pass(room)
    back(room)
    room.change(STANDSTILL, (RAISED[1], RAISED[0]), TITLE)
    published = room.publish(AGAIN_DAY)
    assert (published.changes.corrected, published.problems) == (("standstill",), ())


def test_the_edition_taken_back_comes_again_with_its_own_text_alone(room: Room) -> None:
    raised_with_a_pass(room)
    back(room)
    room.change(STANDSTILL, TITLE)
    (problem,) = room.publish(AGAIN_DAY).problems
    assert [each.message for each in problem.mistakes] == [
        "Edition 2 was published with another text, and taken back"
    ]
    room.change(STANDSTILL, ("edition: 2", "edition: 3"))
    published = room.publish(AGAIN_DAY)
    assert (published.changes.editions, published.problems) == (("standstill",), ())


def test_the_next_publication_brings_back_what_lies_in_the_folder(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, TITLE)
    room.publish(RAISE_DAY)
    back(room)
    assert room.publish(AGAIN_DAY).written
    with room.on(AGAIN_DAY):
        assert entry("standstill").title == "Waiting"
        assert document(4) == document(2)


def test_nothing_is_written_when_there_is_nothing_to_go_back_to(room: Room) -> None:
    with pytest.raises(RollbackError, match="Nothing has been published yet"):
        back(room)
    room.publish()
    for number, words in ((None, "no publication before"), (9, "no publication 9"), (1, "have already")):
        with pytest.raises(RollbackError, match=words):
            back(room, number)
    with room.on():
        assert db.session.scalar(select(func.count()).select_from(Publication)) == 1


def test_a_retired_module_is_there_again(room: Room) -> None:
    room.publish()
    before = catalogue_of(room)
    (room.folder / STANDSTILL).unlink()
    room.change("first-steps/course.md", ("[notices, standstill]", "[notices]"))
    with room.on():
        publish_courses(room.folder, by=None)
    back(room, 1)
    assert catalogue_of(room) == before


def catalogue_of(room: Room) -> object:
    with room.on():
        return to_json(catalogue.current())


def test_the_commands_say_what_they_did(room: Room) -> None:
    assert run(room.app, "publications").output == "Nothing has been published yet.\n"
    assert run(room.app, "rollback").exit_code == 2
    raised_with_a_pass(room)
    with clock.at(noon(BACK_DAY)):
        result = run(room.app, "rollback")
        assert (result.exit_code, result.output.splitlines()) == (
            0,
            [
                "Earlier edition again: standstill",
                "Last days of evidence taken back: 2",
                "Publication 3 restores 1.",
                "The next publish brings back what lies in the courses: mend it there first.",
            ],
        )
        assert run(room.app, "publications", "--number", "2").output.splitlines() == [
            "    3  20.01.2027 12:00  (back to 1)",
            "      earlier edition again: standstill",
            "      2 last days of evidence taken back",
            "    2  10.01.2027 12:00",
            "      new edition: standstill",
            "      2 pieces of evidence given a last day",
        ]
