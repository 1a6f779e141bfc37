"""What the check says of a block with a calculator."""

from lms.content.wording import N_, Message

CALCULATORS = {
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
