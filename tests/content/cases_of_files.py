"""What can be wrong with a file before its text is looked at, and with its front matter."""

from tests.support.courses import MODULE
from tests.support.spoiling import front, in_module, module

FILE_CASES = (
    module("too-large", "¶" + MODULE + "\n" + "word\n\n" * 45_000),
    module("long-line", MODULE.replace("A force publishes", "a" * 5000 + "¶ force publishes")),
    in_module(
        "long-paragraph", "A force publishes", "¶A force" + (" publishes" * 400 + "\n") * 3, note="length"
    ),
    in_module("long-paragraph", "A force publishes", "¶A force" + " [" * 301, note="brackets"),
    in_module("deep-list", "A force publishes", "¶> > > > > > > A force publishes", note="quotations"),
    in_module("deep-list", "A force publishes", " " * 24 + "¶- A force publishes", note="indented"),
    in_module("hidden-character", "A force publishes", "A force¶\u200b publishes"),
    in_module(
        "hidden-character", "A force publishes", "A force¶\u202e publishes", note="turns the direction"
    ),
    module("no-front-matter", "¶" + MODULE.removeprefix("---\n")),
    module("front-matter-not-closed", "¶" + MODULE.replace("---\n## The", "\n## The")),
    front("yaml-syntax", "clauses: [sourcing/4.2]", "clauses: [sourcing/4.2\noutcomes¶: b"),
    front("yaml-anchor", "title: Counting", "title: ¶&a Counting"),
    front("yaml-alias", "title: Counting the standstill", "title: ¶*a"),
    front("yaml-tag", "title: Counting", "title: ¶!!str Counting"),
    front("yaml-document", "edition: 1", "edition: 1\n¶..."),
    front("yaml-depth", "aliases: []", "aliases: [[[[[[[[[[[¶[x]]]]]]]]]]]]"),
    front("yaml-key", "aliases: []", "¶[a, b]: c"),
    front("duplicate-key", "aliases: []", "¶title: Again"),
    front("unknown-key", "aliases: []", "¶alias: []"),
    front(
        "unknown-key",
        "{title: Procurement Act 2023, law: pa23/51}",
        "{title: An act, ¶laws: pa23/51}",
        note="within",
    ),
    front("unknown-key", "aliases: []", "¶alias:", note="without a value"),
    front("missing-key", "summary: Wait, and know how long.\n", "", at=("title", "¶title"), also=()),
    front("missing-key", "{title: Procurement Act 2023, law: pa23/51}", "¶{law: pa23/51}", note="within"),
    front("not-text", "title: Counting the standstill", "title: ¶2026"),
    front("not-a-number", "edition: 1", "edition: ¶one"),
    front("not-a-number", "edition: 1", 'edition: ¶"1"', note="in quotation marks"),
    front("not-a-day", "law_at: 2026-11-24", "law_at: ¶24/11/2026"),
    front("not-a-day", "law_at: 2026-11-24", "law_at: ¶2026-02-30", note="no such day"),
    front("not-a-day", "law_at: 2026-11-24", "law_at: ¶2026-11-24T10:00", note="with a time"),
    front("not-a-list", "aliases: []", "aliases: ¶waiting"),
    front("not-keys", "- {title: Procurement Act 2023, law: pa23/51}", "- ¶Procurement Act 2023"),
    front("too-small", "minutes: 12", "minutes: ¶0"),
    front("too-big", "pass_mark: 80", "pass_mark: ¶101"),
    front("empty-value", "title: Counting the standstill", "¶title:"),
    front("empty-value", "title: Counting the standstill", 'title: ¶""', note="quoted"),
    front("too-long", "title: Counting the standstill", "title: ¶" + "long " * 130),
    front("too-many", "outcomes: [count the standstill", "outcomes: ¶[count the standstill" + ", more" * 12),
    front("wrong-form", "owner: a.author@example.org", "owner: ¶an author"),
    front("wrong-form", "clauses: [sourcing/4.2]", "clauses: [¶sourcing 4.2]", note="clause"),
    front("wrong-form", "aliases: []", "aliases: [¶The Standstill]", note="id"),
    front(
        "not-a-choice",
        "edition: 1",
        "edition: 2\nchanges:\n  - {part: telling-the-bidders, asks: ¶everything, why: The law changed}",
    ),
)
