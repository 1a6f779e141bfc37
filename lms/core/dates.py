"""Days as people in the United Kingdom type and count them."""

import re
from calendar import monthrange
from datetime import date, timedelta

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def parse_day(text: str) -> date:
    """Read 30/11/2026, 30/11/26, 30 November 2026 or 2026-11-30.

    Raises ValueError when the text names no day.
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(text):
        month = next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(found[2].lower())), 0)
        return date(_year(found[3]), month, int(found[1]))
    message = f"{text!r} names no day"
    raise ValueError(message)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; a day that the month lacks becomes the first of the next.

    29 February and twelve months is 1 March.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= monthrange(year, month0 + 1)[1]:
        return date(year, month0 + 1, day.day)
    return date(year, month0 + 1, monthrange(year, month0 + 1)[1]) + timedelta(days=1)


def _year(text: str) -> int:
    return int(text) if len(text) == len("2026") else 2000 + int(text)
