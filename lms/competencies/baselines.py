"""The baseline: what a manager records of somebody in one conversation on day one, up to level 2."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.competencies.evidence import record_evidence
from lms.competencies.facts import facts_of
from lms.competencies.models import Assessment, AssessmentKind, Basis
from lms.competencies.standing import standing_on
from lms.content.framework import Competency, Framework
from lms.core import clock
from lms.core.database import db
from lms.core.dates import add_months
from lms.people.access import allowed
from lms.people.acts import act
from lms.people.identity import load
from lms.people.subjects import person_subject

MOST = 2
"""The highest level that a conversation can show; more is seen in the work."""
MONTHS = 12
"""How long a baseline counts."""


class Fault(StrEnum):
    """Why a baseline is not recorded."""

    NOT_ALLOWED = "not-allowed"
    """The grant ended or the person moved while the page was open."""
    UNKNOWN = "unknown"
    """The framework has no such competency or level any more."""
    NOTHING_NEW = "nothing-new"
    """All of it is held already: the page was sent twice."""


class BaselineError(ValueError):
    """The baseline is not recorded; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Said:
    """A level that a manager chose, with the sentence that says what shows it."""

    level: int
    words: str


def offered(competency: Competency, held: int) -> tuple[int, ...]:
    """The levels that a baseline may add to what is held.

    None at or below it: an assessment would end what learning shows above.
    """
    return tuple(level for level in range(held + 1, MOST + 1) if level in competency.levels)


def record_baseline(
    person_id: int, said: Mapping[str, Said], framework: Framework, *, by: int
) -> tuple[str, ...]:
    """Write these levels from today, in one act, and give the competencies that were written.

    What is held at the chosen level already, or above, is left as it is. Raises BaselineError.
    """
    today = clock.today()
    with act("baseline", by, people=[person_id]) as current:
        if not allowed(load(by, today), "team.person", person_subject(person_id)):
            raise BaselineError(Fault.NOT_ALLOWED)
        facts = facts_of([person_id])[person_id]
        new: dict[str, Said] = {}
        for key, each in said.items():
            competency = framework.competency(key)
            if competency is None or each.level not in offered(competency, 0):
                raise BaselineError(Fault.UNKNOWN)
            held = standing_on(facts.pieces.get(key, ()), facts.absences, today).level
            if each.level in offered(competency, held):
                new[key] = each
        if not new:
            raise BaselineError(Fault.NOTHING_NEW)
        for key, each in new.items():
            _write(person_id, key, each, by, current.id)
    return tuple(new)


def _write(person_id: int, competency: str, said: Said, by: int, act_id: int) -> None:
    evidence = record_evidence(
        person_id,
        competency,
        said.level,
        Basis.ASSESSMENT,
        from_day=clock.today(),
        until_day=add_months(clock.today(), MONTHS),
        words=said.words,
        by=by,
    )
    db.session.add(
        Assessment(
            person_id=person_id,
            competency_id=competency,
            level=said.level,
            kind=AssessmentKind.BASELINE,
            words=evidence.words,
            months=MONTHS,
            by_id=by,
            act_id=act_id,
            evidence_id=evidence.id,
        )
    )
