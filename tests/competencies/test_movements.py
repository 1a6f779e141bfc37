"""What moves a count and under which name, one test a sentence of the rule."""

from datetime import date, timedelta

from lms.competencies.models import Basis, EndingKind
from lms.competencies.movements import AWAY, SECOND_POST, Structure, moves
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Requirements, Span
from lms.competencies.tally import Cell, Tally
from lms.core.dates import add_months
from lms.people.structure import Place

START, DAY, LATER = date(2023, 1, 1), date(2024, 5, 1), date(2024, 9, 1)
EVE = DAY - timedelta(days=1)
ALDER, BIRCH, CEDAR = Place("alder", "north"), Place("birch", "south"), Place("cedar", "south")
EDITION, WITHDRAWN = EndingKind.EDITION, EndingKind.WITHDRAWN
MET = Tally(appointments=1)
UNRECORDED = Tally(appointments=1, unrecorded=1, missing=2)


class Numbered:
    """Facts with numbers of their own."""

    last = 0

    @classmethod
    def next(cls) -> int:
        cls.last += 1
        return cls.last


def post(
    start: date = START, end: date | None = None, *, team: int = 1, role: str = "buyer"
) -> AppointmentFacts:
    return AppointmentFacts(Numbered.next(), 1, team, role, None, Span(start, end))


def piece(
    level: int = 2,
    start: date = START,
    until: date | None = None,
    basis: Basis = Basis.QUALIFICATION,
    *endings: tuple[date, EndingKind],
) -> Piece:
    return Piece(Numbered.next(), "law", level, basis, start, until, endings=endings)


def somebody(
    *posts: AppointmentFacts, shown: tuple[Piece, ...] = (), absences: tuple[Span, ...] = ()
) -> PersonFacts:
    return PersonFacts(list(posts or [post()]), list(absences), {"law": list(shown)})


def structure(
    *,
    placements: dict[int, list[tuple[date, Place]]] | None = None,
    on_board: dict[str, date] | None = None,
    asked: dict[str, list[tuple[date, int]]] | None = None,
) -> Structure:
    """Teams 1 and 2 in alder and birch, both on board, and level 2 asked of buyers and leads."""
    asks = asked or {"buyer": [(START, 2)], "lead": [(START, 2)]}
    return Structure(
        placements or {1: [(START, ALDER)], 2: [(START, BIRCH)]},
        on_board or {"alder": START, "birch": START},
        Requirements({(role, "law"): steps for role, steps in asks.items()}),
    )


USUAL = structure()


def lines(person: PersonFacts, within: Structure = USUAL) -> dict[tuple[date, str], Tally]:
    """The movements after the first day, of all cells together; two legs may come to nothing."""
    found: dict[tuple[date, str], Tally] = {}
    for (day, _, _, cause), tally in moves(person, within, ["law"]).items():
        if day > START:
            found.setdefault((day, str(cause)), Tally()).merge(tally)
    return found


def causes(person: PersonFacts, within: Structure = USUAL) -> list[tuple[date, str]]:
    """The days after the first with the causes that they name."""
    return list(lines(person, within))


# Coming and going


def test_a_post_is_counted_from_its_first_day_to_its_last() -> None:
    person = somebody(post(DAY, LATER))
    assert moves(person, USUAL, ["law"]) == {
        (DAY, Cell("north", "alder", 1, "buyer", None), "law", "joined"): UNRECORDED,
        (LATER, Cell("north", "alder", 1, "buyer", None), "law", "left"): Tally(-1, -1, 0, 0, -2),
    }


def test_left_and_back_is_left_and_joined() -> None:
    person = somebody(post(end=DAY), post(LATER))
    assert causes(person) == [(DAY, "left"), (LATER, "joined")]


def test_all_on_the_joining_day_is_joined() -> None:
    within = structure(asked={"buyer": [(START, 1), (DAY, 2)]})
    assert lines(somebody(post(DAY), shown=(piece(2, DAY),)), within) == {(DAY, "joined"): MET}


def test_all_on_the_last_day_is_left() -> None:
    person = somebody(post(end=DAY), shown=(piece(2, START, DAY),))
    assert lines(person) == {(DAY, "left"): Tally(appointments=-1)}


def test_a_post_renewed_in_place_has_no_line() -> None:
    assert lines(somebody(post(end=DAY), post(DAY))) == {}


def test_one_post_ended_and_another_begun_the_same_day_is_role_both_legs() -> None:
    every = moves(somebody(post(end=DAY), post(DAY, team=2, role="lead")), USUAL, ["law"])
    assert {line: tally for line, tally in every.items() if line[0] == DAY} == {
        (DAY, Cell("north", "alder", 1, "buyer", None), "law", "role"): Tally(-1, -1, 0, 0, -2),
        (DAY, Cell("south", "birch", 2, "lead", None), "law", "role"): UNRECORDED,
    }


def test_a_second_post_begins_and_ends_as_role() -> None:
    assert causes(somebody(post(), post(DAY, LATER, team=2))) == [(DAY, "role"), (LATER, "role")]


def test_a_second_post_where_nothing_is_asked_makes_the_first_a_change_of_role() -> None:
    within = structure(asked={"buyer": [(START, 2)]})
    assert causes(somebody(post(end=DAY), post(role="lead")), within) == [(DAY, "role")]


def test_a_post_with_an_empty_span_is_ignored() -> None:
    assert lines(somebody(post(), post(LATER, DAY), post(DAY, DAY))) == {}


# Which name comes first


def test_an_organisation_comes_on_board_with_all_who_are_there() -> None:
    within = structure(on_board={"alder": DAY})
    assert lines(somebody(), within) == {(DAY, "onboarded"): UNRECORDED}


def test_onboarded_comes_before_back_from_an_absence() -> None:
    within = structure(on_board={"alder": DAY})
    assert causes(somebody(absences=(Span(START, DAY),)), within) == [(DAY, "onboarded")]


def test_onboarded_comes_before_joined() -> None:
    assert causes(somebody(post(DAY)), structure(on_board={"alder": DAY})) == [(DAY, "onboarded")]


def test_back_from_an_absence_comes_before_a_team_that_is_placed() -> None:
    within = structure(placements={1: [(DAY, ALDER)]})
    assert causes(somebody(absences=(Span(START, DAY),)), within) == [(DAY, "away")]


def test_back_from_an_absence_comes_before_a_new_post() -> None:
    person = somebody(post(end=DAY), post(DAY, team=2), absences=(Span(EVE, DAY),))
    assert causes(person) == [(EVE, "away"), (DAY, "away")]


def test_a_team_that_is_placed_comes_before_a_change_of_role() -> None:
    within = structure(placements={1: [(START, ALDER)], 2: [(DAY, BIRCH)]})
    assert causes(somebody(post(), post(team=2)), within) == [(DAY, "reorganised")]


def test_a_team_that_is_placed_on_the_first_day_of_a_post_is_no_reorganisation() -> None:
    assert causes(somebody(post(DAY)), structure(placements={1: [(DAY, ALDER)]})) == [(DAY, "joined")]


def test_away_comes_before_leaving() -> None:
    assert causes(somebody(post(end=DAY), absences=(Span(DAY),))) == [(DAY, "away")]


def test_a_team_that_moves_out_of_what_is_counted_is_reorganised_and_comes_back_so() -> None:
    within = structure(placements={1: [(START, ALDER), (DAY, CEDAR), (LATER, BIRCH)]})
    found = lines(somebody(), within)
    assert {line: tally.appointments for line, tally in found.items()} == {
        (DAY, "reorganised"): -1,
        (LATER, "reorganised"): 1,
    }


def test_a_team_that_moves_takes_its_people_along() -> None:
    within = structure(placements={1: [(START, ALDER), (DAY, BIRCH)]})
    found = {line[1].region: tally for line, tally in moves(somebody(), within).items() if line[0] == DAY}
    assert found == {"north": Tally(-1, -1, 0, 0, -2), "south": UNRECORDED}


def test_a_team_without_a_placement_is_not_counted() -> None:
    assert moves(somebody(post(team=3)), USUAL) == {}


def test_an_organisation_that_never_comes_on_board_is_not_counted() -> None:
    assert moves(somebody(), structure(placements={1: [(START, CEDAR)]})) == {}


def test_absences_that_touch_or_overlap_are_one() -> None:
    person = somebody(absences=(Span(EVE, DAY), Span(DAY, LATER), Span(DAY, DAY + timedelta(days=9))))
    assert causes(person) == [(EVE, "away"), (LATER, "away")]


# What is asked


def test_a_requirement_may_open_and_close() -> None:
    within = structure(asked={"buyer": [(START, 2), (DAY, 4), (LATER, 1)]})
    assert lines(somebody(shown=(piece(3),)), within) == {
        (DAY, "requirement"): Tally(short=1, missing=1),
        (LATER, "requirement"): Tally(short=-1, missing=-1),
    }


def test_what_asks_nothing_is_not_counted() -> None:
    within = structure(asked={"buyer": [(START, 0), (DAY, 2), (LATER, 0)]})
    assert lines(somebody(), within) == {
        (DAY, "requirement"): UNRECORDED,
        (LATER, "requirement"): Tally(-1, -1, 0, 0, -2),
    }


def test_of_two_requirements_for_one_day_the_later_written_holds() -> None:
    within = structure(asked={"buyer": [(START, 2), (DAY, 4), (DAY, 2)]})
    assert lines(somebody(), within) == {}


def test_a_requirement_moves_by_what_was_held_the_day_before_and_evidence_by_the_new_one() -> None:
    within = structure(asked={"buyer": [(START, 2), (DAY, 3)]})
    assert lines(somebody(shown=(piece(2), piece(3, DAY))), within) == {
        (DAY, "requirement"): Tally(short=1, missing=1),
        (DAY, "qualification"): Tally(short=-1, missing=-1, practitioners=1),
    }


# What is held


def test_a_renewal_on_the_day_of_lapse_moves_nothing() -> None:
    assert lines(somebody(shown=(piece(2, START, DAY), piece(2, DAY)))) == {}


def test_a_renewal_after_the_lapse_moves_both_ways() -> None:
    assert lines(somebody(shown=(piece(2, START, DAY), piece(2, LATER, None, Basis.LEARNING)))) == {
        (DAY, "lapsed"): Tally(lapsed=1, missing=2),
        (LATER, "learning"): Tally(lapsed=-1, missing=-2),
    }


def test_of_two_gains_on_one_day_learning_is_told_first() -> None:
    both = (piece(1, DAY, None, Basis.IMPORT), piece(2, DAY, None, Basis.LEARNING))
    assert lines(somebody(shown=both)) == {(DAY, "learning"): Tally(unrecorded=-1, missing=-2)}


def test_a_gain_tells_only_what_the_one_before_it_left() -> None:
    both = (piece(1, DAY, None, Basis.LEARNING), piece(2, DAY, None, Basis.ASSESSMENT))
    assert lines(somebody(shown=both)) == {
        (DAY, "learning"): Tally(unrecorded=-1, short=1, missing=-1),
        (DAY, "assessment"): Tally(short=-1, missing=-1),
    }


def test_of_two_losses_on_one_day_each_tells_its_own_part() -> None:
    both = (piece(2, START, DAY), piece(1, START, None, Basis.IMPORT, (DAY, WITHDRAWN)))
    assert lines(somebody(shown=both)) == {
        (DAY, "lapsed"): Tally(lapsed=1, missing=1),
        (DAY, "withdrawn"): Tally(missing=1),
    }


def test_a_lapse_below_higher_evidence_moves_nothing_yet_is_remembered() -> None:
    both = (piece(2, START, DAY), piece(3, START, None, Basis.IMPORT, (LATER, WITHDRAWN)))
    assert lines(somebody(shown=both)) == {(LATER, "withdrawn"): Tally(lapsed=1, missing=2, practitioners=-1)}


def test_edition_and_withdrawn_on_one_day_names_edition() -> None:
    ended = piece(2, START, None, Basis.LEARNING, (DAY, WITHDRAWN), (DAY, EDITION))
    assert lines(somebody(shown=(ended,))) == {(DAY, "edition"): Tally(lapsed=1, missing=2)}


def test_lapsed_and_edition_on_one_day_names_lapsed() -> None:
    ended = piece(2, START, DAY, Basis.LEARNING, (DAY, EDITION))
    assert causes(somebody(shown=(ended,))) == [(DAY, "lapsed")]


def test_what_was_withdrawn_is_short_and_not_lapsed() -> None:
    ended = piece(2, START, None, Basis.IMPORT, (DAY, WITHDRAWN))
    assert lines(somebody(shown=(ended,))) == {(DAY, "withdrawn"): Tally(short=1, missing=2)}


def test_a_lower_assessment_ends_learning_and_learning_passed_later_counts_again() -> None:
    shown = (
        piece(2, START, None, Basis.LEARNING),
        piece(1, DAY, None, Basis.ASSESSMENT),
        piece(2, LATER, None, Basis.LEARNING),
    )
    assert lines(somebody(shown=shown)) == {
        (DAY, "assessment-ended"): Tally(short=1, missing=1),
        (LATER, "learning"): Tally(short=-1, missing=-1),
    }


def test_learning_and_a_lower_assessment_of_one_day_leave_the_assessment() -> None:
    shown = (piece(2, DAY, None, Basis.LEARNING), piece(1, DAY, None, Basis.ASSESSMENT))
    assert lines(somebody(shown=shown)) == {
        (DAY, "learning"): Tally(unrecorded=-1, missing=-2),
        (DAY, "assessment-ended"): Tally(short=1, missing=1),
    }


def test_practitioners_and_experts_are_counted_whatever_is_asked() -> None:
    assert lines(somebody(shown=(piece(2), piece(3, DAY), piece(4, LATER)))) == {
        (DAY, "qualification"): Tally(practitioners=1),
        (LATER, "qualification"): Tally(practitioners=-1, experts=1),
    }


def test_evidence_that_ends_before_it_begins_never_counts_and_is_something_recorded() -> None:
    assert lines(somebody(shown=(piece(2, DAY, EVE),))) == {
        (DAY, "qualification"): Tally(unrecorded=-1, missing=-2),
        (DAY, "lapsed"): Tally(lapsed=1, missing=2),
    }


def test_what_lapses_while_away_lapses_sixty_days_after_the_first_day_back() -> None:
    person = somebody(shown=(piece(2, START, DAY),), absences=(Span(EVE, LATER),))
    assert causes(person) == [(EVE, "away"), (LATER, "away"), (LATER + timedelta(days=60), "lapsed")]


def test_it_lapses_later_again_when_that_day_is_in_an_absence() -> None:
    again = LATER + timedelta(days=60)
    back = again + timedelta(days=10)
    person = somebody(shown=(piece(2, START, DAY),), absences=(Span(EVE, LATER), Span(again, back)))
    assert causes(person)[-1] == (back + timedelta(days=60), "lapsed")


def test_what_lapses_on_the_first_day_back_lapses_then() -> None:
    person = somebody(shown=(piece(2, START, DAY),), absences=(Span(EVE, DAY),))
    assert lines(person)[DAY, "away"] == Tally(appointments=1, lapsed=1, missing=2)


def test_nothing_lapses_while_no_return_is_known() -> None:
    assert causes(somebody(shown=(piece(2, START, DAY),), absences=(Span(EVE),))) == [(EVE, "away")]


def test_what_is_withdrawn_while_away_ends_on_its_day() -> None:
    ended = piece(2, START, None, Basis.IMPORT, (DAY, WITHDRAWN))
    found = lines(somebody(shown=(ended,), absences=(Span(EVE, LATER),)))
    assert found[LATER, "away"] == Tally(appointments=1, short=1, missing=2)


def test_a_year_from_29_february_ends_on_1_march() -> None:
    leap_day = date(2024, 2, 29)
    person = somebody(shown=(piece(2, leap_day, add_months(leap_day, 12)),))
    assert causes(person) == [(leap_day, "qualification"), (date(2025, 3, 1), "lapsed")]


def test_of_a_day_that_is_29_february_the_day_before_is_the_28th() -> None:
    person = somebody(absences=(Span(date(2024, 2, 28), date(2024, 2, 29)),))
    assert causes(person) == [(date(2024, 2, 28), "away"), (date(2024, 2, 29), "away")]


# Head counts


def heads(person: PersonFacts, subject: str) -> list[tuple[date, int]]:
    every = moves(person, USUAL).items()
    return sorted((line[0], tally.appointments) for line, tally in every if line[2] == subject)


def test_posts_of_people_who_are_away_are_counted_apart() -> None:
    assert heads(somebody(absences=(Span(DAY, LATER),)), AWAY) == [(DAY, 1), (LATER, -1)]


def test_a_post_that_would_not_count_is_not_away() -> None:
    assert heads(somebody(post(team=3), absences=(Span(DAY, LATER),)), AWAY) == []


def test_both_posts_of_somebody_with_two_are_counted_apart() -> None:
    assert heads(somebody(post(), post(DAY, LATER, team=2)), SECOND_POST) == [
        (DAY, 1),
        (DAY, 1),
        (LATER, -1),
        (LATER, -1),
    ]


def test_two_posts_of_which_one_is_not_counted_are_one() -> None:
    assert heads(somebody(post(), post(DAY, team=3)), SECOND_POST) == []
