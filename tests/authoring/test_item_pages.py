"""The pages of what people did with a module: its questions, one question, and how far people read."""

import json
from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy import select

from lms.authoring.items import answered_items
from lms.authoring.reading import median
from lms.content import catalogue
from lms.content.documents import PartEntry
from lms.core import clock
from lms.core.database import db, writing
from lms.learning import attempts
from lms.learning.counting import AnswerCount, fill
from lms.learning.reading import note_place
from lms.learning.reading_counts import OPENED, PartCount
from lms.people.models import Person
from tests.authoring.conftest import STANDSTILL, TODAY, Room
from tests.support import build
from tests.support.answers import answered
from tests.support.application import sign_in
from tests.support.pages import Page
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.samples import entry, take
from tests.support.statements import statements

FILE = "courses/first-steps/standstill.md"
QUESTIONS = "/authoring/standstill/questions"
MISLEADING = (40, 60), (55, 45)
MOST_STATEMENTS = 6


def bars(page: Page) -> list[str]:
    """The width of each bar."""
    return [each.attrib["width"] for each in page.tree.cssselect(".third__share")]


def rows(page: Page) -> list[list[str]]:
    return [
        [" ".join(each.text_content().split()) for each in row.cssselect("th, td")]
        for row in page.tree.cssselect("tbody tr")
    ]


def test_a_question_that_misleads_says_why_and_where(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", *MISLEADING, first=date(2026, 9, 1))
    page = room.page(f"{QUESTIONS}/how-long")
    assert page.h1 == "This question misleads people"
    assert "courses/first-steps/standstill.md:21" in page.select(".path--lead")
    assert page.select(".sentence")[0] == (
        "Of the people who do well in the rest of the check, "
        "more choose the wrong answer “Ten calendar days” (60%) than are right (40%)."
    )
    assert "200 first answers between 1 September 2026 and 30 November 2026" in page.text
    assert page.select("tbody th") == ["Eight working days Right", "Ten calendar days"]
    assert page.select(".third__number") == ["40%", "55%", "60%", "45%"]
    assert bars(page) == ["39.5%", "54.5%", "59.5%", "44.5%"]
    assert page.select("tbody strong")[-1] == "Draws in the people who know most"
    marked = page.select(".source__line--marked")
    assert marked[0].endswith("/// question | how-long")
    assert marked[1].endswith("- [ ] Ten calendar days")
    assert page.select(".source__line")[-1].endswith("///")
    assert page.links()["Other questions of this module"] == QUESTIONS


def test_below_fifty_answers_there_are_no_bars_and_no_shares(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", (15, 1), (10, 5))
    page = room.page(f"{QUESTIONS}/how-long")
    assert page.h1 == "Too few answers to say anything"
    assert page.select(".sentence")[0].startswith("31 of 50 answers so far.")
    assert (bars(page), page.select("tbody tr")) == ([], [])
    assert "%" not in page.select("#main")[0]


def test_every_question_of_a_module_is_listed_with_its_verdict(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", *MISLEADING)
        answered("standstill", "when-begins", (100, 0), (99, 1))
        answered("standstill", "who-waits", (20, 1), (9, 1))
    page = room.page(QUESTIONS)
    assert page.h1 == "What people did with Waiting after an award"
    assert [row[:4] for row in rows(page)] == [
        ["how-long courses/first-steps/standstill.md:21", "Misleads", "200", "48%"],
        ["when-begins courses/first-steps/standstill.md:33", "Too easy", "200", "100%"],
        [
            "who-waits courses/first-steps/standstill.md:45",
            "Too few answers",
            "31 of 50",
            "–too few answers yet",
        ],
    ]
    assert rows(page)[0][4] == "40% and 55%"
    assert page.follow("how-long").h1 == "This question misleads people"
    assert "Fewer than 20 people have opened a part of edition 1" in page.text


def test_an_unknown_module_or_question_is_not_there(room: Room) -> None:
    room.publish()
    for address in ("/authoring/none/questions", f"{QUESTIONS}/none"):
        room.page(address, status=404)


def test_figures_begin_again_when_the_text_changes_and_not_when_its_feedback_does(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", (90, 10), (50, 50))
        answered("standstill", "when-begins", (90, 10), (50, 50))
    room.change(STANDSTILL, ("How long is the standstill?", "How long is the standstill today?"))
    room.change(STANDSTILL, ("The day of the notice counts too.", "No: the day of the notice counts."))
    room.publish(TODAY + timedelta(days=1))
    assert [row[2] for row in rows(room.page(QUESTIONS))] == ["0 of 50", "200", "0 of 50"]
    page = room.page(f"{QUESTIONS}/how-long")
    assert "Earlier texts of this question" in page.text
    assert rows(page) == [["Edition 1", "30 November 2026 to 30 November 2026", "200", "70%"]]


def test_a_renamed_module_keeps_its_answers(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", (90, 10), (50, 50))
    room.rename_standstill()
    room.publish()
    assert rows(room.page("/authoring/waiting/questions"))[0][2] == "200"
    assert room.page(f"{QUESTIONS}/how-long").h1 == "This question gives no concern"


def test_a_finished_check_is_counted_with_the_score_on_the_other_questions(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill", wrong=1)
        attempts.begin(build.person().id, entry("standstill"))
        found = db.session.scalars(select(AnswerCount).order_by(AnswerCount.right)).all()
        assert [(each.right, each.others_right, each.others, each.people) for each in found] == [
            (False, 1, 1, 1),
            (True, 0, 1, 1),
        ]
        assert [each.picked for each in found] == ["1", "0"]


def test_only_the_first_answer_of_a_person_to_a_question_counts(room: Room) -> None:
    room.publish()
    with room.on():
        for _ in range(2):
            take(room.buyer_id, "standstill", wrong=1)
        with room.on(TODAY + timedelta(days=1)):
            take(room.buyer_id, "standstill")
        people = db.session.scalars(select(AnswerCount.people)).all()
        assert sum(people) == 3


def test_answers_of_before_the_counts_are_counted_alike(room: Room) -> None:
    room.publish()

    def kept() -> list[tuple[object, ...]]:
        table = AnswerCount.__table__
        return sorted(tuple(row) for row in db.session.execute(select(table)))

    with room.on():
        for number in range(4):
            somebody = build.person().id
            take(somebody, "standstill", wrong=number % 2)
            take(somebody, "notices", wrong=number % 3)
            if number == 1:
                take(somebody, "standstill")
        counted = kept()
        with writing():
            db.session.query(AnswerCount).delete()
        fill()
        assert kept() == counted
        fill()
        assert kept() == counted


def test_counts_hold_no_column_of_a_person() -> None:
    for table in (AnswerCount, PartCount):
        assert [key.parent.name for key in table.__table__.foreign_keys] == ["module_id"]
        assert "person_id" not in table.__table__.c


def test_the_pages_cost_the_same_with_few_answers_and_questions_and_with_many(room: Room) -> None:
    room.publish()
    sign_in(room.client, room.author_id)

    def cost(address: str) -> int:
        room.client.page(address)
        with statements() as seen:
            room.client.page(address)
        return len(seen)

    few = [cost(QUESTIONS), cost(f"{QUESTIONS}/how-long")]
    with room.on():
        for question in ("how-long", "when-begins", "who-waits"):
            answered("standstill", question, (90, 10), (50, 50))
    assert [cost(QUESTIONS), cost(f"{QUESTIONS}/how-long")] == few
    assert max(few) <= MOST_STATEMENTS


def test_people_are_counted_once_for_a_part_and_timed_to_the_next(room: Room) -> None:
    room.publish()
    first, second = (part.slug for part in entry_parts(room))
    with room.on():
        minutes_later(room, first, second, 4)
        found = {(each.part, each.minutes): each.people for each in db.session.scalars(select(PartCount))}
        assert found == {(first, OPENED): 1, (second, OPENED): 1, (first, 4): 1}
        note_place(room.buyer_id, "notices", entry("notices").version_id, first)
        assert len(db.session.scalars(select(PartCount)).all()) == 3


def entry_parts(room: Room) -> list[PartEntry]:
    with room.on():
        return list(entry("notices").parts)


def minutes_later(room: Room, first: str, second: str, minutes: int, person: int | None = None) -> None:
    """Open two parts of a module, one after the other."""
    version = entry("notices").version_id
    note_place(person or room.buyer_id, "notices", version, first)
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        note_place(person or room.buyer_id, "notices", version, second)


def test_whoever_was_away_for_half_an_hour_is_not_timed(room: Room) -> None:
    room.publish()
    first, second = (part.slug for part in entry_parts(room))
    with room.on():
        minutes_later(room, first, second, 30)
        assert {each.minutes for each in db.session.scalars(select(PartCount))} == {OPENED}


def test_the_page_shows_how_far_twenty_people_read_and_how_long_half_of_them_stayed(room: Room) -> None:
    room.publish()
    first, second = (part.slug for part in entry_parts(room))
    with room.on():
        people = [build.person().id for _ in range(24)]
        for number, person in enumerate(people):
            if number < 20:
                minutes_later(room, first, second, 3 + number % 2, person)
            else:
                note_place(person, "notices", entry("notices").version_id, first)
    page = room.page("/authoring/notices/questions")
    shown = page.tree.cssselect("table[aria-labelledby=parts] tbody tr")
    cells = [[" ".join(each.text_content().split()) for each in row.cssselect("td")] for row in shown]
    assert [row[:3] for row in cells] == [
        ["24 people", "100%", "3 minutes"],
        ["20 people", "83%", "–not known"],
    ]


@pytest.mark.parametrize(
    ("people", "found"),
    [({}, None), ({3: 19}, None), ({3: 10, 5: 10}, 3), ({3: 9, 5: 11}, 5), ({0: 1, 2: 30, 9: 4}, 2)],
)
def test_a_median_needs_twenty_people(people: dict[int, int], found: int | None) -> None:
    assert median(people) == found


def test_the_command_names_the_lines_to_mend(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", *MISLEADING, first=date(2026, 3, 3))
        answered("standstill", "who-waits", (10, 1), (9, 1))
    runner = room.app.test_cli_runner()
    said = runner.invoke(args=["courses", "items"])
    assert said.exit_code == 0
    lines = said.output.splitlines()
    assert lines[0] == "courses/first-steps/standstill.md:21 misleads people since 3 March 2026"
    assert "Ten calendar days" in lines[1]
    assert lines[2:] == ["1 question."]
    everything = json.loads(runner.invoke(args=["courses", "items", "--all", "--format", "json"]).output)
    assert [(each["question"], each["verdict"], each["answers"]) for each in everything] == [
        ("how-long", "misleads", 200),
        ("when-begins", "too-few", 0),
        ("who-waits", "too-few", 21),
    ]
    assert (everything[0]["line"], everything[0]["facility"], everything[0]["since"]) == (
        21,
        0.475,
        "2026-03-03",
    )
    assert everything[2]["facility"] is None
    github = runner.invoke(args=["courses", "items", "--format", "github"]).output.splitlines()
    assert len(github) == 1
    assert github[0].startswith("::warning file=courses/first-steps/standstill.md,line=21,title=Misleads::")
    assert "(60%25)" in github[0]


def test_the_command_says_nothing_of_modules_that_nobody_answered(room: Room) -> None:
    room.publish()
    with room.on():
        assert answered_items(catalogue.current().modules, catalogue.current()) == {}
    assert room.app.test_cli_runner().invoke(args=["courses", "items"]).output == "0 questions.\n"


def test_every_word_of_the_pages_can_be_translated(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", *MISLEADING)
        answered("standstill", "when-begins", (99, 1), (99, 1))
    sign_in(room.client, room.author_id)
    with pseudo_language():
        for address in (
            QUESTIONS,
            f"{QUESTIONS}/how-long",
            f"{QUESTIONS}/when-begins",
            f"{QUESTIONS}/who-waits",
        ):
            main = room.client.page(address, checked=False).tree.cssselect("main")[0]
            assert untranslated(html.tostring(main, encoding="utf-8").decode()) == []


def test_nobody_who_answered_is_named(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
        name = db.session.get_one(Person, room.buyer_id).name
    for address in (QUESTIONS, f"{QUESTIONS}/how-long"):
        assert name not in room.page(address).response.text
