from collections.abc import Sequence
from datetime import date

from lms.content.framework import Area
from lms.teams.cover import DO, LEAD, Cover, cover_of, thin_of
from lms.teams.matrix import Cell, Columns, Matrix, Row
from tests.support.catalogue import competency

DAY, UNTIL = date(2026, 11, 30), date(2027, 2, 28)
JANUARY, FEBRUARY = date(2027, 1, 8), date(2027, 2, 26)
Held = tuple[int, int] | tuple[int, int, date]
"""Level held and required, and the day on which the level held ends, where it does."""


def matrix_of(*columns: Sequence[Held]) -> Matrix:
    """Make a matrix from its columns, each with one entry a person."""
    competencies = tuple(competency(f"c-{number}") for number in range(len(columns)))
    rows = tuple(
        Row(
            number,
            f"Person {number}",
            ("Buyer",),
            None,
            tuple(
                Cell(
                    each,
                    held[0],
                    held[1],
                    dict.fromkeys(range(1, held[0] + 1), *held[2:]) if held[2:] else {},
                )
                for each, held in zip(competencies, people, strict=True)
            ),
        )
        for number, people in enumerate(zip(*columns, strict=True))
    )
    return Matrix(DAY, UNTIL, (Columns(Area(id="source", title="Source"), competencies),), rows, ())


def lead(*people: Held) -> Cover:
    """Give who can lead of one competency."""
    return cover_of(matrix_of(people), LEAD)[0]


def test_cover_counts_who_holds_the_level_of_everybody_counted() -> None:
    matrix = matrix_of([(3, 3), (4, 3), (2, 2), (1, 2)])
    can_lead, can_do = cover_of(matrix, LEAD)[0], cover_of(matrix, DO)[0]
    assert (can_lead.number, can_lead.people, can_do.number) == (2, 4, 3)


def test_cover_names_whose_level_ends_the_soonest_first() -> None:
    cover = lead((3, 3, FEBRUARY), (3, 3), (3, 3, JANUARY))
    assert [(lapse.row.name, lapse.day) for lapse in cover.lapsing] == [
        ("Person 2", JANUARY),
        ("Person 0", FEBRUARY),
    ]


def test_thin_is_one_who_can_lead_where_more_roles_ask_for_it() -> None:
    assert lead((3, 3), (2, 3), (2, 3)).thin


def test_thin_is_nobody_who_can_lead_where_one_role_asks_for_it() -> None:
    assert lead((2, 3), (2, 2)).thin


def test_one_who_can_lead_where_one_role_asks_for_it_is_not_thin() -> None:
    assert not lead((3, 3), (2, 2)).thin


def test_nobody_who_can_lead_where_no_role_asks_for_it_is_not_thin() -> None:
    assert not lead((2, 2), (2, 2)).thin


def test_two_who_can_lead_are_not_thin_however_many_roles_ask_for_it() -> None:
    assert not lead((3, 3), (3, 3), (2, 3), (2, 3)).thin


def test_thin_is_one_of_two_who_can_lead_whose_level_lapses() -> None:
    assert lead((3, 3, FEBRUARY), (3, 3), (2, 2)).thin


def test_one_of_three_who_can_lead_whose_level_lapses_is_not_thin() -> None:
    assert not lead((3, 3, FEBRUARY), (3, 3), (3, 3)).thin


def test_the_end_of_a_level_under_three_makes_nothing_thin() -> None:
    assert not lead((2, 2, FEBRUARY), (3, 3), (3, 3)).thin


def test_thin_cover_lists_what_lapses_soonest_first_then_where_most_are_missing() -> None:
    matrix = matrix_of(
        [(3, 3), (2, 3), (2, 2)],
        [(2, 3), (2, 3), (2, 3)],
        [(3, 3, FEBRUARY), (3, 3), (2, 2)],
        [(3, 3, JANUARY), (3, 3), (2, 2)],
        [(3, 3), (3, 3), (3, 3)],
    )
    thin = thin_of(cover_of(matrix, LEAD))
    assert [each.competency.id for each in thin] == ["c-3", "c-2", "c-1", "c-0"]
