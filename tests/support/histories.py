"""Histories at random: small nations in which everything is done, in time, late, ahead and in error."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from lms.competencies.models import Basis, Ending, EndingKind, Evidence, Requirement
from lms.core import clock
from lms.core.database import db
from lms.people.acts import act, void
from lms.people.models import Absence, Appointment, Closing, Fact, Onboarding, Person, Placement, Team
from tests.support import build

FIRST, LAST = date(2023, 6, 1), date(2026, 6, 1)
LEAP = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1))
ACTS, MOST_AT_ONCE = 34, 3
Event = tuple[date, Callable[[], None]]
MONTHS, GRACE = timedelta(days=30), timedelta(days=60)


class History:
    """One nation: two organisations in two regions, three teams, four people, three roles."""

    def __init__(self, seed: int, name: str) -> None:
        self.random = Random(seed)  # noqa: S311 an invented history keeps no secret
        self.regions = [build.region(f"{name}-{each}", f"Region {each}").id for each in "ab"]
        self.organisations = [
            build.organisation(f"{name}-{each}", region_id=region, on_board=None).id
            for each, region in zip("ab", self.regions, strict=True)
        ]
        self.roles = [f"{name}-role-{each}" for each in range(3)]
        self.competencies = [f"{name}-{each}" for each in ("law", "risk")]
        self.pillars = [None, f"{name}-pillar"]
        build.anchors(competencies=tuple(self.competencies), roles=tuple(self.roles))
        build.anchors(pillars=(f"{name}-pillar",))
        with act("people", None):
            self.teams = [self._kept(Team(name=f"Team {each}")) for each in range(3)]
            people = [Person(name=f"Person {each}", email=f"{each}.{name}@example.org") for each in range(4)]
            self.people = [self._kept(each) for each in people]
        self.facts: list[tuple[type[Fact], int]] = []
        self.voided: set[tuple[type[Fact], int]] = set()
        self.days: list[date] = []

    def plan(self) -> list[Event]:
        """Acts with the days on which they are written; a start that counts somebody comes first."""
        first = [(FIRST, self._begin)]
        days = sorted(self.random.choice(self._days()) for _ in range(ACTS))
        return first + [(max(day, FIRST), self._happen) for day in days]

    def _days(self) -> list[date]:
        spread = [FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days)) for _ in range(6)]
        return [*spread, *LEAP]

    def _day(self) -> date:
        """A day on which something is true: near or far, leap days often."""
        return self.random.choice(self._days())

    def _end(self, start: date) -> date | None:
        """Perhaps an end: far, at once, or before the start, which makes the span empty."""
        kind = self.random.random()
        if kind < 0.35:
            return None
        if kind < 0.45:
            return start - timedelta(days=self.random.randrange(3))
        return self._day() if kind < 0.6 else start + self.random.randrange(1, 24) * MONTHS

    def _begin(self) -> None:
        with act("begin", None, everybody=True):
            for organisation in self.organisations:
                self._add(Onboarding(organisation_id=organisation, from_day=FIRST))
            for team in self.teams:
                self._place(team, FIRST - MONTHS)
            for role in self.roles:
                self._require(role, FIRST - MONTHS)
            for person in self.people:
                self._appoint(person, FIRST)

    def _happen(self) -> None:
        """One act of one fact or several."""
        kinds = (
            (self._show, 9), (self._close, 3), (self._end_evidence, 3), (self._err, 3), (self._leave, 2),
            (self._leave_over_a_lapse, 3),
            (self._change_post, 3), (self._ask, 2), (self._move, 1), (self._onboard, 1), (self._second, 1),
        )  # fmt: skip
        things, weights = zip(*kinds, strict=True)
        with act("something", None, everybody=True):
            for thing in self.random.choices(things, weights, k=self.random.randint(1, MOST_AT_ONCE)):
                thing()

    def _show(self) -> None:
        start = self._day()
        self._add(
            Evidence(
                person_id=self.random.choice(self.people),
                competency_id=self.random.choice(self.competencies),
                level=self.random.randint(1, 4),
                basis=self.random.choice(list(Basis)),
                from_day=start,
                until_day=self._end(start),
                words="seen",
            )
        )

    def _end_evidence(self) -> None:
        found = self._one(Evidence)
        if found is not None:
            kind = self.random.choice(list(EndingKind))
            self._add(Ending(evidence_id=found, day=self._day(), kind=kind))

    def _close(self) -> None:
        kind = self.random.choice((Appointment, Absence))
        found = self._one(kind)
        if found is not None:
            subject = "appointment_id" if kind is Appointment else "absence_id"
            self._add(Closing(**{subject: found}, day=self._day()))

    def _err(self) -> None:
        """Any fact that is not in error yet turns out to be."""
        kind, key = self.random.choice([each for each in self.facts if each not in self.voided])
        self.voided.add((kind, key))
        void(db.session.get_one(kind, key))

    def _leave(self) -> None:
        start = self._day()
        self._add(Absence(person_id=self.random.choice(self.people), from_day=start, to_day=self._end(start)))

    def _leave_over_a_lapse(self) -> None:
        """Evidence ends while its person is away, who may leave again on the day of return."""
        found = self._one(Evidence)
        evidence = db.session.get_one(Evidence, found) if found is not None else None
        if evidence is None or evidence.until_day is None:
            return
        start = evidence.until_day - self._some_days()
        for _ in range(self.random.randint(1, 2)):
            end = max(start, evidence.until_day) + self._some_days()
            self._add(Absence(person_id=evidence.person_id, from_day=start, to_day=end))
            start = end

    def _some_days(self) -> timedelta:
        return timedelta(days=self.random.randint(1, 50))

    def _change_post(self) -> None:
        """One post ends and another begins the same day."""
        found = self._one(Appointment)
        if found is not None:
            day = self._day()
            self._add(Closing(appointment_id=found, day=day))
            self._appoint(db.session.get_one(Appointment, found).person_id, day)

    def _second(self) -> None:
        self._appoint(self.random.choice(self.people), self._day())

    def _ask(self) -> None:
        self._require(self.random.choice(self.roles), self._day())

    def _move(self) -> None:
        self._place(self.random.choice(self.teams), self._day())

    def _onboard(self) -> None:
        self._add(Onboarding(organisation_id=self.random.choice(self.organisations), from_day=self._day()))

    def _appoint(self, person: int, start: date) -> None:
        self._add(
            Appointment(
                person_id=person,
                team_id=self.random.choice(self.teams),
                role_profile_id=self.random.choice(self.roles),
                pillar_id=self.random.choice(self.pillars),
                from_day=start,
                to_day=self._end(start) if self.random.random() < 0.4 else None,
            )
        )

    def _require(self, role: str, day: date) -> None:
        self._add(
            Requirement(
                role_profile_id=role,
                competency_id=self.random.choice(self.competencies),
                level=self.random.randint(0, 4),
                from_day=day,
            )
        )

    def _place(self, team: int, day: date) -> None:
        place = self.random.randrange(2)
        self._add(
            Placement(
                team_id=team,
                organisation_id=self.organisations[place],
                region_id=self.regions[place],
                from_day=day,
            )
        )

    def _one(self, kind: type[Fact]) -> int | None:
        found = [key for each, key in self.facts if each is kind]
        return self.random.choice(found) if found else None

    def _add(self, fact: Fact) -> None:
        self.facts.append((type(fact), self._kept(fact)))
        found = (getattr(fact, name, None) for name in ("from_day", "to_day", "until_day", "day"))
        days = [day for day in found if day is not None]
        self.days += days
        if isinstance(fact, Absence | Closing):
            self.days += [
                days[-1] + GRACE,
                days[-1] + GRACE,
            ]  # what lapsed meanwhile ends then, the rarest of all

    def _kept(self, row: object) -> int:
        db.session.add(row)
        db.session.flush()
        return row.id  # type: ignore[attr-defined, no-any-return]


def write(seeds: range) -> list[date]:
    """Write the nations of these seeds, all in order of time; gives the days on which anything changes."""
    with clock.at(datetime.combine(FIRST - MONTHS, time(9), UTC)):
        histories = [History(seed, f"n{seed}") for seed in seeds]
    events = [event for history in histories for event in history.plan()]
    events.sort(key=lambda event: event[0])
    for some in _in_acts(events, len(seeds)):
        with clock.at(datetime.combine(some[-1][0], time(9), UTC)), act("several", None, everybody=True):
            for _, happen in some:
                happen()
    return sorted([day for day, _ in events] + [day for history in histories for day in history.days])


def _in_acts(events: list[Event], nations: int) -> Iterator[list[Event]]:
    """What happens in one act: of many nations several things, since a database has one order of acts."""
    random = Random(nations)  # noqa: S311
    while events:
        number = random.randint(1, max(1, nations))
        yield events[:number]
        events = events[number:]


def days_to_ask(random: Random, days: list[date]) -> tuple[date, date | None]:
    """A day near one on which something changes, and as known when: now, or on any such day."""
    near = timedelta(days=random.choice((-1, 0, 0, 0, 1)))
    return random.choice(days) + near, random.choice([None, random.choice(days), random.choice(days)])
