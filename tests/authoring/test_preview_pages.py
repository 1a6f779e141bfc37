"""The preview of a module: what learners would see, each mistake where it happens, what publishing does."""

from io import BytesIO

from tests.authoring.conftest import MISSPELT, RAISED, STANDSTILL, Room
from tests.support.pages import Page, submit
from tests.support.pseudo import pseudo_language, untranslated
from tests.support.statements import statements

TRY = "/authoring/try"
MOST_STATEMENTS = 8


def tried(room: Room, text: str, module: str = "") -> Page:
    return submit(room.page(TRY), {"source": text, "module": module})


def text(room: Room) -> str:
    return (room.folder / STANDSTILL).read_text()


def test_a_module_that_passed_is_shown_as_learners_read_it(room: Room) -> None:
    room.publish()
    page = room.page("/authoring/standstill")
    assert page.select(".sheet__state") == ["Published. Learners read this text."]
    assert not page.tree.cssselect(".mistake")
    assert len(page.tree.cssselect(".sheet .prose")) >= 1
    assert len(page.tree.cssselect(".draft-question")) == len(page.select(".draft-question details"))
    assert "Nothing would change for learners." in page.text


def test_a_text_that_failed_stands_with_its_mistakes_where_they_are(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, MISSPELT, ("/// question | how-long", "/// questions | how-long"))
    room.publish()
    page = room.page("/authoring/standstill")
    assert page.select(".stop-list h2") == ["3 mistakes stop this module from being published"]
    assert "Learners still read edition 1 of" in page.select(".sheet__state")[0]
    links = [each.get("href") for each in page.tree.cssselect(".stop-list li a")]
    assert all(page.tree.cssselect(f"{each}") for each in links)
    assert "courses/first-steps/standstill.md:" in page.select(".mistake .path")[0]


def test_a_file_that_never_passed_can_be_looked_at(room: Room) -> None:
    room.change(STANDSTILL, MISSPELT)
    room.publish()
    page = room.page("/authoring/standstill")
    assert page.select(".sheet__state") == ["Not published. Nobody reads it yet."]


def test_a_question_is_answered_as_learners_do_and_nothing_is_recorded(room: Room) -> None:
    room.publish()
    (link, *_) = room.page("/authoring/standstill").tree.cssselect(".draft-question a")
    address = link.get("href", "")
    with statements() as made:
        page = submit(room.page(address), {"answer": "0"})
    assert page.select(".verdict__title")[0] in {"Right", "Not right"}
    assert not [each for each in made if "INSERT" in str(each)]
    assert "Answer the question first" in room.page(f"{address}?check=1").text
    room.page("/authoring/standstill/play/nothing-here", 404)


def test_what_is_not_there_is_not_found(room: Room) -> None:
    room.publish()
    room.page("/authoring/nothing-here", 404)


def test_a_pasted_text_is_shown_and_not_stored(room: Room) -> None:
    room.publish()
    changed = text(room).replace(*RAISED)
    page = tried(room, changed, "standstill")
    assert page.select(".sheet__state") == ["Ready to publish. Nothing stops it."]
    assert "Edition 2, because the file says that what learners must know has changed." in page.text
    assert room.page("/authoring/standstill").select(".sheet__state")[0].startswith("Published.")


def test_a_new_text_is_a_new_module(room: Room) -> None:
    room.publish()
    assert "It would be a new module, in edition 1." in tried(room, text(room)).text


def test_a_correction_says_what_it_changes(room: Room) -> None:
    room.publish()
    heading = next(line for line in text(room).splitlines() if line.startswith("## "))
    page = tried(room, text(room).replace(heading, f"{heading}\n\nOne more sentence."), "standstill")
    assert "A correction of edition 1." in page.text
    assert f"Changed: {heading[3:]}" in page.text


def test_a_calculator_is_a_box_that_leads_to_its_page(room: Room) -> None:
    room.publish()
    page = tried(room, f"{text(room)}\n/// calculator | saving\n///\n", "standstill")
    assert page.select(".callout--calculator h3") == ["Work out the saving"]
    assert page.follow("a page of its own").h1 == "Saving"


def test_what_cannot_be_taken_apart_shows_its_mistake_alone(room: Room) -> None:
    room.publish()
    page = tried(room, "No front matter here.")
    assert page.select(".mistake__title") == ["The file does not begin with front matter"]


def test_twenty_mistakes_are_shown_then_a_count(room: Room) -> None:
    room.publish()
    page = tried(room, text(room).replace("## ", "[x](module:nothing)\n\n" * 25 + "## ", 1))
    assert len(page.tree.cssselect(".mistake:not(.mistake--thought)")) == 20
    assert "which are not shown below" in page.text


def test_a_file_may_be_sent_in_the_place_of_a_text(room: Room) -> None:
    room.publish()
    data = BytesIO(text(room).encode())
    page = submit(room.page(TRY), {"file": (data, "standstill.md")})
    assert page.select(".sheet__state") == ["Ready to publish. Nothing stops it."]


def test_nothing_and_what_is_no_text_are_refused_with_what_to_do(room: Room) -> None:
    room.publish()
    page = submit(room.page(TRY), {"source": "  "})
    assert "Choose a file, or paste a text" in page.text
    page = submit(room.page(TRY), {"file": (BytesIO("a\n£".encode("latin-1")), "a.md")})
    assert "Line 2 is not UTF-8 text." in page.text
    page = submit(room.page(TRY), {"source": "word " * 60_000})
    assert "more than 256 kB" in page.text


def test_a_preview_asks_the_database_a_few_times(room: Room) -> None:
    room.publish()
    room.page("/authoring/standstill")
    with statements() as made:
        room.page("/authoring/standstill")
    assert len(made) <= MOST_STATEMENTS


def test_every_word_is_translated(room: Room) -> None:
    room.change(STANDSTILL, MISSPELT)
    room.publish()
    with pseudo_language():
        assert untranslated(room.page("/authoring/standstill").response.text) == []
        assert untranslated(room.page(TRY).response.text) == []
