"""Words as search compares them, and what of a section is shown: without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.searching.engines import MOST_POSITIONS, vector
from lms.content.searching.excerpts import SHOWN, Marked, excerpt, marked
from lms.content.searching.sections import readable
from lms.content.searching.words import LONGEST, WORD, asked_for, folded, indexed, stem_of


def hits(shown: Marked) -> list[str]:
    return [piece.text for piece in shown if piece.hit]


def words(shown: Marked) -> str:
    return "".join(piece.text for piece in shown)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("notice", "notices"),
        ("supplier", "suppliers"),
        ("supply", "supplies"),
        ("authority", "authorities"),
        ("process", "processes"),
        ("change", "changing"),
        ("award", "awarded"),
        ("plan", "planned"),
        ("tell", "telling"),
        ("notify", "notified"),
        ("assess", "assessed"),
    ],
)
def test_endings_of_plural_past_and_present_make_no_difference(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize("word", ["status", "basis", "string", "need", "bed", "ing", "4", "uk6", "agreed"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert stem_of(word) == word


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Évaluation", "evaluation"),
        ("e\u0301valuation", "evaluation"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁgures", "figures"),
        ("x" * 300, "x" * LONGEST),
    ],
)
def test_case_and_accents_make_no_difference(word: str, plain: str) -> None:
    assert WORD.findall(word) == [word]
    assert folded(word) == plain


def test_an_apostrophe_ends_a_word() -> None:
    text = "The authority’s l’évaluation, the buyer's and it can’t"
    assert WORD.findall(text) == ["The", "authority", "l", "évaluation", "the", "buyer", "and", "it", "can"]


def test_a_word_is_kept_with_its_stem() -> None:
    assert list(indexed("The Notices, 4.2")) == ["the", "notices", "notic", "4", "2"]


def test_common_words_are_left_out_and_named_as_they_were_typed() -> None:
    asked = asked_for("How do I change the contract")
    assert (asked.stems, asked.last, asked.left_out) == (("chang",), "contract", ("How", "do", "I", "the"))


@pytest.mark.parametrize("typed", ["", "  ", "?!* \" ' ( ) : - ^ &", "the of"])
def test_signs_and_common_words_alone_ask_for_nothing(typed: str) -> None:
    assert asked_for(typed).last == ""


@given(st.text(max_size=60))
def test_whatever_is_typed_only_letters_and_digits_are_asked_for(typed: str) -> None:
    asked = asked_for(typed)
    assert all(len(word) <= LONGEST for word in (*asked.stems, asked.last))
    assert "".join((*asked.stems, asked.last, "a")).isalnum()


@given(st.text(max_size=300), st.text(max_size=20))
def test_marking_changes_no_text_and_marks_what_was_asked_for(text: str, typed: str) -> None:
    asked = asked_for(typed)
    if asked.last:
        assert words(marked(text, asked)) == text
        assert all(asked.is_hit(hit) for hit in hits(marked(text, asked)))
        assert words(excerpt(text, asked)).removeprefix("… ").removesuffix(" …") in text


def test_hits_keep_their_own_letters() -> None:
    shown = marked("Die Évaluation der Angebote", asked_for("evaluat"))
    assert hits(shown) == ["Évaluation"]


def test_an_excerpt_is_the_part_with_the_most_different_words() -> None:
    text = f"{'A contract. ' * 60}{'Other words. ' * 40}The contract award notice starts it.{' And on.' * 60}"
    shown = excerpt(text, asked_for("notice award contract"))
    assert {hit.lower() for hit in hits(shown)} == {"contract", "award", "notice"}
    assert words(shown).startswith("… ")
    assert words(shown).endswith(" …")
    assert len(words(shown)) <= SHOWN + 4
    assert "Other words. The" in words(shown)


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert words(excerpt("Wait, and then sign.", asked_for("sign"))) == "Wait, and then sign."
    assert words(excerpt("", asked_for("sign"))) == ""


def test_html_is_read_as_people_read_it() -> None:
    html = (
        '<p>Wait <strong>eight</strong> days.<sup id="a"><a class="footnote-ref" href="#b">1</a></sup></p>'
        "<details>\n<summary>Show the figures as a table</summary><table><tr><td>One</td><td>Two</td></tr>"
        '</table></details><div class="footnote"><p>The Act&#8217;s own.'
        '<a class="footnote-backref" href="#c">↩</a></p></div>'
    )
    assert readable(html) == "Wait eight days. One Two The Act’s own."


def test_a_vector_has_each_word_once_with_so_many_places() -> None:
    made = vector(A="tender", C="a tender " * 50).split()
    assert made[0] == "'tender':1A,3C,5C,7C"
    assert [each.count(",") for each in made] == [MOST_POSITIONS - 1] * 2
