"""Errors planted in the rule of the gap ledger: each is noticed, and the table says by what.

Many leave every sum as it is. They are noticed because a cause did not happen, or because the count
after a cause is not that of the day with every later cause undone.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from lms.competencies.movements import Structure
from lms.competencies.standing import PersonFacts
from tests.support.movement_rules import (
    Rule,
    each_cause_happened,
    states_are_those_of_the_day_undone,
    sums_are_counts,
)
from tests.support.planted import STANDING, Moves, Plant, exchanged, instead, moves_with
from tests.support.second_count import SecondCount
from tests.support.timelines import Timeline

FIRST_HISTORIES = 500
SUMS, CAUSES, STATES = (
    frozenset({rule}) for rule in (sums_are_counts, each_cause_happened, states_are_those_of_the_day_undone)
)
ALL = SUMS | CAUSES | STATES

PLANTS = (
    Plant(
        "gains are told in another order",
        (
            instead(
                "beginning.sort(key=lambda each: ORDER[each[0]])",
                "beginning.sort(key=lambda each: -ORDER[each[0]])",
            ),
        ),
        STATES,
    ),
    Plant(
        "losses are told in another order",
        (
            instead(
                "ending.sort(key=lambda each: ORDER[each[0]])",
                "ending.sort(key=lambda each: -ORDER[each[0]])",
            ),
        ),
        STATES,
    ),
    Plant(
        "losses come before gains",
        (
            exchanged("        beginning = [", "        ending = [", "\n    @staticmethod"),
            instead(
                "left = [piece.level for piece in self._pieces if piece.start <= day",
                "left = [piece.level for piece in self._pieces if piece.start < day",
            ),
        ),
        ALL,
    ),
    Plant(
        "the first loss of a day takes all that the others end too",
        (instead("for _, level in ending[place:]", "for _, level in ()"),),
        STATES,
    ),
    Plant(
        "a lapse is not remembered on its day",
        (instead("once = max(held.once, lost) if cause in REMEMBERED else held.once", "once = held.once"),),
        SUMS | STATES,
    ),
    Plant(
        "what was withdrawn is remembered as once held",
        (instead("REMEMBERED = {Cause.LAPSED, Cause.EDITION}", "REMEMBERED = set(Cause)"),),
        SUMS | STATES,
    ),
    Plant(
        "a gain does not make anything recorded",
        (instead("gained), ever=True", "gained), ever=held.ever"),),
        ALL,
    ),
    Plant(
        "leaving comes before going away",
        (
            exchanged(
                "        if self.person.away(day):\n            return Cause.AWAY",
                "        if day in post.span:",
                "\n    def _heads",
            ),
        ),
        CAUSES | STATES,
    ),
    Plant(
        "a team that is placed comes before a person who is back",
        (
            exchanged(
                "        if self.person.away(day - DAY):",
                "        if post.span.start < day:",
                "        return Cause.ROLE",
            ),
        ),
        CAUSES | STATES,
    ),
    Plant(
        "a person who is back comes before an organisation that comes on board",
        (
            exchanged(
                "        place = self._structure.place(post.team_id, day)\n        if place and",
                "        if self.person.away(day - DAY):",
                "        if post.span.start < day:",
            ),
        ),
        STATES,
    ),
    Plant(
        "a change of role is leaving and joining",
        (
            instead("return Cause.ROLE if counted_before else Cause.JOINED", "return Cause.JOINED"),
            instead("return Cause.ROLE if counted_now else Cause.LEFT", "return Cause.LEFT"),
        ),
        CAUSES | STATES,
    ),
    Plant(
        "whether another post counted before is asked of the day itself",
        (instead("counted_before=any(was)", "counted_before=any(now)"),),
        CAUSES | STATES,
    ),
    Plant(
        "whether another post counts now is asked of the day before",
        (instead("counted_now=any(now)", "counted_now=any(was)"),),
        CAUSES | STATES,
    ),
    Plant(
        "a requirement is told with the new standing",
        (instead("(Cause.REQUIREMENT, held)", "(Cause.REQUIREMENT, shown.on(day))"),),
        CAUSES | STATES,
    ),
    Plant(
        "a reorganisation comes before a requirement",
        (
            exchanged(
                "        causes = [(Cause.REQUIREMENT, held)] if day in asks else []\n",
                "        causes += [(Cause.REORGANISED, held)] if day in spell.places else []\n",
                "        for cause, holds in",
            ),
            instead("causes = [(Cause.REQUIREMENT", "causes += [(Cause.REQUIREMENT"),
            instead("causes += [(Cause.REORGANISED", "causes = [(Cause.REORGANISED"),
            instead(
                "at if cause is Cause.REQUIREMENT else to, Status(asked, holds)",
                "to, Status(before.asked if cause is Cause.REORGANISED else asked, holds)",
            ),
        ),
        STATES,
    ),
    Plant(
        "a requirement takes a post to its new place",
        (instead("at if cause is Cause.REQUIREMENT else to, ", "to, "),),
        CAUSES | STATES,
    ),
    Plant(
        "who leaves is taken away as on the day itself",
        (
            instead(
                "spell.went, before, None",
                "spell.went, Status(level_on(requirement, spell.end), shown.on(spell.end)), None",
            ),
        ),
        SUMS | STATES,
    ),
    Plant(
        "who comes is added as on the day before",
        (instead("shown.on(spell.start))", "shown.on(spell.start - DAY))"),),
        ALL,
    ),
    Plant(
        "evidence may end before its first day",
        (instead("max(end.day, piece.start)", "end.day"),),
        ALL,
    ),
    Plant(
        "a line is dropped that changes levels alone",
        (
            instead(
                "in lines.items() if tally}\n\n\ndef add_to",
                "in lines.items() if tally.appointments or tally.below}\n\n\ndef add_to",
            ),
        ),
        SUMS | STATES,
    ),
    Plant(
        "an organisation counts from the day after it came on board",
        (
            instead(
                "self.on_board.get(found.organisation_id, date.max) <= day",
                "self.on_board.get(found.organisation_id, date.max) < day",
            ),
        ),
        ALL,
    ),
    Plant(
        "nobody has a second post",
        (instead("if len(cells) > 1:", "if len(cells) > 2:"),),
        SUMS,
    ),
    Plant(
        "of two placements for one day the earlier written holds",
        (
            instead(
                "if start <= day:\n                found = place",
                "if start <= day and start != previous:\n                found, previous = place, start",
            ),
            instead(
                "found = None\n        for start, place", "found = previous = None\n        for start, place"
            ),
        ),
        ALL,
    ),
    Plant(
        "of two requirements for one day the higher holds",
        (instead("for start, value in steps:", "for start, value in sorted(steps):"),),
        ALL,
        STANDING,
    ),
    Plant(
        "the grace after an absence is a day short",
        (instead("GRACE_AFTER_ABSENCE = timedelta(days=60)", "GRACE_AFTER_ABSENCE = timedelta(days=59)"),),
        ALL,
        STANDING,
    ),
    Plant(
        "the grace after an absence does not move again",
        (instead("    while away := ", "    if away := "),),
        SUMS | STATES,
        STANDING,
    ),
    Plant(
        "what lapses while somebody is away lapses on its day",
        (instead("(day := after_absence(piece.until, absences))", "(day := piece.until)"),),
        SUMS | STATES,
        STANDING,
    ),
    Plant(
        "an assessment of the same level ends learning",
        (instead("other.level < piece.level", "other.level <= piece.level"),),
        ALL,
        STANDING,
    ),
    Plant(
        "an earlier assessment ends learning",
        (instead("and other.start >= piece.start", ""),),
        ALL,
        STANDING,
    ),
    Plant(
        "of two ends on one day the last names it",
        (
            instead(
                "for place, cause in enumerate(EndCause)", "for place, cause in enumerate(reversed(EndCause))"
            ),
        ),
        ALL,
        STANDING,
    ),
)


@cache
def cases() -> list[tuple[PersonFacts, Structure, SecondCount]]:
    """Everybody of the first histories, with a second count that is made once for all errors."""
    known = [Timeline(seed).known() for seed in range(FIRST_HISTORIES)]
    return [
        (person, each.structure, SecondCount(person, each.structure))
        for each in known
        for person in each.people
    ]


def noticing(moves: Moves) -> Iterator[Rule]:
    """The rules that find a fault in any of the first histories; causes add up wherever sums are counts."""
    silent = list(ALL)
    for person, structure, second in cases():
        lines = moves(person, structure)
        for rule in [each for each in silent if next(each(second, lines), None)]:
            silent.remove(rule)
            yield rule
        if not silent:
            return


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.error)
def test_a_planted_error_is_noticed(plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noticed = {rule.__name__ for rule in noticing(moves_with(plant, tmp_path, monkeypatch))}
    assert noticed == {rule.__name__ for rule in plant.noticed_by}


def test_without_an_error_nothing_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(noticing(moves_with(Plant("none", (), frozenset()), tmp_path, monkeypatch))) == set()
