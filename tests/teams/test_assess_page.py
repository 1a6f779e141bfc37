from datetime import date, timedelta

import pytest
from sqlalchemy import func

from lms.competencies.evidence import record_evidence
from lms.competencies.facts import facts_of
from lms.competencies.models import Assessment, Basis, Evidence
from lms.competencies.standing import standing_on
from lms.core.database import db
from lms.people.models import Duty
from tests.support import build
from tests.support.managers import TODAY, World, another_force
from tests.support.pages import Page, submit
from tests.support.statements import statements

WORDS = "ALD-2026-0147. Rowan tested a request for a direct award, found no ground and wrote the refusal."
OTHER = "ALD-2026-0201. Rowan led the review of the whole framework and wrote its rules."
MOST_STATEMENTS = 17


def address(person_id: int, competency: str = "law") -> str:
    return f"/team/{person_id}/assess/{competency}"


def record(page: Page, level: int | None = 2, **changed: str) -> Page:
    """Send the form with what a careful manager writes, or with something else in some field."""
    fields = {"words": WORDS, "seen_from": "2/3/2026", "seen_to": "30/10/2026", **changed}
    if level is not None:
        fields["level"] = str(level)
    return submit(page, fields, action=page.response.request.path)


def standing(world: World, person_id: int, competency: str = "law") -> int:
    with world.app.app_context():
        facts = facts_of([person_id])[person_id]
        return standing_on(facts.pieces.get(competency, ()), facts.absences, TODAY).level


def errors(page: Page) -> list[str]:
    return page.select(".govuk-error-summary__list a, .govuk-error-summary__list li")


def test_the_page_has_the_words_of_every_level_and_chooses_none(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1})
    page = world.open(address(rowan))
    assert page.h1 == "Assess Law: Rowan Sample"
    assert len(page.select(".level-picker__words")) == 4
    assert not page.tree.cssselect("input[name=level][checked]")
    assert [each.get("value") for each in page.tree.cssselect("input[name=level]")] == ["1", "2", "3"]
    assert page.select(".level-picker__level--beyond .level-picker__tags") == ["Needs another assessor"]
    assert "Held now" in page.select(".level-picker__level")[0]
    assert "Role requires" in page.select(".level-picker__level")[1]


def test_a_level_is_recorded_with_words_days_and_end_and_said(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1})
    after = record(world.open(address(rowan)), 3, reference="ALD-2026-0147")
    assert "Level 3 of Law is recorded for Rowan Sample, until" in after.text
    assert standing(world, rowan) == 3
    with world.app.app_context():
        kept = db.session.query(Assessment).one()
        evidence = db.session.get_one(Evidence, kept.evidence_id)
        assert (kept.words, kept.reference) == (WORDS, "ALD-2026-0147")
        assert (kept.seen_from, kept.seen_to) == (date(2026, 3, 2), date(2026, 10, 30))
        assert (evidence.basis, evidence.from_day) == (Basis.ASSESSMENT, TODAY)
        assert kept.by_id == world.manager_id


def test_what_is_missing_is_named_at_its_field_and_what_was_typed_stays(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(address(rowan))
    after = record(page, None, words="", seen_to="31/2/2026")
    assert after.response.status_code == 422
    assert after.response.text.count("Choose the level that you saw") == 2
    assert "Enter what you saw" in after.text
    assert "Enter a date that exists" in after.text
    assert after.tree.cssselect("#seen_from")[0].get("value") == "2/3/2026"
    assert standing(world, rowan) == 0


def test_a_few_words_are_not_what_was_seen(world: World) -> None:
    after = record(world.open(address(world.joins("Rowan Sample"))), words="Good at law.")
    assert after.status == 422
    assert "Say what you saw, in at least 40 characters" in after.text
    assert after.select("button#record-level") == ["Record level 2 Working"], (
        "it names the level that is chosen"
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"seen_to": "1/12/2026"}, "Enter today’s date or an earlier one: you cannot have seen it yet"),
        ({"seen_from": "1/11/2026"}, "Enter a last day that is not before the first"),
        ({"seen_from": "31/12/2023"}, "Enter a date on which Rowan held a post here already"),
    ],
)
def test_days_that_cannot_be_are_refused(world: World, changed: dict[str, str], message: str) -> None:
    rowan = world.joins("Rowan Sample")
    after = record(world.open(address(rowan)), 2, **changed)
    assert after.response.status_code == 422
    assert message in after.text
    assert WORDS in after.text
    assert standing(world, rowan) == 0


def test_the_same_form_sent_twice_records_one_level(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(address(rowan))
    assert "is recorded for Rowan Sample" in record(page).text
    assert "You had recorded level 2 of Law already, so nothing new is written." in record(page).text
    with world.app.app_context():
        assert db.session.query(Assessment).count() == 1


def test_another_level_from_a_second_tab_is_shown_what_came_between(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(address(rowan))
    record(page, 2)
    after = record(page, 3, words=OTHER, seen_to="20/11/2026")
    assert after.response.status_code == 422
    assert "Something was recorded since you opened this page" in after.text
    assert standing(world, rowan) == 2
    record(after, 3, words=OTHER, seen_to="20/11/2026")
    assert standing(world, rowan) == 3


def test_a_level_above_the_grant_is_refused_even_when_it_is_sent(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    page = world.open(address(rowan))
    with pytest.raises(ValueError, match="4"):
        record(page, 4)
    radio = page.tree.cssselect("input[name=level][value='3']")[0]
    radio.set("value", "4")
    after = record(page, 4)
    assert after.response.status_code == 422
    assert "Choose a level that your grant reaches: a higher one needs another assessor" in after.text


def test_a_renewal_cites_work_since_the_last_assessment(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    record(world.open(address(rowan)))
    after = record(world.open(address(rowan)), words=f"Again: {WORDS}")
    assert after.response.status_code == 422
    assert "Cite work since the last assessment" in after.text
    record(world.open(address(rowan)), words=f"Newer: {WORDS}", seen_to="5/11/2026")
    with world.app.app_context():
        assert db.session.query(Assessment).count() == 2


def test_a_lower_level_says_what_it_ends_and_ends_it(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        build.evidence(world.person(rowan), "law", 2, basis=Basis.LEARNING)
    page = world.open(address(rowan))
    assert "Level 1 ends what learning shows above it from today: 1 entry." in page.text
    assert "Level 2 ends" not in page.text
    record(page, 1)
    assert standing(world, rowan) == 1


def test_level_four_waits_for_an_assessor_of_another_organisation(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        build.grant(world.manager, Duty.ASSESSOR)
    page = world.open(address(rowan))
    assert "Level 4 counts when an assessor of another organisation has confirmed it." in page.text
    assert "waits for an assessor of another organisation" in record(page, 4).text
    assert standing(world, rowan) == 0


def test_an_assessor_of_another_organisation_records_level_four_at_once(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        assessor = build.person("Asa Farwell")
        build.appointed(assessor, build.team(another_force()), "senior-buyer")
        build.grant(assessor, Duty.ASSESSOR)
        number = assessor.id
    page = world.open(address(rowan), by=number)
    assert not page.select(".govuk-breadcrumbs")
    record(page, 4)
    assert standing(world, rowan) == 4


def test_ones_own_assessment_can_be_withdrawn_or_marked_as_an_error(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    for what, left in (("no-longer", "is withdrawn from"), ("never", "was never true")):
        record(world.open(address(rowan)), words=f"{what}: {WORDS}")
        with world.app.app_context():
            number = db.session.query(func.max(Assessment.evidence_id)).scalar()
        question = world.open(f"/team/{rowan}/assessments/{number}/back")
        assert submit(question, reason="").response.status_code == 422
        after = submit(question, what=what, reason="It was another’s work")
        assert "is taken back" in after.text
        assert left in after.text
        assert "Reason: It was another’s work" in after.text
        assert standing(world, rowan) == 0
        assert world.open(f"/team/{rowan}/assessments/{number}/back", 404)


def test_another_ones_assessment_is_not_taken_back_here(world: World) -> None:
    rowan = world.joins("Rowan Sample")
    with world.app.app_context():
        other = build.person("Otto Otherby")
        written = record_evidence(
            rowan, "law", 2, Basis.ASSESSMENT, from_day=TODAY, until_day=None, words="Seen", by=other.id
        ).id
    assert world.open(f"/team/{rowan}/assessments/{written}/back", 404)


def test_opening_the_page_is_kept_and_its_statements_do_not_grow(world: World) -> None:
    rowan = world.joins("Rowan Sample", {"law": 1})
    with statements() as few:
        world.open(address(rowan), fragment=False)
    with world.app.app_context():
        for days in range(1, 9):
            build.evidence(world.person(rowan), "law", 1, TODAY - timedelta(days=days))
    with statements() as many:
        world.open(address(rowan), fragment=False)
    assert len(many) <= len(few) <= MOST_STATEMENTS
    assert "Your entries for one competency" in world.open("/record/seen", by=rowan).text
