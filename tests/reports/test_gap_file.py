"""The file: its columns, its numbers against a second count, and that the page says the same."""

from datetime import date
from urllib.parse import parse_qsl

import pytest

from lms.core.database import db
from lms.people.models import Organisation, Sharing
from lms.reports.files import COLUMNS
from tests.support.heat import HIDDEN, NOBODY, percent, rows, table, tiles
from tests.support.recount import Key, Numbers, Recount, recount
from tests.support.service import (
    ASKED,
    BEFORE,
    NOT_ON_BOARD,
    PILLARS,
    REGIONS,
    SIZES,
    TODAY,
    Service,
)

FILE, PAGE = "/reports/gaps.csv", "/reports/gaps"
ON_BOARD = tuple(key for key in SIZES if key != NOT_ON_BOARD)
DETAILS = ("unrecorded", "lapsed", "short", "mean_gap")
PLACE = {"region": 0, "organisation": 1, "team": 2, "role": 3, "pillar": 4}
GROUPS = {
    "region": tuple(REGIONS),
    "organisation": ON_BOARD,
    "role": tuple(ASKED),
    "pillar": (*PILLARS, "none"),
}
CHOICES = (
    "by=region",
    "by=organisation",
    "by=role",
    "by=pillar",
    "by=region&role=buyer",
    "by=region&pillar=none",
    "by=region&role=senior-buyer&pillar=energy",
    "by=region&region=north",
    "by=region&organisation=aldermoor",
    "by=organisation&region=east",
    "by=organisation&organisation=fellmoor",
    "by=organisation&role=contract-manager",
    "by=organisation&pillar=operational&region=north",
    "by=role&region=east",
    "by=role&role=buyer",
    "by=role&organisation=woldmarsh",
    "by=role&pillar=energy&region=north",
    "by=pillar&organisation=aldermoor",
    "by=pillar&role=buyer",
    "by=pillar&pillar=none&region=east",
)
DAYS = (
    "",
    f"&as_of={BEFORE}",
    f"&as_of={BEFORE}&known_at={BEFORE}",
    f"&as_of={BEFORE}&known_at={TODAY}",
    "&as_of=01/02/2026&known_at=1 March 2026",
)


def filters_of(choice: str) -> dict[str, str]:
    return dict(parse_qsl(choice))


def counted(service: Service, as_of: date = TODAY, known_at: date | None = None) -> Recount:
    with service.app.app_context():
        return recount(as_of, known_at)


def numbers(found: Recount, choice: str, group: str, competency: str) -> Numbers:
    """What the second count gives for a row of a choice."""
    filters = filters_of(choice)
    wanted = {name: value for name, value in filters.items() if name in PLACE} | {filters["by"]: group}

    def holds(key: Key) -> bool:
        own = {name: str(key[place]) if key[place] is not None else "none" for name, place in PLACE.items()}
        return key[5] == competency and all(own[name] == value for name, value in wanted.items())

    return found.total(holds)


def is_small(found: Numbers) -> bool:
    return 0 < found.appointments < (10 if found.below == found.appointments else 5)


def test_the_columns_are_those_that_others_rely_on(service: Service) -> None:
    response = service.client().get(f"{FILE}?by=role&as_of={BEFORE}")
    header = "group,competency,appointments,below,unrecorded,lapsed,short,share_below,mean_gap,suppressed"
    assert response.text.splitlines()[0] == header == ",".join(COLUMNS)
    assert response.mimetype == "text/csv"
    assert f'filename="skills-gaps-by-role-{BEFORE}.csv"' in response.headers["Content-Disposition"]


@pytest.mark.parametrize("choice", CHOICES)
def test_the_numbers_are_those_of_a_second_count(service: Service, choice: str) -> None:
    found, filters = counted(service), filters_of(choice)
    groups = set()
    for row in rows(service.client(), f"{FILE}?{choice}"):
        groups.add(row["group"])
        again = numbers(found, choice, row["group"], row["competency"])
        if row["suppressed"] == "yes":
            assert again.appointments
            assert set(row.values()) == {row["group"], row["competency"], "", "yes"}
            continue
        assert not is_small(again)
        assert row["suppressed"] == "no"
        assert [row["appointments"], row["below"]] == [str(again.appointments), str(again.below)]
        asked = again.appointments
        assert row["share_below"] == (f"{again.below / asked:.4f}" if asked else "")
        details = [row[name] for name in DETAILS]
        if asked and (set(filters) - {"by", "region"} or filters["by"] != "region"):
            assert details == [""] * 4
        elif not asked or any(details):
            counts = [str(each) for each in (again.unrecorded, again.lapsed, again.short)]
            assert details == [*counts, f"{again.missing / asked:.4f}" if asked else ""]
    of_filter = filters.get(filters["by"])
    expected = {of_filter} if of_filter else set(GROUPS[filters["by"]])
    if filters["by"] == "organisation" and "region" in filters:
        expected = {each for each in expected if SIZES[each][0] == filters["region"]}
    if filters["by"] == "region" and "organisation" in filters:
        expected = {SIZES[filters["organisation"]][0]}
    assert groups == expected


def test_kinds_and_missing_levels_are_said_of_whole_regions(service: Service) -> None:
    said = [row for row in rows(service.client(), f"{FILE}?by=region") if row["suppressed"] == "no"]
    assert {row["unrecorded"] for row in said} - {"", "0"}


@pytest.mark.parametrize(
    ("days", "as_of", "known_at"),
    [
        ("as_of=2026-06-01", BEFORE, None),
        ("as_of=2026-06-01&known_at=2026-06-01", BEFORE, BEFORE),
        ("as_of=1 June 2026&known_at=30/11/26", BEFORE, TODAY),
        ("known_at=31/08/2026", TODAY, date(2026, 8, 31)),
        ("known_at=01/09/2026", TODAY, date(2026, 9, 1)),
    ],
)
def test_a_day_is_counted_by_what_is_known_now_or_was_known_on_another(
    service: Service, days: str, as_of: date, known_at: date | None
) -> None:
    found = counted(service, as_of, known_at)
    shown = [row for row in rows(service.client(), f"{FILE}?by=region&{days}") if row["suppressed"] == "no"]
    assert shown
    for row in shown:
        again = numbers(found, "by=region", row["group"], row["competency"])
        assert (row["appointments"], row["below"]) == (str(again.appointments), str(again.below))


def test_what_was_entered_late_is_in_the_day_and_not_in_what_was_known(service: Service) -> None:
    client = service.client()

    def below(days: str) -> int:
        (row,) = [
            row
            for row in rows(client, f"{FILE}?by=organisation&organisation=tarnbeck&as_of={BEFORE}{days}")
            if row["competency"] == "law"
        ]
        return int(row["below"])

    assert below(f"&known_at={BEFORE}") - below("") == 6
    assert below("&known_at=2026-08-31") - below("&known_at=2026-09-01") == 6


@pytest.mark.parametrize("choice", CHOICES)
def test_the_page_has_the_cells_of_the_file(service: Service, choice: str) -> None:
    client = service.client()
    for days in DAYS:
        page = client.page(f"{PAGE}?{choice}{days}", fragment=False)
        expected = [percent(row) for row in rows(client, f"{FILE}?{choice}{days}")]
        assert list(table(page).values()) == expected
        hidden = expected.count(HIDDEN) + list(table(page, "tfoot").values()).count(HIDDEN)
        assert (f"{hidden} cells of the table are hidden." in page.text) == (hidden > 1)


@pytest.mark.parametrize("who", ["national-lead", "region-lead", "organisation-lead"])
@pytest.mark.parametrize("choice", ["", "&role=buyer", "&pillar=energy"])
def test_the_map_has_the_figures_of_the_file(service: Service, who: str, choice: str) -> None:
    client = service.client(who)
    page = client.page(f"{PAGE}?by=organisation&competency=law{choice}")
    file = {
        row["group"]: percent(row)
        for row in rows(client, f"{FILE}?by=organisation{choice}")
        if row["competency"] == "law" and not row["group"].startswith("fire")
    }
    shown = tiles(page)
    assert shown.pop(code_of(service, NOT_ON_BOARD), NOBODY) == NOBODY
    assert sorted(shown.values()) == sorted(file.values())
    assert shown == {code_of(service, key): value for key, value in file.items()}


def code_of(service: Service, organisation: str) -> str:
    with service.app.app_context():
        return db.session.get_one(Organisation, organisation).code or ""


@pytest.mark.parametrize("who", ["region-lead", "organisation-lead"])
def test_every_lead_is_shown_the_same_of_what_they_may_open(service: Service, who: str) -> None:
    nation = {
        (row["group"], row["competency"]): row for row in rows(service.client(), f"{FILE}?by=organisation")
    }
    own = rows(service.client(who), f"{FILE}?by=organisation")
    assert own
    assert [nation[row["group"], row["competency"]] for row in own] == own


def test_teams_are_counted_whole_for_those_who_manage_them(service: Service) -> None:
    found = counted(service)
    file = rows(service.client("manager-lead"), f"{FILE}?by=team&organisation=aldermoor")
    assert {row["group"] for row in file} == {str(service.team)}
    for row in file:
        again = numbers(found, "by=team&organisation=aldermoor", row["group"], row["competency"])
        assert (row["appointments"], row["below"]) == (str(again.appointments), str(again.below))
        assert row["suppressed"] == "no"


def test_the_own_team_taken_away_leaves_no_small_group(service: Service) -> None:
    """Who sees some of the people by name can subtract them, and is shown less where that says too much."""
    found, client = counted(service), service.client("manager-lead")
    others = Recount({key: each for key, each in found.numbers.items() if key[2] != service.team}, [], [])
    for choice in ("by=region", "by=organisation&region=east", "by=role&organisation=aldermoor"):
        file = rows(client, f"{FILE}?{choice}")
        for row in file:
            left = numbers(others, choice, row["group"], row["competency"])
            assert row["suppressed"] == "yes" or not is_small(left)
        nation = rows(service.client(), f"{FILE}?{choice}")
        assert choice == "by=region" or file != nation


def test_an_organisation_that_shares_nothing_is_in_no_figure_of_others(service: Service) -> None:
    before = counted(service)
    service.share("fellmoor", Sharing.NONE)

    def north(who: str) -> dict[str, str]:
        file = rows(service.client(who), f"{FILE}?by=region&region=north")
        return {row["competency"]: row["appointments"] for row in file}

    of_fellmoor = numbers(before, "by=organisation", "fellmoor", "law").appointments
    of_north = numbers(before, "by=region", "north", "law").appointments
    assert of_fellmoor > 0
    assert north("national-lead")["law"] == str(of_north - of_fellmoor)
    assert "fellmoor" not in {row["group"] for row in rows(service.client(), f"{FILE}?by=organisation")}


def test_an_organisation_without_its_name_is_counted_and_has_no_row(service: Service) -> None:
    before = rows(service.client(), f"{FILE}?by=region&region=east")
    service.share("woldmarsh", Sharing.UNNAMED)
    assert rows(service.client(), f"{FILE}?by=region&region=east") == before
    groups = {row["group"] for row in rows(service.client(), f"{FILE}?by=organisation&region=east")}
    assert groups == {"aldermoor", "fenvale", "fire-aldermoor"}


def test_the_only_one_without_a_name_cannot_be_worked_out_from_its_region(service: Service) -> None:
    def shown(choice: str) -> set[str]:
        file = rows(service.client(), f"{FILE}?{choice}")
        return {row["competency"] for row in file if row["appointments"] not in {"", "0"}}

    assert shown("by=organisation&organisation=fellmoor") & shown("by=region&region=north")
    service.share("tarnbeck", Sharing.UNNAMED)
    assert not shown("by=organisation&organisation=fellmoor") & shown("by=region&region=north")
