"""Tells what the manager of the pictures did with the team: assessments, and what people said to them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from lms.competencies.assessing import Judged
from lms.competencies.assessments import Settled, assess, latest_mark
from lms.competencies.baselines import Said, record_baseline
from lms.competencies.replies import reply
from lms.competencies.self_assessments import say
from lms.content import catalogue
from lms.demonstration.careers import ASSESSMENT_MONTHS, Careers
from lms.demonstration.events import History
from lms.demonstration.people import Told
from lms.learning.qualifications import enter
from lms.people import grants
from lms.people.accounts import ensure_account
from lms.people.acts import act
from lms.people.appointments import find_person
from lms.people.grants import Reach
from lms.people.models import Duty, Scope

BEGINS = 120
"""Days ago that the first of it happened: the national lead named the first assessors."""
GROUNDS = (
    "Chartered member of the professional body; has led three contracts above £10 million since 2019",
    "Wrote the regional standard for supplier risk and has trained assessors in two forces",
    "Led the joint purchase of vehicles for four forces and a fire service, 2022 to 2024",
)
"""The last of them is ended again, `ENDED` days ago."""
ENDED = 24
SEEN = (
    (
        "Grace Vellum",
        "collaboration",
        3,
        40,
        "Brought four services into one order under {ref}.",
    ),
    (
        "Harriet Galley",
        "contract-management",
        3,
        33,
        "Held the yearly review under {ref}: six actions closed.",
    ),
    (
        "Femi Folio",
        "tendering-and-evaluation",
        2,
        20,
        "Moderated two questions under {ref}; not the rest.",
    ),
)
"""Who was assessed in what, at which level, how many days ago, and what was seen."""
COMMENT = ("Grace Vellum", "collaboration", 38, "The fifth service has joined since.")
DISPUTE = (
    "Femi Folio",
    "tendering-and-evaluation",
    6,
    "I led the whole moderation of that contract: the record of the meeting has my name as chair.",
)
EXPERT = (
    "Harriet Galley",
    "supplier-risk",
    9,
    "Five forces use the early-warning measures of {ref}.",
)
BASELINE = {
    "stakeholders": "Explained two timetables to budget holders and named who decides.",
    "collaboration": "Named which frameworks the region shares, and where to find them.",
    "benefits": "Told a saving that finance accepts from one that it does not.",
}
"""What the newest of the team showed in the first conversation, each at level 1."""
NEWEST = "Daniel Quarto"
PAPER = ("Carys Exemplar", "contract-management-practitioner", "CMP-20431", 5, 40)
"""A paper that waits to be seen: whose, which, its number, days ago that it was entered, and awarded."""
OWN_VIEW = {
    "Bryn Mockford": {"cost-and-price": 2, "negotiation": 2, "procurement-law": 2},
    "Daniel Quarto": {"need-and-market": 1, "specification": 2, "negotiation": 1, "cost-and-price": 1},
    "Femi Folio": {"tendering-and-evaluation": 3, "supplier-risk": 1, "need-and-market": 3},
    "Rowan Sample": {"procurement-law": 3, "need-and-market": 2, "supplier-risk": 2, "benefits": 1},
}


class Managing:
    """Plans what the manager, the assessors and the team did in the last months."""

    def __init__(
        self, history: History, careers: Careers, head: Told, manager: Told, team: Mapping[str, Told]
    ) -> None:
        self.history = history
        self.careers = careers
        self.head = head
        self.manager = manager
        self.team = team
        """By name; somebody may still join it."""
        self.written: dict[tuple[str, str], Settled] = {}

    def plan(self) -> None:
        """Plan all of it; from the day on which the first of it happens."""
        self._name_assessors()
        for name, competency, level, days, words in SEEN:
            self._on(days, partial(self._assess, (name, competency), level, words, self.manager))
        for name, levels in OWN_VIEW.items():
            self._on(26, partial(self._say, name, levels))
        self._on(20, self._baseline)
        self._on(PAPER[3], self._enter_paper)
        name, competency, days, words = EXPERT
        self._on(days, partial(self._assess, (name, competency), 4, words, self.head))
        for kept, disputes in ((COMMENT, False), (DISPUTE, True)):
            name, competency, days, words = kept
            self._on(days, partial(self._reply, (name, competency), words, disputes=disputes))

    def _assess(self, about: tuple[str, str], level: int, words: str, by: Told) -> None:
        person_id, competency, today = self.team[about[0]].id, about[1], self.history.day
        reference = f"ALD-{today.year}-{self.careers.random.randrange(100, 480)}"
        judged = Judged(
            competency,
            level,
            words.format(ref=reference),
            reference,
            today - timedelta(days=150),
            today - timedelta(days=3),
            ASSESSMENT_MONTHS,
        )
        framework, mark = catalogue.current().framework, latest_mark(person_id, competency)
        self.written[about] = assess(person_id, judged, framework, by=by.id, mark=mark)

    def _say(self, name: str, levels: Mapping[str, int]) -> None:
        say(self.team[name].id, levels)

    def _baseline(self) -> None:
        said = {competency: Said(1, words) for competency, words in BASELINE.items()}
        framework = catalogue.current().framework
        record_baseline(self.team[NEWEST].id, said, framework, by=self.manager.id)

    def _enter_paper(self) -> None:
        name, accreditation, number, _, days = PAPER
        enter(self.team[name].id, accreditation, number, self.history.today - timedelta(days=days))

    def _reply(self, about: tuple[str, str], words: str, *, disputes: bool) -> None:
        settled = self.written[about]
        if settled.evidence_id:
            reply(settled.evidence_id, words, disputes=disputes, by=self.team[about[0]].id)

    def _name_assessors(self) -> None:
        """One of the own force and two of others, of the region first; the last of them moves on."""
        lead = find_person("nia.samplewell@example.org")
        by = lead.id if lead else None
        home, region = self.head.organisation, "east-midlands"
        elsewhere = [board for board in self.careers.boards if board.plan.id != home]
        elsewhere.sort(key=lambda board: board.plan.region != region)
        own = Reach(Scope.ORGANISATION, organisation_id=home, highest_level=4)
        wide = Reach(Scope.REGION, region_id=region, highest_level=4)
        named = [(self.head.id, own), *((board.heads[0].id, wide) for board in elsewhere[:2])]
        for (person_id, reach), ground in zip(named, GROUNDS, strict=False):
            with act("assessor", by, reason=ground, people=[person_id]):
                ensure_account(person_id)
                grant = grants.give_grant(
                    person_id, Duty.ASSESSOR, reach, from_day=self.history.day, by=by, reason=ground
                )
            if ground is GROUNDS[-1]:
                self._on(ENDED, partial(self._end_assessor, grant.id, by))

    def _end_assessor(self, grant_id: int, by: int | None) -> None:
        grants.end_grant(grant_id, self.history.day, by=by, reason="Has taken a post outside procurement")

    def _on(self, days: int, tell: Callable[[], object]) -> None:
        """Plan something for so many days ago."""
        self.history.on(self.history.today - timedelta(days=days), tell)
