"""Who is current on a clause: a rule over passes, editions and absences."""

from dataclasses import replace
from datetime import date

from flask import Flask

from lms.competencies.standing import PersonFacts, Span
from lms.content.catalogue import EarlierUntil
from lms.learning.course_list import Progress
from lms.learning.module_states import Pass
from lms.learning.taught import Taught, build_taught, passes_of
from tests.support import build
from tests.support.catalogue import competency, module, publish, role
from tests.support.learners import passed

TODAY = date(2026, 11, 30)
ASHA, BRYN, CARYS = 1, 2, 3
PEOPLE = {BRYN: "Bryn", ASHA: "Asha", CARYS: "Carys"}
RISEN = replace(module("risen", edition=2), earlier_until=(EarlierUntil(edition=2, day=date(2026, 12, 31)),))
EXPLAINED = {"1.1": [module("first"), module("second")], "1.2": [RISEN]}


def taught(
    passes: dict[tuple[int, str], list[Pass]],
    absences: dict[int, list[Span]] | None = None,
    people: dict[int, str] | None = None,
) -> Taught:
    facts = {each: PersonFacts(absences=(absences or {}).get(each, [])) for each in PEOPLE}
    shown = PEOPLE if people is None else people
    return build_taught(EXPLAINED, shown, ASHA, facts=facts, passes=passes, today=TODAY)


def one(edition: int = 1, until: date | None = None) -> list[Pass]:
    return [Pass(edition, date(2026, 1, 5), until)]


def test_a_pass_of_one_of_several_modules_is_enough() -> None:
    found = taught({(BRYN, "second"): one()})
    assert (found.shares["1.1"].current, found.shares["1.1"].of) == (1, 3)
    assert found.shares["1.1"].others == ("Asha", "Carys")


def test_a_pass_counts_up_to_its_first_day_that_no_longer_counts() -> None:
    assert taught({(BRYN, "first"): one(until=TODAY)}).shares["1.1"].current == 0
    assert taught({(BRYN, "first"): one(until=date(2026, 12, 1))}).shares["1.1"].current == 1


def test_an_earlier_edition_counts_within_its_grace() -> None:
    found = taught({(ASHA, "risen"): one(edition=1)})
    assert found.shares["1.2"].current == 1
    assert (found.own["risen"].progress, found.own["risen"].until) == (Progress.UPDATE, date(2026, 12, 31))


def test_who_is_current_on_every_clause_and_clauses_on_which_nobody_is_are_told() -> None:
    found = taught({(BRYN, "first"): one(), (BRYN, "risen"): one(edition=2), (CARYS, "first"): one()})
    assert (found.throughout, found.bare) == (1, [])
    assert taught({(CARYS, "first"): one()}).bare == ["1.2"]


def test_who_is_away_is_in_no_share() -> None:
    found = taught({(BRYN, "first"): one()}, {BRYN: [Span(date(2026, 11, 1))]})
    assert (found.counted, found.away) == (2, ("Bryn",))
    assert found.shares["1.1"].current == 0
    assert "Bryn" not in found.shares["1.1"].others


def test_nobody_gives_no_share_and_the_own_passes_all_the_same() -> None:
    found = taught({(ASHA, "first"): one()}, people={})
    assert (found.shares, found.counted, found.throughout) == ({}, 0, 0)
    assert found.own["first"].progress is Progress.DONE
    assert found.own["second"].progress is Progress.NOT_STARTED


def test_a_pass_under_an_earlier_name_of_a_module_counts(app: Flask) -> None:
    law, roles = competency("law"), (role("buyer", {"law": 1}),)
    with app.app_context():
        publish((law,), roles, (module("earlier"), module("other")))
        somebody = build.person("Rowan Sample")
        passed(somebody, "earlier", date(2026, 1, 5))
        passed(somebody, "other", date(2026, 1, 5))
        renamed = replace(module("later"), aliases=("earlier",))
        published = publish((law,), roles, (renamed, module("other")))
        found = passes_of([somebody.id], [renamed], published)
        assert list(found) == [(somebody.id, "later")]
