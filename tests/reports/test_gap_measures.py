"""One measure holds for the whole page; columns are competencies or areas; some rows can be put in order."""

import pytest
from lxml.html import HtmlElement

from lms.competencies.disclosure import Shown
from lms.competencies.suppression import Suppressed
from lms.competencies.tally import Tally
from lms.reports.measures import Measure
from tests.support.heat import HIDDEN, NOBODY, rows, table, tiles
from tests.support.markup import words_of
from tests.support.pages import Page
from tests.support.service import REGIONS, Service

PAGE = "/reports/gaps"
OF_FILE = {"below": "below", "unrecorded": "unrecorded", "lapsed": "lapsed", "short": "short"}
TALLY = Shown.of(
    Tally(appointments=40, unrecorded=4, lapsed=6, short=10, missing=26, practitioners=5, experts=1)
)


def sentence(page: Page) -> str:
    return page.select(".sentence p")[0]


def beneath(cell: HtmlElement) -> list[str]:
    return [words_of(each) for each in cell.cssselect(".heat__number")]


@pytest.mark.parametrize(
    ("measure", "number", "value", "band"),
    [
        (Measure.BELOW, 20, 50, 4),
        (Measure.UNRECORDED, 4, 10, 1),
        (Measure.LAPSED, 6, 15, 1),
        (Measure.SHORT, 10, 25, 2),
        (Measure.MISSING, 26, 65, 3),
        (Measure.COVER, 6, 15, 3),
    ],
)
def test_a_measure_is_a_number_a_value_of_each_hundred_and_a_band(
    measure: Measure, number: int, value: int, band: int
) -> None:
    assert measure.number(TALLY) == number
    assert measure.per_hundred(TALLY) == value
    assert measure.band(value) == band
    assert measure.per_hundred(None) is measure.per_hundred(Shown()) is None


def test_the_darkest_is_where_to_look_first() -> None:
    assert [Measure.BELOW.band(each) for each in (0, 9, 10, 39, 40, 100)] == [0, 0, 1, 3, 4, 4]
    assert [Measure.MISSING.band(each) for each in (0, 19, 20, 79, 80, 300)] == [0, 0, 1, 3, 4, 4]
    assert [Measure.COVER.band(each) for each in (0, 9, 10, 39, 40, 100)] == [4, 4, 3, 1, 0, 0]


@pytest.mark.parametrize("measure", ["unrecorded", "lapsed", "short"])
@pytest.mark.parametrize(
    "choice", ["by=region", "by=organisation&region=east", "by=role&organisation=aldermoor"]
)
def test_each_kind_is_shown_as_a_number_and_a_share_of_those_asked(
    service: Service, measure: str, choice: str
) -> None:
    file = rows(service.client(), f"{PAGE}.csv?{choice}")
    page = service.open(f"{PAGE}?{choice}&measure={measure}")
    cells = page.tree.cssselect(".heat-table tbody td")
    for row, cell, value in zip(file, cells, table(page).values(), strict=True):
        if row["suppressed"] == "yes" or not row[measure]:
            assert (value, beneath(cell)) == (HIDDEN, [])
        elif row["appointments"] == "0":
            assert (value, beneath(cell)) == (NOBODY, [])
        else:
            asked, number = int(row["appointments"]), int(row[measure])
            assert (value, beneath(cell)) == (str((200 * number + asked) // (2 * asked)), [str(number)])


@pytest.mark.parametrize(
    ("measure", "caption", "said", "key"),
    [
        ("below", "People below, in percent", "are below what it asks.", "under 10"),
        ("unrecorded", "Nothing recorded yet, in percent", "nothing is recorded yet for", "under 10"),
        ("lapsed", "Evidence lapsed, in percent", "evidence has lapsed for", "under 10"),
        ("short", "People short, in percent", "are short", "under 10"),
        ("missing", "Missing levels for each 100 people", "levels are missing for the", "under 20"),
        (
            "cover",
            "Who hold level 3 Practitioner or more, in percent",
            "hold level 3 Practitioner or more",
            "40 or more",
        ),
    ],
)
def test_table_sentence_map_key_and_two_years_say_the_same_measure(
    service: Service, measure: str, caption: str, said: str, key: str
) -> None:
    page = service.open(f"{PAGE}?measure={measure}&competency=law")
    assert page.select(".heat-table caption")[0].startswith(caption)
    assert said in sentence(page)
    assert page.select(".key li")[0] == key
    assert [caption in each for each in page.select(".report__map p")[:1]] == [True] * (measure == "below")
    assert table(page, "tfoot")["All regions", "law"] in page.select(".table--trend tbody tr")[0]
    assert page.tree.cssselect("#measure option[selected]")[0].get("value") == measure
    assert f"measure={measure}" in page.links()["risk"] or measure == "below"
    assert set(tiles(page).values()) <= {
        *table(service.open(f"{PAGE}?by=organisation&measure={measure}")).values(),
        NOBODY,
    }


def test_missing_levels_are_those_of_the_file(service: Service) -> None:
    file = rows(service.client(), f"{PAGE}.csv")
    values = table(service.open(f"{PAGE}?measure=missing")).values()
    for row, value in zip(file, values, strict=True):
        if value.isdigit():
            assert abs(100 * float(row["mean_gap"]) - int(value)) <= 0.51


def test_cover_names_where_fewest_hold_the_level(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.competencies.disclosure.suppressed", lambda *_, **__: Suppressed())
    page = service.open(f"{PAGE}?measure=cover&competency=law")
    cells = table(page)
    shares = {row: int(value) for (row, key), value in cells.items() if key == "law"}
    assert f"The lowest share is that of {min(shares, key=shares.__getitem__)}: " in sentence(page)
    listed = [int(words_of(each)) for each in page.tree.cssselect(".gap-list .heat")]
    assert listed == sorted(listed)


def test_an_area_adds_up_its_competencies_and_says_what_it_divides_by(service: Service) -> None:
    file = [row for row in rows(service.client(), f"{PAGE}.csv?by=region") if row["group"] == "east"]
    page = service.open(f"{PAGE}?columns=area")
    assert page.select(".heat-table__competency") == ["Source"]
    shown = table(page)["East Midlands", "Source"]
    if any(row["suppressed"] == "yes" for row in file):
        assert shown == HIDDEN
    else:
        asked, below = (sum(int(row[key]) for row in file) for key in ("appointments", "below"))
        assert shown == str((200 * below + asked) // (2 * asked))
    assert "posts and competencies that roles ask for in Source" in sentence(
        page
    ) or "no figure of Source" in sentence(page)
    assert page.select(".table--trend") == []


def test_an_area_is_shown_only_where_each_of_its_competencies_is(service: Service) -> None:
    for choice in ("by=region", "by=organisation", "by=role", "by=pillar", "by=role&organisation=aldermoor"):
        parts = table(service.open(f"{PAGE}?{choice}"))
        whole = table(service.open(f"{PAGE}?{choice}&columns=area"))
        for row in {row for row, _ in parts}:
            hidden = HIDDEN in {value for (title, _), value in parts.items() if title == row}
            assert (whole[row, "Source"] == HIDDEN) == hidden


def test_a_measure_or_column_that_is_none_is_refused(service: Service) -> None:
    page = service.open(f"{PAGE}?measure=charm", status=400)
    assert page.select(".govuk-error-summary a") == ["Choose a measure of the list"]
    page = service.open(f"{PAGE}?columns=people", status=400)
    assert page.select(".govuk-error-summary a") == ["Choose columns by competency or area"]
    assert service.client().get(f"{PAGE}?columns=area&area=nowhere").status_code == 404


def titles(page: Page) -> list[str]:
    return list(dict.fromkeys(row for row, _ in table(page)))


def test_rows_stand_by_name_or_by_figure_as_asked(service: Service) -> None:
    page = service.open(f"{PAGE}?competency=law")
    assert titles(page) == list(REGIONS.values())
    named = page.follow("By name")
    assert titles(named) == sorted(REGIONS.values())
    assert (
        named.tree.cssselect('.heat-table th[aria-sort="ascending"]')[0].text_content().split()[0] == "Region"
    )
    ranked = page.follow("By figure")
    values = [value for (_, key), value in table(ranked).items() if key == "law"]
    assert values == sorted(values, key=int, reverse=True)
    assert len(ranked.tree.cssselect('.heat-table__competency[aria-sort="descending"]')) == 1
    fewest = service.open(f"{PAGE}?competency=law&measure=cover&order=figure")
    values = [value for (_, key), value in table(fewest).items() if key == "law"]
    shown = [value for value in values if value != HIDDEN]
    assert values == [*sorted(shown, key=int), *[HIDDEN] * (len(values) - len(shown))]


def test_hidden_rows_stand_last_and_in_their_usual_order(service: Service) -> None:
    usual = service.open(f"{PAGE}?by=role&organisation=fenvale&competency=law")
    page = service.open(f"{PAGE}?by=role&organisation=fenvale&competency=law&order=figure")
    values = {row: value for (row, key), value in table(page).items() if key == "law"}
    last = [row for row, value in values.items() if not value.isdigit()]
    assert last
    assert list(values)[-len(last) :] == last == [row for row in titles(usual) if row in last]


def test_forces_are_never_ranked(service: Service) -> None:
    page = service.open(f"{PAGE}?by=organisation&competency=law&order=figure")
    assert titles(page) == titles(service.open(f"{PAGE}?by=organisation"))
    assert page.select(".heat-table__orders") == []
    assert page.select("[aria-sort]") == []
