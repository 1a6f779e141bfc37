"""No text of the code is tied to the first network, besides those that say so."""

from collections.abc import Iterator

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from lms.core.settings import ROOT
from tests.support.second_network import FIRST_NETWORK

WAYS = {"lms": ("**.py", "python"), "templates": ("**.html", "jinja2")}
FEWEST = 1_000
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
TIED = (
    "lms/content/network.py",  # where its words belong
    "lms/content/messages.py",  # an act as an example
    "lms/demonstration/",
    "templates/demonstration/",
    "lms/learning/calculator_forms/",  # offered where the network says so
    "templates/learning/calculators/",
)


def texts() -> Iterator[tuple[str, str]]:
    """Every text that goes through gettext, with its file."""
    for part, way in WAYS.items():
        for name, _line, said, *_more in extract_from_dir(ROOT / part, [way], keywords=KEYWORDS):
            yield f"{part}/{name}", " ".join(said) if isinstance(said, tuple) else said


def test_no_text_speaks_of_the_first_network() -> None:
    found = {(file, text) for file, text in texts() if not file.startswith(TIED)}
    assert len(found) > FEWEST
    assert {(file, text) for file, text in found if FIRST_NETWORK.search(text)} == set()
