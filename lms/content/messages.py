"""Every message of the check, by its code: what is wrong, and how to mend it.

`%(name)s` stands for a value that the mistake carries. Pages translate the texts with `Mistake.worded`.
"""

from lms.content.advice.messages import ADVICE
from lms.content.question_messages import QUESTIONS
from lms.content.wording import N_, Message

FILES = {
    "not-utf-8": Message(N_("The file is not UTF-8 text"), N_("Save it again with the encoding UTF-8.")),
    "too-large": Message(N_("The file has more than 256 kB"), N_("Split it into two modules.")),
    "unreadable": Message(N_("The file cannot be read: %(reason)s")),
    "framework-file": Message(N_("“%(name)s” is no file of the framework"), N_("Its files are %(known)s.")),
    "long-line": Message(
        N_("The line has %(length)s characters, and 5,000 is the limit"), N_("Break it into paragraphs.")
    ),
    "long-paragraph": Message(
        N_("This run of lines has %(length)s characters and %(brackets)s “[”; the limits are 8,000 and 300"),
        N_("Put an empty line between paragraphs."),
    ),
    "deep-list": Message(N_("Lists and quotations may stand 6 deep, and this is %(depth)s deep")),
    "hidden-character": Message(
        N_("There is a hidden character here (%(character)s)"), N_("Delete it and type the text again.")
    ),
    "file-name": Message(
        N_("“%(name)s” cannot be an id"),
        N_("Use small letters, digits and single hyphens, at most 80 characters: award-and-standstill.md."),
    ),
    "no-course": Message(
        N_("The course “%(course)s” has no course.md"), N_("Add one with title, summary and modules.")
    ),
    "file-missing": Message(N_("The framework needs this file"), N_("Add courses/framework/%(name)s.")),
}

FRONT_MATTER = {
    "no-front-matter": Message(
        N_("The file does not begin with front matter"),
        N_("Begin with a line “---”, then keys such as “title: …”, then a line “---”."),
    ),
    "front-matter-not-closed": Message(
        N_("The front matter does not end"), N_("Write a line “---” after its last key.")
    ),
    "yaml-syntax": Message(
        N_("This line cannot be read (%(problem)s)"),
        N_("Put a value in quotation marks when it holds a colon, a comma, a bracket or a quotation mark."),
    ),
    "yaml-anchor": Message(
        N_("YAML anchors (“&”) are not used here"), N_("Write the value out, in quotation marks.")
    ),
    "yaml-alias": Message(
        N_("YAML aliases (“*”) are not used here"), N_("Write the value out, in quotation marks.")
    ),
    "yaml-tag": Message(N_("YAML tags (“!”) are not used here"), N_("Put the value in quotation marks.")),
    "yaml-document": Message(N_("There is more than one YAML document here"), N_("Delete this line.")),
    "yaml-depth": Message(N_("The values nest more than 12 deep")),
    "yaml-key": Message(N_("A key must be a word"), N_("Write “key: value”.")),
    "duplicate-key": Message(
        N_("The key “%(key)s” stands twice, first on line %(first)s"), N_("Keep one of the two.")
    ),
    "unknown-key": Message(N_("Unknown key “%(key)s”"), N_("The keys here are %(known)s.")),
    "missing-key": Message(N_("The key “%(key)s” is missing"), N_("Add a line “%(key)s: …”.")),
    "not-text": Message(N_("“%(key)s” must be text"), N_("Put it in quotation marks.")),
    "not-a-number": Message(
        N_("“%(key)s” must be a whole number"), N_("Write digits, without quotation marks.")
    ),
    "not-a-day": Message(N_("“%(key)s” must be a day"), N_("Write it as 2026-11-24.")),
    "not-a-list": Message(
        N_("“%(key)s” must be a list"), N_("Write [first, second], or a line “- …” for each.")
    ),
    "not-keys": Message(N_("“%(key)s” must hold keys and values"), N_("Write {key: value}.")),
    "too-small": Message(N_("“%(key)s” must be %(limit)s or more")),
    "too-big": Message(N_("“%(key)s” must be %(limit)s or less")),
    "empty-value": Message(
        N_("“%(key)s” is empty"), N_("Write a value, or delete the key if it may be left out.")
    ),
    "too-long": Message(N_("“%(key)s” may have %(limit)s characters at most")),
    "too-many": Message(N_("“%(key)s” may hold %(limit)s at most")),
    "not-a-choice": Message(N_("“%(key)s” must be %(known)s")),
    "wrong-form": Message(
        N_("“%(value)s” is not written as “%(key)s” must be"), N_("An example: %(example)s")
    ),
    "wrong-value": Message(N_("“%(key)s” is not right: %(problem)s")),
}

BLOCKS = {
    "unknown-block": Message(N_("There is no block “%(kind)s”"), N_("The blocks are %(known)s.")),
    "unclosed-block": Message(
        N_("The block “%(kind)s” is not closed before line %(end)s"), N_("Write a line “///” at its end.")
    ),
    "nested-block": Message(
        N_("A block cannot stand inside another, and “%(kind)s” is open since line %(first)s"),
        N_("Close the first with a line “///” before this one begins."),
    ),
    "block-not-open": Message(
        N_("There is no block to close here"),
        N_("Write “/// note | title” where the block begins, or delete this line."),
    ),
    "malformed-block": Message(
        N_("This looks like the line of a block, and is not one"),
        N_("Write “/// note | title” at its beginning and “///” at its end, with three strokes and a space."),
    ),
    "indented-block": Message(
        N_("The line of a block must begin at the left margin"), N_("Delete the spaces before “///”.")
    ),
    "unclosed-fence": Message(
        N_("The code that begins here does not end"), N_("Write the same line of “%(fence)s” after it.")
    ),
    "empty-block": Message(N_("The block “%(kind)s” is empty"), N_("Write its text, or delete it.")),
    "block-before-part": Message(
        N_("A block stands before the first part"), N_("Move it below a heading “## …”.")
    ),
    "block-not-here": Message(N_("The block “%(kind)s” can stand only in a module")),
    "figure-without-title": Message(
        N_("The %(kind)s has no title"), N_("Write “/// %(kind)s | …”, with a title that states its point.")
    ),
    "figure-without-picture": Message(
        N_("The figure has no picture"), N_("Begin it with “![what it shows](file.svg)”.")
    ),
    "table-without-table": Message(
        N_("The block “table” holds no table"),
        N_("Write rows such as “| a | b |” with a line “|---|---|” below the first."),
    ),
    "law-without-reference": Message(
        N_("The law block does not say where the rule stands"),
        N_("End it with a line such as “[Procurement Act 2023, section 51](law:pa23/51)”."),
    ),
    "unknown-calculator": Message(
        N_("There is no calculator “%(id)s”"), N_("Write “/// calculator | …” with one of %(known)s.")
    ),
    "duplicate-calculator": Message(
        N_("The calculator “%(id)s” stands twice in this part, first on line %(first)s"),
        N_("Keep one of the two."),
    ),
    "calculator-setting": Message(
        N_("This line fills nothing in"),
        N_("The calculator “%(id)s” takes %(known)s, each once. An example: “%(example)s”."),
    ),
}

PROSE = {
    "no-parts": Message(N_("The module has no parts"), N_("Begin each part with a heading “## …”.")),
    "text-before-part": Message(N_("Text stands before the first part"), N_("Begin with a heading “## …”.")),
    "empty-part": Message(N_("The part “%(title)s” is empty"), N_("Write its text, or delete the heading.")),
    "duplicate-part": Message(
        N_("Two parts are called “%(title)s”, the first on line %(first)s"),
        N_("Give one of them another title."),
    ),
    "reserved-part": Message(
        N_("A part cannot be called “%(title)s”"), N_("The address of the part would be taken.")
    ),
    "heading-level": Message(
        N_("A heading of level 1 is the title alone"), N_("Write “## …” for a part and “### …” inside one.")
    ),
    "heading-skipped": Message(N_("The heading skips a level"), N_("Write “%(marks)s …”.")),
    "heading-empty": Message(N_("The heading has no words"), N_("Write them, or delete the line.")),
    "heading-underlined": Message(
        N_("A heading is not underlined here"), N_("Write “## …”, or put an empty line before the rule.")
    ),
    "html": Message(
        N_("HTML is not used here"), N_("Write Markdown, or put “%(tag)s” in backquotes to show it.")
    ),
    "bad-link": Message(
        N_("“%(address)s” is no address that can be linked"),
        N_("Write a whole address (https://…), or one of %(known)s."),
    ),
    "footnote-unknown": Message(
        N_("The footnote “%(name)s” has no text"), N_("Write “[^%(name)s]: …” in the same part.")
    ),
    "picture-without-alt": Message(
        N_("The picture has no alternative text"), N_("Write “![what it shows](%(name)s)”.")
    ),
    "picture-name": Message(
        N_("“%(name)s” cannot be the name of a picture"),
        N_("Put the file beside the module, and name it with small letters, digits and hyphens: %(known)s."),
    ),
    "picture-missing": Message(N_("There is no picture “%(name)s” beside this file")),
    "picture-unsafe": Message(
        N_("The picture “%(name)s” holds %(found)s"), N_("An SVG may hold shapes, text and attributes alone.")
    ),
    "picture-size": Message(
        N_("The SVG “%(name)s” does not say its size"),
        N_("Give its first element width, height and viewBox."),
    ),
    "picture-too-large": Message(N_("The picture “%(name)s” has more than 1,024 kB")),
}

REFERENCES = {
    "reference-form": Message(
        N_("“%(target)s” is not how a %(scheme)s is written"), N_("An example: %(example)s")
    ),
    "unknown-module": Message(
        N_("There is no module “%(target)s”"), N_("The id of a module is the name of its file without “.md”.")
    ),
    "renamed-module": Message(N_("The module “%(target)s” has another name now"), N_("Write “%(name)s”.")),
    "unknown-standard": Message(N_("There is no standard “%(target)s”")),
    "unknown-clause": Message(
        N_("The standard “%(standard)s” has no clause %(target)s"), N_("It has %(known)s.")
    ),
    "unknown-law": Message(N_("There is no law “%(target)s” in laws.yaml")),
    "unknown-section": Message(
        N_("laws.yaml does not list %(target)s of “%(law)s”"),
        N_("Check the number, then add it with its heading."),
    ),
    "unknown-figure": Message(N_("There is no figure “%(target)s” in figures.yaml")),
    "figure-differs": Message(
        N_("“%(words)s” is not what “%(target)s” is on %(day)s"), N_("figures.yaml says “%(value)s”.")
    ),
    "figure-without-value": Message(
        N_("“%(target)s” has no value on %(day)s"), N_("Add one to figures.yaml, or change “law_at”.")
    ),
    "unknown-competency": Message(N_("There is no competency “%(target)s”")),
    "unknown-term": Message(N_("There is no term “%(target)s” in glossary.yaml")),
    "unknown-area": Message(N_("There is no area “%(target)s”")),
}

WHOLES = {
    "edition-without-changes": Message(
        N_("Edition %(edition)s does not say what changed"),
        N_("Add “changes” with a part, what it asks of those who passed, and why."),
    ),
    "changes-without-edition": Message(
        N_("The first edition has nothing to change from"), N_("Raise “edition”, or delete “changes”.")
    ),
    "unknown-part": Message(N_("There is no part “%(target)s”"), N_("The parts are %(known)s.")),
    "edition-lower": Message(
        N_("Edition %(edition)s is lower than edition %(published)s, which is published"),
        N_("Write “edition: %(published)s”, or more when what learners must know has changed."),
    ),
    "edition-used": Message(
        N_("Edition %(edition)s was published with another text, and taken back"),
        N_("Write “edition: %(next)s”, so that nobody takes the one for the other."),
    ),
    "reviewer-is-owner": Message(
        N_("The owner cannot be the one who checked the law"),
        N_("Leave “reviewed_by” empty until somebody else has."),
    ),
    "review-incomplete": Message(
        N_("“%(key)s” is set without “%(other)s”"),
        N_("Write who checked the law and on which day, or neither."),
    ),
    "duplicate-module": Message(
        N_("Two files are the module “%(id)s”, the other is %(other)s"), N_("Give one of them another name.")
    ),
    "module-not-listed": Message(
        N_("No course lists this module"), N_("Add “%(id)s” to “modules” in %(course)s.")
    ),
    "listed-twice": Message(N_("The module “%(target)s” is listed twice"), N_("Keep one of the two.")),
    "not-in-course": Message(
        N_("The course has no module “%(target)s”"),
        N_("Add the file %(target)s.md, or take it off the list."),
    ),
    "alias-taken": Message(
        N_("“%(alias)s” already stands for the module “%(id)s”"), N_("An earlier name belongs to one module.")
    ),
    "prerequisite-cycle": Message(
        N_("The prerequisites lead back to this module: %(cycle)s"), N_("Take one of them away.")
    ),
    "duplicate-id": Message(
        N_("“%(id)s” stands twice, first on line %(first)s"), N_("Ids are unique in their list.")
    ),
    "duplicate-section": Message(N_("“%(key)s” stands in %(other)s too"), N_("Keep one of the two.")),
    "levels-incomplete": Message(N_("The competency “%(id)s” does not describe level %(level)s")),
    "figure-order": Message(
        N_("The value from %(day)s overlaps the one before"),
        N_("Give the earlier one “to”, and sort them by day."),
    ),
    "law-address": Message(
        N_("The address does not say where a section goes"), N_("Write {section} in its place.")
    ),
    "contrast": Message(
        N_("“%(first)s” and %(second)s differ by %(ratio)s to 1, and %(least)s to 1 is the least"),
        N_("Make one of them lighter or darker, so that everybody can read it."),
    ),
    "tile-taken": Message(N_("The tile is that of “%(id)s”"), N_("Give each organisation its own place.")),
    "tile-without-code": Message(
        N_("“%(id)s” has a tile and no code to write on it"), N_("Add “code: ABC”, three capital letters.")
    ),
    "calculator-not-offered": Message(
        N_("The network does not offer the calculator “%(id)s”, which stands in this part"),
        N_("Add it to “calculators” in framework/network.yaml, or take the block away."),
    ),
    "no-clauses": Message(N_("The standard has no clauses"), N_("Begin each with a heading “## 4.2 Title”.")),
    "clause-number": Message(N_("The clause has no number"), N_("Write “## 4.2 Title”.")),
    "duplicate-clause": Message(
        N_("Clause %(number)s stands twice, first on line %(first)s"), N_("Give one of them another number.")
    ),
    "clause-incomplete": Message(
        N_("Clause %(number)s does not say “%(words)s”"),
        N_("Write a paragraph that begins with “**%(words)s**”."),
    ),
}

MESSAGES: dict[str, Message] = (
    FILES | FRONT_MATTER | BLOCKS | PROSE | QUESTIONS | REFERENCES | WHOLES | ADVICE
)
