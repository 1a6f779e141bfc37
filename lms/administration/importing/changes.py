"""Works out what the rows of one person change in the appointments that are recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from lms.administration.importing.known import KnownAppointment
from lms.administration.importing.problems import Problem
from lms.administration.importing.rows import ImportRow
from lms.administration.importing.teams import TeamPlan
from lms.core.languages import day as in_words


@dataclass(slots=True)
class Held:
    """A recorded appointment, with the end that it has once the rows before are taken in."""

    known: KnownAppointment
    end: date | None
    stated: bool = False

    def is_post_of(self, row: ImportRow, teams: TeamPlan) -> bool:
        """Whether the row is about the same team, role profile and pillar."""
        post = teams.found.get(row.team_key), row.role, row.pillar
        return post == (self.known.team_id, self.known.role, self.known.pillar)

    def is_stated_by(self, row: ImportRow, teams: TeamPlan) -> bool:
        """Whether the row is about this very appointment."""
        return self.is_post_of(row, teams) and self.known.from_day == row.from_day


@dataclass(slots=True)
class PersonChanges:
    """Rows whose appointments begin, recorded appointments that end with their day, and the counts."""

    begun: list[ImportRow] = field(default_factory=list)
    closed: list[tuple[KnownAppointment, date]] = field(default_factory=list)
    moves: int = 0
    """How many of those that begin replace one that ends."""
    unchanged: int = 0

    def add(self, other: "PersonChanges") -> None:
        """Take in the changes of another person."""
        self.begun += other.begun
        self.closed += other.closed
        self.moves += other.moves
        self.unchanged += other.unchanged


def changes_of(
    rows: Sequence[ImportRow], held: list[Held], teams: TeamPlan
) -> tuple[PersonChanges, list[Problem]]:
    """What one person's rows change. The ends in `held` become those after the import.

    A row about a recorded appointment leaves it as it is, or gives it an end. Any other row begins
    an appointment, and ends the recorded one that holds then and that no row states.
    """
    changes = PersonChanges()
    problems: list[Problem] = []
    others: list[ImportRow] = []
    for row in rows:
        same = next((each for each in held if each.is_stated_by(row, teams)), None)
        if same is None:
            others.append(row)
        else:
            same.stated = True
            problems += _settle(row, same, changes)
    for row in sorted(others, key=lambda each: each.from_day):
        found = _begin(row, held, teams, changes)
        problems += [found] if found else []
    return changes, problems


def _settle(row: ImportRow, same: Held, changes: PersonChanges) -> list[Problem]:
    if row.to_day is None or row.to_day == same.end:
        changes.unchanged += 1
    elif same.end is None or row.to_day < same.end:
        changes.closed.append((same.known, row.to_day))
        same.end = row.to_day
    else:
        message = _("This appointment is recorded as ended on %(day)s", day=in_words(same.end))
        mend = _("Write that day, and give the time after it a row of its own.")
        return [Problem(row.row, "to", row.to_day.isoformat(), message, mend)]
    return []


def _begin(row: ImportRow, held: list[Held], teams: TeamPlan, changes: PersonChanges) -> Problem | None:
    present = [each for each in held if row.overlaps(each.known.from_day, each.end)]
    same = next((each for each in present if each.is_post_of(row, teams)), None)
    if same:
        message = _("This appointment is recorded from %(day)s on", day=in_words(same.known.from_day))
        mend = _("Write %(day)s.", day=same.known.from_day.isoformat())
        return Problem(row.row, "from", row.from_day.isoformat(), message, mend)
    replaced = [each for each in present if not each.stated]
    if len(replaced) > 1:
        mend = _("Add a row for each of them that stays.")
        message = _("%(name)s holds %(number)s appointments then", name=row.name, number=len(replaced))
        return Problem(row.row, "from", row.from_day.isoformat(), message, mend)
    for each in replaced:
        if row.from_day <= each.known.from_day:
            begun = in_words(each.known.from_day)
            message = _(
                "The appointment that this one would end, in %(team)s, began on %(day)s",
                team=each.known.team,
                day=begun,
            )
            mend = _("Give a later day, or add a row for the appointment that stays.")
            return Problem(row.row, "from", row.from_day.isoformat(), message, mend)
        changes.closed.append((each.known, row.from_day))
        changes.moves += 1
        each.end = row.from_day
    changes.begun.append(row)
    return None
