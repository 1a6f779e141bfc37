"""What can be wrong with the text of a module: blocks, prose, questions."""

from tests.content.cases_of_scenarios import CALCULATORS, REFLECTIONS, SCENARIOS
from tests.support.courses import MODULE, SVG, replaced
from tests.support.spoiling import Case, in_module, module

NOTE = "/// note | In short\nWrite first, publish then.\n///\n"
PICTURE = "![A line of eight boxes](days.svg)"
CHOICE = "- [x] On the Thursday of the week after\n    > The Wednesday is day eight.\n"
WRONG = "- [ ] On the Thursday of the same week\n    > Three days are over by then.\n"


def picture(code: str, svg: str, note: str = "", name: str = "days.svg") -> Case:
    text = replaced(MODULE, PICTURE, f"![A line of eight boxes](¶{name})")
    return Case(code, "awarding/standstill.md", text, note, (), {f"awarding/{name}": svg})


BLOCKS = (
    in_module(
        "unknown-block", "/// note |", "/// ¶notes |", also=("block-not-open",), note="swallows its end"
    ),
    in_module("unknown-block", "/// question |", "/// ¶scenarios |", also=("outcome-without-question",)),
    in_module("unclosed-block", NOTE, "¶" + NOTE.removesuffix("///\n"), note="before another block"),
    in_module(
        "unclosed-block",
        "    > The Wednesday is day eight.\n///",
        "    > Eight.",
        at=("/// question", "¶/// question"),
        note="before a part",
    ),
    module(
        "unclosed-block", replaced(MODULE, "/// match", "¶/// match").removesuffix("///\n"), note="at the end"
    ),
    in_module("nested-block", "Write first, publish then.\n", "Write first.\n¶/// example\nSo.\n///\n"),
    in_module("block-not-open", NOTE, NOTE + "\n¶///\n"),
    in_module("malformed-block", "/// note | In short", "¶///note | In short", also=("block-not-open",)),
    in_module("malformed-block", NOTE, NOTE.replace("///\n", "¶//\n///\n"), note="two strokes"),
    in_module(
        "malformed-block",
        "/// note | In short",
        "¶//// note | In short",
        also=("block-not-open",),
        note="four",
    ),
    in_module("indented-block", "/// note | In short", "  ¶/// note | In short", also=("block-not-open",)),
    in_module("unclosed-fence", "Write to each", "¶```\nWrite to each"),
    in_module("empty-block", "Write first, publish then.\n", "\n", at=("/// note", "¶/// note")),
    in_module("block-before-part", "## The day", "¶/// note\nSo.\n///\n\n## The day"),
    in_module("figure-without-title", "/// figure | Eight days, and then the contract", "¶/// figure"),
    in_module(
        "figure-without-title", NOTE, "¶/// table\n| a | b |\n|---|---|\n| 1 | 2 |\n///\n", note="of a table"
    ),
    in_module("figure-without-picture", PICTURE + "\n", "", at=("/// figure", "¶/// figure")),
    in_module("table-without-table", NOTE, "¶/// table | Days\nNone.\n///\n"),
    in_module(
        "law-without-reference",
        "[Procurement Act 2023, section 51](law:pa23/51)\n///",
        "///",
        at=("/// law", "¶/// law"),
    ),
)

PROSE = (
    module(
        "no-parts",
        "¶" + MODULE.split("## The day")[0] + "Text.\n",
        also=("questions-too-few", "outcome-without-question"),
    ),
    in_module("text-before-part", "## The day", "¶Text.\n\n## The day"),
    in_module("empty-part", "## Telling", "¶## Nothing\n\n## Telling"),
    in_module(
        "empty-part",
        "## Telling",
        "¶## Nothing\n\n/// question | one\n    outcome: 1\n    about: x\n\nX?\n\n"
        + CHOICE
        + WRONG
        + "///\n\n## Telling",
        note="with a question alone",
    ),
    in_module("duplicate-part", "## Telling the bidders", "¶## The day that counts"),
    in_module("reserved-part", "## Telling the bidders", "¶## Check"),
    in_module("heading-level", "Write to each", "¶# Write to each"),
    in_module("heading-skipped", "Write to each", "¶#### Again\n\nWrite to each"),
    in_module("heading-empty", "Write to each", "¶###\n\nWrite to each"),
    in_module("heading-empty", "## Telling the bidders", "¶## …", note="of a part"),
    in_module("heading-underlined", "Write to each", "Words\n¶-----\n\nWrite to each"),
    in_module("html", "Write to each", "Write ¶<b>to</b> each"),
    in_module("html", "Write to each", "Write ¶<!-- to --> each", note="comment"),
    in_module("bad-link", "(law:pa23/51), [clause", "(¶//example.org/x), [clause"),
    in_module("bad-link", "(law:pa23/51), [clause", "(¶javascript:alert), [clause", note="script"),
    in_module("bad-link", "(law:pa23/51), [clause", "(¶modul:after-the-award), [clause", note="misspelt"),
    in_module("bad-link", "(law:pa23/51), [clause", "(¶after-the-award.md), [clause", note="file"),
    in_module("bad-link", "Write to each", "[a]: ¶other.md\n\nWrite to each", note="definition"),
    in_module("footnote-unknown", "Write to each", "Write¶[^1] to each"),
    in_module("picture-without-alt", PICTURE, "¶![](days.svg)"),
    in_module("picture-name", PICTURE, "![A line of eight boxes](¶../days.svg)"),
    in_module("picture-missing", PICTURE, "![A line of eight boxes](¶dayz.svg)"),
    picture("picture-unsafe", SVG.replace("<path", "<script>x</script><path"), "script"),
    picture("picture-unsafe", SVG.replace("<path", '<path style="fill:red"'), "style"),
    picture("picture-unsafe", SVG.replace("<path", '<path onload="x()"'), "handler"),
    picture("picture-unsafe", "<!DOCTYPE svg>" + SVG, "document type"),
    picture(
        "picture-unsafe", SVG.replace("<path", '<image href="https://example.org/x.png"/><path'), "outside"
    ),
    picture("picture-size", SVG.replace(' width="620"', "")),
    picture("picture-too-large", SVG + " " * 1024 * 1024),
)


def choice(code: str, old: str, new: str, note: str = "", also: tuple[str, ...] = ()) -> Case:
    return in_module(code, old, new, note=note, also=also)


QUESTIONS = (
    choice("question-without-id", "/// question | standstill-length", "¶/// question"),
    choice("question-id", "/// question | standstill-length", "/// question | ¶Standstill length"),
    choice("duplicate-question", "/// number | last-day", "/// number | ¶standstill-length"),
    choice(
        "option-form",
        "    outcome: 1\n    about: how long",
        "  ¶outcome: 1\n    about: how long",
        "two spaces",
    ),
    choice("option-form", "is\n\nWhen may", "is\n¶When may", "no empty line"),
    choice("unknown-option", "    about: how long", "    ¶abuot: x\n    about: how long"),
    choice(
        "unknown-option", "    about: how long", "    ¶answer: 8 .. 8\n    about: how long", "of another kind"
    ),
    choice("duplicate-option", "    about: how long", "    about: x\n    ¶about: how long"),
    in_module(
        "missing-option", "    about: how long the standstill is\n", "", at=("/// question", "¶/// question")
    ),
    in_module("missing-option", "    answer: 8 .. 8\n", "", at=("/// number", "¶/// number"), note="answer"),
    choice("option-value", "    answer: 8 .. 8", "    answer: ¶eight"),
    choice("option-value", "    answer: 8 .. 8", "    answer: ¶9 .. 8", "backwards"),
    choice(
        "option-value", "    outcome: 1\n    about: which", "    outcome: ¶first\n    about: which", "outcome"
    ),
    choice("option-value", "about: how long the standstill is", "about: ¶" + "long " * 50, "about"),
    choice("unknown-outcome", "    outcome: 1\n    about: which", "    outcome: ¶3\n    about: which"),
    in_module("no-stem", "When may it sign?\n", "", at=("/// question", "¶/// question")),
    in_module("no-right-answer", "- [x] On", "- [ ] On", at=("/// question", "¶/// question")),
    in_module("no-right-answer", "- [x] 8", "- [ ] 7", at=("/// number", "¶/// number"), note="number"),
    in_module("too-few-answers", WRONG, "", at=("/// question", "¶/// question")),
    in_module("too-few-answers", "3. Publish the notice\n", "", at=("/// order", "¶/// order"), note="order"),
    choice(
        "answer-form",
        "- [x] On",
        "- [ ] Never\n    > No.\n¶-[x] On",
        also=("no-right-answer", "text-after-answers"),
    ),
    choice(
        "answer-form",
        "- [x] On",
        "- [ ] Never\n    > No.\n¶- [] On",
        "empty",
        also=("no-right-answer", "text-after-answers"),
    ),
    choice("answer-empty", "- [ ] On the Thursday of the same week", "¶- [ ]"),
    choice(
        "answer-without-feedback",
        "- [ ] On the Thursday of the same week\n    > Three days are over by then.",
        "¶- [ ] On the Thursday of the same week",
    ),
    choice(
        "duplicate-answer",
        "- [x] On the Thursday of the week after",
        "¶- [x] On the Thursday of the same week",
    ),
    choice("text-after-answers", "day eight.\n///", "day eight.\n\n¶More.\n///"),
    choice("text-after-answers", "day eight.\n///", "day eight.\n¶> More.\n///", "feedback at the margin"),
    choice(
        "text-after-answers",
        "| A contract ends | UK11 |\n",
        "| A contract ends | UK11 |\n\n¶More.\n",
        "match",
    ),
    in_module("several-right", "- [ ] 10", "- [x] 8.0", at=("/// number", "¶/// number")),
    choice("answer-number", "- [ ] 10", "¶- [ ] ten"),
    choice("answer-outside", "- [x] 8", "¶- [x] 9"),
    choice("answer-inside", "- [ ] 10", "¶- [ ] 8.0"),
    in_module("otherwise", "- [ ] otherwise", "- [ ] 11", at=("/// number", "¶/// number")),
    in_module(
        "whole-feedback",
        "> The notice starts the clock, so the summaries go first.\n",
        "",
        at=("/// order", "¶/// order"),
    ),
    in_module(
        "whole-feedback",
        "> Each event has its own notice.\n",
        "",
        at=("/// match", "¶/// match"),
        note="match",
    ),
    in_module("match-form", "|---|---|\n| A comp", "| A comp", at=("/// match", "¶/// match")),
    choice("match-cells", "| A contract ends | UK11 |", "| A contract ends | UK11 |\n¶| A change | |"),
    choice("questions-too-few", "ask: 3", "ask: ¶5"),
    choice("ask-too-few", "ask: 3", "ask: ¶1"),
    choice("outcome-without-question", "tell the bidders]", "tell the bidders, ¶wait]"),
)

MODULE_CASES = (*BLOCKS, *PROSE, *QUESTIONS, *SCENARIOS, *REFLECTIONS, *CALCULATORS)
