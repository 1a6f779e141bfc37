"""Sample courses in which “standstill” has a scenario and a reflection."""

from pathlib import Path

from tests.support.samples import changed_samples
from tests.support.scenarios import REFLECTION, SCENARIO

FILE = "first-steps/standstill.md"
CASE = SCENARIO.replace("outcome: 2", "outcome: 1")
ASKED = "/// question | how-long"


def samples_with_a_case(folder: Path, *changes: tuple[str, str]) -> Path:
    """The samples with a scenario as the first of four questions, of which two must be right."""
    added = (ASKED, f"{REFLECTION}\n{CASE}\n{ASKED}")
    marks = (("ask: 2", "ask: 4"), ("pass_mark: 100", "pass_mark: 50"))
    return changed_samples(folder, FILE, added, *marks, *changes)
