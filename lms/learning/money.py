"""Finds amounts of money in what people write: they stand in the benefits register alone."""

import re

_NUMBER = r"\d[\d,.]*"
_MANY = r"(?:k|m|mn|bn|thousand|million|billion)"
_CURRENCY = r"(?:pounds?|quid|pence|sterling|gbp|euros?|eur|dollars?|usd)"
_WORTH = r"(?:save[ds]?|savings? of|worth|costs?|costing|valued at|reduced by)"
_PATTERNS = (
    rf"[£€$](?:\s*{_NUMBER}\s*{_MANY}?\b)?",
    rf"{_NUMBER}\s*{_MANY}?\s*{_CURRENCY}\b",
    rf"\b{_MANY}\s+{_CURRENCY}\b",
    rf"\b(?:gbp|eur|usd)\s*{_NUMBER}",
    r"\d\s?k\b",
    rf"\b{_WORTH}(?:\s+\w+)?\s+(?:\d[\d.]*\s*{_MANY}\b|\d{{1,3}}(?:,\d{{3}})+|\d{{4,}})",
)
_MONEY = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def money_in(words: str) -> str | None:
    """The first amount of money, or sign of one, as it is written; None when there is none.

    A number without a currency is an amount where it is said to be saved, worth or a cost.
    """
    found = _MONEY.search(words)
    return found.group().strip() if found else None
