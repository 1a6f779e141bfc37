"""What a pass writes: completions, the evidence of levels, and how long each counts."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from lms.competencies.facts import facts_of
from lms.competencies.models import Basis, Ending, Evidence
from lms.competencies.standing import standing_on
from lms.core.database import db
from lms.learning.completions import end_earlier_editions
from lms.learning.enrolments import assign, enrol
from lms.learning.models import Completion, CompletionEvidence, Enrolment
from lms.people import appointments
from lms.people.models import Person
from tests.learning.conftest import FIRST_DAY, School
from tests.support import build
from tests.support.samples import changed_samples, publish_samples, take

YEAR_LATER = date(2027, 11, 30)
NEW_EDITION = (
    (
        "edition: 1",
        "edition: 2\nchanges:\n  - {part: before-you-publish, asks: questions, why: New dates}\ngrace: 2",
    ),
)


def shown(school: School) -> list[tuple[str, int, date, date | None]]:
    rows = db.session.scalars(
        select(Evidence).where(Evidence.person_id == school.buyer_id).order_by(Evidence.id)
    )
    return [(row.competency_id, row.level, row.from_day, row.until_day) for row in rows]


def level(school: School, competency: str, day: date) -> int:
    facts = facts_of([school.buyer_id])[school.buyer_id]
    return standing_on(facts.pieces.get(competency, ()), facts.absences, day).level


def completions(school: School) -> list[Completion]:
    return list(db.session.scalars(select(Completion).order_by(Completion.id)))


def test_a_pass_shows_the_levels_for_which_every_module_is_passed(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
        assert shown(school) == [("law", 1, FIRST_DAY, YEAR_LATER)]
        take(school.buyer_id, "standstill")
        assert shown(school)[1:] == [("law", 2, FIRST_DAY, YEAR_LATER), ("risk", 2, FIRST_DAY, None)]


def test_evidence_rests_on_the_completions_and_says_which_modules_were_passed(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
        take(school.buyer_id, "standstill")
        law = db.session.scalars(
            select(Evidence).where(Evidence.competency_id == "law", Evidence.level == 2)
        ).one()
        assert law.words == "Notices in order, edition 1; Waiting after an award, edition 1"
        assert law.basis == Basis.LEARNING
        rests_on = db.session.scalars(
            select(CompletionEvidence.completion_id).where(CompletionEvidence.evidence_id == law.id)
        )
        assert sorted(rests_on) == [each.id for each in completions(school)]


def test_a_pass_on_the_day_of_a_lower_assessment_counts_from_the_next(school: School) -> None:
    """An assessment ends the learning of its day; the pass after a baseline in the morning is not lost."""
    next_day = FIRST_DAY + timedelta(days=1)
    with school.on(FIRST_DAY):
        buyer = db.session.get_one(Person, school.buyer_id)
        build.evidence(buyer, "law", 1, FIRST_DAY, basis=Basis.ASSESSMENT)
        for module in ("notices", "standstill", "standstill"):
            take(school.buyer_id, module)
        assert shown(school)[1:] == [
            ("law", 1, FIRST_DAY, YEAR_LATER),
            ("law", 2, next_day, YEAR_LATER),
            ("risk", 2, FIRST_DAY, None),
        ]
        assert [level(school, "law", day) for day in (FIRST_DAY, next_day)] == [1, 2]


def test_learning_of_two_modules_counts_until_the_first_of_them_ends(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    later = FIRST_DAY + timedelta(days=200)
    with school.on(later):
        take(school.buyer_id, "standstill")
        assert ("law", 2, later, YEAR_LATER) in shown(school)
        assert level(school, "law", YEAR_LATER - timedelta(days=1)) == 2
        assert level(school, "law", YEAR_LATER) == 0


def test_a_module_whose_pass_has_lapsed_shows_nothing_with_another(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    with school.on(YEAR_LATER):
        take(school.buyer_id, "standstill")
        assert [row[:2] for row in shown(school)] == [("law", 1), ("risk", 2)]


def test_a_pass_in_the_90_days_before_the_old_end_counts_from_it(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    with school.on(YEAR_LATER - timedelta(days=90)):
        take(school.buyer_id, "notices")
        assert [each.until_day for each in completions(school)] == [YEAR_LATER, date(2028, 11, 30)]
        assert shown(school)[-1] == ("law", 1, YEAR_LATER - timedelta(days=90), date(2028, 11, 30))


def test_a_pass_before_that_counts_from_its_own_day(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    with school.on(YEAR_LATER - timedelta(days=91)):
        take(school.buyer_id, "notices")
        assert completions(school)[-1].until_day == date(2028, 8, 31)


def test_a_pass_that_extends_nothing_writes_a_completion_and_no_evidence(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "standstill")
        take(school.buyer_id, "standstill")
        assert len(completions(school)) == 2
        assert [row[:2] for row in shown(school)] == [("risk", 2)]


def test_learning_after_an_assessment_of_a_lower_level_counts_again(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "standstill")
        buyer, manager = (db.session.get_one(Person, each) for each in (school.buyer_id, school.manager_id))
        assessed = FIRST_DAY + timedelta(days=10)
        build.evidence(buyer, "risk", 1, assessed, basis=Basis.ASSESSMENT, by=manager)
        assert level(school, "risk", assessed) == 1
    again = FIRST_DAY + timedelta(days=20)
    with school.on(again):
        take(school.buyer_id, "standstill")
        assert level(school, "risk", again) == 2


def test_what_would_lapse_in_an_absence_counts_until_60_days_after_the_return(school: School) -> None:
    back = YEAR_LATER + timedelta(days=30)
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
        appointments.record_absence(school.buyer_id, YEAR_LATER - timedelta(days=30), back, by=None)
    with school.on(back + timedelta(days=5)):
        take(school.buyer_id, "standstill")
        assert level(school, "law", back + timedelta(days=59)) == 2
        assert level(school, "law", back + timedelta(days=60)) == 0
    with school.on(back + timedelta(days=6)):
        take(school.buyer_id, "notices")
        renewed_from = back + timedelta(days=60)
        assert completions(school)[-1].until_day == date(
            renewed_from.year + 1, renewed_from.month, renewed_from.day
        )


def test_a_new_edition_ends_earlier_evidence_when_its_grace_is_over(school: School, tmp_path: Path) -> None:
    raised, grace = date(2027, 1, 15), date(2027, 3, 15)
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
    with school.on(raised):
        publish_samples(changed_samples(tmp_path, "first-steps/notices.md", *NEW_EDITION))
        assert [(row.day, row.kind) for row in db.session.scalars(select(Ending))] == [(grace, "edition")]
        take(school.buyer_id, "standstill")
        assert ("law", 2, raised, grace) in shown(school)
        assert level(school, "law", grace - timedelta(days=1)) == 2
        assert level(school, "law", grace) == 0
    with school.on(grace):
        take(school.buyer_id, "notices")
        assert level(school, "law", grace) == 2


def test_evidence_of_an_edition_is_ended_once_and_never_later(school: School) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "notices")
        assert end_earlier_editions(["notices"], 2, date(2027, 3, 1), by=None) == 1
        assert end_earlier_editions(["notices"], 2, date(2027, 3, 1), by=None) == 0
        assert end_earlier_editions(["notices"], 3, date(2027, 5, 1), by=None) == 0
        assert end_earlier_editions(["notices"], 1, date(2027, 2, 1), by=None) == 0
        assert end_earlier_editions(["notices"], 2, date(2028, 1, 1), by=None) == 0


def test_a_renamed_module_keeps_its_passes(school: School, tmp_path: Path) -> None:
    with school.on(FIRST_DAY):
        take(school.buyer_id, "standstill")
        folder = changed_samples(
            tmp_path, "first-steps/standstill.md", ("ask: 2", "ask: 2\naliases: [standstill]")
        )
        (folder / "first-steps" / "standstill.md").rename(folder / "first-steps" / "waiting.md")
        for file in ("first-steps/course.md", "first-steps/notices.md", "framework/competencies.yaml"):
            path = folder / file
            path.write_text(path.read_text().replace("standstill", "waiting"))
        publish_samples(folder)
        take(school.buyer_id, "notices")
        assert ("law", 2, FIRST_DAY, YEAR_LATER) in shown(school)


def test_a_pass_finishes_everything_that_asked_for_the_module(school: School) -> None:
    with school.on(FIRST_DAY):
        enrol(school.buyer_id, "notices")
        assign(
            "notices", [school.buyer_id], by=school.manager_id, due_day=date(2026, 12, 9), reason="January"
        )
        assign("standstill", [school.buyer_id], by=school.manager_id, due_day=None, reason="January")
        take(school.buyer_id, "notices", wrong=4)
        assert set(db.session.scalars(select(Enrolment.done_completion_id))) == {None}
        take(school.buyer_id, "notices")
        done = db.session.scalars(select(Enrolment.done_completion_id).order_by(Enrolment.id)).all()
        assert done == [completions(school)[0].id] * 2 + [None]


def test_nobody_is_asked_twice_for_the_same_day_or_a_later_one(school: School) -> None:
    def ask(people: list[int], due_day: date | None) -> list[int]:
        return assign("notices", people, by=school.manager_id, due_day=due_day, reason="January")

    with school.on(FIRST_DAY):
        people = [school.buyer_id, build.person("Kit Example").id]
        assert ask(people[:1], date(2026, 12, 9)) == people[:1]
        assert ask(people, date(2026, 12, 20)) == people[1:]
        assert ask(people, None) == []
        assert ask(people, date(2026, 12, 1)) == people


def test_who_chooses_what_they_have_to_do_already_changes_nothing(school: School) -> None:
    with school.on(FIRST_DAY):
        for _ in range(2):
            enrol(school.buyer_id, "notices")
        assert len(db.session.scalars(select(Enrolment)).all()) == 1
