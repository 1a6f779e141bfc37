"""Files of people for tests of the import: a row is usual but for what a test says."""

import csv
from io import StringIO

from lms.administration.importing.reading import COLUMNS

USUAL = {
    "email": "rowan.sample@example.org",
    "name": "Rowan Sample",
    "organisation": "aldermoor",
    "team": "Buying",
    "parent_team": "",
    "manager_email": "",
    "role_profile": "buyer",
    "pillar": "",
    "from": "2026-01-05",
    "to": "",
}


def row(person: str = "", /, **values: str) -> dict[str, str]:
    """A row of a person, whose address follows from the name; `from_` and `from` are one column."""
    named = {"name": person, "email": address(person)} if person else {}
    return {**USUAL, **named, **{key.rstrip("_"): value for key, value in values.items()}}


def address(name: str) -> str:
    """The address of an invented person."""
    return f"{name.lower().replace(' ', '.')}@example.org"


def file_of(*rows: dict[str, str], headings: tuple[str, ...] = COLUMNS) -> bytes:
    """A CSV file of these rows."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([each[heading] for heading in headings] for each in rows)
    return text.getvalue().encode()
