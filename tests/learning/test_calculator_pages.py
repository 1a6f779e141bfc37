"""The calculators as pages: what was typed stays, errors name their field, the address holds all of it."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from lms.content.calculators import SETTINGS, TITLES
from lms.content.framework import Framework
from lms.learning.calculator_forms.kinds import CALCULATORS, worked_out
from lms.learning.calculator_forms.standstill import StandstillAnswer
from tests.learning.conftest import FIRST_DAY, School
from tests.support.pages import Page, submit
from tests.support.samples import changed_samples, publish_samples
from tests.support.statements import statements

PART = "/courses/first-steps/standstill/how-long-to-wait"
SENTENCE = "The standstill is [8 working days](figure:standstill)."
THRESHOLDS = """
threshold-goods-sub-central:
  title: Threshold
  source: pa23/51
  values:
    - {from: 2024-01-01, to: 2026-01-01, value: "£214,904"}
    - {from: 2026-01-01, value: "£207,720"}
in-force:
  title: In force
  source: pa23/51
  values:
    - {from: 2025-02-24, value: 24 February 2025}
contract-copy:
  title: Copy
  source: pa23/50
  values:
    - {from: 2025-02-24, value: "£5 million"}
small-contract-notices:
  title: Notices
  source: pa23/50
  values:
    - {from: 2025-02-24, value: "£30,000"}
discount-rate:
  title: Rate
  values:
    - {from: 2026-02-01, value: 3.5%}
"""
OFFERS = {
    "years": "10",
    "a_name": "Dear now",
    "a_price": "1,000",
    "b_name": "Dear later",
    "b_price": "0",
    "b_yearly": "£102",
}
SAVING = {
    "price": "412",
    "volume": "1,200",
    "new_price": "£389.00",
    "new_volume": "1100",
    "one_off": "6000",
    "running": "1500",
    "years": "3",
}


@pytest.fixture
def figures(school: School, tmp_path: Path) -> School:
    """The school with figures of money."""
    standstill = "    - {from: 2025-02-24, value: 8 working days}\n"
    change = (standstill, standstill + THRESHOLDS)
    with school.on(FIRST_DAY):
        publish_samples(changed_samples(tmp_path, "framework/figures.yaml", change))
    return school


def lead(page: Page) -> str:
    return page.select(".calculator__lead")[0]


def rows(page: Page) -> dict[str, str]:
    """The last cell of each row of the result, by its heading."""
    found = {}
    for row in page.tree.cssselect(".calculator__answer tbody tr, .calculator__answer tfoot tr"):
        cells = [" ".join(cell.text_content().split()) for cell in row]
        found[cells[0]] = cells[-1]
    return found


def test_every_calculator_of_the_content_has_a_page_and_every_setting_a_field() -> None:
    assert set(CALCULATORS) == set(TITLES)


def test_all_calculators_are_listed_and_found_from_courses_and_search(school: School) -> None:
    page = school.page("/courses/").follow("The calculators")
    assert page.h1 == "Calculators"
    assert list(page.links().values()) == [f"/tools/{name}" for name in TITLES]
    for name, kind in CALCULATORS.items():
        opened = page.client.page(f"/tools/{name}")
        assert opened.h1 == str(kind.title)
        assert not opened.select(".calculator__answer, .govuk-error-summary")
        fields = {field.get("name") for field in opened.tree.cssselect(".calculator [name]")}
        assert fields >= set(SETTINGS[name])
    assert school.page("/search").links()["Calculators"] == "/tools/"


def test_a_standstill_is_counted_day_by_day(school: School) -> None:
    page = submit(school.page("/tools/standstill"), published="26 November 2026", action="/tools/standstill")
    assert "last day of the standstill is Tuesday 8 December 2026" in lead(page)
    assert "may be entered into from Wednesday 9 December 2026" in lead(page)
    assert rows(page)["Monday 30 November 2026"] == "St Andrew’s Day, Scotland"
    assert rows(page)["Saturday 28 November 2026"] == "Weekend"
    assert rows(page)["Tuesday 8 December 2026"] == ""
    assert page.links()["Procurement Act 2023, section 51"].endswith("/section/51")
    field = page.tree.cssselect("#standstill-published")[0]
    assert field.get("value") == "26 November 2026"


def test_the_address_alone_gives_the_same_result(school: School) -> None:
    page = school.page("/tools/standstill?published=2026-12-18")
    assert "from Friday 1 January 2027" in lead(page)
    assert rows(page)["Friday 25 December 2026"] == "Christmas Day, the whole United Kingdom"
    change = school.page("/tools/standstill?published=2026-12-18&kind=change&days=10")
    assert "may be changed from Thursday 7 January 2027" in lead(change)
    assert change.links()["Procurement Act 2023, section 76"].endswith("/section/76")


def test_a_notice_on_a_weekend_and_one_before_the_act_are_said_to_be_so(school: School) -> None:
    weekend = school.page("/tools/standstill?published=5/12/2026")
    assert "Publish on a working day" in weekend.text
    assert "Publish on a working day" not in school.page("/tools/standstill?published=7/12/2026").text
    before = school.page("/tools/standstill?published=3/2/2025")
    assert "The Act was not in force on that day" in lead(before)
    assert rows(before) == {}


@pytest.mark.parametrize(
    ("address", "error", "field"),
    [
        ("standstill?published=", "Fill in “Day on which the notice is published”", "standstill-published"),
        (
            "standstill?published=soon",
            "“Day on which the notice is published” must be a date like 30/11/2026",
            "standstill-published",
        ),
        (
            "standstill?published=1/1/1999",
            "“Day on which the notice is published” must be from 1 January 2016 to 31 December 2040",
            "standstill-published",
        ),
        ("standstill?published=7/12/2026&days=7", "“Working days” must be 8 or more", "standstill-days"),
        (
            "standstill?published=7/12/2026&days=8.5",
            "“Working days” must be a whole number",
            "standstill-days",
        ),
        (
            "standstill?published=7/12/2026&days=eight",
            "“Working days” must be a number, such as 5",
            "standstill-days",
        ),
        (
            "standstill?published=7/12/2026&kind=none",
            "Choose one of “Why you wait”",
            "standstill-kind",
        ),
        (
            "threshold?value=0",
            "“Value a year, in pounds” must be from 0.01 to 100,000,000,000",
            "threshold-value",
        ),
        (
            "threshold?value=1.234",
            "“Value a year, in pounds” may have 2 decimals at most",
            "threshold-value",
        ),
        (
            "whole-life-cost?years=3&rate=3&a_price=1&b_price=1&a_single_1=5",
            "Fill in “Year of the first single cost of offer A”",
            "whole-life-cost-a-year-1",
        ),
        (
            "whole-life-cost?years=3&rate=3&a_price=1&b_price=1&a_single_1=5&a_year_1=4",
            "“Year of the first single cost of offer A” must lie within the term",
            "whole-life-cost-a-year-1",
        ),
        (
            "whole-life-cost?years=3&rate=3&a_price=1&b_price=1&c_name=Third",
            "Fill in “Price of offer C in year 0”",
            "whole-life-cost-c-price",
        ),
        ("saving?price=1", "Fill in “Baseline volume a year”", "saving-volume"),
    ],
)
def test_what_does_not_hold_is_kept_and_named(school: School, address: str, error: str, field: str) -> None:
    page = school.page(f"/tools/{address}", 422)
    assert page.title.startswith("Error: ")
    assert page.select(".govuk-error-summary li")[0] == error
    assert page.tree.cssselect(".govuk-error-summary a")[0].get("href") == f"#{field}"
    assert page.tree.cssselect(f"#{field}")
    typed = dict(pair.split("=") for pair in address.partition("?")[2].split("&"))
    for name, value in typed.items():
        if name != "kind":
            assert page.tree.cssselect(f"[name={name}]")[0].get("value", "") == value
    assert not page.select(".calculator__answer")


def test_a_value_is_shown_line_by_line_beside_the_threshold_of_its_day(figures: School) -> None:
    typed = {"value": "40,000", "years": "3", "extension_1": "1", "option_1": "5000", "begins": "31/12/2025"}
    below = submit(figures.page("/tools/threshold"), typed, action="/tools/threshold")
    assert rows(below) == {
        "First term: 3 years at the value a year": "£120,000",
        "Extension 1: 1 year": "£40,000",
        "Option 1": "£5,000",
        "VAT, 20% of £165,000": "£33,000",
        "Estimated value with VAT": "£198,000",
    }
    assert "below the threshold of £214,904 on 31 December 2025, by £16,904" in lead(below)
    assert "From £30,000: publish a below-threshold tender notice" in below.text
    above = submit(below, {"extension_2": "0.5", "begins": "1/1/2026"}, action="/tools/threshold")
    assert "at or above the threshold of £207,720 on 1 January 2026, by £14,280" in lead(above)
    assert "Not over £5 million: no copy of the contract need be published." in above.text


def test_a_value_at_the_threshold_is_covered_and_a_penny_less_is_not(figures: School) -> None:
    at = figures.page("/tools/threshold?value=207720&vat=in&begins=2026-11-26")
    assert "at or above the threshold" in lead(at)
    less = figures.page("/tools/threshold?value=207719.99&vat=in&begins=2026-11-26")
    assert "below the threshold of £207,720 on 26 November 2026, by £0.01" in lead(less)
    assert list(rows(less)) == ["First term: 1 year", "Estimated value with VAT"]


def test_a_procurement_that_began_before_the_act_is_under_the_earlier_rules(figures: School) -> None:
    page = figures.page("/tools/threshold?value=500000&begins=23/2/2025")
    assert "stays under the earlier rules" in lead(page)
    assert "threshold of" not in lead(page)
    assert "threshold of" in lead(figures.page("/tools/threshold?value=500000&begins=24/2/2025"))


def test_a_kind_without_a_figure_has_no_threshold(figures: School) -> None:
    page = figures.page("/tools/threshold?value=500000&kind=works&begins=2026-11-26")
    assert "No threshold is known here for that day." in lead(page)


def test_offers_are_compared_year_by_year_and_a_change_of_order_is_said(figures: School) -> None:
    page = submit(figures.page("/tools/whole-life-cost"), OFFERS, action="/tools/whole-life-cost")
    assert lead(page) == (
        "Lowest whole-life cost, discounted: Dear later, £848. That is £152 below the next. "
        "Discounting changes the order, the lowest first. Discounted: Dear later, Dear now. "
        "As it is paid: Dear now, Dear later."
    )
    table = page.tree.cssselect(".calculator__answer tr")
    assert [" ".join(cell.text_content().split()) for cell in table[2]] == [
        "1", "0.966", "£0", "£0", "£102", "£99",
    ]  # fmt: skip
    assert not page.tree.cssselect("details[open]")
    three = submit(page, {"rate": "0", "c_price": "500"}, action="/tools/whole-life-cost")
    assert "Offer C, £500. That is £500 below the next." in lead(three)
    assert "does not change the order" in lead(three)
    assert three.tree.cssselect("details[open]")


def test_a_saving_has_its_effects_apart_and_a_sentence_for_the_claim(school: School) -> None:
    page = submit(
        school.page("/tools/saving"),
        {**SAVING, "source": "Purchase ledger", "dated": "31/3/2026"},
        action="/tools/saving",
    )
    assert lead(page) == "Cash-releasing saving: £189,000 net over 3 years."
    found = rows(page)
    assert (found["Price effect a year"], found["Volume effect a year"]) == ("£25,300", "£41,200")
    assert (found["Recurring, a year"], found["Cost of the change, once"]) == (
        "£65,000",
        "\N{MINUS SIGN}£6,000",
    )
    working = page.select(
        ".calculator__answer tbody tr:nth-child(3) td, .calculator__answer tbody tr:nth-child(4) td"
    )
    assert working[::2] == ["£23 × 1,100, the new volume", "100 × £412, the baseline price"]
    (claim,) = page.select("blockquote")
    assert claim == (
        "Against a baseline of £412 for each of 1,200 a year, we pay £389 for each of 1,100. "
        "Baseline from: Purchase ledger. Baseline of 31 March 2026. We claim £189,000 net over 3 years: "
        "£25,300 a year from the price and £41,200 a year from the volume, less £1,500 a year to run the "
        "change and £6,000 once. It is cash-releasing: a budget falls by it."
    )


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("baseline=asked", "Cost avoided: £189,000 net over 3 years. It is not cash-releasing."),
        ("release=nothing", "Saving that releases no cash: £189,000 net over 3 years."),
        ("why=less", "Cash-releasing saving: £65,400 net over 3 years."),
        ("why=less", "Doing less, or doing it later, is no efficiency"),
        ("one_off=300000", "No saving: the net over 3 years is \N{MINUS SIGN}£105,000."),
    ],
)
def test_a_saving_says_what_kind_it_is(school: School, choice: str, words: str) -> None:
    name, _, value = choice.partition("=")
    typed = "&".join(f"{key}={text}" for key, text in {**SAVING, name: value}.items())
    page = school.page(f"/tools/saving?{typed}")
    assert words in lead(page)
    assert "A claim needs the source of its baseline" in page.text
    assert bool(page.select("blockquote")) == ("No saving" not in words)


def test_prices_of_less_than_a_penny_are_kept(school: School) -> None:
    typed = {**SAVING, "price": "0.2431", "new_price": "0.21", "one_off": "0", "running": "0"}
    page = submit(school.page("/tools/saving"), typed, action="/tools/saving")
    assert "£0.0331 × 1,100, the new volume" in page.select(".calculator__answer td")
    assert "Against a baseline of £0.2431 for each of 1,200" in page.text


def test_words_that_somebody_typed_are_shown_as_text(school: School) -> None:
    page = school.page("/tools/whole-life-cost?years=1&rate=1&a_price=1&b_price=2&a_name=<b>Vans</b>")
    assert "<b>Vans</b>" in lead(page)


def test_a_calculator_takes_as_many_statements_with_a_result_as_without(school: School) -> None:
    school.page("/tools/saving")
    counts = []
    for address in ("/tools/saving", "/tools/standstill?published=7/12/2026&days=60"):
        with statements() as seen:
            school.page(address, fragment=False)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 3


def test_a_calculator_stands_in_a_part_filled_in_by_its_author(school: School, tmp_path: Path) -> None:
    block = "/// calculator | standstill\n    published: 2026-11-26\n///\n\n"
    text = (SENTENCE, f"{SENTENCE}\n\n{block}Then sign.")
    with school.on(FIRST_DAY):
        publish_samples(changed_samples(tmp_path, "first-steps/standstill.md", text))
    page = school.page(PART, fragment=False)
    assert page.select(".callout--calculator h3") == ["Work out the standstill"]
    assert page.links()["a page of its own"] == "/tools/standstill"
    assert page.tree.cssselect("#standstill-published")[0].get("value") == "26/11/2026"
    assert "data-calculator" not in page.response.text
    assert page.text.index("Work it out") < page.text.index("Then sign.")
    result = submit(page, action="/tools/standstill")
    assert (result.path, result.h1) == ("/tools/standstill", "Standstill")
    assert "Wednesday 9 December 2026" in lead(result)
    assert school.page("/search?q=spreadsheet+passed").select("[role=status]") == ["Nothing found."]


def test_without_any_figure_a_standstill_has_the_length_that_was_typed(app: Flask) -> None:
    with app.test_request_context():
        kind, typed = CALCULATORS["standstill"], MultiDict({"published": "7/12/2026"})
        assert worked_out(kind, Framework(), typed).answer is None
        answer = worked_out(kind, Framework(), MultiDict({**typed, "days": "3"})).answer
    assert isinstance(answer, StandstillAnswer)
    assert answer.counted is not None
    assert answer.counted.free_from == date(2026, 12, 10)


def test_mistakes_stand_above_the_heading_of_the_page_and_inside_the_form_of_a_part(school: School) -> None:
    page = school.page("/tools/standstill?published=soon", 422)
    main = page.tree.cssselect("main")[0]
    found = [each.tag for each in main.iter("h1", "div") if each.tag == "h1" or each.get("role") == "alert"]
    assert found == ["div", "h1"]
    asked = {"HX-Request": "true", "HX-Target": "calculator-standstill"}
    part = school.client.get("/tools/standstill?published=soon", headers=asked).text
    assert part.index('id="calculator-standstill"') < part.index('role="alert"')
