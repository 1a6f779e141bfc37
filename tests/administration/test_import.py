"""An import writes all of a file in one act, or nothing; what is recorded already stays as it is."""

from contextvars import copy_context
from datetime import date
from threading import Thread

import pytest
from sqlalchemy import select

from lms.administration.importing.writing import ImportRaceError, Outcome
from lms.competencies.counts import placements
from lms.core.database import db
from lms.people import appointments
from lms.people.acts import act
from lms.people.grants import GrantError
from lms.people.models import Account, Act, Appointment, Duty, Grant, Organisation, Person, Scope, Team
from lms.people.structure import closed_on, people_in
from tests.administration.conftest import TODAY, Importer
from tests.support import build
from tests.support.imports import address, row

FULL = (
    row("Morgan Example", team="Commercial", role_profile="senior-buyer", pillar="it"),
    row("Rowan Sample", team="Buying", parent_team="Commercial", manager_email=address("Morgan Example")),
    row("Bryn Mockford", team="Buying", from_="02/02/2026", to="2027-01-01"),
)
DAY = date(2026, 3, 2)


def summary(outcome: Outcome) -> dict[str, int]:
    plan = outcome.plan
    counts = {
        "people": len(plan.new_people),
        "teams": len(plan.teams.new),
        "begun": plan.begun,
        "moved": plan.moved,
        "closed": plan.closed,
        "unchanged": plan.changes.unchanged,
        "managers": len(plan.managers),
        "renamed": len(plan.renamed),
    }
    assert outcome.problems == []
    return {key: count for key, count in counts.items() if count}


def held(importer: Importer, name: str) -> list[tuple[str, str, date, date | None]]:
    """Role, team, first day and end of each appointment of a person, in order."""
    with importer.app.app_context():
        somebody = find(name)
        rows = db.session.execute(
            select(Appointment, Team.name)
            .join(Team, Team.id == Appointment.team_id)
            .where(Appointment.person_id == somebody.id)
            .order_by(Appointment.from_day, Appointment.id)
        ).all()
        closed = dict(db.session.execute(closed_on()).all())
        ends = [[day for day in (each.to_day, closed.get(each.id)) if day] for each, _ in rows]
        return [
            (each.role_profile_id, team, each.from_day, min(end, default=None))
            for (each, team), end in zip(rows, ends, strict=True)
        ]


def find(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == address(name))).one()


def manages(importer: Importer, name: str) -> list[tuple[str, date]]:
    """The teams that a person manages, each with the first day of the grant."""
    with importer.app.app_context():
        rows = db.session.execute(
            select(Team.name, Grant.from_day)
            .join(Team, Team.id == Grant.team_id)
            .where(Grant.person_id == find(name).id, Grant.duty == Duty.MANAGER, Grant.scope == Scope.TEAM)
            .order_by(Grant.id)
        )
        return [(team, day) for team, day in rows]


def test_everybody_comes_with_an_account_the_learners_duty_a_team_and_a_manager(importer: Importer) -> None:
    assert summary(importer.run(*FULL)) == {"people": 3, "teams": 2, "begun": 3, "managers": 1}
    assert held(importer, "Morgan Example") == [("senior-buyer", "Commercial", date(2026, 1, 5), None)]
    assert held(importer, "Bryn Mockford") == [("buyer", "Buying", date(2026, 2, 2), date(2027, 1, 1))]
    assert manages(importer, "Morgan Example") == [("Buying", TODAY)]
    with importer.app.app_context():
        accounts = db.session.scalars(select(Account.person_id)).all()
        learners = db.session.scalars(select(Grant.person_id).where(Grant.duty == Duty.LEARNER)).all()
        everybody = db.session.scalars(select(Person.id)).all()
        assert sorted(accounts) == sorted(learners) == sorted(everybody)
        buying = db.session.scalars(select(Team).where(Team.name == "Buying")).one()
        commercial = db.session.scalars(select(Team).where(Team.name == "Commercial")).one()
        assert (buying.parent_id, commercial.parent_id) == (commercial.id, None)
        assert {placements(date(2026, 1, 5))[team.id].organisation_id for team in (buying, commercial)} == {
            "aldermoor"
        }
        assert people_in([buying.id], date(2026, 1, 10)) == [find("Rowan Sample").id]


def test_it_is_one_act_by_nobody_in_particular(importer: Importer) -> None:
    before = importer.counts()["act"]
    outcome = importer.run(*FULL)
    assert importer.counts()["act"] == before + 1
    with importer.app.app_context():
        act_ = db.session.scalars(select(Act).order_by(Act.id.desc())).first()
        assert act_ is not None
        assert (act_.kind, act_.by_id, act_.no) == ("import", None, outcome.no)
        assert {
            *db.session.scalars(select(Appointment.act_id)),
            *db.session.scalars(select(Grant.act_id)),
        } == {act_.id}


def test_the_same_file_twice_changes_nothing(importer: Importer) -> None:
    importer.run(*FULL)
    before = importer.counts()
    outcome = importer.run(*FULL)
    assert summary(outcome) == {"unchanged": 3}
    assert outcome.plan.is_empty
    assert outcome.no is None
    assert importer.counts() == before


def test_a_dry_run_says_the_same_and_writes_nothing(importer: Importer) -> None:
    before = importer.counts()
    tried = importer.run(*FULL, dry_run=True)
    assert importer.counts() == before
    assert tried.no is None
    assert summary(tried) == summary(importer.run(*FULL))


def test_one_mistake_keeps_everybody_out(importer: Importer) -> None:
    wrong = row("Asha Testwood", role_profile="buyre")
    assert importer.refused(*FULL, wrong)[0].startswith("Row 5, role_profile “buyre”")
    assert importer.counts()["person"] == 0


def test_another_role_team_or_pillar_ends_one_appointment_and_begins_the_next(importer: Importer) -> None:
    importer.run(row())
    steps = (
        row(role_profile="senior-buyer", from_="2026-03-01"),
        row(role_profile="senior-buyer", team="Custody", from_="2026-05-01"),
        row(role_profile="senior-buyer", team="Custody", pillar="it", from_="2026-07-01"),
        row(role_profile="senior-buyer", team="Fleet", organisation="brackenshire", from_="2026-09-01"),
    )
    for step in steps:
        found = summary(importer.run(step))
        assert (found["moved"], found.get("begun"), found.get("closed")) == (1, None, None)
    assert held(importer, "Rowan Sample") == [
        ("buyer", "Buying", date(2026, 1, 5), date(2026, 3, 1)),
        ("senior-buyer", "Buying", date(2026, 3, 1), date(2026, 5, 1)),
        ("senior-buyer", "Custody", date(2026, 5, 1), date(2026, 7, 1)),
        ("senior-buyer", "Custody", date(2026, 7, 1), date(2026, 9, 1)),
        ("senior-buyer", "Fleet", date(2026, 9, 1), None),
    ]
    for step in (row(), *steps):
        assert summary(importer.run(step)) == {"unchanged": 1}


def test_an_end_closes_an_open_appointment(importer: Importer) -> None:
    importer.run(row())
    assert summary(importer.run(row(to="2026-12-31"))) == {"closed": 1}
    assert summary(importer.run(row(to="2026-12-31"))) == {"unchanged": 1}
    assert summary(importer.run(row(to="2026-12-01"))) == {"closed": 1}
    assert held(importer, "Rowan Sample") == [("buyer", "Buying", date(2026, 1, 5), date(2026, 12, 1))]
    said = importer.refused(row(to="2027-01-01"))[0]
    assert said.startswith(
        "Row 2, to “2027-01-01”: This appointment is recorded as ended on 1 December 2026."
    )


def test_who_comes_back_begins_anew(importer: Importer) -> None:
    importer.run(row(to="2026-03-01"))
    assert summary(importer.run(row(from_="2026-06-01"))) == {"begun": 1}
    assert held(importer, "Rowan Sample")[1] == ("buyer", "Buying", date(2026, 6, 1), None)


def test_a_post_of_the_past_ends_nothing(importer: Importer) -> None:
    importer.run(row())
    assert summary(importer.run(row(team="Custody", from_="2025-01-01", to="2026-01-05"))) == {
        "teams": 1,
        "begun": 1,
    }
    assert held(importer, "Rowan Sample")[1] == ("buyer", "Buying", date(2026, 1, 5), None)


def test_two_posts_are_stated_by_two_rows(importer: Importer) -> None:
    importer.run(row())
    second = row(team="Custody", from_="2026-03-01")
    assert summary(importer.run(row(), second)) == {"teams": 1, "begun": 1, "unchanged": 1}
    said = "Rowan Sample holds 2 appointments then. Add a row for each of them that stays."
    assert importer.refused(row(team="Fleet", from_="2026-06-01")) == [f"Row 2, from “2026-06-01”: {said}"]
    assert summary(importer.run(row(), row(team="Fleet", from_="2026-06-01"))) == {
        "teams": 1,
        "moved": 1,
        "unchanged": 1,
    }
    assert held(importer, "Rowan Sample") == [
        ("buyer", "Buying", date(2026, 1, 5), None),
        ("buyer", "Custody", date(2026, 3, 1), date(2026, 6, 1)),
        ("buyer", "Fleet", date(2026, 6, 1), None),
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"from_": "2026-02-01"}, "This appointment is recorded from 5 January 2026 on. Write 2026-01-05."),
        (
            {"role_profile": "senior-buyer"},
            "The appointment that this one would end, in Buying, began on 5 January 2026.",
        ),
        (
            {"role_profile": "senior-buyer", "from_": "2025-12-01"},
            "The appointment that this one would end, in Buying, began on 5 January 2026.",
        ),
    ],
)
def test_a_day_that_does_not_fit_what_is_recorded(
    importer: Importer, values: dict[str, str], said: str
) -> None:
    importer.run(row())
    assert said in importer.refused(row(**values))[0]


def test_a_team_is_one_team_whatever_its_capitals_and_stays_where_it_stands(importer: Importer) -> None:
    importer.run(row(parent_team="Commercial"))
    assert summary(importer.run(row("Bryn Mockford", team="BUYING"))) == {"people": 1, "begun": 1}
    assert summary(importer.run(row("Ellis Octavo", organisation="brackenshire")))["teams"] == 1
    said = (
        "The team Buying is recorded under Commercial. Write “Commercial”, or give the new team another name."
    )
    refused = importer.refused(row("Asha Testwood", parent_team="Operations"))
    assert refused == [f"Row 2, parent_team “Operations”: {said}"]
    assert importer.refused(row("Asha Testwood", team="Commercial", parent_team="Buying"))[0].startswith(
        "Row 2, parent_team “Buying”: The team Commercial is recorded at the top of the organisation."
    )


def test_a_name_that_two_recorded_teams_have_needs_the_team_above(importer: Importer) -> None:
    with importer.app.app_context():
        force = db.session.get_one(Organisation, "aldermoor")
        for above in ("North", "South"):
            build.team(force, "Buying", build.team(force, above))
    assert importer.refused(row())[0].startswith(
        "Row 2, team “Buying”: Several teams of the organisation have"
    )
    assert importer.refused(row(team="Custody", parent_team="Buying"))[0].startswith(
        "Row 2, parent_team “Buying”: Several teams of the organisation have"
    )
    assert summary(importer.run(row(parent_team="south"))) == {"people": 1, "begun": 1}


def test_a_team_belongs_to_the_organisation_from_the_first_day_that_somebody_works_there(
    importer: Importer,
) -> None:
    importer.run(row(from_="2026-06-01", parent_team="Commercial"))
    importer.run(row("Bryn Mockford", from_="2025-06-01"))
    with importer.app.app_context():
        placed = placements(date(2025, 6, 1))
        buying = db.session.scalars(select(Team.id).where(Team.name == "Buying")).one()
        assert placed[buying].organisation_id == "aldermoor"
        assert placed[buying].region_id == "east"
    assert summary(importer.run(row("Bryn Mockford", from_="2025-06-01"))) == {"unchanged": 1}


def test_a_manager_is_in_the_file_or_in_the_records(importer: Importer) -> None:
    said = importer.refused(row("Morgan Example"), row(manager_email="morgann.example@example.org"))[0]
    assert said.startswith("Row 3, manager_email “morgann.example@example.org”: Nobody has this address")
    assert said.endswith("Did you mean “morgan.example@example.org”?")
    importer.run(row("Morgan Example"))
    assert summary(importer.run(row(manager_email=address("Morgan Example"))))["managers"] == 1
    said = importer.refused(row("Asha Testwood", manager_email="morgann.example@example.org"))[0]
    assert said.endswith("Did you mean “morgan.example@example.org”?")
    said = importer.refused(row("Asha Testwood", manager_email="nobody@elsewhere.example"))[0]
    assert said.endswith("Give the manager a row of their own.")


def test_the_row_of_a_manager_with_a_mistake_is_one_problem(importer: Importer) -> None:
    said = importer.refused(
        row("Morgan Example", role_profile="x"), row(manager_email=address("Morgan Example"))
    )
    assert len(said) == 1


def test_a_manager_gets_one_grant_over_a_team_and_those_below_it(importer: Importer) -> None:
    boss = address("Morgan Example")
    importer.run(
        row("Morgan Example", team="Commercial"),
        row("Bryn Mockford", parent_team="Commercial", manager_email=boss),
        row("Asha Testwood", team="Commercial", manager_email=boss, from_="2027-02-01"),
        row("Ellis Octavo", team="Custody", manager_email=boss, from_="2027-03-01"),
    )
    assert manages(importer, "Morgan Example") == [
        ("Commercial", date(2027, 2, 1)),
        ("Custody", date(2027, 3, 1)),
    ]
    below = row("Daniel Quarto", team="Cells", parent_team="Buying", manager_email=boss)
    assert summary(importer.run(below)) == {"people": 1, "teams": 1, "begun": 1}


def test_a_post_that_is_over_makes_nobody_a_manager(importer: Importer) -> None:
    importer.run(
        row("Morgan Example"), row(to="2026-02-01", team="Custody", manager_email=address("Morgan Example"))
    )
    assert manages(importer, "Morgan Example") == []


def test_a_new_name_is_kept_and_told(importer: Importer) -> None:
    importer.run(row())
    assert summary(importer.run(row(name="Rowan Sampleford"))) == {"renamed": 1, "unchanged": 1}
    with importer.app.app_context():
        assert find("Rowan Sample").name == "Rowan Sampleford"


def test_who_is_known_keeps_the_grants_that_they_hold(importer: Importer) -> None:
    with importer.app.app_context():
        kit = build.person("Kit Draftwood", address("Kit Draftwood"))
        build.grant(kit, Duty.ADMINISTRATOR)
    before = importer.counts()["grant"]
    assert summary(importer.run(row("Kit Draftwood"))) == {"teams": 1, "begun": 1}
    assert importer.counts()["grant"] == before


def test_nobody_becomes_a_manager_by_their_own_import(importer: Importer) -> None:
    importer.run(row("Morgan Example"))
    with importer.app.app_context():
        by = find("Morgan Example").id
    before = importer.counts()
    with pytest.raises(GrantError):
        importer.run(row(manager_email=address("Morgan Example")), by=by)
    assert importer.counts() == before


def test_two_imports_at_once_write_everybody_once(importer: Importer) -> None:
    failures: list[Exception] = []

    def write() -> None:
        try:
            importer.run(*FULL)
        except ImportRaceError:
            pass
        except Exception as error:  # noqa: BLE001 the thread reports whatever went wrong
            failures.append(error)

    threads = [Thread(target=copy_context().run, args=(write,)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    assert summary(importer.run(*FULL)) == {"unchanged": 3}
    counts = importer.counts()
    assert (counts["person"], counts["team"], counts["appointment"]) == (3, 2, 3)
    with importer.app.app_context():
        numbers = db.session.scalars(select(Act.no).order_by(Act.no)).all()
        assert numbers == list(range(1, len(numbers) + 1))


def test_what_came_in_between_is_seen_under_the_lock(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer.run(row("Morgan Example"), row())
    moved = row(role_profile="senior-buyer", from_="2026-03-01")

    def act_after_another(*args: object, **kwargs: object) -> object:
        monkeypatch.setattr("lms.administration.importing.writing.act", act)
        held_now = db.session.scalars(
            select(Appointment).where(Appointment.person_id == find("Rowan Sample").id)
        ).one()
        appointments.appoint(held_now.person_id, held_now.team_id, "senior-buyer", DAY, by=None)
        return act(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("lms.administration.importing.writing.act", act_after_another)
    outcome = importer.run(moved)
    assert [str(each) for each in outcome.problems] == [
        "Row 2, from “2026-03-01”: This appointment is recorded from 2 March 2026 on. Write 2026-03-02."
    ]
    assert len(held(importer, "Rowan Sample")) == 2


def test_four_hundred_people_come_in_with_one_file(importer: Importer) -> None:
    boss = address("Morgan Example")
    rows = [
        row(f"Person {each}", team=f"Team {each % 12}", parent_team="Commercial", manager_email=boss)
        for each in range(400)
    ]
    everybody = (row("Morgan Example", team="Commercial"), *rows)
    assert summary(importer.run(*everybody)) == {"people": 401, "teams": 13, "begun": 401, "managers": 12}
    assert summary(importer.run(*everybody)) == {"unchanged": 401}
