"""An invented nation in small: a few thousand people with three years of facts each, nothing written yet.

`tools.bench.copies` repeats them in other teams and organisations until there are enough. So that
this stays true, what is common to all of them is written by the first act: what roles ask, and the
days on which organisations come on board, which are the same for every third one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from lms.competencies.models import Basis, Ending, EndingKind, Evidence, Requirement
from lms.core.database import Model
from lms.people.models import Absence, Appointment, Closing, Onboarding, Person, Placement, Team
from tests.support.nations import PILLARS, ROLES

REGIONS, ORGANISATIONS, COMPETENCIES = 12, 93, 15
WAVES = 3
"""Days on which organisations come on board; which one is told by the number of the organisation."""
IN_A_TEAM = 10
HISTORY = timedelta(days=3 * 365)
VALID = timedelta(days=730)
COMPETENCY_IDS = [f"competency-{number:02}" for number in range(COMPETENCIES)]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """What one act writes, and which rows it finds to be errors."""

    at: datetime
    kind: str
    rows: list[Row]
    voids: list[Row] = field(default_factory=list)


@dataclass
class Plan:
    """All rows, by table, and the acts that write them; the first act is that of the structure."""

    today: date
    random: Random
    rows: dict[type[Model], list[Row]] = field(default_factory=lambda: defaultdict(list))
    events: list[Event] = field(default_factory=list)
    _times: "count[int]" = field(default_factory=count)

    @property
    def begin(self) -> date:
        """The first day of the history."""
        return self.today - HISTORY

    def row(self, table: type[Model], **values: Any) -> Row:  # noqa: ANN401 columns of any type
        """A row with the next id of its table."""
        rows = self.rows[table]
        rows.append({"id": len(rows) + 1, **values})
        return rows[-1]

    def fact(self, table: type[Model], **values: Any) -> Row:  # noqa: ANN401 columns of any type
        """A fact; its act is known once all are put in order."""
        return self.row(table, **values, act_id=1, void_act_id=None)

    def event(self, day: date, kind: str, rows: list[Row], voids: list[Row] | None = None) -> None:
        """An act on a day, or yesterday if that is not over."""
        moment = datetime.combine(min(day, self.today - timedelta(days=1)), time(9), UTC)
        self.events.append(Event(moment, kind, rows, voids or []))

    def number(self) -> None:
        """Give each act its number, in order of time."""
        self.events.sort(key=lambda event: event.at)
        for no, event in enumerate(self.events, 2):
            for row in event.rows:
                row["act_id"] = no
            for row in event.voids:
                row["void_act_id"] = no


def organisation_id(number: int) -> str:
    """The id of an organisation; numbers go round."""
    return f"organisation-{number % ORGANISATIONS:02}"


def region_id(organisation: int) -> str:
    """The region of an organisation."""
    return f"region-{organisation % ORGANISATIONS * 7 % REGIONS:02}"


def planned(people: int, today: date, seed: int = 1) -> Plan:
    """The facts of so many people."""
    plan = Plan(today, Random(seed))  # noqa: S311 an invented nation keeps no secret
    asked = _structure(plan)
    teams = max(1, people // IN_A_TEAM)
    for number in range(teams):
        team = plan.row(Team, name=f"Team {number}", parent_id=None)
        # Forces are larger than fire services: every second organisation has one team in four.
        organisation = number % ORGANISATIONS if number % 4 else number // 4 * 2 % ORGANISATIONS
        _placed(plan, team["id"], organisation, plan.begin)
        if plan.random.random() < 0.01:  # noqa: PLR2004 a team in a hundred moves
            moved = _placed(plan, team["id"], organisation + WAVES, plan.begin + timedelta(days=700))
            plan.event(moved["from_day"], "team-moved", [moved])
    for _ in range(people):
        Life(plan, asked, teams).tell()
    plan.number()
    return plan


def _placed(plan: Plan, team: int, organisation: int, day: date) -> Row:
    return plan.fact(
        Placement,
        team_id=team,
        organisation_id=organisation_id(organisation),
        region_id=region_id(organisation),
        from_day=day,
    )


def _structure(plan: Plan) -> dict[str, dict[str, int]]:
    """When organisations come on board and what roles ask; a fifth of it rises or falls in the third year."""
    asked: dict[str, dict[str, int]] = {}
    for number in range(ORGANISATIONS):
        day = plan.begin + timedelta(days=30 * (number % WAVES))
        plan.fact(Onboarding, organisation_id=organisation_id(number), from_day=day)
    for role, (_, wanted) in ROLES.items():
        chosen = plan.random.sample(COMPETENCY_IDS, wanted)
        asked[role] = {each: plan.random.choice((1, 2, 2, 3)) for each in chosen}
        for competency, level in asked[role].items():
            steps = [(plan.begin - timedelta(days=100), level)]
            if plan.random.random() < 0.2:  # noqa: PLR2004 a fifth
                steps.append((plan.begin + timedelta(days=800), 3 if level < 3 else 2))  # noqa: PLR2004
            for day, asks in steps:
                plan.fact(
                    Requirement, role_profile_id=role, competency_id=competency, level=asks, from_day=day
                )
    return asked


class Life:
    """What happens to one person, in three years or less."""

    def __init__(self, plan: Plan, asked: dict[str, dict[str, int]], teams: int) -> None:
        self._plan, self._random, self._asked, self._teams = plan, plan.random, asked, teams
        person = plan.row(Person, name="", email="")
        person["name"] = f"Person {person['id']}"
        person["email"] = f"person-{person['id']}@example.org"
        self._id = person["id"]
        late = self._random.random() < 0.3  # noqa: PLR2004 three in ten come later
        self._since = plan.begin + timedelta(days=self._random.randrange(1000) if late else 0)
        self._until = plan.today

    def tell(self) -> None:
        """Posts, absences, and evidence for all that the posts ask."""
        roles = [self._post(self._since, self._team())]
        self._go_on(roles)
        if self._random.random() < 0.08:  # noqa: PLR2004 eight in a hundred were away
            self._absence()
        for competency in sorted({each for role in roles for each in self._asked[role]}):
            self._evidence(competency, self._asked[roles[-1]].get(competency, 1))

    def _team(self) -> int:
        return int(self._id - 1) // IN_A_TEAM % self._teams + 1

    def _post(self, day: date, team: int) -> str:
        weights = [weight for weight, _ in ROLES.values()]
        role = self._random.choices(list(ROLES), weights)[0]
        pillar = self._random.choices(PILLARS, (20, 30, 20, 15, 15))[0]
        self._last = self._plan.fact(
            Appointment,
            person_id=self._id,
            team_id=team,
            role_profile_id=role,
            pillar_id=pillar,
            from_day=day,
            to_day=None,
        )
        self._plan.event(day, "appointment", [self._last])
        return role

    def _go_on(self, roles: list[str]) -> None:
        """A quarter change their post, one in six leaves, and one in fifty holds a second post."""
        chance, day = self._random.random(), self._since + timedelta(days=self._random.randint(60, 900))
        if day >= self._plan.today or chance > 0.42:  # noqa: PLR2004 the rest stay
            return
        if chance < 0.25:  # noqa: PLR2004 a quarter
            self._close(day)
            roles.append(self._post(day, self._random.randint(1, self._teams)))
        elif chance < 0.4:  # noqa: PLR2004 about a sixth
            self._close(day)
            self._until = day
        else:
            roles.append(self._post(day, self._team()))

    def _close(self, day: date) -> None:
        row = self._plan.fact(Closing, appointment_id=self._last["id"], absence_id=None, day=day)
        self._plan.event(day, "appointment-ended", [row])

    def _absence(self) -> None:
        day = self._since + timedelta(days=self._random.randint(30, 900))
        back = day + timedelta(days=self._random.randint(30, 300))
        if back < self._until:
            row = self._plan.fact(Absence, person_id=self._id, from_day=day, to_day=back)
            self._plan.event(day, "absence", [row])

    def _evidence(self, competency: str, level: int) -> None:
        """About two pieces: most people are slow to begin, and some are slow to renew."""
        day = self._since + timedelta(days=self._random.randint(-200, 500))
        while day < self._until and self._random.random() < 0.88:  # noqa: PLR2004 the rest stop
            row = self._piece(competency, self._random.choice((level, level, max(1, level - 1), 4)), day)
            if self._random.random() < 0.01:  # noqa: PLR2004 one in a hundred is an error
                self._plan.event(day + timedelta(days=40), "evidence-error", [], [row])
            elif self._random.random() < 0.02:  # noqa: PLR2004 and one in fifty ends early
                end = day + timedelta(days=self._random.randint(60, 400))
                ending = self._plan.fact(
                    Ending, evidence_id=row["id"], day=end, kind=self._random.choice(list(EndingKind))
                )
                self._plan.event(end, "evidence-ended", [ending])
            day += timedelta(days=self._random.randint(200, 800))

    def _piece(self, competency: str, level: int, day: date) -> Row:
        basis = self._random.choices(list(Basis), (70, 20, 5, 5))[0]
        lasts = basis is Basis.LEARNING or self._random.random() < 0.5  # noqa: PLR2004 half of the rest
        row = self._plan.fact(
            Evidence,
            person_id=self._id,
            competency_id=competency,
            level=level,
            basis=basis,
            from_day=day,
            until_day=day + VALID if lasts else None,
            words="Shown at work",
        )
        late = self._random.randint(2, 60) if self._random.random() < 0.06 else 0  # noqa: PLR2004
        self._plan.event(max(day, self._since) + timedelta(days=late), f"evidence-{basis}", [row])
        return row
