"""What counts on a day: rules 2 and 3 of the domain, one test a sentence."""

from datetime import date, timedelta

from lms.competencies.models import Basis, EndingKind
from lms.competencies.standing import (
    Below,
    EndCause,
    Piece,
    Requirements,
    Span,
    State,
    after_absence,
    end_of,
    standing_on,
)

START = date(2026, 1, 1)


def piece(
    level: int,
    start: date = START,
    until: date | None = None,
    basis: Basis = Basis.IMPORT,
    *endings: tuple[date, EndingKind],
) -> Piece:
    piece.number += 1  # type: ignore[attr-defined]
    return Piece(piece.number, "law", level, basis, start, until, endings=endings)  # type: ignore[attr-defined]


piece.number = 0  # type: ignore[attr-defined]


def test_nothing_is_level_0() -> None:
    assert standing_on([], [], START).level == 0


def test_the_highest_level_that_counts_is_the_standing() -> None:
    low, high = piece(1), piece(3, until=date(2026, 6, 1))
    assert standing_on([low, high], [], date(2026, 5, 31)).level == 3
    assert standing_on([low, high], [], date(2026, 6, 1)).level == 1


def test_until_is_the_first_day_that_no_longer_counts() -> None:
    held = piece(2, until=date(2026, 6, 1))
    assert standing_on([held], [], date(2026, 5, 31)).until == date(2026, 6, 1)
    assert standing_on([held], [], date(2026, 6, 1)).level == 0


def test_of_two_pieces_of_one_level_the_one_that_counts_longer_is_shown() -> None:
    short, long = piece(2, until=date(2026, 6, 1)), piece(2, until=date(2027, 6, 1))
    assert standing_on([long, short], [], START).by == long


def test_evidence_that_begins_later_does_not_count_yet() -> None:
    assert standing_on([piece(2, date(2026, 2, 1))], [], START) == standing_on([], [], START)


def test_a_lower_assessment_ends_learning_above_it_from_that_day() -> None:
    learned = piece(2, basis=Basis.LEARNING)
    assessed = piece(1, date(2026, 3, 1), basis=Basis.ASSESSMENT)
    assert standing_on([learned, assessed], [], date(2026, 2, 28)).level == 2
    assert standing_on([learned, assessed], [], date(2026, 3, 1)).level == 1
    assert end_of(learned, [learned, assessed], []) is not None


def test_an_assessment_before_the_learning_does_not_end_it() -> None:
    assessed = piece(1, date(2025, 3, 1), basis=Basis.ASSESSMENT)
    learned = piece(2, basis=Basis.LEARNING)
    assert standing_on([learned, assessed], [], START).level == 2


def test_learning_passed_after_the_assessment_counts_again() -> None:
    first = piece(2, basis=Basis.LEARNING)
    assessed = piece(1, date(2026, 3, 1), basis=Basis.ASSESSMENT)
    again = piece(2, date(2026, 4, 1), basis=Basis.LEARNING)
    assert standing_on([first, assessed, again], [], date(2026, 4, 1)).level == 2


def test_a_lower_assessment_ends_no_assessment_and_no_qualification() -> None:
    for basis in (Basis.ASSESSMENT, Basis.QUALIFICATION, Basis.IMPORT):
        kept = piece(3, basis=basis)
        lower = piece(1, date(2026, 3, 1), basis=Basis.ASSESSMENT)
        assert standing_on([kept, lower], [], date(2026, 3, 2)).level == 3


def test_what_lapses_while_away_lapses_60_days_after_the_return() -> None:
    held = piece(2, until=date(2026, 6, 1))
    away = [Span(date(2026, 5, 1), date(2026, 9, 1))]
    back = date(2026, 9, 1) + timedelta(days=60)
    assert standing_on([held], away, back - timedelta(days=1)).level == 2
    assert standing_on([held], away, back).level == 0


def test_what_lapses_before_or_after_the_absence_keeps_its_day() -> None:
    away = [Span(date(2026, 5, 1), date(2026, 9, 1))]
    assert after_absence(date(2026, 4, 30), away) == date(2026, 4, 30)
    assert after_absence(date(2026, 9, 1), away) == date(2026, 9, 1)


def test_an_absence_without_an_end_keeps_evidence_alive() -> None:
    assert end_of(piece(2, until=date(2026, 6, 1)), [], [Span(date(2026, 5, 1))]) is None


def test_absences_that_meet_or_follow_are_one_span_of_waiting() -> None:
    meeting = [Span(date(2026, 5, 1), date(2026, 9, 1)), Span(date(2026, 8, 1), date(2026, 10, 1))]
    assert after_absence(date(2026, 6, 1), meeting) == date(2026, 10, 1) + timedelta(days=60)
    again = [Span(date(2026, 5, 1), date(2026, 9, 1)), Span(date(2026, 10, 1), date(2026, 12, 1))]
    assert after_absence(date(2026, 6, 1), again) == date(2026, 12, 1) + timedelta(days=60)


def test_a_withdrawal_is_not_put_off_by_an_absence() -> None:
    ended = piece(2, START, None, Basis.ASSESSMENT, (date(2026, 6, 1), EndingKind.WITHDRAWN))
    away = [Span(date(2026, 5, 1), date(2026, 9, 1))]
    end = end_of(ended, [ended], away)
    assert end is not None
    assert (end.day, end.cause) == (date(2026, 6, 1), EndCause.WITHDRAWN)


def test_on_one_day_lapsed_is_named_before_edition_and_withdrawn() -> None:
    day = date(2026, 6, 1)
    ended = piece(2, START, day, Basis.LEARNING, (day, EndingKind.WITHDRAWN), (day, EndingKind.EDITION))
    end = end_of(ended, [ended], [])
    assert end is not None
    assert end.cause is EndCause.LAPSED


def test_below_says_which_of_three_kinds() -> None:
    lapsed = piece(2, until=date(2026, 6, 1))
    later = date(2026, 7, 1)
    assert State(2, standing_on([], [], later)).below is Below.UNRECORDED
    assert State(2, standing_on([lapsed], [], later)).below is Below.LAPSED
    assert State(3, standing_on([lapsed], [], later)).below is Below.SHORT
    assert State(2, standing_on([piece(1)], [], later)).below is Below.SHORT
    assert State(2, standing_on([piece(2)], [], later)).below is None


def test_what_was_withdrawn_never_counts_as_lapsed() -> None:
    ended = piece(2, START, None, Basis.ASSESSMENT, (date(2026, 6, 1), EndingKind.WITHDRAWN))
    assert State(2, standing_on([ended], [], date(2026, 7, 1))).below is Below.SHORT


def test_a_requirement_counts_from_its_day_and_0_asks_nothing() -> None:
    kept = Requirements({("buyer", "law"): [(START, 2), (date(2026, 6, 1), 3), (date(2026, 9, 1), 0)]})
    assert kept.on("buyer", START - timedelta(days=1)) == {}
    assert kept.on("buyer", START) == {"law": 2}
    assert kept.on("buyer", date(2026, 6, 1)) == {"law": 3}
    assert kept.on("buyer", date(2026, 9, 1)) == {}
    assert kept.on("other", START) == {}
