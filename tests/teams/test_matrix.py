from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from lms.competencies.models import Basis
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Requirements, Span
from lms.content.framework import Area, Framework
from lms.teams.matrix import Cell, Matrix, Row, build_matrix, ends_on, newcomer_since
from tests.support.build import START
from tests.support.catalogue import competency, role

DAY = date(2026, 11, 30)
UNTIL = DAY + timedelta(days=90)
SOON, LATER = date(2027, 1, 8), date(2027, 3, 14)
numbers = count(1)


def piece(level: int, until: date | None = None, start: date = START, key: str = "law") -> Piece:
    return Piece(next(numbers), key, level, Basis.IMPORT, start, until)


def post(role_profile: str = "buyer", start: date = START, end: date | None = None) -> AppointmentFacts:
    return AppointmentFacts(next(numbers), 1, 1, role_profile, None, Span(start, end))


def facts(*pieces: Piece, posts: tuple[AppointmentFacts, ...] = (), away: Span | None = None) -> PersonFacts:
    found = PersonFacts(list(posts or (post(),)), [away] if away else [])
    for each in pieces:
        found.pieces.setdefault(each.competency, []).append(each)
    return found


@dataclass
class Team:
    """A team whose roles ask for levels of law and risk."""

    people: Mapping[str, PersonFacts]
    asked: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: {"buyer": {"law": 2}})

    @property
    def matrix(self) -> Matrix:
        names = dict(enumerate(self.people, 1))
        rows = {
            (profile, key): [(START, level)]
            for profile, levels in self.asked.items()
            for key, level in levels.items()
        }
        framework = Framework(
            areas=(Area(id="empty", title="Empty"), Area(id="source", title="Source")),
            competencies=(competency("law"), competency("risk")),
            roles=tuple(role(profile, {}) for profile in self.asked),
        )
        by_id = {number: self.people[name] for number, name in names.items()}
        return build_matrix(names, by_id, Requirements(rows), framework, day=DAY, until=UNTIL)

    def row(self, name: str) -> Row:
        return next(each for each in self.matrix.rows if each.name == name)

    def law(self, name: str) -> Cell:
        return self.row(name).cells[0]


def test_people_stand_by_name_and_columns_by_area_without_empty_ones() -> None:
    matrix = Team({"Rowan Sample": facts(), "asha Testwood": facts(), "Bryn Mockford": facts()}).matrix
    assert [row.name for row in matrix.rows] == ["asha Testwood", "Bryn Mockford", "Rowan Sample"]
    assert [group.area.title for group in matrix.columns] == ["Source"]
    assert [each.id for each in matrix.competencies] == ["law", "risk"]


def test_a_cell_says_what_is_held_required_and_short() -> None:
    cell = Team({"Rowan": facts(piece(1))}).law("Rowan")
    assert (cell.held, cell.required, cell.short, cell.lapses) == (1, 2, 1, None)


def test_nothing_shown_is_level_nought_and_short_by_all_that_is_required() -> None:
    assert Team({"Rowan": facts()}).law("Rowan").short == 2


def test_what_is_not_required_is_never_short() -> None:
    risk = Team({"Rowan": facts(piece(1, key="risk"))}).row("Rowan").cells[1]
    assert (risk.held, risk.required, risk.short) == (1, 0, 0)


def test_a_level_that_ends_in_the_window_lapses_with_its_day_and_a_later_one_does_not() -> None:
    assert Team({"Rowan": facts(piece(2, SOON))}).law("Rowan").lapses == SOON
    assert Team({"Rowan": facts(piece(2, UNTIL))}).law("Rowan").lapses == UNTIL
    assert Team({"Rowan": facts(piece(2, LATER))}).law("Rowan").lapses is None


def test_a_level_that_other_evidence_goes_on_showing_does_not_lapse() -> None:
    followed = facts(piece(2, SOON), piece(2, LATER, start=date(2026, 12, 24)))
    assert Team({"Rowan": followed}).law("Rowan").lapses is None


def test_where_the_next_evidence_begins_too_late_the_level_lapses_in_between() -> None:
    gap = facts(piece(2, SOON), piece(2, LATER, start=SOON + timedelta(days=1)))
    assert Team({"Rowan": gap}).law("Rowan").lapses == SOON


def test_a_higher_level_that_ends_leaves_the_lower_one_that_still_counts() -> None:
    cell = Team({"Rowan": facts(piece(3, SOON), piece(2))}).law("Rowan")
    assert cell.ends == {3: SOON}
    pieces = [piece(3, SOON), piece(2, UNTIL)]
    assert [ends_on(level, pieces, [], DAY, UNTIL) for level in (3, 2, 1)] == [SOON, UNTIL, UNTIL]


def test_of_two_posts_the_higher_requirement_counts_and_both_roles_are_named() -> None:
    asked = {"buyer": {"law": 2, "risk": 1}, "contract-manager": {"law": 1, "risk": 3}}
    both = facts(posts=(post("buyer"), post("contract-manager", date(2025, 1, 1))))
    row = Team({"Rowan": both}, asked).row("Rowan")
    assert row.roles == ("Buyer", "Contract manager")
    assert [cell.required for cell in row.cells] == [2, 3]


def test_a_post_that_has_ended_asks_for_nothing() -> None:
    asked = {"buyer": {"law": 2}, "lead": {"law": 4}}
    moved = facts(posts=(post("lead", end=DAY), post("buyer", DAY)))
    row = Team({"Rowan": moved}, asked).row("Rowan")
    assert (row.roles, row.cells[0].required) == (("Buyer",), 2)


def test_somebody_away_is_listed_apart_until_the_day_of_return() -> None:
    team = Team({"Asha": facts(away=Span(DAY, None)), "Bryn": facts(away=Span(START, DAY))})
    assert [row.name for row in team.matrix.away] == ["Asha"]
    assert [row.name for row in team.matrix.rows] == ["Bryn"]


def test_how_much_of_the_role_is_met_counts_what_it_requires() -> None:
    row = Team({"Rowan": facts(piece(2), piece(1, key="risk"))}, {"buyer": {"law": 2, "risk": 2}}).row(
        "Rowan"
    )
    assert (row.met, row.asked) == (1, 2)


def test_a_new_starter_is_one_of_under_sixty_days_in_all_posts() -> None:
    assert newcomer_since([date(2026, 11, 2)], DAY) == date(2026, 11, 2)
    assert newcomer_since([DAY - timedelta(days=59)], DAY) is not None
    assert newcomer_since([DAY - timedelta(days=60)], DAY) is None
    assert newcomer_since([date(2026, 11, 2), START], DAY) is None


def row_of(*cells: tuple[int, int, bool]) -> Row:
    """Make a row from cells of held, required and whether the level held lapses."""
    made = (
        Cell(competency(f"c-{number}"), held, required, {held: SOON} if lapses else {})
        for number, (held, required, lapses) in enumerate(cells)
    )
    return Row(1, "Rowan", ("Buyer",), None, tuple(made))


def test_a_card_has_three_gaps_and_all_that_lapses_and_counts_the_other_gaps() -> None:
    row = row_of((1, 2, False), (2, 2, True), (0, 2, False), (1, 3, True), (1, 2, False), (1, 2, True))
    assert [cell.competency.id for cell in row.card] == ["c-0", "c-2", "c-3", "c-1", "c-5"]
    assert row.more_gaps == 1


def test_a_card_of_somebody_without_gaps_and_lapses_is_empty() -> None:
    row = row_of((2, 2, False), (1, 0, False))
    assert (row.card, row.more_gaps) == ([], 0)
