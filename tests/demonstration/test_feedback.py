"""What authors find on the desk of the demonstration rests on questions that the courses have."""

import shutil
from pathlib import Path

from sqlalchemy import select

from lms.content.checking import check
from lms.content.documents import Question
from lms.core.database import db
from lms.core.settings import ROOT
from lms.demonstration.feedback import (
    BEFORE,
    EASILY_RIGHT,
    EASY,
    MISLEADING,
    NEW_TEXT,
    WRONG,
    as_before,
    likely,
    read,
    stops,
)
from lms.learning.reading import place_of
from lms.learning.reading_counts import PartCount
from tests.authoring.conftest import Room, room
from tests.support import build
from tests.support.samples import entry

__all__ = ["room"]


def questions(folder: Path) -> dict[str, Question]:
    documents = [each.document for each in check(folder).passed_modules()]
    return {question.id: question for each in documents if each for question in each.questions}


def test_the_questions_are_those_of_the_courses() -> None:
    found = questions(ROOT / "courses")
    assert found[EASY].options
    assert not any(found[MISLEADING].options[place].right for place in WRONG)


def test_a_question_has_another_text_before_and_everything_still_passes(tmp_path: Path) -> None:
    folder = tmp_path / "courses"
    shutil.copytree(ROOT / "courses", folder)
    now = questions(folder)
    as_before(folder)
    before = questions(folder)
    assert {key for key in now if now[key].stem_html != before[key].stem_html} == {NEW_TEXT}
    assert BEFORE.strip() in before[NEW_TEXT].stem_html


def test_whoever_knows_more_is_right_less_often_where_a_question_misleads() -> None:
    assert likely(MISLEADING, 0.95) < likely(MISLEADING, 0.7)
    assert likely(EASY, 0.7) == EASILY_RIGHT
    assert likely("another", 0.7) == 0.7
    assert likely(MISLEADING, 1.0) == 1.0


def test_some_stop_half_way_and_the_same_ones_each_time() -> None:
    stopping = [number for number in range(1_000) if stops(number, "standstill")]
    assert 80 < len(stopping) < 160
    assert stopping == [number for number in range(1_000) if stops(number, "standstill")]


def test_parts_that_are_read_one_after_the_other_are_counted_once(room: Room) -> None:
    room.publish()
    with room.on():
        module, somebody = entry("notices"), build.person().id
        read(somebody, module, 2)
        read(somebody, module, 2)
        place = place_of(somebody, module.id)
        assert place is not None
        assert place.part == module.parts[1].slug
        assert db.session.scalars(select(PartCount.people)).all() == [1, 1, 1]
