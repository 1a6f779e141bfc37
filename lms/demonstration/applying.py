"""Tells what people say after a pass, where they used what they learned, and what managers make of it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random

from lms.content.catalogue import ModuleEntry
from lms.core.database import writing
from lms.demonstration.events import History
from lms.demonstration.people import Told
from lms.learning.applications import (
    ApplicationError,
    Draft,
    Written,
    applications_of,
    confirm,
    give_back,
    send,
)
from lms.learning.reactions import Intent, say
from lms.people.accounts import ensure_account

ANSWERS, USES, SETTLED = 0.7, 0.06, 0.9
"""How likely it is that somebody answers after a pass, uses it, and that the manager settles it."""
INTENTS = {Intent.SOON: 45, Intent.LATER: 25, Intent.PERHAPS: 20, Intent.NO: 10}
FIRST_USE, LAST_USE, WRITES, SETTLES = 5, 120, 12, 20
"""Days from the pass to the use, from the use to the text, and from there to the manager, at most."""
TEXTS = (
    "Call-off for vehicle parts: the requirement says outcomes now, and two smaller firms bid.",
    "Renewal of interpreting services: we asked the market first, and dropped a lot.",
    "Custody meals: I kept the reasons for each score, so the letters to bidders were ready on the day.",
    "Uniform framework: checked what the notice had to say before it was sent, and it was not sent twice.",
    "Forensic consumables: measures were agreed before the start, and are reviewed monthly.",
    "Training venue: I asked for the conflict declarations first and changed one seat on the panel.",
    "Body armour refit: wrote down why the change was small enough, and legal services agreed in a day.",
    "Software for rotas: planned the exit with the start, and the data is ours in a form that we can read.",
)
PENDING, MENDED = "Asha Testwood", "Rowan Sample"
HELD = "Harriet Galley"
OWN = (
    (
        PENDING,
        20,
        6,
        "Fleet recovery: asked all bidders the same in writing, and kept it.",
    ),
    (
        HELD,
        15,
        12,
        "Cleaning of stations: compared prices line by line. Two bids had one error.",
    ),
    (MENDED, 8, 7, "Looked for signs of bid rigging in the evaluation."),
)
"""Of the manager’s team: who, days ago that it was used and that it was sent, and what they wrote."""
CONFIRMED, RETURNED, WHY = 9, 4, "Which contract was it? Add its reference and what you found."


def react(person_id: int, entry: ModuleEntry) -> None:
    """Perhaps answer whether it will be used at work; inside the transaction of the pass."""
    random = _random(person_id, entry.id, "reaction")
    if random.random() < ANSWERS:
        say(person_id, entry.id, entry.edition, random.choices(list(INTENTS), list(INTENTS.values()))[0])


def plan_use(history: History, told: Told, module_id: str) -> None:
    """Perhaps plan that somebody uses what they passed today, says so, and is confirmed."""
    random = _random(told.id, module_id, "use")
    if random.random() >= USES:
        return
    used_on = history.day + timedelta(days=random.randint(FIRST_USE, LAST_USE))
    written = used_on + timedelta(days=random.randint(0, WRITES))
    reference = f"BR-{used_on.year}-{random.randint(1, 9999):04}"
    draft = Draft((module_id,), random.choice(TEXTS), reference, used_on)
    settled = written + timedelta(days=random.randint(1, SETTLES)) if random.random() < SETTLED else None
    if written <= history.today:
        history.on(written, partial(_send, history, told, draft, settled))


def _send(history: History, told: Told, draft: Draft, settled: date | None) -> None:
    """Send it, unless they have left or the module is not published any more."""
    if told.gone:
        return
    try:
        send(told.id, draft)
    except ApplicationError:
        return
    if settled and settled <= history.today:
        history.on(settled, partial(_confirm, told, draft))


def _confirm(told: Told, draft: Draft) -> None:
    """Let the manager of that day confirm it, if there is one."""
    found = _sent(told, draft)
    if found and told.manager and not told.gone:
        with writing():
            ensure_account(told.manager.id)
        try:
            confirm(told.id, found.id, mark=found.mark, by=told.manager.id)
        except ApplicationError:
            return


def _sent(told: Told, draft: Draft) -> Written | None:
    return next((each for each in applications_of(told.id) if each.said == draft), None)


class UsedByTheTeam:
    """Plans what the manager of the pictures finds: one use waits, one is confirmed, one was given back."""

    def __init__(self, history: History, manager: Told, team: dict[str, Told], module_id: str) -> None:
        self.history, self.manager, self.team, self.module_id = history, manager, team, module_id

    def plan(self) -> None:
        """Plan all of it."""
        for name, used, written, words in OWN:
            draft = Draft((self.module_id,), words, f"BR-2026-0{used}47", self._ago(used))
            self._on(written, partial(self._send, name, draft))
            if name == HELD:
                self._on(CONFIRMED, partial(self._settle, name, draft, confirm))
            if name == MENDED:
                self._on(RETURNED, partial(self._settle, name, draft, partial(give_back, reason=WHY)))

    def _send(self, name: str, draft: Draft) -> None:
        send(self.team[name].id, draft)

    def _settle(self, name: str, draft: Draft, settle: Callable[..., None]) -> None:
        told = self.team[name]
        found = _sent(told, draft)
        if found:
            settle(told.id, found.id, mark=found.mark, by=self.manager.id)

    def _on(self, days: int, tell: Callable[[], object]) -> None:
        self.history.on(self._ago(days), tell)

    def _ago(self, days: int) -> date:
        return self.history.today - timedelta(days=days)


def _random(person_id: int, module_id: str, what: str) -> Random:
    """A draw of its own, so that nothing else is drawn otherwise."""
    return Random(f"{person_id}/{module_id}/{what}")  # noqa: S311 an invented nation keeps no secret
