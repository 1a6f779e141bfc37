"""What a good editor would say of a text that passes, each with the smallest text that brings it."""

from tests.support.courses import FILES, MODULE, SVG, replaced
from tests.support.scenarios import SCENARIO
from tests.support.spoiling import Case, in_file, in_module

OTHER_PATH = "awarding/after-the-award.md"
LAWS = "framework/laws.yaml"
FIGURES = "framework/figures.yaml"
OPTIONS = """\
- [ ] On the Thursday of the same week
    > Three days are over by then.
- [x] On the Thursday of the week after
    > The Wednesday is day eight.
"""
SUM = "payment: {title: A sum, values: [{from: 2024-01-01, value: '£207,720'}]}\n"
SUM_NEXT_YEAR = replaced(SUM, "}]", "}, {from: 2027-01-01, value: '£199,000'}]").replace(
    "value: '£207", "to: 2027-01-01, value: '£207"
)
NEXT_YEAR = replaced(
    FILES[FIGURES],
    "    - {from: 2025-02-24, value: 8 working days}",
    "    - {from: 2025-02-24, to: 2027-01-01, value: 8 working days}\n"
    "    - {from: 2027-01-01, value: 10 working days}",
)
MANY = " ".join(["word"] * 40)
HARD = (
    "Organisational considerations necessitate comprehensive documentation of evaluative methodologies. " * 15
)
GUESSED = "".join(
    f"/// question | guess-{number}\n    outcome: 1\n    about: it\n\nWhat now?\n\n"
    f"- [x] Wait for the day {number}\n    > So.\n- [ ] Sign {number}\n    > No.\n///\n\n"
    for number in range(4)
)
ALWAYS_SECOND = "".join(
    f"/// question | second-{number}\n    outcome: 1\n    about: it\n\nWhat now?\n\n"
    f"- [ ] Sign {number}\n    > No.\n- [x] Wait {number}\n    > So.\n- [ ] Call {number}\n    > No.\n///\n\n"
    for number in range(4)
)
LAW_CHANGES = "edition: 2\nchanges:\n  - {part: the-day-that-counts, asks: reading, why: New}\ngrace: ¶6"


def answers(code: str, *lines: str, stem: str = "When may it sign?", note: str = "") -> Case:
    """The first question of the module with other answers."""
    written = "".join(f"{line}\n    > So it is.\n" for line in lines)
    mark = "¶" if not any("¶" in line for line in lines) else ""
    text = replaced(MODULE, OPTIONS, written)
    text = replaced(text, "When may it sign?", stem)
    return Case(code, "awarding/standstill.md", replaced(text, "/// question", f"{mark}/// question"), note)


PROSE = (
    in_module("placeholder", "Write to each", "¶Replace this text. Write to each"),
    in_module("long-sentence", "A force publishes its notice", f"¶A force publishes {MANY}"),
    in_module("long-sentence", "Write to each", f"Write first. ¶Write {MANY}", note="the second of two"),
    in_module("hard-to-read", "## Telling the bidders\n", f"¶## Telling the bidders\n\n{HARD}\n"),
    in_module("link-words", "[the Act](law", "[¶here](law"),
    in_module("lazy-alt", "![A line of eight boxes]", "![¶Diagram of the days of a standstill]"),
    in_module("lazy-alt", "![A line of eight boxes]", "![¶Eight boxes]", note="too short"),
    in_module(
        "figure-untied",
        "Write to each",
        "From ¶£207,720 write to each",
        others={FIGURES: FILES[FIGURES] + SUM},
    ),
)

ANSWERS = (
    in_module(
        "right-is-longest",
        "## Telling",
        GUESSED + "## Telling",
        at=("ask: 3", "¶ask: 3"),
    ),
    in_module("guessed-by-rule", "## Telling", ALWAYS_SECOND + "## Telling", at=("ask: 3", "¶ask: 6")),
    answers(
        "right-is-longer",
        "- [ ] On the Thursday",
        "¶- [x] On the Thursday of the week after, as the Wednesday is the last day",
    ),
    answers(
        "uneven-answers",
        "- [x] On that Thursday",
        "- [ ] As soon as the last bidder has read its own summary",
    ),
    answers("all-of-the-above", "- [x] On the Thursday", "¶- [ ] None of the above"),
    answers("article-gives-away", "- [x] award notice", "- [ ] tender notice", stem="It publishes an"),
    answers(
        "mark-gives-away", "- [ ] On Tuesday", "¶- [x] On Thursday.", "- [ ] On Friday", note="a full stop"
    ),
    answers("mark-gives-away", "- [ ] On Tuesday.", "¶- [x] On Thursday", "- [ ] On Friday.", note="none"),
    answers("only-right-hedges", "- [ ] On that Thursday", "¶- [x] Usually on Thursday"),
    answers("only-wrong-absolute", "- [ ] Never on Thursday", "- [x] On Friday", "- [ ] Always on Tuesday"),
    answers("only-right-cites", "- [ ] When told", "¶- [x] When the Act says"),
    Case(
        "sound-into-repair",
        "awarding/standstill.md",
        f"{MODULE}\n{replaced(SCENARIO, '- [x] Record it with an owner -> thursday', '¶- [x] Record it')}",
    ),
    answers(
        "right-echoes",
        "- [ ] On Thursday",
        "¶- [x] After the notice of the healthcare contract",
        stem="Its notice for a healthcare contract is out. When may it sign?",
    ),
)

WHOLES = (
    in_module(
        "figure-changed",
        "[8 working days](figure",
        "[8 working days](¶figure",
        others={FIGURES: NEXT_YEAR},
    ),
    in_module(
        "figure-changed",
        "When may it sign?",
        "Its value is ¶£207,720. When may it sign?",
        others={FIGURES: f"{FILES[FIGURES]}{SUM_NEXT_YEAR}"},
        note="in a question, where it is not tied",
    ),
    in_module("review-past", "review_by: 2027-05-31", "review_by: ¶2026-11-01"),
    in_file(
        "standards/sourcing.md",
        "review-past",
        "review_by: 2027-05-31",
        "review_by: ¶2026-11-01",
        note="standard",
    ),
    in_module(
        "law-changed",
        "law_at: 2026-11-24",
        "law_at: ¶2026-03-01",
        others={LAWS: replaced(FILES[LAWS], "  sections:", "  changed: 2026-04-01\n  sections:")},
    ),
    in_file(
        OTHER_PATH,
        "source-without-place",
        '{title: Our own practice, address: "https://www.example.org/practice/awards"}',
        "{title: ¶Our own practice}",
    ),
    in_file(
        OTHER_PATH,
        "source-without-place",
        '{title: Our own practice, address: "https://www.example.org/practice/awards"}',
        '{title: ¶The Act, address: "https://www.legislation.gov.uk/ukpga/2023/54"}',
        note="a whole law",
    ),
    in_module("long-grace", "edition: 1", LAW_CHANGES),
    in_file(
        OTHER_PATH,
        "shows-nothing",
        "title: After the award",
        "title: ¶After the award",
        others={
            "framework/competencies.yaml": replaced(
                FILES["framework/competencies.yaml"], "[standstill, after-the-award]", "[standstill]"
            )
        },
    ),
    Case("unused-picture", "awarding/spare.svg", f"¶{SVG}"),
)

ADVICE_CASES = (*PROSE, *ANSWERS, *WHOLES)
