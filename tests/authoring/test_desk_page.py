"""The authors' desk as a page: what needs the author, all modules, who may open it."""

import csv
from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy import select

from lms.authoring import needs
from lms.content.models import Publication
from lms.core import clock
from lms.core.database import db
from lms.people.models import Duty, Person
from tests.authoring.conftest import MISSPELT, NOTICES, RAISED, STANDSTILL, TODAY, Room
from tests.support import build
from tests.support.answers import answered
from tests.support.application import sign_in
from tests.support.catalogue import module, publish
from tests.support.learners import noon, opened
from tests.support.markup import words_of
from tests.support.pages import Page, submit
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.samples import take
from tests.support.statements import statements

MOST_STATEMENTS = 8
REVIEWED = (
    "review_by: 2027-05-31",
    "reviewed_by: b.reader@example.org\nreviewed_on: 2026-11-02\nreview_by: 2027-05-31",
)
STANDARD = "standards/sample.md"


def needed(page: Page) -> list[str]:
    """What each row says under its tag."""
    return page.select(".row--desk > div > p:first-child")


def tags(page: Page) -> list[str]:
    return page.select(".row--desk .tag")


def titles(page: Page) -> list[str]:
    return page.select("tbody th .row__link, tbody th strong")


def row(page: Page, title: str) -> list[str]:
    """The cells of a module."""
    for found in page.tree.cssselect("tbody tr"):
        if found.cssselect("th")[0].text_content().startswith(title):
            return [words_of(each) for each in found.cssselect("td")]
    raise KeyError(title)


def review_by(day: date) -> tuple[str, str]:
    return "review_by: 2027-05-31", f"review_by: {day}"


def other_author(room: Room, email: str = "v.quire@example.org") -> int:
    with room.on():
        somebody = build.person("Val Quire", email)
        build.grant(somebody, Duty.AUTHOR)
        return somebody.id


def test_nothing_needs_an_author_whose_modules_are_in_order(room: Room) -> None:
    for file in (NOTICES, STANDSTILL):
        room.change(file, REVIEWED)
    room.publish()
    page = room.page()
    assert page.h1 == "Authors’ desk"
    assert page.select(".lead") == ["You own 2 of the 2 modules. Nothing needs you."]
    assert needed(page) == []
    assert "What does not pass" not in page.text


def test_before_anything_is_published_the_desk_says_so(room: Room) -> None:
    page = room.page()
    assert page.select(".lead") == ["Nothing needs you."]
    assert page.select(".empty") == ["No module is published yet."]
    assert page.select("form.filters") == []


def test_a_module_that_does_not_pass_is_named_with_its_places_and_mistakes(room: Room) -> None:
    room.publish()
    room.change(NOTICES, MISSPELT)
    room.change(NOTICES, ("/// note\n", "/// nite\n"))
    room.publish()
    page = room.page()
    assert page.select(".lead") == ["You own 2 of the 2 modules. Two things need you, most urgent first."]
    assert tags(page) == ["Does not pass", "Law not checked"]
    assert needed(page)[0] == (
        "Notices in order has 3 mistakes and is not published. Learners still read edition 1."
    )
    assert page.select(".row--desk .path") == ["courses/first-steps/notices.md:2:1, :14:1 and :24:5"]
    assert page.links()["See what is wrong: Notices in order"] == "#mistake-1"
    assert page.select(".mistake h3") == [
        "The key “review_by” is missing",
        "Unknown key “review”",
        "There is no block “nite”",
    ]
    assert page.select(".mistake .path")[2] == "courses/first-steps/notices.md:24:5"
    assert "Hint: Did you mean “note”? The blocks are calculator, " in page.select(".mistake__body")[2]
    assert row(page, "Notices in order")[0] == "Draft does not pass Law not checked"


def test_a_file_that_never_passed_needs_every_author_since_nobody_knows_its_owner(room: Room) -> None:
    room.change(NOTICES, MISSPELT)
    room.publish()
    for author in (room.author_id, other_author(room)):
        page = room.page(of=author)
        assert needed(page)[0] == "notices.md has 2 mistakes and is not published. Nobody sees it yet."
    assert page.select(".lead") == ["You own none of the 2 modules. One thing needs you."]
    assert row(page, "notices") == ["Draft does not pass", "Never published, so nobody has read it."]


def test_framework_course_and_standard_that_do_not_pass_are_named(room: Room) -> None:
    room.publish()
    room.change("framework/roles.yaml", ("law: 2", "lwa: 2"))
    room.change("first-steps/course.md", ("summary:", "summaries:"))
    room.change(STANDARD, ("summary:", "summaries:"))
    room.publish()
    assert [each.partition(" has ")[0] for each in needed(room.page())[:2]] == ["First steps", "roles.yaml"]
    with room.on():
        owner = db.session.scalars(select(Publication).order_by(Publication.id.desc())).first()
        assert owner is not None
        email = owner.document["standards"][0]["owner"]
    page = room.page(of=room.author_id if email == "author@example.org" else other_author(room, email))
    assert len([each for each in needed(page) if "What was good before still stands." in each]) == 3


def test_mistakes_of_other_owners_need_nobody_else(room: Room) -> None:
    room.publish()
    room.change(NOTICES, MISSPELT)
    room.publish()
    page = room.page(of=other_author(room))
    assert page.select(".lead") == ["You own none of the 2 modules. Nothing needs you."]
    assert page.select(".mistake") == []
    assert row(page, "Notices in order")[0].startswith("Draft does not pass")


def test_twenty_mistakes_are_shown_then_a_count(room: Room) -> None:
    room.publish()
    room.change(NOTICES, ("aliases: [notices-old]", "\n".join(f"wrong-{n}: 1" for n in range(23))))
    room.change(STANDSTILL, ("ask: 2", "ask: 2\nalso-wrong: 1"))
    room.publish()
    page = room.page()
    assert len(page.select(".mistake")) == needs.MISTAKES_SHOWN == 20
    assert "4 more mistakes are not shown. flask courses check names them all." in page.text
    assert page.select(".row--desk .path")[0].endswith(":18:1, :19:1, :20:1 and 20 more")
    assert [each for each in page.links() if each.startswith("See what is wrong")] == [
        "See what is wrong: Notices in order"
    ]


def test_reviews_stand_by_urgency_with_how_many_read_the_module(room: Room) -> None:
    room.change(NOTICES, review_by(date(2026, 12, 15)))
    room.change(STANDSTILL, review_by(date(2026, 10, 31)))
    room.publish()
    with room.on():
        opened(db.session.get_one(Person, room.buyer_id), "standstill", "how-long-to-wait")
    page = room.page()
    assert tags(page) == ["Review overdue", "Review in 15 days", "Law not checked"]
    assert needed(page)[:2] == [
        "Waiting after an award was to be reviewed by 31 October 2026, 30 days ago.",
        "Notices in order is to be reviewed by 15 December 2026.",
    ]
    assert page.select(".row--desk .help")[:2] == [
        "1 person read it in the last 90 days",
        "0 people read it in the last 90 days",
    ]
    assert page.links()["Waiting after an award"] == "/courses/first-steps/standstill"
    assert row(page, "Notices in order")[2] == "15 December 2026 in 15 days"


@pytest.mark.parametrize(
    ("days", "tag"),
    [(-1, "Review overdue"), (0, "Review today"), (30, "Review in 30 days"), (31, None)],
)
def test_a_review_is_due_to_the_end_of_its_day_and_soon_within_thirty(
    room: Room, days: int, tag: str | None
) -> None:
    room.change(NOTICES, review_by(TODAY + timedelta(days=days)))
    room.publish()
    assert tags(room.page()) == [*([tag] if tag else []), "Law not checked"]


def test_law_that_nobody_has_checked_is_one_row_for_all_modules(room: Room) -> None:
    room.publish()
    page = room.page()
    assert needed(page) == ["Nobody has checked the law yet in 2 of your 2 modules."]
    assert titles(page.follow("See which: Law not checked")) == ["Notices in order", "Waiting after an award"]
    room.change(NOTICES, REVIEWED)
    room.publish()
    assert needed(room.page()) == ["Nobody has checked the law in Waiting after an award yet."]


def test_the_table_has_state_owner_review_readers_and_first_passes(room: Room) -> None:
    room.change(NOTICES, ("owner: author@example.org", "owner: Gone@example.org"))
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
        opened(db.session.get_one(Person, room.buyer_id), "standstill", "how-long-to-wait")
    page = room.page()
    assert row(page, "Waiting after an award") == [
        "Published, edition 1 Law not checked",
        "Idris Draftwell",
        "31 May 2027",
        "1, how far they read: Waiting after an award",
        "–too few people yet, 1 of 20",
        "Too few answers, 1 of 50: Waiting after an award",
    ]
    assert row(page, "Notices in order")[1] == "gone@example.org"
    assert page.select(".lead")[0].startswith("You own 1 of the 2 modules.")
    assert "Showing 1 to 2 of 2 modules" in page.text
    assert "since 1 September 2026" in page.text


def test_a_share_of_first_passes_has_its_denominator(room: Room) -> None:
    room.publish()
    with room.on():
        for number in range(20):
            take(build.person().id, "standstill", wrong=int(number < 5))
    assert row(room.page(), "Waiting after an award")[4] == "75% of 20"


def test_the_filter_takes_words_of_title_or_file_a_state_and_an_owner(room: Room) -> None:
    room.change(NOTICES, ("owner: author@example.org", "owner: v.quire@example.org"))
    room.publish()
    room.change(NOTICES, MISSPELT)
    room.publish()
    page = room.page()
    assert page.select("#state option")[:2] == ["Any", "Draft does not pass"]
    assert page.select("#owner option") == ["Anyone", "Idris Draftwell", "v.quire@example.org"]
    for fields, found in (
        ({"q": "  in ORDER"}, ["Notices in order"]),
        ({"q": "standstill.md"}, ["Waiting after an award"]),
        ({"state": "fails"}, ["Notices in order"]),
        ({"state": "published"}, ["Waiting after an award"]),
        ({"owner": "v.quire@example.org"}, ["Notices in order"]),
    ):
        assert titles(submit(room.page(), fields)) == found
    kept = submit(page, q="notices", state="unchecked", owner="v.quire@example.org")
    assert kept.tree.cssselect("#q")[0].get("value") == "notices"
    assert kept.select("#state option[selected], #owner option[selected]") == [
        "Law not checked",
        "v.quire@example.org",
    ]
    assert titles(room.page("/authoring?state=none-such&owner=nobody@example.org&page=x")) == titles(page)


def test_a_choice_that_no_module_fits_offers_all(room: Room) -> None:
    room.publish()
    page = submit(room.page(), q="nothing is called so")
    assert page.select(".empty") == ["No module fits this choice. Show all"]
    assert page.links()["Show all"] == "/authoring#all-modules"
    assert needed(page) == needed(room.page())


def test_the_filter_works_by_htmx_and_pushes_the_address(room: Room) -> None:
    room.publish()
    page = room.page()
    form = page.tree.cssselect("main form")[0]
    assert (form.get("hx-get"), form.get("hx-target"), form.get("hx-push-url")) == (
        "/authoring",
        "#main",
        "true",
    )
    part = submit(page, q="order", headers={"HX-Request": "true"})
    assert "<html" not in part.response.text
    assert titles(part) == ["Notices in order"]


def test_twenty_five_modules_a_page(room: Room) -> None:
    with room.on():
        publish((), (), tuple(module(f"module-{number:02}") for number in range(27)))
    first = room.page()
    assert len(titles(first)) == 25
    assert "Showing 1 to 25 of 27 modules" in first.text
    second = room.page("/authoring?q=module&page=2")
    assert titles(second) == ["Module 25", "Module 26"]
    assert "Showing 26 to 27 of 27 modules" in second.text
    back = second.tree.cssselect("nav.govuk-pagination a")[0].get("href")
    assert back == "/authoring?q=module#all-modules"
    assert titles(room.page("/authoring?page=99")) == ["Module 25", "Module 26"]


def test_ten_reviews_are_listed_and_the_others_counted(room: Room) -> None:
    author = other_author(room, "an.author@example.org")
    with room.on():
        publish((), (), tuple(module(f"module-{number:02}") for number in range(13)))
    with clock.at(noon(date(2030, 2, 1))):
        page = room.page(of=author)
        assert page.select(".lead")[0].endswith("14 things need you, most urgent first.")
        assert len(needed(page)) == 11
        assert len(titles(page.follow("3 more of these"))) == 13


def test_authors_alone_open_the_desk(room: Room) -> None:
    room.publish()
    room.page(status=403, of=room.buyer_id)
    assert "Authoring" not in room.page("/record", of=room.buyer_id).select("nav a")
    assert "Authoring" in room.page("/record").select("nav a")
    room.client.delete_cookie("session")
    assert room.client.get("/authoring").headers["Location"].startswith("/login")


def test_an_author_who_is_no_learner_has_no_links_to_learners_pages(room: Room) -> None:
    room.publish()
    with room.on():
        somebody = build.person("Val Quire", "v.quire@example.org", learner=False)
        build.grant(somebody, Duty.AUTHOR)
        number = somebody.id
    page = room.page(of=number)
    assert titles(page) == ["Notices in order", "Waiting after an award"]
    assert [each for each in page.links().values() if each.startswith("/courses/")] == []


def test_the_desk_names_nobody_who_learns(room: Room) -> None:
    room.publish()
    with room.on():
        take(room.buyer_id, "standstill")
        opened(db.session.get_one(Person, room.buyer_id), "standstill", "how-long-to-wait")
    assert "Rowan" not in room.page().response.text


def test_the_desk_costs_the_same_with_few_modules_and_with_many(room: Room) -> None:
    def cost() -> int:
        sign_in(room.client, room.author_id)
        room.client.page("/authoring")
        with statements() as seen:
            room.client.page("/authoring")
        return len(seen)

    room.publish()
    few = cost()
    with room.on():
        publish((), (), tuple(module(f"module-{number:02}") for number in range(40)))
        for number in range(8):
            opened(build.person(f"Reader {number}"), f"module-{number:02}", "one")
    assert cost() <= few <= MOST_STATEMENTS


def test_a_question_that_misleads_needs_its_author_and_stands_in_the_table(room: Room) -> None:
    room.publish()
    with room.on():
        answered("standstill", "how-long", (40, 60), (55, 45))
        answered("standstill", "who-waits", (100, 0), (99, 1))
    page = room.page()
    assert tags(page) == ["Question misleads", "Law not checked"]
    assert needed(page)[0] == (
        "Waiting after an award: people who know the subject are drawn to a wrong answer."
    )
    assert page.select(".row--desk .path") == ["courses/first-steps/standstill.md:21"]
    assert titles(page) == ["Waiting after an award", "Notices in order"]
    assert row(page, "Waiting after an award")[5] == (
        "1 question misleads: Waiting after an award standstill.md:21"
    )
    assert row(page, "Notices in order")[5] == "No answers yet: Notices in order"
    assert (
        page.follow("See the answers: Waiting after an award, how-long").h1 == "This question misleads people"
    )


def test_the_files_have_every_module_and_every_question_and_no_formula(room: Room) -> None:
    room.change(STANDSTILL, ("title: Waiting after an award", 'title: "=1+1 and wait"'))
    room.publish()
    with room.on():
        answered("standstill", "how-long", (40, 60), (55, 45))
    sign_in(room.client, room.author_id)
    modules = list(csv.DictReader(room.client.get("/authoring/modules.csv").text.splitlines()))
    assert {each["module"]: each["verdict"] for each in modules} == {
        "notices": "too-few",
        "standstill": "misleads",
    }
    assert "'=1+1 and wait" in {each["title"] for each in modules}
    items = list(csv.DictReader(room.client.get("/authoring/items.csv").text.splitlines()))
    found = {each["question"]: each for each in items}
    assert (found["how-long"]["facility"], found["how-long"]["discrimination"]) == ("0.4750", "-0.1500")
    assert (found["who-waits"]["answers"], found["who-waits"]["facility"]) == ("0", "")


def test_every_word_of_the_desk_can_be_translated(room: Room) -> None:
    room.change(STANDSTILL, review_by(date(2026, 10, 31)))
    room.publish()
    room.change(NOTICES, MISSPELT)
    room.change("framework/roles.yaml", ("law: 2", "lwa: 2"))
    room.publish()
    sign_in(room.client, room.author_id)
    with pseudo_language():
        for address in ("/authoring", "/authoring?q=nothing", "/authoring?state=fails"):
            main = room.client.page(address, checked=False).tree.cssselect("main")[0]
            assert untranslated(html.tostring(main, encoding="utf-8").decode()) == []


def test_an_author_without_a_post_begins_at_the_desk(room: Room) -> None:
    room.publish()
    assert room.page("/").path == "/authoring"


def test_a_new_edition_is_named_in_the_table(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, RAISED)
    room.publish()
    assert row(room.page(), "Waiting after an award")[0].startswith("Published, edition 2")
