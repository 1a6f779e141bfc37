"""The blocks of a text that are no questions: callouts, figures, tables and reflections, as HTML."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from lms.content.calculators import CALCULATOR, check_calculator, render_calculator
from lms.content.lines import Block, Line
from lms.content.mistakes import Mistakes
from lms.content.rendering import Picture, Renderer, picture_attributes, slug

CALLOUTS = {"note": "Note", "example": "Example", "law": "What the law says", "warning": "Do not"}
BLOCKS = (*CALLOUTS, "figure", "table")
REFLECTION = "reflection"
IN_MODULES = (*BLOCKS, REFLECTION, CALCULATOR)
REFLECTION_TITLE = "Think about your own work"

PHONE = "(max-width: 47.49em)"
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^()\s]+)\)[ ]*$")
_LAW_LINE = re.compile(r"\(law:[^)]+\)[.]?[ ]*$")
_LAST_PARAGRAPH = re.compile(r"<p>(?!.*<p>)", re.DOTALL)
_ROW = re.compile(r"[ ]{0,3}\|")
_TABLE_RULE = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(\||$)")


def render(block: Block, renderer: Renderer, identity: str) -> str:
    """The block as HTML; `identity` is the id of its heading."""
    if block.kind == "figure":
        return _figure(block, renderer, identity)
    if block.kind == "table":
        return _table(block, renderer, identity)
    if block.kind == REFLECTION:
        return _reflection(block, renderer, identity)
    if block.kind == CALCULATOR:
        return render_calculator(block, identity)
    return _callout(block, renderer, identity)


def check(block: Block, mistakes: Mistakes) -> None:
    """Name what a block lacks."""
    texts = [line for line in block.lines if line.text.strip()]
    if block.kind == CALCULATOR:
        check_calculator(block, mistakes)
    elif not texts:
        mistakes.add("empty-block", block.opening.span(), kind=block.kind)
    elif block.kind == "law" and not _LAW_LINE.search(texts[-1].text):
        mistakes.add("law-without-reference", block.opening.span())
    elif block.kind == "figure" and not _IMAGE.match(texts[0].text):
        mistakes.add("figure-without-picture", block.opening.span())
    elif block.kind == "table" and not _has_table(texts):
        mistakes.add("table-without-table", block.opening.span())
    if block.kind in {"figure", "table"} and not block.argument:
        mistakes.add("figure-without-title", block.opening.span(), kind=block.kind)


def _has_table(lines: Sequence[Line]) -> bool:
    return any(_ROW.match(above.text) and _TABLE_RULE.match(below.text) for above, below in pairwise(lines))


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines).strip("\n")


def _words(title: str, renderer: Renderer, identity: str) -> str:
    """A title as HTML, with its quotation marks set."""
    html = renderer.render(title, identity)
    return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else escape(title)


def _callout(block: Block, renderer: Renderer, identity: str) -> str:
    title = _words(block.argument, renderer, identity) if block.argument else CALLOUTS[block.kind]
    body = renderer.render(_text(block.lines), identity)
    if block.kind == "law":
        body = _LAST_PARAGRAPH.sub('<p class="callout__source">', body, count=1)
    return (
        f'<section class="callout callout--{block.kind}" aria-labelledby="{identity}">\n'
        f'<h3 class="callout__title" id="{identity}">{title}</h3>\n{body}\n</section>\n'
    )


def _table(block: Block, renderer: Renderer, identity: str) -> str:
    title = _words(block.argument, renderer, identity)
    body = renderer.render(_text(block.lines), identity)
    caption = f'<table>\n<caption class="table__caption" id="{identity}">{title}</caption>'
    return _scrolling(body.replace("<table>", caption, 1), identity) + "\n"


def prompt_of(block: Block, renderer: Renderer, identity: str) -> str:
    """What a reflection asks, as HTML."""
    return renderer.render(_text(block.lines), identity)


def reflection_mark(reflection_id: str) -> str:
    """Stands in the HTML of a part, below what is asked, where the reader writes; nothing of it is shown."""
    return f'<div data-reflection="{slug(reflection_id)}"></div>'


def _reflection(block: Block, renderer: Renderer, identity: str) -> str:
    return (
        f'<section class="callout callout--reflection" aria-labelledby="{identity}">\n'
        f'<h3 class="callout__title" id="{identity}">{REFLECTION_TITLE}</h3>\n'
        f"{prompt_of(block, renderer, identity)}\n</section>\n{reflection_mark(block.argument)}\n"
    )


def _scrolling(html: str, identity: str) -> str:
    """A table too wide for a phone scrolls in a box of its own, which the keyboard can reach."""
    opening = f'<div class="table" role="group" aria-labelledby="{identity}" tabindex="0">\n<table>'
    return html.replace("<table>", opening, 1).replace("</table>", "</table>\n</div>", 1)


def _figure(block: Block, renderer: Renderer, identity: str) -> str:
    title = _words(block.argument, renderer, identity)
    rows, around = _table_apart(_after_image(block.lines))
    caption = renderer.render(around, identity) if around else ""
    table = _scrolling(renderer.render(_text(rows), f"{identity}-table"), identity) if rows else ""
    shown = "".join(
        (
            f'<figure class="figure" aria-labelledby="{identity}">\n',
            f'<p class="figure__title" id="{identity}">{title}</p>\n',
            "".join(_picture(block, renderer)),
            f'<div class="figure__caption">\n{caption}\n</div>\n' if caption else "",
        )
    )
    if table:
        shown += f"<details>\n<summary>Show the figures as a table</summary>\n{table}\n</details>\n"
    return f"{shown}</figure>\n"


def _after_image(lines: Sequence[Line]) -> list[Line]:
    start = next((index for index, line in enumerate(lines) if _IMAGE.match(line.text)), -1)
    return list(lines[start + 1 :])


def _table_apart(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """The rows of the figure's table, and the caption, which stands above or below them."""
    rows = [line for line in lines if _ROW.match(line.text)]
    return rows, _text([line for line in lines if not _ROW.match(line.text)])


def narrow_name(name: str) -> str:
    """The name of the picture that a phone gets instead: `cash.svg` has `cash.narrow.svg`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.narrow.{ending}"


def _picture(block: Block, renderer: Renderer) -> Iterator[str]:
    found = next((match for line in block.lines if (match := _IMAGE.match(line.text))), None)
    picture = renderer.pictures.get(found[2]) if found else None
    if found is None or picture is None:
        return
    yield "<picture>"
    narrow: Picture | None = renderer.pictures.get(narrow_name(picture.name))
    if narrow:
        size = f' width="{narrow.width}" height="{narrow.height}"' if narrow.width and narrow.height else ""
        yield f'<source media="{PHONE}" srcset="asset:{narrow.hash}"{size}>'
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in picture_attributes(picture))
    yield f'<img {attributes} alt="{escape(found[1])}"></picture>\n'
