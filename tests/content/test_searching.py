"""What is published is found by its words, on both databases alike, and nothing else is."""

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, table

from lms.authoring.publishing import publish_courses
from lms.authoring.rollback import roll_back
from lms.content.checking import check
from lms.content.publishing import publish
from lms.content.searching.finding import HITS_A_PAGE, Hit, search
from lms.content.searching.models import WORDS_TABLE, SearchSection
from lms.core.database import db, writing
from lms.core.migrations import bring_forward
from tests.support.courses import COURSE, FILES, MODULE, MODULE_PATH, OTHER, STANDARD, replaced, written
from tests.support.statements import statements

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
OTHER_PATH = "awarding/after-the-award.md"
WORDS = table(WORDS_TABLE)
Changes = dict[str, str | bytes | None]
Publish = Callable[..., None]

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def published(tmp_path: Path) -> Publish:
    """Publish the folder with some files changed."""

    def publish_with(changes: Changes | None = None) -> None:
        checked = check(written(tmp_path, changes))
        with writing():
            publish(checked, AT)

    return publish_with


def places(typed: str, page: int = 1) -> list[tuple[str, str, str]]:
    """Kind, item and place of what is found, in order."""
    return [(str(hit.kind), hit.item, hit.place) for hit in search(typed, page).hits]


def shown(hit: Hit) -> tuple[str, str, str]:
    """The words of a result: title, heading, excerpt."""
    title, heading, excerpt = (
        "".join(piece.text for piece in marked) for marked in (hit.title, hit.heading, hit.excerpt)
    )
    return title, heading, excerpt


def rows() -> list[tuple[object, ...]]:
    """All that the index holds of sections."""
    columns = SearchSection.__table__.columns
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(SearchSection.id))]


def count_of_words() -> int:
    return db.session.scalar(select(func.count()).select_from(WORDS)) or 0


PART = ("part", "standstill", "the-day-that-counts")


def test_each_kind_of_section_is_found_and_says_where_it_stands(published: Publish) -> None:
    published()
    assert places("tenders to the contract") == [("course", "awarding", "")]
    assert places("know how long") == [("module", "standstill", "")]
    assert places("notice on a Monday") == [PART]
    assert ("standard", "sourcing", "") in places("what a buyer does")
    assert places("date in the file") == [("clause", "sourcing", "4.2")]
    assert places("days between notice") == [("term", "standstill", "")]
    (hit,) = search("monday").hits
    assert hit.parent == "awarding"
    assert shown(hit)[:2] == ("Counting the standstill", "The day that counts")
    assert shown(hit)[2].startswith("A force publishes its notice on a Monday. See the Act, clause 4.2,")


def test_titles_come_before_headings_and_headings_before_bodies(published: Publish) -> None:
    titled = OTHER.replace("title: After the award", "title: Quokka").replace("What follows.", "About it.")
    headed = replaced(MODULE, "## The day that counts", "## The quokka that counts")
    body = STANDARD.replace("The buyer waits", f"The buyer waits {'for a quokka ' * 30}")
    published({OTHER_PATH: titled, MODULE_PATH: headed, "standards/sourcing.md": body})
    found = places("quokka")
    assert found[:3] == [
        ("module", "after-the-award", ""),
        ("part", "standstill", "the-quokka-that-counts"),
        ("clause", "sourcing", "4.2"),
    ]
    assert places("quok") == found
    assert found[3:] == [("part", "after-the-award", "what-follows")]


def test_a_heading_within_a_part_counts_as_a_heading(published: Publish) -> None:
    published(
        {
            MODULE_PATH: replaced(MODULE, "/// note | In short", "/// note | In quokkas"),
            OTHER_PATH: replaced(OTHER, "The contract.\n", "The quokka, quokka, quokka.\n"),
        }
    )
    assert places("quokka") == [
        ("part", "standstill", "telling-the-bidders"),
        ("part", "after-the-award", "what-follows"),
    ]


def test_all_words_are_asked_for_wherever_they_stand_in_a_section(published: Publish) -> None:
    published()
    assert places("standstill Monday") == [PART]
    assert places("Monday zebra") == []


def test_the_last_word_may_be_half_typed_and_no_other(published: Publish) -> None:
    published()
    assert places("notice Mond") == [PART]
    assert places("Mond notice") == []


@pytest.mark.parametrize(
    "typed", ["évaluation", "evaluation", "EVALUATION", "e\u0301valuation", "évaluations"]
)
def test_accents_and_case_make_no_difference(published: Publish, typed: str) -> None:
    published({MODULE_PATH: MODULE.replace("Write to each", "L’Évaluation: write to each")})
    assert places(typed) == [("part", "standstill", "telling-the-bidders")]
    marks = [piece.text for piece in search(typed).hits[0].excerpt if piece.hit]
    assert marks == ["Évaluation"]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "monday*",
        "NOT monday",
        "title:monday",
        "mon) OR (day",
        "{title} : monday",
        "monday:*",
        "\\",
        "\0",
    ],
)
def test_signs_of_a_database_mean_nothing(published: Publish, typed: str) -> None:
    published()
    found = places(typed)
    assert set(found) <= {PART}


def test_only_common_words_find_nothing_and_say_so(published: Publish) -> None:
    published()
    found = search("what is the")
    assert (found.total, found.asked.left_out) == (0, ("what", "is", "the"))


def test_no_answer_feedback_or_question_is_found(published: Publish) -> None:
    secret = MODULE.replace("Three days are over by then", "Quokka one").replace(
        "The Wednesday is day eight", "Quokka two"
    )
    secret = secret.replace("When may it sign", "When may a quokka sign").replace(
        "On the Thursday of the week after", "On the quokka"
    )
    published({MODULE_PATH: secret})
    assert search("quokka").total == 0
    kept = " ".join(str(value) for row in rows() for value in row).lower()
    assert "quokka" not in kept


def test_a_retired_module_is_not_found(published: Publish) -> None:
    published()
    assert ("module", "after-the-award", "") in places("what follows")
    gone: Changes = {
        OTHER_PATH: None,
        "awarding/course.md": replaced(COURSE, ", after-the-award", ""),
        "framework/competencies.yaml": replaced(
            FILES["framework/competencies.yaml"], ", after-the-award", ""
        ),
        MODULE_PATH: replaced(MODULE, "[its length](module:after-the-award)", "its length"),
    }
    published(gone)
    assert places("what follows") == []
    assert count_of_words() == len(rows())


def test_a_renamed_module_is_found_under_its_present_name_alone(published: Publish) -> None:
    published()
    renamed: Changes = {
        MODULE_PATH: None,
        "awarding/waiting.md": MODULE.replace("aliases: []", "aliases: [standstill]"),
        "awarding/course.md": replaced(COURSE, "standstill", "waiting"),
        "framework/competencies.yaml": replaced(
            FILES["framework/competencies.yaml"], "[standstill", "[waiting"
        ),
    }
    published(renamed)
    assert places("monday") == [("part", "waiting", "the-day-that-counts")]


def test_a_publication_writes_the_sections_of_what_changed_alone(published: Publish) -> None:
    published()
    before = rows()
    published({MODULE_PATH: MODULE.replace("Write to each", "Write to every one")})
    after = rows()
    gone = {row[1:] for row in before} - {row[1:] for row in after}
    assert {row[3] for row in gone} == {"standstill"}
    assert len(after) == len(before) == count_of_words()
    assert places("every one")[0] == ("part", "standstill", "telling-the-bidders")


def test_an_unchanged_publication_writes_nothing(published: Publish) -> None:
    published()
    with statements() as sent:
        published()
    assert [
        each for each in sent if "search" in each and not each.lstrip().upper().startswith("SELECT")
    ] == []


def test_what_is_undone_is_not_found(tmp_path: Path) -> None:
    checked = check(written(tmp_path))

    def fail() -> None:
        with writing():
            publish(checked, AT)
            assert places("monday") == [PART]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert places("monday") == []
    assert (rows(), count_of_words()) == ([], 0)


def test_a_rollback_brings_the_earlier_text_back(tmp_path: Path) -> None:
    publish_courses(written(tmp_path), by=None)
    publish_courses(written(tmp_path, {MODULE_PATH: MODULE.replace("Monday", "Quokka")}), by=None)
    assert (places("monday"), places("quokka")) == ([], [PART])
    roll_back(None, by=None)
    assert (places("monday"), places("quokka")) == ([PART], [])


def test_every_way_to_publish_keeps_the_index(repository: Path) -> None:
    writers = {
        path.name: path.read_text()
        for path in (repository / "lms").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Publication"
    }
    assert len(writers) > 1
    assert [name for name, code in writers.items() if "    follow(" not in code] == []


def test_an_upgrade_makes_the_index_of_what_was_published_before(published: Publish) -> None:
    published()
    before = [row[1:] for row in rows()]
    with writing():
        db.session.execute(delete(SearchSection))
        db.session.execute(delete(WORDS))
    bring_forward()
    assert sorted(map(str, (row[1:] for row in rows()))) == sorted(map(str, before))
    assert places("monday") == [PART]
    with statements() as sent:
        bring_forward()
    assert [each for each in sent if "INSERT INTO search" in each] == []


def test_more_than_a_page_is_divided_and_counted(published: Publish) -> None:
    parts = "".join(
        f"\n## Part {number}\n\nA quokka, number {number}.\n" for number in range(HITS_A_PAGE + 5)
    )
    published(
        {
            OTHER_PATH: replaced(OTHER, "## What follows\n", f"{parts}\n## What follows\n").replace(
                "minutes: 4", "minutes: 90"
            )
        }
    )
    first, second, third = (search("quokka", page) for page in (1, 2, 3))
    assert (first.total, first.pages, len(first.hits)) == (HITS_A_PAGE + 5, 2, HITS_A_PAGE)
    assert (second.page, len(second.hits)) == (2, 5)
    assert {hit.place for hit in first.hits}.isdisjoint(hit.place for hit in second.hits)
    assert (third.page, third.hits) == (1, first.hits)


def test_a_search_is_one_statement_whatever_it_finds(published: Publish) -> None:
    published()
    for typed, most in (("notice", 1), ("zebra", 1), ("the", 0)):
        with statements() as sent:
            search(typed)
        assert len(sent) == most


def test_an_empty_installation_finds_nothing() -> None:
    assert search("notice").total == 0
    assert db.session.scalar(select(func.count()).select_from(SearchSection)) == 0
