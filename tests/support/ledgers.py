"""What tests of the kept gap ledger share: a small office with a story, and the figures of a day."""

from collections import defaultdict
from datetime import UTC, date, datetime, time

import pytest

from lms.competencies import disclosure
from lms.competencies import evidence as writing_evidence
from lms.competencies.folding import fold
from lms.competencies.models import RULE, Basis, Ledger, Requirement
from lms.competencies.movements import AWAY, SECOND_POST
from lms.competencies.recounting import Recount, recount
from lms.competencies.sheets import sheets_on
from lms.competencies.suppression import NO_PILLAR, Suppressed
from lms.competencies.tally import Tally
from lms.core import clock
from lms.core.database import db, writing
from lms.people import appointments
from lms.people.acts import act
from lms.people.models import Placement
from tests.support import build
from tests.support.recount import Numbers
from tests.support.recount import recount as count_rows

Counts = dict[tuple[str, str, str, str, str], Numbers]
STORY_ENDS = date(2024, 11, 10)


def noon(day: date) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(12), UTC)


def kept(day: date, no: int | None) -> Counts:
    """What the ledger gives, by region, organisation, role, pillar and competency."""
    sheets, _ = sheets_on(day, no)
    found = {
        (*atom, competency): Numbers(*tally.numbers)
        for competency, sheet in sheets.sheets.items()
        for atom, tally in sheet.atoms.items()
        if competency not in {AWAY, SECOND_POST}
    }
    return {key: numbers for key, numbers in found.items() if numbers != Numbers()}


def counted(day: date, known_at: date | None) -> Counts:
    """The same by a count of all rows, which shares no code with the product."""
    found: Counts = defaultdict(Numbers)
    for (region, organisation, _, role, pillar, key), numbers in count_rows(day, known_at).numbers.items():
        atom = (region, organisation, role, pillar or NO_PILLAR, key)
        found[atom] = found[atom] + numbers
    return dict(found)


def assert_agrees() -> Recount:
    """What is kept is what follows from the facts."""
    found = recount()
    assert [str(each) for each in found.first] == []
    assert found.agrees
    return found


def begin_ledger_on(day: date) -> None:
    """Let a new ledger have its balances as at a day, so that they are taken forward from it."""
    with writing():
        db.session.get_one(Ledger, RULE).day = day


def hide_nothing(patch: pytest.MonkeyPatch) -> None:
    """Show every group however small, and all that is counted of it, so that figures can be compared."""
    patch.setattr(disclosure, "suppressed", lambda *_, **__: Suppressed())
    patch.setattr(disclosure.Disclosure, "_is_named", lambda *_: True)


def tally_of(shown: disclosure.Shown | None) -> Tally:
    """All numbers of a figure of which nothing is hidden or withheld."""
    assert shown is not None
    assert shown.detailed
    kinds = (shown.unrecorded or 0, shown.lapsed or 0, shown.short or 0)
    levels = (shown.missing or 0, shown.practitioners or 0, shown.experts or 0)
    return Tally(shown.appointments, *kinds, *levels)


class Office:
    """Two forces with a team each; three people, of whom one leaves."""

    def __init__(self) -> None:
        begin_ledger_on(date(2024, 1, 2))
        with clock.at(noon(date(2024, 1, 2))):
            self.forces = [build.organisation("aldermoor"), build.organisation("brack", region_id="west")]
            self.teams = [build.team(each) for each in self.forces]
            build.asked("buyer", {"law": 2, "risk": 1})
            build.asked("contract-manager", {"law": 3})
            build.anchors(pillars=("energy",))
            self.ann, self.bob, self.cat = (
                build.person(each, learner=False) for each in ("Ann", "Bob", "Cat")
            )
            build.appointed(self.ann, self.teams[0])
            self.post = build.appointed(self.bob, self.teams[0], pillar="energy")
            build.appointed(self.cat, self.teams[1], "contract-manager")
            self.shown = build.evidence(self.ann, "law", 2, until=date(2024, 9, 15))
            build.evidence(self.ann, "risk", 1, until=date(2024, 10, 3))
            self.wrong = build.evidence(self.cat, "law", 4)

    def story(self) -> None:
        """A year in which everything is done that a ledger may get wrong, folded in between."""
        for day, happen in (
            (date(2024, 2, 20), self._bob_leaves),
            (date(2024, 3, 31), fold),
            (date(2024, 4, 10), self.more_is_asked),
            (date(2024, 4, 12), self._bob_is_shown_late),
            (date(2024, 5, 5), self._withdrawn),
            (date(2024, 6, 20), fold),
            (date(2024, 6, 20), self._cat_was_wrong),
            (date(2024, 7, 1), self._cat_is_away),
            (date(2024, 7, 31), self._aldermoor_moves),
            (date(2024, 9, 1), fold),
            (date(2024, 9, 14), self._cat_has_two_posts),
            (date(2024, 10, 5), fold),
            (date(2024, 10, 31), self._shown_again),
        ):
            with clock.at(noon(day)):
                happen()

    def _bob_leaves(self) -> None:
        appointments.close_appointment(self.post, date(2024, 3, 1), by=None)

    def more_is_asked(self, day: date = date(2024, 2, 1), level: int = 3) -> None:
        """More is asked of buyers, from a day on which people held posts who have left since."""
        with act("requirements", None, everybody=True, roles=["buyer"]):
            asked = Requirement(role_profile_id="buyer", competency_id="law", level=level, from_day=day)
            db.session.add(asked)

    def _bob_is_shown_late(self) -> None:
        build.evidence(self.bob, "law", 3, date(2024, 2, 10), basis=Basis.QUALIFICATION)
        build.evidence(self.bob, "risk", 1, date(2024, 2, 12), basis=Basis.LEARNING)

    def _withdrawn(self) -> None:
        writing_evidence.withdraw(self.wrong.id, date(2024, 5, 1), by=None, reason="was not so any more")

    def _cat_was_wrong(self) -> None:
        writing_evidence.enter_in_error(self.wrong.id, by=None, reason="was never so")
        build.evidence(self.cat, "law", 2, date(2024, 1, 20), basis=Basis.ASSESSMENT)

    def _cat_is_away(self) -> None:
        appointments.record_absence(self.cat.id, date(2024, 7, 1), date(2024, 8, 1), by=None)

    def _aldermoor_moves(self) -> None:
        with act("move", None, everybody=True, teams=[self.teams[0].id]):
            move = Placement(
                team_id=self.teams[0].id,
                organisation_id="brack",
                region_id="west",
                from_day=date(2024, 7, 31),
            )
            db.session.add(move)

    def _cat_has_two_posts(self) -> None:
        build.appointed(self.cat, self.teams[1], from_day=date(2024, 9, 10))

    def _shown_again(self) -> None:
        build.evidence(self.ann, "law", 3, date(2024, 10, 20), basis=Basis.ASSESSMENT)
        build.evidence(self.ann, "risk", 2, date(2025, 1, 20), basis=Basis.LEARNING)
