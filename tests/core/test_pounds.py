"""How amounts of money are written."""

from decimal import Decimal

import pytest
from flask import Flask

from lms.core.languages import pounds


@pytest.mark.parametrize(
    ("amount", "places", "words"),
    [
        ("1250", 2, "£1,250"),
        ("1250.5", 2, "£1,250.50"),
        ("0.005", 2, "£0.01"),
        ("-0.004", 2, "£0"),
        ("-6000", 2, "\N{MINUS SIGN}£6,000"),
        ("848.29", 0, "£848"),
        ("0.2431", 4, "£0.2431"),
        ("0.21", 4, "£0.21"),
    ],
)
def test_pounds_are_rounded_and_pence_shown_where_there_are_any(
    app: Flask, amount: str, places: int, words: str
) -> None:
    with app.test_request_context():
        assert pounds(Decimal(amount), places=places) == words
