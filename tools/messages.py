"""Writes docs/messages.md, the catalogue of what the check of the courses says."""

from tests.content.cases_of_advice import ADVICE_CASES
from tests.content.cases_of_files import FILE_CASES
from tests.content.cases_of_modules import MODULE_CASES
from tests.content.cases_of_wholes import WHOLE_CASES
from tests.support.catalogue_of_messages import DOCUMENT, catalogue
from tools.steps import say

CASES = (*FILE_CASES, *MODULE_CASES, *WHOLE_CASES, *ADVICE_CASES)


def main() -> None:
    """Write it anew."""
    DOCUMENT.write_text(catalogue(CASES))
    say(f"Wrote {DOCUMENT.name}")


if __name__ == "__main__":
    main()
