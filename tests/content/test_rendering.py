"""Text becomes clean HTML: no script, no style, no id that could meet one of the page."""

import re
import time

import pytest

from lms.content.documents import ModuleDocument, from_json, to_json
from lms.content.opening import PictureFile
from lms.content.pictures import read_picture
from lms.content.reading import read_module, share_minutes
from lms.content.rendering import Renderer, linked, plain_text, slug
from tests.support.courses import MODULE, SVG, replaced


def read(text: str, *pictures: str) -> ModuleDocument:
    beside = {name: PictureFile(*read_picture(name, SVG.encode())) for name in ("days.svg", *pictures)}
    found = read_module(text.encode(), "courses/a/standstill.md", "standstill", "awarding", beside).document
    assert found is not None
    return found


def html(markdown: str) -> str:
    return Renderer().render(markdown, "part")


def test_a_module_comes_back_from_json_as_it_was() -> None:
    module = read(MODULE)
    assert from_json(ModuleDocument, to_json(module)) == module


def test_a_callout_is_a_headed_section() -> None:
    text = read(MODULE).parts[1].html
    assert '<section class="callout callout--note" aria-labelledby="telling-the-bidders-block-2">' in text
    assert '<h3 class="callout__title" id="telling-the-bidders-block-2">In short</h3>' in text


def test_a_law_callout_has_its_usual_title_and_ends_with_its_source() -> None:
    text = read(MODULE).parts[0].html
    assert ">What the law says</h3>" in text
    assert '<p class="callout__source"><a href="law:pa23/51">Procurement Act 2023, section 51</a></p>' in text


def test_a_figure_has_a_title_a_sized_picture_and_its_numbers_as_a_table() -> None:
    text = read(MODULE, "days.narrow.svg").parts[0].html
    assert re.search(
        r'<figure class="figure" aria-labelledby="(.*)">\n<p class="figure__title" id="\1">Eight', text
    )
    assert re.search(r'<source media="[^"]+" srcset="asset:[0-9a-f]{64}" width="620" height="200">', text)
    assert 'width="620" height="200" alt="A line of eight boxes"></picture>' in text
    assert '<div class="figure__caption">\n<p>Bank holidays are left out.</p>' in text
    assert "<details>\n<summary>Show the figures as a table</summary>" in text
    assert '<th scope="col">Day</th>' in text


def test_a_phone_gets_the_same_picture_when_there_is_no_narrow_one() -> None:
    assert "<source" not in read(MODULE).parts[0].html


def test_a_table_has_a_caption_and_scrolls_in_a_box() -> None:
    table = "/// table | What it costs\n| a | b |\n|---|--:|\n| 1 | 2 |\n///\n"
    text = read(replaced(MODULE, "Write to each", table + "\nWrite to each")).parts[1].html
    assert re.search(r'<div class="table" role="group" aria-labelledby="(.+)" tabindex="0">\n<table>', text)
    assert 'id="telling-the-bidders-block-1">What it costs</caption>' in text
    assert '<td class="numeric">2</td>' in text
    assert "style" not in text


def test_questions_are_not_shown_in_their_part() -> None:
    module = read(MODULE)
    assert [question.part for question in module.questions] == [
        "the-day-that-counts",
        "telling-the-bidders",
        "telling-the-bidders",
        "telling-the-bidders",
    ]
    assert "When may it sign" not in "".join(part.html for part in module.parts)


def test_typography_is_set_and_options_are_inline() -> None:
    option = '- [ ] On the "Thursday" -- *perhaps*'
    question = read(replaced(MODULE, "- [ ] On the Thursday", option)).questions[0]
    assert question.options[0].html.startswith("On the “Thursday” – <em>perhaps</em>")
    assert question.options[0].text.startswith("On the “Thursday” – perhaps")


def test_a_footnote_may_stand_after_a_block_and_its_ids_are_those_of_the_part() -> None:
    text = replaced(MODULE, "Write to each", "Write[^1] to each")
    text = replaced(text, "publish then.\n///\n", "publish then.\n///\n\n[^1]: By message.\n")
    part = read(text).parts[1].html
    assert 'href="#telling-the-bidders-fn-1"' in part
    assert '<li id="telling-the-bidders-fn-1">' in part
    assert "By message." in part


def test_headings_have_ids_of_the_part() -> None:
    assert '<h3 id="part-once-again">' in html("### Once again")
    assert '<h3 id="part-once-2">' in html("### Once\n\n### Once")


def test_an_abbreviation_counts_in_every_part() -> None:
    text = replaced(MODULE, "Write to each", "*[PPN]: Procurement policy note\n\nWrite to each")
    text = replaced(text, "A force publishes", "A PPN publishes")
    assert '<abbr title="Procurement policy note">PPN</abbr>' in read(text).parts[0].html


def test_what_stands_in_a_code_fence_is_no_block() -> None:
    fence = "```\n/// question | none\n## No part\n<b>\n```\n"
    module = read(replaced(MODULE, "Write to each", fence + "\nWrite to each"))
    assert [part.slug for part in module.parts] == ["the-day-that-counts", "telling-the-bidders"]
    assert "/// question | none\n## No part\n&lt;b&gt;" in module.parts[1].html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="x()">',
        "[a](javascript:x)",
        "[a](data:text/html;base64,x)",
        "![a](https://example.org/x.png)",
        '# a {: onclick="x()" style="color:red" class="govuk-button" }',
        "a{: #main }",
        "<div id=main>",
        "[a]: javascript:x\n\n[b][a]",
        "\x02wzxhzdk:0\x03",
    ],
)
def test_nothing_active_comes_through(text: str) -> None:
    found = html(text)
    assert not re.search(
        r"<(script|div|h1)|<[^>]*(\s(on\w+|style|class|src)=|href=\"(javascript|data)|id=\"main)", found
    )


def test_links_are_resolved_for_a_page_and_unknown_ones_keep_their_words() -> None:
    text = html("[A](module:a) [B](module:b) [C](https://example.org/?a=1&b=2) [£1](figure:x)")
    found = linked(text, lambda scheme, target: f"/{scheme}/{target}" if target == "a" else None)
    assert found == '<p><a href="/module/a">A</a> B <a href="https://example.org/?a=1&amp;b=2">C</a> £1</p>'


def test_pictures_are_resolved_for_a_page() -> None:
    text = linked(
        read(MODULE).parts[0].html, lambda scheme, target: f"/assets/{target}" if scheme == "asset" else None
    )
    assert 'src="/assets/' in text
    assert "asset:" not in text
    assert 'href="law:' not in text


def test_a_slug_is_part_of_an_address() -> None:
    assert slug("Read the cash, not the supplier’s profit!") == "read-the-cash-not-the-suppliers-profit"
    assert plain_text("<p>a &amp; <em>b</em></p>") == "a & b"


def test_minutes_are_shared_by_words_and_sum_up() -> None:
    assert share_minutes(20, 7, [100, 300, 300]) == (7, [3, 5, 5])
    assert share_minutes(4, 7, [100, 100, 100]) == (1, [1, 1, 1])
    assert share_minutes(10, 2, [0, 0]) == (2, [1, 1])
    module = read(MODULE)
    assert module.check_minutes + sum(part.minutes for part in module.parts) == module.minutes


def test_a_text_made_to_be_slow_is_refused_or_read_within_reason() -> None:
    for piece in ("[", "![", "*a", "**a_", '"', "\\", "<a "):
        lines = (piece * 2000)[:1990]
        text = replaced(MODULE, "Write to each", "\n\n".join([lines] * 12) + "\n\nWrite to each")
        start = time.process_time()
        read_module(text.encode(), "courses/a/b.md", "b", "a")
        assert time.process_time() - start < 30, piece
