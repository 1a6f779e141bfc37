"""Five stories that a lead or a manager finds in ten minutes; each is told by ordinary facts.

1. A force that lapses: Woldmarsh’s contract management, recorded in one week three years ago.
2. A region improved by assessment: negotiation in the South West, in the last six months.
3. A role that asks more: contract managers and supplier risk, from a day five months ago.
4. A thin team: tendering and contract management in Aldermoor’s sourcing team (`aldermoor.yaml`).
5. A late import: Elmfen’s earlier levels, entered long after the days from which they count.
"""

from datetime import date, timedelta
from functools import partial
from random import Random

from lms.competencies.evidence import record_evidence
from lms.competencies.models import Basis
from lms.core.dates import add_months
from lms.demonstration.careers import HIGHEST_BY_MANAGER, Careers
from lms.demonstration.events import History
from lms.demonstration.people import IMPORT_MONTHS, Requires, Told, import_levels
from lms.people.acts import act

LAPSING_FORCE, LAPSED = "woldmarsh", "contract-management"
IMPROVED_REGION, IMPROVED = "south-west", "negotiation"
LATE_FORCE = "elmfen"
LATE_BY = timedelta(days=70)
LAPSED_FOR = timedelta(days=40)
DILIGENCE, RECORDED_BEFORE = 0.85, 0.6


class Stories:
    """Plans the three stories that need more than careers and the framework tell."""

    def __init__(self, history: History, requires: Requires, random: Random) -> None:
        self.history = history
        self.requires = requires
        self.random = random

    def untouched(self, organisation: str, region: str) -> frozenset[str]:
        """The competencies of which a story alone tells in an organisation."""
        told = {LAPSED} if organisation == LAPSING_FORCE else set()
        return frozenset(told | ({IMPROVED} if region == IMPROVED_REGION else set()))

    def lapse(self, people: list[Told]) -> None:
        """One training week three years before: everybody’s record of it ends on the same day."""
        until = self.history.today - LAPSED_FOR
        start = add_months(until, -IMPORT_MONTHS)
        for told in people:
            level = self.requires[told.member.role].get(LAPSED)
            if level:
                told.levels[LAPSED], told.ends[LAPSED] = level, date.max  # nobody has noticed yet
                record_evidence(
                    told.id,
                    LAPSED,
                    level,
                    Basis.IMPORT,
                    from_day=start,
                    until_day=until,
                    words="Contract management week, from the force’s training record",
                    by=None,
                )

    def improve(self, people: list[Told], careers: Careers) -> None:
        """Managers of a region assess what their people do in negotiations, over six months."""
        for told in people:
            level = self.requires[told.member.role].get(IMPROVED, 0)
            if level and self.random.random() < RECORDED_BEFORE:
                import_levels(told, {IMPROVED: level}, self.history.day, self.random)
            if level and told.manager is not None:
                day = self.history.today - timedelta(days=self.random.randrange(5, 180))
                self.history.on(day, partial(self._improve, told, level, careers))

    def import_late(self, people: list[Told]) -> None:
        """An organisation finds its earlier records, and enters them with the days on which they began."""
        day = self.history.today - LATE_BY
        began = self.history.day
        self.history.on(day, lambda: self._import(people, began))

    def _import(self, people: list[Told], began: date) -> None:
        with act("import", None, reason="earlier records were found", people=[each.id for each in people]):
            for told in people:
                if not told.gone:
                    import_levels(told, self.requires[told.member.role], began, self.random)

    def _improve(self, told: Told, level: int, careers: Careers) -> None:
        if told.gone or told.manager is None or told.manager.gone:
            return
        if told.levels.get(IMPROVED, 0) < level and self.random.random() < DILIGENCE:
            careers.record(told, IMPROVED, min(level, HIGHEST_BY_MANAGER))
