"""A small folder of courses that passes, and ways to spoil it at a marked place."""

from collections.abc import Mapping
from pathlib import Path

HERE = "¶"
"""Stands in a changed text where the mistake is expected."""

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="620" height="200" viewBox="0 0 620 200">'
    '<path d="M0 0"/></svg>'
)

MODULE = """\
---
title: Counting the standstill
summary: Wait, and know how long.
minutes: 12
law_at: 2026-11-24
edition: 1
ask: 3
clauses: [sourcing/4.2]
outcomes: [count the standstill, tell the bidders]
pass_mark: 80
valid_for: 24
reviewed_by: ""
reviewed_on:
review_by: 2027-05-31
owner: a.author@example.org
sources:
  - {title: Procurement Act 2023, law: pa23/51}
aliases: []
prerequisites: []
---
## The day that counts

A force publishes its notice on a Monday. See [the Act](law:pa23/51), [clause 4.2](clause:sourcing/4.2),
[what the standstill is](term:standstill) and [its length](module:after-the-award).

/// law
The standstill is [8 working days](figure:standstill).

[Procurement Act 2023, section 51](law:pa23/51)
///

/// figure | Eight days, and then the contract
![A line of eight boxes](days.svg)

Bank holidays are left out.

| Day | Date |
|---|---|
| 1 | 7 December |
///

/// question | standstill-length
    outcome: 1
    about: how long the standstill is

When may it sign?

- [ ] On the Thursday of the same week
    > Three days are over by then.
- [x] On the Thursday of the week after
    > The Wednesday is day eight.
///

## Telling the bidders

Write to each of them ([the competency](competency:procurement-law)).

/// note | In short
Write first, publish then.
///

/// number | last-day
    outcome: 1
    about: which day is the last
    answer: 8 .. 8
    unit: working days

How many days?

- [x] 8
    > Counted from the day of the notice.
- [ ] 10
    > That was the rule before.
- [ ] otherwise
    > Count the Monday as day one.
///

/// order | from-need-to-award
    outcome: 2
    about: what comes before what

Put them in order.

1. Assess the tenders
2. Write the summaries
    > Before the notice.
3. Publish the notice

> The notice starts the clock, so the summaries go first.
///

/// match | notice-for-event
    outcome: 2
    about: which notice an event needs

Match them.

| Event | Notice |
|---|---|
| A competition begins | UK4 |
| A contract is awarded | UK6 |
| A contract ends | UK11 |

> Each event has its own notice.
///
"""

OTHER = """\
---
title: After the award
summary: What follows.
minutes: 4
law_at: 2026-11-24
edition: 1
ask: 1
outcomes: [say what follows]
pass_mark: 80
review_by: 2027-05-31
owner: a.author@example.org
sources:
  - {title: Our own practice, address: "https://www.example.org/practice/awards"}
---
## What follows

The contract.

/// question | what-follows
    outcome: 1
    about: what follows

What follows?

- [x] The contract
    > It does.
- [ ] Nothing
    > It does not end there.
///
"""

COURSE = """\
---
title: Awarding
summary: From the tenders to the contract.
modules: [standstill, after-the-award]
---
For everyone who awards.
"""

STANDARD = """\
---
title: Sourcing
summary: How we buy.
law_at: 2026-11-24
owner: a.author@example.org
review_by: 2027-05-31
sources:
  - {title: Procurement Act 2023, law: pa23/51}
---
What a buyer does.

## 4.2 Wait before you sign

The buyer waits ([section 51](law:pa23/51)).

**Who:** the buyer.

**Shown by:** the date in the file.
"""

COMPETENCIES = """\
areas:
  - {id: source, title: Source}
competencies:
  - id: procurement-law
    area: source
    title: Procurement law
    short: Law
    summary: Buying within the Act.
    shown_by: {1: [standstill, after-the-award]}
    levels:
      1: Knows that the Act binds.
      2: Applies it.
      3: Handles what is hard.
      4: Advises others.
"""

ROLES = """\
roles:
  - id: buyer
    title: Buyer
    summary: Runs purchases.
    requires: {procurement-law: {level: 2, from: 2027-04-01}}
  - {id: assistant, title: Assistant, requires: {procurement-law: 1}}
"""

WORKS = """\
works:
  - {id: covered-tender, title: Covered tender, needs: {procurement-law: 2}}
assessments: {minutes: 60, valid_for: 24}
accreditations:
  - {id: foundation, title: Foundation, shows: {procurement-law: 2}, renew_every_months: 24}
"""

PILLARS = "pillars:\n  - {id: operational-policing, title: Operational policing, categories: [Forensics]}\n"

LAWS = """\
pa23:
  title: Procurement Act 2023
  address: "https://www.legislation.gov.uk/ukpga/2023/54/section/{section}"
  schedule_address: "https://www.legislation.gov.uk/ukpga/2023/54/schedule/{schedule}"
  sections:
    "51": Standstill periods on the award of contracts
    sch5: Direct award justifications
"""

FIGURES = """\
standstill:
  title: Length of the standstill
  source: pa23/51
  values:
    - {from: 2024-01-01, to: 2025-02-24, value: 10 days}
    - {from: 2025-02-24, value: 8 working days}
"""

GLOSSARY = "standstill: {term: standstill, meaning: The days between notice and contract., source: pa23/51}\n"

MODULE_PATH = "awarding/standstill.md"
FILES: dict[str, str] = {
    MODULE_PATH: MODULE,
    "awarding/after-the-award.md": OTHER,
    "awarding/course.md": COURSE,
    "awarding/days.svg": SVG,
    "standards/sourcing.md": STANDARD,
    "framework/competencies.yaml": COMPETENCIES,
    "framework/roles.yaml": ROLES,
    "framework/works.yaml": WORKS,
    "framework/pillars.yaml": PILLARS,
    "framework/laws.yaml": LAWS,
    "framework/figures.yaml": FIGURES,
    "framework/glossary.yaml": GLOSSARY,
}


def replaced(text: str, old: str, new: str) -> str:
    """The text with its first `old` replaced; an `old` that is not there is a mistake of the test."""
    if old not in text:
        message = f"{old!r} is not in the text"
        raise ValueError(message)
    return text.replace(old, new, 1)


def marked(text: str) -> tuple[str, tuple[int, int]]:
    """The text without its mark, and the line and column where the mark stood."""
    before, mark, after = text.partition(HERE)
    if not mark:
        message = "the text has no mark"
        raise ValueError(message)
    line = before.count("\n") + 1
    return before + after, (line, len(before) - before.rfind("\n"))


def written(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the folder of courses with other texts for some files; None leaves a file out."""
    courses = folder / "courses"
    for name, text in {**FILES, **(changes or {})}.items():
        path = courses / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return courses
