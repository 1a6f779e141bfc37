"""What is worked out at a server's start is what the first page of a lead asks for."""

from typing import Any

import pytest
from flask import Flask

from lms.competencies.suppression import Suppressed, suppressed
from lms.reports.warming import warm, warm_with_the_first_request
from tests.support.service import Service


@pytest.mark.parametrize("address", ["/reports/gaps", "/reports/gaps/why"])
def test_the_first_pages_of_a_lead_find_all_hidden_rows_worked_out(
    address: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(service.app)

    def refused(*_: object, **__: object) -> None:
        message = "worked out for a page"
        raise AssertionError(message)

    monkeypatch.setattr("lms.competencies.disclosure.suppressed", refused)
    service.open(address)


def test_without_warming_the_page_works_it_out(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(*given: Any, **named: Any) -> Suppressed:  # noqa: ANN401 passed on
        asked.append(1)
        return suppressed(*given, **named)

    monkeypatch.setattr("lms.competencies.disclosure.suppressed", counted)
    service.open()
    assert asked


def test_an_empty_service_has_nothing_to_work_out(app: Flask) -> None:
    warm(app)


def test_it_begins_once(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    class Counted:
        def __init__(self, **named: object) -> None:
            begun.append(str(named["name"]))

        def start(self) -> None:
            """Begin nothing."""

    monkeypatch.setattr("lms.reports.warming.Thread", Counted)
    warm_with_the_first_request(service.app)
    client = service.app.test_client()
    client.get("/healthz")
    client.get("/healthz")
    assert begun == ["warming"]
