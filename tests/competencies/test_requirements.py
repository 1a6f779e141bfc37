"""Publishing a framework writes the requirements that changed, each from its day."""

from datetime import date

from flask import Flask

from lms.competencies.facts import requirements
from lms.competencies.requirements import publish_requirements
from tests.support import build

DAY = date(2026, 6, 1)
LATER = date(2026, 9, 1)


def test_what_did_not_change_is_not_written_again(app: Flask) -> None:
    with app.app_context():
        build.anchors(competencies=("law",), roles=("buyer",))
        assert publish_requirements({("buyer", "law"): (2, None)}, DAY, by=None) == 1
        assert publish_requirements({("buyer", "law"): (2, None)}, LATER, by=None) == 0
        assert requirements().on("buyer", DAY) == {"law": 2}


def test_a_requirement_with_a_day_of_its_own_waits_for_it(app: Flask) -> None:
    with app.app_context():
        build.anchors(competencies=("law",), roles=("buyer",))
        publish_requirements({("buyer", "law"): (1, None)}, DAY, by=None)
        publish_requirements({("buyer", "law"): (3, LATER)}, DAY, by=None)
        assert requirements().on("buyer", DAY) == {"law": 1}
        assert requirements().on("buyer", LATER) == {"law": 3}


def test_a_planned_change_that_is_called_off_never_comes(app: Flask) -> None:
    with app.app_context():
        build.anchors(competencies=("law",), roles=("buyer",))
        publish_requirements({("buyer", "law"): (3, LATER)}, DAY, by=None)
        publish_requirements({("buyer", "law"): (2, None)}, DAY, by=None)
        assert requirements().on("buyer", LATER) == {"law": 2}


def test_what_is_no_longer_asked_becomes_level_0_and_is_remembered(app: Flask) -> None:
    with app.app_context():
        build.anchors(competencies=("law",), roles=("buyer",))
        publish_requirements({("buyer", "law"): (2, None)}, DAY, by=None)
        publish_requirements({}, LATER, by=None)
        assert requirements().on("buyer", LATER) == {}
        assert requirements().on("buyer", DAY) == {"law": 2}
