"""The gap ledger: every act writes what it moved, in its own transaction.

An act works out the movements of the people whom it touches without itself and with itself, and
appends the difference. Nothing is updated, and a lapse needs no job: its line is there already, with
the day on which it takes effect.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from lms.competencies.bulk import write_rows
from lms.competencies.cells import ids_of
from lms.competencies.folding import fold, is_kept
from lms.competencies.histories import PENDING, histories, roles_and_teams, structure_history
from lms.competencies.models import Movement
from lms.competencies.movements import Line, Lines, Presence, add_to, moves, moves_of
from lms.competencies.tally import NUMBERS, Cell, Tally
from lms.competencies.touching import Touched, touched_by
from lms.core import clock
from lms.people.acts import facts_written
from lms.people.models import Act, Fact

AT_ONCE = 500
"""How many people are loaded together."""
FOLDED_EVERY = 500
"""After so many acts one folds the ledger, so that a small installation needs no job."""
FOLDED_ABOVE = 5_000
"""An act that moves more lines folds them itself: whoever asks next would else add all of them up."""

NOTHING = Tally()
COLUMNS = ("effective", "recorded", "late", "cell_id", "competency_id", "cause", *NUMBERS)
Row = tuple[Any, ...]


@facts_written.connect
def keep(act: Act, facts: Sequence[Fact]) -> Callable[[int], None] | None:
    """Work out what an act has moved; what is given back writes it, once the act has its number.

    Before the ledger is filled nothing is kept.
    """
    if not facts or not is_kept():
        return None
    touched = touched_by(act, facts)
    lines = difference(touched)
    cells = ids_of({cell for _, cell, _, _ in lines})

    def write(no: int) -> None:
        append(lines, cells.__getitem__, no, act.at)
        if no % FOLDED_EVERY == 0 or len(lines) > FOLDED_ABOVE:
            fold()

    return write


def difference(touched: Touched) -> Lines:
    """The movements with the act that is being written, less those without it."""
    lines: Lines = {}
    for people in chunks(touched.people):
        found = histories(people, touched.competencies)
        structures = structure_history(*roles_and_teams(found.values()), touched.competencies)
        without, with_act = structures.at(PENDING - 1), structures.at(PENDING)
        for history in found.values():
            if touched.competencies is None:
                after = moves(history.at(PENDING), with_act)
                add_difference(lines, moves(history.at(PENDING - 1), without), after)
                continue
            presence = Presence(history.posts_at(PENDING), with_act)  # without the act it was the same
            for key in touched.competencies:
                after = moves_of(presence, key, history.pieces_at(PENDING, key), with_act.requirements)
                pieces = history.pieces_at(PENDING - 1, key)
                add_difference(lines, moves_of(presence, key, pieces, without.requirements), after)
    return {line: tally for line, tally in lines.items() if tally}


def add_difference(lines: Lines, before: Lines, after: Lines) -> None:
    """Add what is in `after` and not in `before`."""
    for line, tally in after.items():
        old = before.get(line)
        if old is None:
            add_to(lines, line, tally)
        elif old is not tally:
            add_to(lines, line, tally - old)
    for line in before.keys() - after.keys():
        add_to(lines, line, NOTHING - before[line])


def append(lines: Lines, id_of: Callable[[Cell], int], no: int, at: datetime) -> None:
    """Write movements under the number of their act."""
    write_rows(Movement, COLUMNS, rows_of(lines, id_of, no, at))


def rows_of(lines: Lines, id_of: Callable[[Cell], int], no: int, at: datetime) -> list[Row]:
    """Movements as they are written, under the number of their act, in order of their days."""
    today = clock.london_day(at)
    return [
        (day, no, day < today, id_of(cell), competency, cause.value, *tally.numbers)
        for (day, cell, competency, cause), tally in sorted(lines.items(), key=_by_day)
    ]


def chunks(people: Iterable[int]) -> Iterator[list[int]]:
    """People in the order of their ids, so many as are loaded together."""
    ordered = sorted(people)
    return (ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE))


def _by_day(item: tuple[Line, Tally]) -> date:
    return item[0][0]
