"""The block that puts a calculator into a part: which there are, and what an author may fill in."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from lms.content.documents import Calculator
from lms.content.lines import Block, Line
from lms.content.mistakes import Mistakes, listed, near

CALCULATOR = "calculator"
TITLES = {
    "standstill": "Work out the standstill",
    "threshold": "Work out the value and its threshold",
    "whole-life-cost": "Work out the whole-life cost",
    "saving": "Work out the saving",
}
"""The calculators by id, each with the title of its block."""

DAY, NUMBER = "2026-11-26", "3"
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "standstill": {"published": DAY, "days": NUMBER},
    "threshold": {"value": NUMBER, "years": NUMBER, "rate": NUMBER, "begins": DAY},
    "whole-life-cost": {"years": NUMBER, "rate": NUMBER},
    "saving": {
        "price": NUMBER,
        "volume": NUMBER,
        "new_price": NUMBER,
        "new_volume": NUMBER,
        "one_off": NUMBER,
        "running": NUMBER,
        "years": NUMBER,
    },
}
"""What a block may fill in: the names of fields of the form, each with an example of a value."""

_SETTING = re.compile(r"[ \t]*([a-z_-]+):[ \t]*(.*?)[ \t]*$")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,4})?")


def check_calculator(block: Block, mistakes: Mistakes) -> None:
    """Name a calculator that there is not, and lines that fill nothing in."""
    if block.argument not in TITLES:
        found = {"id": block.argument, "known": listed(TITLES), "near": near(block.argument, TITLES)}
        mistakes.add("unknown-calculator", block.argument_span(), **found)
        return
    known = SETTINGS[block.argument]
    taken: set[str] = set()
    for line, key, value in _settings(block):
        if key not in known or key in taken or not _fits(value, known[key]):
            name = next(iter(known)) if key not in known else key
            example = f"{name}: {known[name]}"
            words = {"id": block.argument, "known": listed(known), "example": example}
            mistakes.add("calculator-setting", line.span(), **words)
        taken.add(key)


def calculator_of(block: Block) -> Calculator:
    """The calculator of a block, with what is filled in."""
    known = SETTINGS.get(block.argument, {})
    given = {key: value for _, key, value in _settings(block) if key in known}
    return Calculator(id=block.argument, given=given)


def filled_in(calculator: Calculator) -> dict[str, date | Decimal]:
    """What an author filled in, by the names of the form’s fields."""
    known = SETTINGS.get(calculator.id, {})
    return {
        key: Decimal(value) if known[key] == NUMBER else date.fromisoformat(value)
        for key, value in calculator.given.items()
        if key in known
    }


def calculator_mark(calculator_id: str) -> str:
    """Stands in the HTML of a part where the calculator's form does; nothing of it is shown."""
    return f'<div data-calculator="{calculator_id}"></div>'


def render_calculator(block: Block, identity: str) -> str:
    """The block as HTML: a title, a way to the page of the calculator, and the place of its form."""
    if block.argument not in TITLES:
        return ""
    return (
        f'<section class="callout callout--calculator" aria-labelledby="{identity}">\n'
        f'<h3 class="callout__title" id="{identity}">{TITLES[block.argument]}</h3>\n'
        "<p>With the figures of your own case. Nothing is stored. "
        f'The calculator has <a href="calculator:{block.argument}">a page of its own</a>, '
        "whose address you can pass on.</p>\n"
        f"</section>\n{calculator_mark(block.argument)}\n"
    )


def _settings(block: Block) -> Iterator[tuple[Line, str, str]]:
    """The lines with words, each with its key and value; both are empty where it has none."""
    for line in block.lines:
        if line.text.strip():
            found = _SETTING.fullmatch(line.text)
            yield line, found[1] if found else "", found[2] if found else ""


def _fits(value: str, example: str) -> bool:
    if example == NUMBER:
        return bool(_NUMBER.fullmatch(value))
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
