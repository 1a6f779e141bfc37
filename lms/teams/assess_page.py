"""Loads the page on which a level is assessed: the person, their evidence, and what the level's words are."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.competencies.assessing import NEEDS_A_SECOND, assessed_level, counting, ended_by
from lms.competencies.assessments import from_elsewhere, latest_mark, recorded_by
from lms.competencies.facts import requirements
from lms.competencies.models import SelfAssessment
from lms.competencies.standing import Piece, Standing
from lms.content import catalogue
from lms.content.framework import Competency
from lms.core.database import db
from lms.core.dates import add_months
from lms.learning.entries import Entry, entries_of
from lms.learning.record import Post, appointments_on, posts_of
from lms.learning.standpoints import standpoint_of, state_in
from lms.learning.tasks import Lapse, lapses_of
from lms.people.models import Person
from lms.teams.gaps import Gap, gaps_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One level as the page offers it. `ends` is the learning evidence above it, which it would end."""

    level: int
    words: str
    held: bool
    required: bool
    allowed: bool
    ends: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class AssessPage:
    """All that the page shows of a person in one competency.

    `own` is what the person says of themselves, None when they have said nothing. `stays` is an
    earlier assessment of a higher level, which a lower one does not end. `waits` says that level 4
    would wait for an assessor of another organisation.
    """

    person_id: int
    name: str
    competency: Competency
    posts: tuple[Post, ...]
    asked: int
    met: int
    standing: Standing
    required: int
    own: SelfAssessment | None
    gaps: tuple[Gap, ...]
    lapses: tuple[Lapse, ...]
    choices: tuple[Choice, ...]
    entries: tuple[Entry, ...]
    highest: int
    assessed: int
    waits: bool
    months: int
    """How long an assessment counts unless the assessor chooses fewer."""
    until: date
    """The first day on which one of today no longer counts after these months."""
    mark: int
    mine: frozenset[int]
    """Entries that the one who looks recorded and may take back."""

    @property
    def first_name(self) -> str:
        """The name that a colleague uses."""
        return self.name.partition(" ")[0]

    def chosen(self, typed: str | None) -> int | None:
        """The level that was chosen, of those that may be; None without one."""
        return next((each.level for each in self.choices if each.allowed and str(each.level) == typed), None)

    @property
    def to_assess(self) -> int:
        """How many gaps learning alone does not close."""
        return sum(1 for gap in self.gaps if not gap.by_learning)


def assess_page(person_id: int, competency: Competency, by: int, highest: int, day: date) -> AssessPage:
    """Gather the page; the number of statements does not depend on how much the record holds."""
    published = catalogue.current()
    stand = standpoint_of(person_id, day, published, requirements())
    state = state_in(stand, competency.id)
    pieces = stand.facts.pieces.get(competency.id, [])
    live = counting(pieces, stand.facts.absences, day)
    months = published.framework.assessments.valid_for
    name, own = _person_and_own(person_id, competency.id)
    return AssessPage(
        person_id=person_id,
        name=name,
        competency=competency,
        posts=posts_of(appointments_on(stand.facts, day), published.framework),
        asked=len(stand.states),
        met=sum(1 for each in stand.states.values() if not each.missing),
        standing=state.standing,
        required=state.required,
        own=own,
        gaps=tuple(sorted(gaps_of(stand), key=lambda gap: _place(gap, competency))),
        lapses=tuple(lapses_of(stand)),
        choices=tuple(
            Choice(
                level,
                words,
                level == state.standing.level,
                level == state.required,
                level <= highest,
                tuple(ended_by(level, pieces, stand.facts.absences, day)),
            )
            for level, words in sorted(competency.levels.items())
        ),
        entries=tuple(
            each for each in entries_of(person_id, None, stand.facts) if each.competency == competency.id
        ),
        highest=highest,
        assessed=assessed_level(live),
        waits=highest >= NEEDS_A_SECOND and not from_elsewhere(by, person_id),
        months=months,
        until=add_months(day, months),
        mark=latest_mark(person_id, competency.id),
        mine=recorded_by(by, live),
    )


def _place(gap: Gap, competency: Competency) -> tuple[bool, bool]:
    """Where a gap stands: the one that is assessed first, then those that only an assessment closes."""
    return gap.competency.id != competency.id, gap.by_learning


def _person_and_own(person_id: int, competency: str) -> tuple[str, SelfAssessment | None]:
    """The person's name, with the latest that they said of themselves."""
    row = db.session.execute(
        select(Person.name, SelfAssessment)
        .outerjoin(
            SelfAssessment,
            (SelfAssessment.person_id == Person.id) & (SelfAssessment.competency_id == competency),
        )
        .where(Person.id == person_id)
        .order_by(SelfAssessment.id.desc())
        .limit(1)
    ).one()
    return row[0], row[1]
