"""Learners tell authors what is wrong, without a name unless they add it, and read the answer."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import inspect, select

from lms.core import clock
from lms.core.database import db
from lms.learning.comments import MOST, Comment, Kind, TooManyError, write_comment
from lms.people.models import Duty, Person
from tests.authoring.conftest import NOTICES, STANDSTILL, TODAY, Room
from tests.support import build
from tests.support.application import sign_in
from tests.support.pages import Page, submit
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.samples import take
from tests.support.statements import statements

PART = "/courses/first-steps/standstill/how-long-to-wait"
CHECK = "/courses/first-steps/standstill/check/1"
WORDS = "The eight days are out of date."
NAME = "Rowan Sample"


def comment(room: Room, words: str = WORDS, *, named: bool = False, person: int | None = None) -> int:
    """Comment on a part of a module that the author owns."""
    with room.on():
        return write_comment(
            person or room.buyer_id,
            Kind.PART,
            "standstill",
            "how-long-to-wait",
            words,
            edition=1,
            named=named,
        )


def kept(room: Room) -> list[Comment]:
    with room.on():
        return list(db.session.scalars(select(Comment).order_by(Comment.id)))


def tell(room: Room, address: str, **fields: str) -> Page:
    """Fill in the field that a page offers, as the buyer."""
    page = room.page(address, of=room.buyer_id)
    return submit(page, fields, button="Tell the author")


def test_a_part_is_commented_from_the_reader_without_a_name(room: Room) -> None:
    room.publish()
    page = tell(room, PART, words=f"  {WORDS}\n")
    assert page.h1 == "What I told authors"
    assert "Your comment is with the author." in page.text
    (found,) = kept(room)
    assert (found.kind, found.source, found.place, found.words) == (
        "part",
        "standstill",
        "how-long-to-wait",
        WORDS,
    )
    assert found.person_id is None
    assert "without your name" in page.text


def test_a_question_is_commented_after_it_is_answered_and_not_before(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill", wrong=1)
    page = tell(room, CHECK, words=WORDS, named="y")
    assert page.h1 == "What I told authors"
    (found,) = kept(room)
    assert (found.kind, found.person_id) == ("question", room.buyer_id)
    begun = room.client.page("/courses/first-steps/notices/check")
    first = submit(begun, {})
    assert first.tree.cssselect("details.comment") == []


def test_a_clause_is_commented_by_everybody(room: Room) -> None:
    room.publish()
    address = "/comments/clause/sample/1.1"
    page = submit(room.page(address, of=room.author_id), words=WORDS)
    assert page.h1 == "What I told authors"
    assert kept(room)[0].edition is None


@pytest.mark.parametrize(
    "address",
    ["part/none/how-long-to-wait", "part/standstill/none", "question/standstill/none", "clause/none/1.1",
     "clause/sample/99", "other/standstill/how-long-to-wait"],
)  # fmt: skip
def test_what_is_not_there_takes_no_comment(room: Room, address: str) -> None:
    room.publish()
    room.page(f"/comments/{address}", status=404, of=room.buyer_id)


@pytest.mark.parametrize(("words", "says"), [("   ", "Say what is wrong"), ("x" * 1_001, "1,000 characters")])
def test_a_comment_has_words_and_not_too_many(room: Room, words: str, says: str) -> None:
    room.publish()
    page = submit(
        room.page("/comments/part/standstill/how-long-to-wait", of=room.buyer_id),
        {"words": words},
    )
    assert page.response.status_code == 422
    assert any(says in each for each in page.select(".govuk-error-summary a"))
    assert kept(room) == []


def test_what_is_written_is_plain_text(room: Room) -> None:
    room.publish()
    comment(room, "<b>bold</b> <script>alert(1)</script>")
    for address, of in (("/comments", room.buyer_id), ("/authoring/comments", room.author_id)):
        page = room.page(address, of=of)
        assert page.select(".comment__words") == ["<b>bold</b> <script>alert(1)</script>"]


def test_five_comments_in_a_quarter_of_an_hour_are_enough(room: Room) -> None:
    room.publish()
    for _ in range(MOST):
        comment(room)
    with pytest.raises(TooManyError):
        comment(room)
    page = submit(
        room.page("/comments/part/standstill/how-long-to-wait", of=room.buyer_id),
        words=WORDS,
    )
    assert page.response.status_code == 429
    assert page.tree.cssselect("textarea")[0].text_content().strip() == WORDS
    with room.on(TODAY + timedelta(days=1)):
        assert write_comment(
            room.buyer_id, Kind.PART, "standstill", "how-long-to-wait", WORDS, edition=1, named=False
        )


def test_no_page_of_authors_names_whoever_wrote_without_a_name(room: Room) -> None:
    room.publish()
    number = comment(room)
    for address in ("/authoring", "/authoring/comments", f"/authoring/comments/{number}"):
        assert NAME not in room.page(address).response.text
    assert "without a name" in room.page(f"/authoring/comments/{number}").text


def test_nothing_kept_of_a_comment_without_a_name_is_a_person(room: Room) -> None:
    room.publish()
    comment(room)
    (found,) = kept(room)
    columns = {each.key for each in inspect(Comment).columns if each.foreign_keys}
    assert {key: getattr(found, key) for key in columns} == dict.fromkeys(columns)
    assert len(found.writer) == 64


def test_a_name_that_was_added_is_shown_to_the_author(room: Room) -> None:
    room.publish()
    number = comment(room, named=True)
    assert NAME in room.page(f"/authoring/comments/{number}").text


def test_an_open_comment_needs_the_owner_alone(room: Room) -> None:
    room.publish()
    comment(room)
    page = room.page()
    assert page.select(".row--desk .tag")[0] == "Comment"
    assert "courses/first-steps/standstill.md:" in page.select(".row--desk .path")[0]
    with room.on():
        other = build.person("Val Quire", "v.quire@example.org")
        build.grant(other, Duty.AUTHOR)
        number = other.id
    assert "Comment" not in room.page(of=number).select(".row--desk .tag")
    assert room.page("/authoring/comments", of=number).select(".comment__words") == [WORDS]


def test_an_answer_reaches_whoever_wrote_and_leaves_the_comment_open_until_it_is_closed(room: Room) -> None:
    room.publish()
    number = comment(room)
    answer_page = room.page(f"/authoring/comments/{number}")
    done = submit(answer_page, {"answer": "It will be mended."})
    assert done.select(".row--desk .tag") == ["Answered"]
    mine = room.page("/comments", of=room.buyer_id)
    assert mine.select(".comment__words") == [WORDS, "It will be mended."]
    assert mine.select(".tag") == ["Answered"]
    assert "Comment" in room.page().select(".row--desk .tag")


def test_a_comment_is_closed_by_a_publication_since_it_was_written(room: Room) -> None:
    room.publish(TODAY - timedelta(days=1))
    number = comment(room)
    with clock.at(clock.now() + timedelta(hours=1)):
        room.change(STANDSTILL, ("That was the earlier rule.", "That was the rule before."))
        room.publish()
        page = room.page(f"/authoring/comments/{number}")
        offered = page.select("#mended option")
        assert offered[:2] == ["Nothing yet: it stays open", "Nothing needs to change"]
        assert len(offered) == 3
        value = page.tree.cssselect("#mended option")[2].get("value")
        submit(page, {"answer": "Mended.", "mended": value})
    (found,) = kept(room)
    assert (str(found.publication_id), found.closed_at is not None) == (value, True)
    assert "A publication has mended it." in room.page("/comments", of=room.buyer_id).text
    assert "Comment" not in room.page().select(".row--desk .tag")
    assert room.page(f"/authoring/comments/{number}").h1 == "A comment on Waiting after an award"


def test_an_answer_has_words(room: Room) -> None:
    room.publish()
    number = comment(room)
    page = submit(room.page(f"/authoring/comments/{number}"), {"answer": " "})
    assert page.select(".govuk-error-summary a") == ["Write an answer"]


def test_a_person_sees_their_own_comments_alone(room: Room) -> None:
    room.publish()
    comment(room)
    with room.on():
        other = build.person("Asha Testwood").id
    assert room.page("/comments", of=other).select(".empty") != []
    sign_in(room.client, room.buyer_id)
    held = room.client.get("/record.json").get_json()
    assert [(each["words"], each["with_name"]) for each in held["comments"]] == [(WORDS, False)]


def test_comments_are_erased_twelve_months_after_they_were_closed(room: Room) -> None:
    room.publish()
    closed, still_open = comment(room), comment(room, "Another")
    with room.on():
        found = db.session.get_one(Comment, closed)
        found.closed_at = clock.now()
        db.session.commit()
    runner = room.app.test_cli_runner()
    with room.on(TODAY + timedelta(days=365)):
        assert runner.invoke(args=["comments", "erase"]).output == "Comments erased: 0\n"
    with clock.at(clock.now() + timedelta(days=367)):
        assert runner.invoke(args=["comments", "erase"]).output == "Comments erased: 1\n"
    assert [each.id for each in kept(room)] == [still_open]


def test_clauses_that_no_module_teaches_are_named_with_their_line(room: Room) -> None:
    room.publish()
    page = room.page("/authoring/standards")
    assert page.h1 == "Clauses that no module teaches"
    assert page.select("main li") == []
    assert "Each of its clauses is taught by a module." in page.text
    for file in (NOTICES, STANDSTILL):
        room.change(file, ("clauses: [sample/1.1]", "clauses: []"))
    room.publish()
    (untaught,) = room.page("/authoring/standards").select("main li")
    assert untaught.startswith("1.1 ")
    assert "courses/standards/sample.md:" in untaught


def test_the_list_costs_the_same_with_few_comments_and_with_many(room: Room) -> None:
    room.publish()
    comment(room)

    def cost(address: str) -> int:
        sign_in(room.client, room.author_id)
        room.client.page(address)
        with statements() as seen:
            room.client.page(address)
        return len(seen)

    few = [cost(address) for address in ("/authoring", "/authoring/comments")]
    with room.on():
        people = [build.person().id for _ in range(12)]
    for person in people:
        comment(room, person=person)
    assert [cost(address) for address in ("/authoring", "/authoring/comments")] == few


def test_every_word_of_these_pages_can_be_translated(room: Room) -> None:
    room.publish()
    number = comment(room, named=True)
    with room.on():
        name = db.session.get_one(Person, room.buyer_id).name
    assert name == NAME
    addresses = {
        room.author_id: ("/authoring/comments", f"/authoring/comments/{number}", "/authoring/standards"),
        room.buyer_id: ("/comments", "/comments/part/standstill/how-long-to-wait", PART),
    }
    with pseudo_language():
        for person, some in addresses.items():
            sign_in(room.client, person)
            for address in some:
                main = room.client.page(address, checked=False).tree.cssselect("main")[0]
                assert untranslated(html.tostring(main, encoding="utf-8").decode()) == []
