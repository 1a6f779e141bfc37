"""What can be wrong with the file of a network."""

from lms.core.settings import ROOT
from tests.support.courses import MODULE, MODULE_PATH, replaced
from tests.support.spoiling import Case

PATH = "framework/network.yaml"
TELLING = "## Telling the bidders\n"
NETWORK = (ROOT / "tests" / "second_network" / "courses" / PATH).read_text()


def spoilt(code: str, old: str, new: str, note: str = "", at: tuple[str, str] = ("", "")) -> Case:
    """The file with one place changed, and another one to hold the mark."""
    text = replaced(NETWORK, old, new)
    return Case(code, PATH, replaced(text, *at) if at[0] else text, note)


NETWORK_CASES = (
    spoilt("contrast", 'teal: "#6b2d8f"', 'teal: ¶"#9a6db5"'),
    spoilt("contrast", 'navy: "#2b1640"', 'navy: "#8a46b0"', note="ground", at=("bright: ", "bright: ¶")),
    spoilt("tile-taken", "tile: [1, 1]", "tile: ¶[1, 0]"),
    spoilt("tile-without-code", "code: CED, tile: [1, 1]", "tile: ¶[1, 1]"),
    spoilt("duplicate-id", "id: cedar-laboratory", "id: ¶birch-laboratory", note="organisation"),
    spoilt("duplicate-id", "id: lowlands", "id: ¶uplands", note="region"),
    spoilt("duplicate-id", "code: CED", "code: ¶BIR", note="code"),
    spoilt(
        "unknown-key", "name: Forensic Learning\n", "name: Forensic Learning\n¶colour: {}\n", note="colour"
    ),
    spoilt("wrong-form", '"#d9b3f0"', '¶"violet"', note="colour"),
    spoilt("empty-value", '"#d9b3f0"', "#d9b3f0", note="colour", at=("  bright", "  ¶bright")),
    spoilt("missing-key", "name: Forensic Learning\n", "", note="name", at=("words:\n", "¶words:\n")),
    spoilt("not-a-choice", "calculators: []", "calculators: [¶stand-still]", note="calculator"),
    spoilt("too-long", "name: Forensic Learning", "name: ¶" + "Forensic Learning " * 3, note="name"),
    Case(
        "calculator-not-offered",
        MODULE_PATH,
        replaced(
            MODULE, "## Telling the bidders\n", "¶## Telling the bidders\n\n/// calculator | saving\n///\n"
        ),
        others={PATH: NETWORK},
    ),
)
