"""What can be wrong with a scenario, a reflection and a calculator."""

from tests.support.courses import MODULE, replaced
from tests.support.scenarios import CALCULATOR, REFLECTION, SCENARIO
from tests.support.spoiling import Case, module

FRIDAY = SCENARIO[SCENARIO.index("### friday") : SCENARIO.rindex("///")]
ASKED = "### friday | Friday\n\nThe forecast has a gap. Who is told?\n"
TITLED = "    outcome: 2\n    about: how to act on a warning\n    title: the profit warning\n"
WAIT = "- [ ] Wait for a second sign -> wednesday\n"
ASK_BOTH = "- [x] Ask both for dates\n"
RECORD = "- [x] Record it with an owner ->"
NEXT = "What now?\n\n- [x] Go on\n    > On.\n- [ ] Stop -> end\n    > Stopped.\n\n"
SEVEN = FRIDAY.replace(" -> end", "") + "".join(f"\n### more-{number}\n\n{NEXT}" for number in (1, 2, 3))


def case(code: str, old: str, new: str, note: str = "", also: tuple[str, ...] = ()) -> Case:
    return module(code, f"{MODULE}\n{replaced(SCENARIO, old, new)}", note, also)


def reflection(code: str, old: str, new: str, note: str = "") -> Case:
    return module(code, f"{MODULE}\n{replaced(REFLECTION, old, new)}", note)


def calculator(code: str, old: str, new: str, note: str = "") -> Case:
    return module(code, f"{MODULE}\n{replaced(CALCULATOR, old, new)}", note)


def cut(heading: str) -> str:
    """The scenario without what begins with a heading."""
    return f"{MODULE}\n¶{SCENARIO.split(heading)[0]}///\n"


SCENARIOS = (
    module("scenario-steps", cut("### tuesday"), "none"),
    module("scenario-steps", cut("### wednesday"), "one", ("unknown-step",)),
    case("scenario-steps", SCENARIO, "¶" + replaced(SCENARIO, FRIDAY, SEVEN), "seven"),
    case("step-id", "### friday |", "### ¶Friday! |"),
    case("step-id", "### friday |", "¶### |", "none"),
    case("step-id", "### friday |", "### ¶end |", "the end"),
    case("duplicate-step", "### friday", "### ¶thursday"),
    case("step-without-situation", ASKED, "¶### friday | Friday\n"),
    case("no-sound-decision", f"{ASKED}\n- [x]", f"¶{ASKED}\n- [ ]"),
    case("no-wrong-decision", FRIDAY, "¶" + FRIDAY.replace("[ ]", "[x]")),
    case("unknown-step", "-> thursday", "-> ¶thorsday"),
    case("unknown-step", "-> thursday", "-> ¶at the end", "several words"),
    case("unknown-step", f"{RECORD} thursday", f"¶{RECORD}", "nothing"),
    case(
        "unreachable-step",
        " -> wednesday\n    > It comes the next day.\n\n###",
        " -> thursday\n    > It comes.\n\n¶###",
    ),
    case("step-circle", "- [ ] Tell the suites", "- [ ] Tell the suites -> ¶tuesday"),
    case("step-circle", "- [ ] The press", "- [ ] The press -> ¶friday", "to itself"),
    case("path-ends-at-once", WAIT, f"{WAIT}    > So.\n- [ ] Leave it -> ¶end\n"),
    case(
        "too-few-answers",
        FRIDAY,
        "¶### friday\n\nWho is told?\n\n- [x] The contract manager\n    > Yes.\n",
        "in a step",
        ("no-wrong-decision",),
    ),
    case("answer-without-feedback", f"{ASK_BOTH}    > Both send them.\n", f"¶{ASK_BOTH}", "in a step"),
    case(
        "answer-form",
        "- [ ] The press\n",
        "¶-[ ] The press\n",
        "in a step",
        ("text-after-answers", "too-few-answers", "no-wrong-decision"),
    ),
    case("duplicate-answer", "- [ ] The press", "¶- [ ] The contract manager", "in a step"),
    case("unknown-option", "    stands: Supplier can pay until | W", "    ¶stand: Supplier | W", "of a step"),
    case("option-value", "    stands: Supplier can pay until | W", "    stands: ¶W", "of a step"),
    case("option-value", "title: the profit warning", "title: ¶" + "the warning " * 11, "title"),
    case(
        "missing-option",
        f"/// scenario | profit-warning\n{TITLED}",
        "¶/// scenario | profit-warning\n    outcome: 2\n    about: how to act\n",
        "title",
    ),
    case("duplicate-question", "/// scenario | profit-warning", "/// scenario | ¶last-day", "scenario"),
    case("unknown-module", "no right to.", "[no right](¶module:nowhere) to.", "in the feedback of a step"),
)

REFLECTIONS = (
    reflection("reflection-id", "/// reflection | on-monday", "¶/// reflection", "none"),
    reflection("reflection-id", "on-monday", "¶On Monday"),
    module("duplicate-reflection", f"{MODULE}\n{REFLECTION}\n{REFLECTION.replace('on-', '¶on-')}"),
    reflection("duplicate-reflection", "on-monday", "¶last-day", "of a question"),
    reflection("empty-block", REFLECTION, "¶/// reflection | on-monday\n///\n", "reflection"),
)

CALCULATORS = (
    calculator("unknown-calculator", "| standstill", "| ¶standstil"),
    calculator("unknown-calculator", "/// calculator | standstill", "¶/// calculator", "none"),
    calculator("calculator-setting", "published: ", "¶publish: "),
    calculator("calculator-setting", "published: 2026-11-26", "¶published: soon", "no day"),
    calculator("calculator-setting", "days: 8", "¶published: 2026-11-26", "twice"),
    calculator("calculator-setting", "days: 8", "¶The rest is up to you", "no setting"),
    module("duplicate-calculator", f"{MODULE}\n{CALCULATOR}\n{CALCULATOR.replace('| ', '| ¶')}"),
)
