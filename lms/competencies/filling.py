"""Fills the ledger of an installation that has none yet, act by act as it would have been kept."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain

from sqlalchemy import delete, select

from lms.competencies.bulk import without_indexes, write_rows
from lms.competencies.cells import ids_of
from lms.competencies.folding import fold, is_kept
from lms.competencies.histories import (
    PersonHistory,
    StructureHistory,
    histories,
    roles_and_teams,
    structure_history,
)
from lms.competencies.ledger import COLUMNS, add_difference, chunks, rows_of
from lms.competencies.models import RULE, Balance, CellRow, Flow, Ledger, Movement, Rollup
from lms.competencies.movements import Lines, Presence, Structure, moves_of
from lms.competencies.sheets import forget
from lms.competencies.standing import PersonFacts
from lms.core import clock
from lms.core.database import db, writing
from lms.core.migrations import upgraded
from lms.people.acts import hold_acts
from lms.people.models import Act, Appointment

Say = Callable[[str], None]
HEADS = "(heads)"
"""Stands in the place of a competency for the lines of head counts."""


@upgraded.connect
def begin(_sender: object) -> None:
    """Fill the ledger of a database that comes from a schema without one."""
    fill()


@contextmanager
def filled_afterwards(say: Say) -> Iterator[None]:
    """Write many acts at once without the ledger, and fill it at their end; until then nobody can read it."""
    with writing():
        db.session.execute(delete(Ledger))
    yield
    fill(say)


def fill(say: Say = lambda _words: None) -> bool:
    """Write the movements of all acts so far and begin to keep the ledger; False when it is kept already."""
    if is_kept():
        return False
    with writing():
        hold_acts()
        if is_kept():
            return False  # somebody else filled it while this one waited
        for table in (Ledger, Movement, Balance, Flow, Rollup, CellRow):
            db.session.execute(delete(table))
        with without_indexes((Movement,)):
            _write_movements(say)
        db.session.add(Ledger(id=RULE, folds=0, folded_to=0, day=clock.today()))
        db.session.flush()
        fold()
    forget()
    return True


def _write_movements(say: Say) -> None:
    """The movements of everybody, so many people at a time that what is held in memory stays small."""
    moments = dict(db.session.execute(select(Act.no, Act.at).where(Act.no.is_not(None))).all())
    people = list(db.session.scalars(select(Appointment.person_id).distinct()))
    done = 0
    for group in chunks(people):
        by_act = _movements(group)
        cells = ids_of({cell for lines in by_act.values() for _, cell, _, _ in lines})
        rows = (rows_of(lines, cells.__getitem__, no, moments[no]) for no, lines in sorted(by_act.items()))
        write_rows(Movement, COLUMNS, list(chain.from_iterable(rows)))
        done += len(group)
        say(f"The ledger of {done} of {len(people)} people")


def _movements(people: list[int]) -> dict[int, Lines]:
    """What each act moved for these people."""
    found = histories(people)
    structures = _Structures(structure_history(*roles_and_teams(found.values())))
    by_act: dict[int, Lines] = defaultdict(dict)
    for history in found.values():
        _follow(history, structures, by_act)
    return {no: {line: tally for line, tally in lines.items() if tally} for no, lines in by_act.items()}


def _follow(history: PersonHistory, structures: "_Structures", by_act: dict[int, Lines]) -> None:
    """Go through the acts that touched one person, each compared with the one before."""
    touched = history.touched()
    for no, competencies in structures.touching(history).items():
        own = touched.setdefault(no, set())
        if own is not None:
            touched[no] = None if competencies is None else own | competencies
    before: dict[str, Lines] = {}
    presence = Presence(PersonFacts(), structures.at(0))
    for no, competencies in sorted(touched.items()):
        structure, after = structures.at(no), {}
        if competencies is None:
            presence = Presence(history.posts_at(no), structure)
            after[HEADS] = presence.heads()
        for key in presence.asked(structure.requirements) if competencies is None else competencies:
            after[key] = moves_of(presence, key, history.pieces_at(no, key), structure.requirements)
        for key in before.keys() | after.keys() if competencies is None else competencies:
            add_difference(by_act[no], before.get(key, {}), after.get(key, {}))
            before[key] = after.get(key, {})


class _Structures:
    """The structure as known at any act; built once for each act that changed it."""

    def __init__(self, history: StructureHistory) -> None:
        self._history = history
        self._built: dict[int, Structure] = {}
        self._numbers = sorted({no for entry in history.entries() for no in (entry.written, entry.voided)})

    def at(self, no: int) -> Structure:
        """The structure as known at an act."""
        changed = bisect_right(self._numbers, no)
        if changed not in self._built:
            self._built[changed] = self._history.at(no)
        return self._built[changed]

    def touching(self, history: PersonHistory) -> dict[int, set[str] | None]:
        """The acts that changed what this person's roles ask, or where the teams stand."""
        roles, teams = roles_and_teams([history])
        return self._history.touched(roles, teams)
