"""What a pass changed, from plain facts."""

from datetime import date

from lms.competencies.models import Basis
from lms.competencies.standing import AppointmentFacts, PersonFacts, Piece, Requirements, Span
from lms.content.framework import Framework
from lms.learning.changes import Changes, PassedModule, RoleCount, Unchanged, Why, compare
from tests.support.catalogue import competency

DAY = date(2026, 11, 30)
LATER = date(2028, 11, 30)
LAW = competency("law", {1: ("a",), 2: ("a", "b")})
RISK = competency("risk", {2: ("b",)}, {3: ("a",)})
FRAMEWORK = Framework(competencies=(LAW, RISK))
NEW = 9


def piece(
    key: str, level: int, identity: int = 1, *, basis: Basis = Basis.LEARNING, until: date | None = LATER
) -> Piece:
    return Piece(identity, key, level, basis, date(2026, 1, 1) if identity != NEW else DAY, until)


def changes(*pieces: Piece, counting: str = "a", roles: tuple[str, ...] = ("buyer",)) -> Changes:
    """What a pass of module a changed; the piece with the id NEW is what it wrote."""
    facts = PersonFacts()
    for n, role in enumerate(roles):
        facts.appointments.append(AppointmentFacts(n, 1, n, role, None, Span(date(2026, 1, 1))))
    for each in pieces:
        facts.pieces.setdefault(each.competency, []).append(each)
    asked = Requirements(
        {
            ("buyer", "law"): [(date(2026, 1, 1), 1)],
            ("buyer", "risk"): [(date(2026, 1, 1), 2)],
            ("lead", "law"): [(date(2026, 1, 1), 2)],
        }
    )
    written = frozenset(each.id for each in pieces if each.id == NEW)
    return compare(PassedModule("a", DAY, written, frozenset(counting)), facts, asked, FRAMEWORK)


def test_the_level_before_and_after_stands_beside_what_the_role_asks() -> None:
    law, risk = changes(piece("law", 1, NEW)).levels
    assert (law.before.standing.level, law.after.standing.level, law.after.required, law.gained) == (
        0,
        1,
        1,
        1,
    )
    assert (risk.competency, risk.gained) == (RISK, 0)


def test_each_role_is_counted_before_and_after() -> None:
    found = changes(piece("law", 1, NEW), roles=("buyer", "lead")).roles
    assert found == (RoleCount("buyer", 2, 0, 1), RoleCount("lead", 1, 0, 0))


def test_evidence_added_says_until_when_it_counts() -> None:
    (added,) = changes(piece("law", 1, 1), piece("law", 1, NEW, until=LATER)).added
    assert (added.piece.id, added.until) == (NEW, LATER)


def test_a_level_that_takes_other_modules_names_them() -> None:
    unchanged = changes(piece("law", 1, NEW)).unchanged
    assert Unchanged(LAW, 2, Why.OTHERS, ("b",)) in unchanged
    assert Unchanged(LAW, 3, Why.ASSESSMENT) in unchanged


def test_a_higher_level_is_kept() -> None:
    held = piece("law", 3, 2, basis=Basis.ASSESSMENT)
    unchanged = changes(held, piece("law", 2, NEW), counting="ab").unchanged
    assert Unchanged(LAW, 3, Why.HIGHER) in unchanged
    assert Unchanged(LAW, 4, Why.ASSESSMENT) in unchanged


def test_evidence_that_counts_for_as_long_already_is_named_with_its_end() -> None:
    found = changes(piece("law", 2, 1), counting="ab")
    assert found.added == ()
    assert Unchanged(LAW, 2, Why.COUNTED, until=LATER) in found.unchanged


def test_an_edition_that_no_longer_counts_shows_nothing() -> None:
    assert [each.why for each in changes(counting="").unchanged if each.competency is LAW][:2] == [
        Why.EDITION
    ] * 2


def test_a_level_that_learning_does_not_show_needs_an_assessment() -> None:
    assert Unchanged(RISK, 3, Why.ASSESSMENT) in changes().unchanged
    highest = changes(piece("law", 4, 3, basis=Basis.ASSESSMENT)).unchanged
    assert [each for each in highest if each.competency is LAW and each.why is Why.ASSESSMENT] == []
