"""A second count of one day from a person's facts, by the written rule alone.

It shares no code with the product beyond the classes that hold facts. It goes through the days one
by one where the product works out spans, and counts a day afresh where the product goes on from
the day before. The order of the causes is written down here once more, apart from the product's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from lms.competencies.movements import Structure
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece
from lms.competencies.tally import Cell

GAINS = ("learning", "assessment", "qualification", "import")
LOSSES = ("lapsed", "edition", "assessment-ended", "withdrawn")
ORDER = (
    "onboarded", "joined", "left", "away", "role", "requirement", "reorganised", *GAINS, *LOSSES,
)  # fmt: skip
"""What happens on a day, in the order in which it is told."""
LAST = ORDER[-1]
AWAY, SECOND_POST = "(away)", "(second post)"
DAY, RETURN = timedelta(days=1), timedelta(days=60)
Numbers = tuple[int, ...]
"""Appointments, unrecorded, lapsed, short, missing, practitioners and experts."""
NOTHING: Numbers = (0,) * 7
Count = dict[tuple[Cell, str], Numbers]


class SecondCount:
    """What one person adds to the count of a day."""

    def __init__(self, person: PersonFacts, structure: Structure) -> None:
        self.person, self.structure = person, structure
        self.posts = person.appointments
        self.competencies = sorted({competency for _, competency in structure.requirements.rows})
        self._gone = min((each.start for each in person.absences if each.end is None), default=date.max)
        self._away = set(_days_of((each.start, each.end) for each in person.absences))
        self._ends = {
            piece.id: self._end(piece, pieces) for pieces in person.pieces.values() for piece in pieces
        }
        self._cells: dict[tuple[int, date], Cell | None] = {}
        self._kept: dict[tuple[date, str], Count] = {}

    def on(self, day: date) -> Count:
        """The count of a day; keys that count nothing are left out."""
        return self.after(day, LAST)

    def after(self, day: date, cause: str) -> Count:
        """The count of a day with every later cause of that day undone; head counts with the last alone."""
        if (day, cause) not in self._kept:
            self._kept[day, cause] = self._count(day, ORDER.index(cause))
        return self._kept[day, cause]

    def change_days(self) -> list[date]:
        """Every day that a fact names, those that absences move ends to, and no other."""
        days = {day for post in self.posts for day in (post.span.start, post.span.end)}
        days |= {day for span in self.person.absences for day in (span.start, span.end)}
        days |= {day for rows in self.structure.placements.values() for day, _ in rows}
        days |= {day for rows in self.structure.requirements.rows.values() for day, _ in rows}
        days |= set(self.structure.on_board.values())
        days |= {piece.start for pieces in self.person.pieces.values() for piece in pieces}
        days |= {day for day, _ in self._ends.values()}
        return sorted(day for day in days if day and day != date.max)

    def away(self, day: date) -> bool:
        return day in self._away or day >= self._gone

    def seat(self, post: AppointmentFacts, day: date) -> Cell | None:
        """Where a post would count on a day if its person were not away."""
        rows = list(enumerate(self.structure.placements.get(post.team_id, ())))
        begun = [(start, number, place) for number, (start, place) in rows if start <= day]
        if not begun or not _holds(post.span.start, post.span.end, day):
            return None
        place = max(begun, key=lambda each: each[:2])[2]
        if self.structure.on_board.get(place.organisation_id, date.max) > day:
            return None
        return Cell(place.region_id, place.organisation_id, post.team_id, post.role_profile, post.pillar)

    def cell(self, post: AppointmentFacts, day: date) -> Cell | None:
        """Where a post counts on a day."""
        if (post.id, day) not in self._cells:
            self._cells[post.id, day] = None if self.away(day) else self.seat(post, day)
        return self._cells[post.id, day]

    def any_counts(self, day: date) -> bool:
        return any(self.cell(post, day) for post in self.posts)

    def asked(self, role: str, competency: str, day: date) -> int:
        """The level asked on a day: that of the latest day, and of two for one day the last written."""
        level, latest = 0, date.min
        for start, value in self.structure.requirements.rows.get((role, competency), ()):
            if latest <= start <= day:
                level, latest = value, start
        return level

    def begins(self, competency: str, day: date) -> set[str]:
        """The bases of evidence that starts on a day."""
        return {str(piece.basis) for piece in self._of(competency) if piece.start == day}

    def ends(self, competency: str, day: date) -> set[str]:
        """The causes by which evidence stops to count on a day."""
        return {self._ends[piece.id][1] for piece in self._of(competency) if self._ends[piece.id][0] == day}

    def arrival(self, post: AppointmentFacts, day: date) -> str:
        """Why a post begins to count."""
        seat = self.seat(post, day)
        if seat and self.structure.on_board[seat.organisation] == day:
            return "onboarded"
        if self.away(day - DAY):
            return "away"
        if _holds(post.span.start, post.span.end, day - DAY):
            return "reorganised"
        return "role" if self.any_counts(day - DAY) else "joined"

    def departure(self, post: AppointmentFacts, day: date) -> str:
        """Why a post ceases to count."""
        if self.away(day):
            return "away"
        if _holds(post.span.start, post.span.end, day):
            return "reorganised"
        return "role" if self.any_counts(day) else "left"

    def _of(self, competency: str) -> Sequence[Piece]:
        return self.person.pieces.get(competency, ())

    def _count(self, day: date, told: int) -> Count:
        found: dict[tuple[Cell, str], list[Numbers]] = defaultdict(list)
        for post in self.posts:
            for competency in self.competencies:
                cell, numbers = self._told(post, competency, day, told)
                if cell:
                    found[cell, competency].append(numbers)
        if told == len(ORDER) - 1:
            for cell, subject in self._heads(day):
                found[cell, subject].append((1, 0, 0, 0, 0, 0, 0))
        added = {key: _added(several) for key, several in found.items()}
        return {key: numbers for key, numbers in added.items() if any(numbers)}

    def _told(
        self, post: AppointmentFacts, competency: str, day: date, told: int
    ) -> tuple[Cell | None, Numbers]:
        """Where a post counts and what it adds, when a day has been told up to a cause."""

        def is_told(cause: str) -> bool:
            return ORDER.index(cause) <= told

        eve = day - DAY
        was, now = self.cell(post, eve), self.cell(post, day)
        if was and now:
            asked = self.asked(post.role_profile, competency, day if is_told("requirement") else eve)
            cell = now if is_told("reorganised") else was
            return cell, self._numbers(competency, asked, day, told)
        if now and is_told(self.arrival(post, day)):
            asked = self.asked(post.role_profile, competency, day)
            return now, self._numbers(competency, asked, day, len(ORDER))
        if was and not now and not is_told(self.departure(post, day)):
            asked = self.asked(post.role_profile, competency, eve)
            return was, self._numbers(competency, asked, eve, len(ORDER))
        return None, NOTHING

    def _numbers(self, competency: str, asked: int, day: date, told: int) -> Numbers:
        """What one appointment adds, when what begins and ends on a day counts up to a cause alone."""
        if not asked:
            return NOTHING
        held, once, ever = 0, 0, False
        for piece in self._of(competency):
            end, why = self._ends[piece.id]
            untold = piece.start == day and ORDER.index(str(piece.basis)) > told
            if piece.start > day or untold:
                continue
            ever = True
            if end > day or (end == day and ORDER.index(why) > told):
                held = max(held, piece.level)
            elif why in {"lapsed", "edition"}:
                once = max(once, piece.level)
        missing = max(0, asked - held)
        unrecorded = int(bool(missing) and not ever)
        lapsed = int(bool(missing) and ever and once >= asked)
        short = int(bool(missing) and ever and once < asked)
        return 1, unrecorded, lapsed, short, missing, int(held == 3), int(held == 4)

    def _heads(self, day: date) -> Iterator[tuple[Cell, str]]:
        seats = [seat for post in self.posts if (seat := self.seat(post, day))]
        if self.away(day):
            yield from ((seat, AWAY) for seat in seats)
        elif len(seats) >= 2:
            yield from ((seat, SECOND_POST) for seat in seats)

    def _end(self, piece: Piece, pieces: Iterable[Piece]) -> tuple[date, str]:
        """The first day on which a piece no longer counts, never before its own, and why."""
        found: list[tuple[date, int]] = []
        if piece.until is not None:
            found.append((self._moved(piece.until), LOSSES.index("lapsed")))
        for day, kind in piece.endings:
            moved = self._moved(day) if kind == "edition" else day
            found.append((moved, LOSSES.index(str(kind))))
        if piece.basis == "learning":
            found += [
                (each.start, LOSSES.index("assessment-ended"))
                for each in pieces
                if each.basis == "assessment" and each.level < piece.level and each.start >= piece.start
            ]
        end, why = min(found, default=(date.max, 0))
        return max(end, piece.start), LOSSES[why]

    def _moved(self, day: date) -> date:
        """A day on which somebody is away becomes the sixtieth after the first day back; or no day."""
        while self.away(day):
            while self.away(day):
                if day >= self._gone:
                    return date.max
                day += DAY
            day += RETURN
        return day


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)


def _days_of(spans: Iterable[tuple[date, date | None]]) -> Iterator[date]:
    for start, end in spans:
        day = start
        while end is not None and day < end:
            yield day
            day += DAY


def _added(several: Iterable[Numbers]) -> Numbers:
    return tuple(map(sum, zip(*several, strict=True)))
