"""docs/messages.md has every message with an example, as the check says it today."""

from tests.support.catalogue_of_messages import DOCUMENT, catalogue
from tools.messages import CASES


def test_the_catalogue_is_what_the_check_says_today() -> None:
    assert DOCUMENT.read_text() == catalogue(CASES), "Run python -m tools.messages."
