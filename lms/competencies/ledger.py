"""The gap ledger: every act writes what it moved, in its own transaction.

An act works out the movements of the people whom it touches without itself and with itself, and
appends the difference. Nothing is updated, and a lapse needs no job: its line is there already, with
the day on which it takes effect.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import insert

from lms.competencies.cells import ids_of
from lms.competencies.folding import fold, is_kept
from lms.competencies.histories import PENDING, histories, roles_and_teams, structure_history
from lms.competencies.models import Movement
from lms.competencies.movements import Line, Lines, moves
from lms.competencies.tally import NUMBERS, Cell, Tally
from lms.competencies.touching import Touched, touched_by
from lms.core import clock
from lms.core.database import db
from lms.people.acts import facts_written
from lms.people.models import Act, Fact

AT_ONCE = 250
"""How many people are loaded together."""
FOLDED_EVERY = 500
"""After so many acts one folds the ledger, so that a small installation needs no job."""


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
        if no % FOLDED_EVERY == 0:
            fold()

    return write


def difference(touched: Touched) -> Lines:
    """The movements with the act that is being written, less those without it."""
    lines: Lines = defaultdict(Tally)
    for people in chunks(touched.people):
        found = histories(people, touched.competencies)
        structures = structure_history(*roles_and_teams(found.values()), touched.competencies)
        without, with_act = structures.at(PENDING - 1), structures.at(PENDING)
        for history in found.values():
            after = moves(history.at(PENDING), with_act, touched.competencies)
            add_difference(lines, moves(history.at(PENDING - 1), without, touched.competencies), after)
    return {line: tally for line, tally in lines.items() if tally}


def add_difference(lines: Lines, before: Lines, after: Lines) -> None:
    """Add what is in `after` and not in `before`."""
    if before == after:
        return
    for line, tally in after.items():
        lines[line].merge(tally)
    for line, tally in before.items():
        lines[line].merge(tally, -1)


def append(lines: Lines, id_of: Callable[[Cell], int], no: int, at: datetime) -> None:
    """Write movements under the number of their act."""
    if rows := rows_of(lines, id_of, no, at):
        db.session.execute(insert(Movement), rows)


def rows_of(lines: Lines, id_of: Callable[[Cell], int], no: int, at: datetime) -> list[dict[str, object]]:
    """Movements as they are written, under the number of their act."""
    today = clock.london_day(at)
    return [
        {
            "effective": day,
            "recorded": no,
            "late": day < today,
            "cell_id": id_of(cell),
            "competency_id": competency,
            "cause": cause,
            **dict(zip(NUMBERS, tally.numbers, strict=True)),
        }
        for (day, cell, competency, cause), tally in sorted(lines.items(), key=_by_day)
    ]


def chunks(people: Iterable[int]) -> Iterator[list[int]]:
    """People in the order of their ids, so many as are loaded together."""
    ordered = sorted(people)
    return (ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE))


def _by_day(item: tuple[Line, Tally]) -> tuple[date, str, str]:
    (day, _, competency, cause), _ = item
    return day, competency, cause
