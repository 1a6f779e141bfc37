"""How the check words a mistake: texts that are marked for translation, and translated by pages."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Message(NamedTuple):
    """What is wrong and how to mend it; only an error stops a file from being published."""

    text: str
    hint: str = ""
    severity: Severity = "error"


def N_(text: str) -> str:  # noqa: N802 the name that gettext tools look for
    """Mark a text for translation and leave it as it is."""
    return text


DID_YOU_MEAN = N_("Did you mean “%(near)s”?")
