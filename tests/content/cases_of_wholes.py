"""What can be wrong between files: references, courses, standards, the framework."""

from tests.content.cases_of_network import NETWORK_CASES
from tests.support.courses import COURSE, MODULE, OTHER, STANDARD, replaced
from tests.support.spoiling import Case, in_file, in_module

COURSE_PATH = "awarding/course.md"
STANDARD_PATH = "standards/sourcing.md"
COMPETENCIES = "framework/competencies.yaml"
ROLES = "framework/roles.yaml"
WORKS = "framework/works.yaml"
LAWS = "framework/laws.yaml"
FIGURES = "framework/figures.yaml"
CHANGES = "edition: 2\nchanges:\n  - {part: telling-the-bidders, asks: reading, why: The law changed}"

REFERENCES = (
    in_module("reference-form", "(clause:sourcing/4.2)", "(¶clause:sourcing)"),
    in_module("reference-form", "(term:standstill)", "(¶term:Stand_still)", note="term"),
    in_module("unknown-module", "(module:after-the-award)", "(¶module:after-award)"),
    in_module("unknown-module", "prerequisites: []", "prerequisites: [¶nothing]", note="prerequisite"),
    in_file(COMPETENCIES, "unknown-module", "[standstill, after", "[¶stand-still, after", note="framework"),
    in_module(
        "renamed-module",
        "(module:after-the-award)",
        "(¶module:afterwards)",
        others={
            "awarding/after-the-award.md": replaced(OTHER, "outcomes:", "aliases: [afterwards]\noutcomes:")
        },
    ),
    in_module("unknown-standard", "(clause:sourcing/4.2)", "(¶clause:sorcing/4.2)"),
    in_module("unknown-clause", "(clause:sourcing/4.2)", "(¶clause:sourcing/4.9)"),
    in_module("unknown-clause", "clauses: [sourcing/4.2]", "clauses: [¶sourcing/4.9]", note="front matter"),
    in_module("unknown-law", "See [the Act](law:pa23/51)", "See [the Act](¶law:pa32/51)"),
    in_module("unknown-section", "See [the Act](law:pa23/51)", "See [the Act](¶law:pa23/52)"),
    in_module("unknown-section", "law: pa23/51}", "law: ¶pa23/sch9}", note="source"),
    in_file(STANDARD_PATH, "unknown-section", "(law:pa23/51)", "(¶law:pa23/52)", note="standard"),
    in_file(COURSE_PATH, "unknown-section", "For everyone", "For [everyone](¶law:pa23/52)", note="course"),
    in_file(FIGURES, "unknown-section", "source: pa23/51", "source: ¶pa23/52", note="figure"),
    in_module("unknown-figure", "(figure:standstill)", "(¶figure:stillstand)"),
    in_module("figure-differs", "[8 working days](figure:standstill)", "[10 days](¶figure:standstill)"),
    in_module(
        "figure-differs",
        "law_at: 2026-11-24",
        "law_at: 2025-02-23",
        at=("(figure:", "(¶figure:"),
        note="earlier day",
    ),
    in_module(
        "figure-without-value", "law_at: 2026-11-24", "law_at: 2023-11-24", at=("(figure:", "(¶figure:")
    ),
    in_module("unknown-competency", "(competency:procurement-law)", "(¶competency:law)"),
    in_file(
        ROLES,
        "unknown-competency",
        "requires: {procurement-law: 1}",
        "requires: {¶procurment-law: 1}",
        note="role",
    ),
    in_module("unknown-term", "(term:standstill)", "(¶term:stillstand)"),
    in_file(COMPETENCIES, "unknown-area", "area: source", "area: ¶sauce"),
)

WHOLES = (
    in_module("edition-without-changes", "edition: 1", "edition: ¶2"),
    in_module("changes-without-edition", "edition: 1", CHANGES.replace("edition: 2\n", "edition: 1\n¶")),
    in_module("unknown-part", "edition: 1", CHANGES.replace("part: ", "part: ¶un")),
    in_module(
        "reviewer-is-owner",
        'reviewed_by: ""\nreviewed_on:',
        "reviewed_by: ¶A.Author@example.org\nreviewed_on: 2026-11-20",
    ),
    in_module("review-incomplete", 'reviewed_by: ""', "¶reviewed_by: b.reader@example.org"),
    in_module("review-incomplete", "reviewed_on:", "¶reviewed_on: 2026-11-20", note="day alone"),
    in_file(
        COURSE_PATH,
        "listed-twice",
        "[standstill, after-the-award]",
        "[standstill, after-the-award, ¶standstill]",
    ),
    in_file(
        COURSE_PATH, "not-in-course", "[standstill, after-the-award]", "[standstill, after-the-award, ¶later]"
    ),
    in_module("alias-taken", "aliases: []", "aliases: [¶after-the-award]"),
    in_module(
        "prerequisite-cycle",
        "prerequisites: []",
        "prerequisites: [¶after-the-award]",
        others={
            "awarding/after-the-award.md": replaced(
                OTHER, "outcomes:", "prerequisites: [standstill]\noutcomes:"
            )
        },
    ),
    in_module("prerequisite-cycle", "prerequisites: []", "prerequisites: [¶standstill]", note="itself"),
    Case("file-name", "awarding/Stand_still.md", "¶" + MODULE),
    Case(
        "block-not-here", COURSE_PATH, replaced(COURSE, "For everyone", "¶/// note\nSo.\n///\n\nFor everyone")
    ),
    in_file(ROLES, "duplicate-id", "{id: assistant", "{id: ¶buyer"),
    in_file(WORKS, "duplicate-section", "works:\n", "¶roles: []\nworks:\n"),
    Case("missing-key", ROLES, "¶pillars: []\n", others={"framework/pillars.yaml": None}, note="list"),
    in_file(
        COMPETENCIES, "levels-incomplete", "      3: Handles what is hard.\n", "", at=("levels:", "¶levels:")
    ),
    in_file(COMPETENCIES, "too-big", "      4: Advises", "      ¶5: Advises", also=(), note="level"),
    in_file(FIGURES, "figure-order", "{from: 2025-02-24, value", "{from: ¶2025-02-23, value"),
    in_file(
        LAWS,
        "law-address",
        'address: "https://www.legislation.gov.uk/ukpga/2023/54/section/{section}"',
        'address: ¶"https://www.legislation.gov.uk/"',
    ),
    Case("no-clauses", STANDARD_PATH, "¶" + STANDARD.split("## 4.2")[0], also=("unknown-clause",)),
    in_file(STANDARD_PATH, "clause-number", "## 4.2 Wait", "¶## Wait", also=("unknown-clause",)),
    Case("duplicate-clause", STANDARD_PATH, STANDARD + "\n¶" + STANDARD[STANDARD.index("## 4.2") :]),
    in_file(STANDARD_PATH, "clause-incomplete", "**Shown by:**", "Shown by:", at=("## 4.2", "¶## 4.2")),
)

WHOLE_CASES = (*REFERENCES, *WHOLES, *NETWORK_CASES)
