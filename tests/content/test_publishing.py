"""What passes is published, what fails keeps its last good version, and nothing published is lost."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.content import catalogue
from lms.content.catalogue import Catalogue
from lms.content.checking import check
from lms.content.framework import Framework
from lms.content.models import (
    Asset,
    CompetencyRow,
    Module,
    ModuleVersion,
    PillarRow,
    Publication,
    RoleProfileRow,
)
from lms.content.publishing import edition_mistakes, publish
from lms.core.database import db, writing
from tests.support.courses import COURSE, FILES, MODULE, MODULE_PATH, OTHER, STANDARD, SVG, replaced, written

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 31, 9, 0, tzinfo=UTC)
OTHER_PATH = "awarding/after-the-award.md"
Changes = dict[str, str | bytes | None]
Publish = Callable[..., Catalogue]

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def published(tmp_path: Path) -> Publish:
    """Publish the folder with some files changed; gives the catalogue."""

    def publish_with(changes: Changes | None = None, at: datetime = START) -> Catalogue:
        checked = check(written(tmp_path, changes))
        with writing():
            publish(checked, at)
        return catalogue.current()

    return publish_with


def count(kind: type[Publication | ModuleVersion | Module]) -> int:
    return db.session.scalar(select(func.count()).select_from(kind)) or 0


def raised(edition: int, asks: str = "questions", **more: str) -> str:
    changes = f"changes:\n  - {{part: telling-the-bidders, asks: {asks}, why: The law changed}}"
    text = replaced(MODULE, "edition: 1", f"edition: {edition}\n{changes}")
    for key, value in more.items():
        text = replaced(text, "aliases: []", f"{key}: {value}\naliases: []")
    return text


def test_an_empty_installation_has_an_empty_catalogue() -> None:
    assert catalogue.current() == Catalogue()
    assert catalogue.current().module("standstill") is None


def test_everything_that_passes_is_published(published: Publish) -> None:
    now = published()
    assert [course.id for course in now.courses] == ["awarding"]
    assert [module.id for module in now.modules_of("awarding")] == ["standstill", "after-the-award"]
    assert [standard.clause("4.2") is not None for standard in now.standards] == [True]
    assert now.framework.role("buyer") is not None
    assert now.problems == ()
    assert list(db.session.scalars(select(CompetencyRow.id))) == ["procurement-law"]
    assert sorted(db.session.scalars(select(RoleProfileRow.id))) == ["assistant", "buyer"]
    assert list(db.session.scalars(select(PillarRow.id))) == ["operational-policing"]


def test_a_module_entry_says_what_lists_need(published: Publish) -> None:
    module = published().module("standstill")
    assert module is not None
    assert (module.course, module.minutes, module.edition, module.question_count) == ("awarding", 12, 1, 4)
    assert [part.slug for part in module.parts] == ["the-day-that-counts", "telling-the-bidders"]
    assert module.edition_on == date(2026, 11, 30)
    assert module.published_at == START
    assert module.earlier_until == ()


def test_the_text_is_that_of_the_version(published: Publish) -> None:
    module = published().module("standstill")
    assert module is not None
    version = catalogue.module_version(module.version_id)
    assert (version.module_id, version.edition, version.document.title) == ("standstill", 1, module.title)
    assert version.document.question("last-day") is not None
    assert catalogue.module_version(module.version_id) is version
    with pytest.raises(LookupError):
        catalogue.module_version(999)


def test_a_picture_is_kept_by_its_hash(published: Publish) -> None:
    published()
    picture = db.session.scalars(select(Asset)).one()
    assert (picture.media_type, picture.data) == ("image/svg+xml", SVG.encode())


def test_the_catalogue_says_what_shows_a_level(published: Publish) -> None:
    now = published()
    assert now.shown_by("standstill") == [("procurement-law", 1)]
    assert [module.id for module in now.closing("procurement-law", 1)] == ["standstill", "after-the-award"]
    assert now.closing("procurement-law", 2) == []


def test_nothing_is_written_when_nothing_differs(published: Publish) -> None:
    published()
    published(at=LATER)
    assert (count(Publication), count(ModuleVersion)) == (1, 2)


def test_a_mended_typo_is_a_new_version_of_the_same_edition(published: Publish) -> None:
    before = published().module("standstill")
    after = published({MODULE_PATH: MODULE.replace("Write to each", "Write to every one")}, LATER).module(
        "standstill"
    )
    assert before is not None
    assert after is not None
    assert before.version_id != after.version_id
    assert (after.edition, after.edition_on, after.published_at) == (1, date(2026, 11, 30), LATER)
    assert catalogue.module_version(before.version_id).document.edition == 1


def test_a_text_that_comes_back_is_the_version_that_it_was(published: Publish) -> None:
    first = published().module("standstill")
    published({MODULE_PATH: MODULE.replace("Write to each", "Write to every one")}, LATER)
    again = published({MODULE_PATH: MODULE}, LATER).module("standstill")
    assert first is not None
    assert again is not None
    assert first.version_id == again.version_id
    assert count(ModuleVersion) == 3


def test_a_changed_picture_is_a_new_version(published: Publish) -> None:
    first = published().module("standstill")
    again = published({"awarding/days.svg": SVG.replace("M0 0", "M1 1")}).module("standstill")
    assert first is not None
    assert again is not None
    assert first.version_id != again.version_id


def test_what_fails_keeps_its_last_good_version_and_is_named(published: Publish) -> None:
    before = published()
    broken = replaced(MODULE, "- [x] On", "- [ ] On")
    after = published(
        {MODULE_PATH: broken, OTHER_PATH: replaced(OTHER, "The contract.", "A contract.")}, LATER
    )
    assert after.module("standstill") == before.module("standstill")
    assert after.module("after-the-award") != before.module("after-the-award")
    (problem,) = after.problems
    assert (problem.kind, problem.id, problem.path) == (
        "module",
        "standstill",
        "courses/awarding/standstill.md",
    )
    assert [(m.code, m.line, m.column) for m in problem.mistakes] == [("no-right-answer", 42, 1)]
    assert problem.mistakes[0].message == "The question “standstill-length” has no right answer"


def test_what_never_passed_is_not_published(published: Publish) -> None:
    now = published({MODULE_PATH: replaced(MODULE, "- [x] On", "- [ ] On")})
    assert now.module("standstill") is None
    assert [module.id for module in now.modules_of("awarding")] == ["after-the-award"]


def test_a_failing_framework_keeps_its_last_good_one(published: Publish) -> None:
    before = published()
    broken = replaced(FILES["framework/roles.yaml"], "procurement-law: 1", "procurement: 1")
    after = published(
        {"framework/roles.yaml": broken, MODULE_PATH: MODULE.replace("Monday", "Tuesday")}, LATER
    )
    assert after.framework == before.framework
    assert after.module("standstill") != before.module("standstill")
    assert [(one.kind, one.id) for one in after.problems] == [("framework", "roles")]


def test_without_a_framework_modules_are_published_all_the_same(published: Publish) -> None:
    now = published({"framework/roles.yaml": None})
    assert now.framework == Framework()
    assert now.module("standstill") is not None


def test_a_failing_course_keeps_its_last_good_one(published: Publish) -> None:
    before = published()
    after = published({"awarding/course.md": replaced(COURSE, "title:", "titel:")}, LATER)
    assert after.courses == before.courses
    assert [module.id for module in after.modules_of("awarding")] == ["standstill", "after-the-award"]


def test_a_module_of_a_course_that_was_never_published_waits(published: Publish) -> None:
    now = published({"awarding/course.md": replaced(COURSE, "title:", "titel:")})
    assert now.modules == ()
    assert count(ModuleVersion) == 0


def test_a_module_whose_file_is_gone_leaves_the_catalogue_and_keeps_its_text(published: Publish) -> None:
    before = published().module("after-the-award")
    assert before is not None
    gone: Changes = {
        OTHER_PATH: None,
        "awarding/course.md": replaced(COURSE, ", after-the-award", ""),
        "framework/competencies.yaml": replaced(
            FILES["framework/competencies.yaml"], ", after-the-award", ""
        ),
        MODULE_PATH: replaced(MODULE, "[its length](module:after-the-award)", "its length"),
    }
    after = published(gone, LATER)
    assert after.module("after-the-award") is None
    assert after.problems == ()
    assert catalogue.module_version(before.version_id).document.title == "After the award"
    assert count(Module) == 2


def test_a_renamed_module_answers_to_its_earlier_name(published: Publish) -> None:
    published({MODULE_PATH: raised(3)})
    renamed: Changes = {
        MODULE_PATH: None,
        "awarding/waiting.md": raised(3).replace("aliases: []", "aliases: [standstill]"),
        "awarding/course.md": replaced(COURSE, "standstill", "waiting"),
        "framework/competencies.yaml": replaced(
            FILES["framework/competencies.yaml"], "[standstill", "[waiting"
        ),
    }
    now = published(renamed, LATER)
    assert now.resolve("standstill") == "waiting"
    assert now.resolve("nothing") == "nothing"
    assert now.ids_of("waiting") == ("waiting", "standstill")
    entry = now.module("waiting")
    assert entry is not None
    assert entry.edition_on == date(2026, 11, 30)


def test_a_lower_edition_is_a_mistake_under_any_name(published: Publish, tmp_path: Path) -> None:
    published({MODULE_PATH: raised(3)})
    after = published({MODULE_PATH: raised(2)}, LATER)
    module = after.module("standstill")
    assert module is not None
    assert module.edition == 3
    (problem,) = after.problems
    assert [(m.code, m.line, m.column) for m in problem.mistakes] == [("edition-lower", 6, 10)]
    checked = check(written(tmp_path))
    assert [mistake.message for mistake in edition_mistakes(checked)] == [
        "Edition 1 is lower than edition 3, which is published"
    ]


def test_passes_of_an_earlier_edition_count_until_the_grace_ends(published: Publish) -> None:
    published()
    second = published({MODULE_PATH: raised(2)}, LATER).module("standstill")
    assert second is not None
    assert [(one.edition, one.day) for one in second.earlier_until] == [(2, date(2027, 5, 1))]
    assert second.edition_on == date(2027, 1, 31)
    third = published({MODULE_PATH: raised(3, grace="0")}, LATER).module("standstill")
    assert third is not None
    assert [(one.edition, one.day) for one in third.earlier_until] == [
        (2, date(2027, 5, 1)),
        (3, date(2027, 1, 31)),
    ]


def test_an_edition_that_asks_nothing_ends_no_pass(published: Publish) -> None:
    published()
    second = published({MODULE_PATH: raised(2, asks="nothing")}, LATER).module("standstill")
    assert second is not None
    assert second.earlier_until == ()


def test_anchors_stay_when_the_framework_drops_them(published: Publish) -> None:
    published()
    published({"framework/pillars.yaml": "pillars: []\n"}, LATER)
    assert catalogue.current().framework.pillars == ()
    assert list(db.session.scalars(select(PillarRow.id))) == ["operational-policing"]


def test_courses_stand_in_their_order_then_by_title(published: Publish) -> None:
    later = replaced(COURSE, "title: Awarding", "title: Zebras").replace(
        "[standstill, after-the-award]", "[one]"
    )
    first = (
        later.replace("Zebras", "Yaks").replace("modules:", "order: 1\nmodules:").replace("[one]", "[two]")
    )
    files: Changes = {
        "zebras/course.md": later,
        "zebras/one.md": OTHER,
        "yaks/course.md": first,
        "yaks/two.md": OTHER,
    }
    assert [course.title for course in published(files).courses] == ["Yaks", "Awarding", "Zebras"]


def test_standards_stand_in_their_order_then_by_title(published: Publish) -> None:
    later = replaced(STANDARD, "title: Sourcing", "title: Zebras")
    files: Changes = {
        "standards/antelopes.md": later,
        "standards/yaks.md": later.replace("Zebras", "Yaks").replace("law_at:", "order: 1\nlaw_at:"),
    }
    assert [standard.title for standard in published(files).standards] == ["Yaks", "Sourcing", "Zebras"]


def test_what_is_undone_is_not_remembered(tmp_path: Path) -> None:
    checked = check(written(tmp_path))

    def fail() -> None:
        with writing():
            publish(checked, START)
            assert catalogue.current().module("standstill") is not None
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert catalogue.current() == Catalogue()
    other = check(written(tmp_path, {MODULE_PATH: MODULE.replace("Counting", "Telling")}))
    with writing():
        publish(other, START)
    module = catalogue.current().module("standstill")
    assert module is not None
    assert module.title == "Telling the standstill"
    assert catalogue.module_version(module.version_id).document.title == "Telling the standstill"


def test_an_address_of_a_law_is_that_of_its_section(published: Publish) -> None:
    framework = published().framework
    base = "https://www.legislation.gov.uk/ukpga/2023/54"
    assert framework.law_address("pa23/51") == f"{base}/section/51"
    assert framework.law_address("pa23/sch5") == f"{base}/schedule/5"
    assert framework.law_address("pa23/sch5/13") == f"{base}/schedule/5/paragraph/13"
    assert framework.law_address("none/1") is None
    assert framework.law_title("pa23/51") == "Standstill periods on the award of contracts"
    assert framework.figures["standstill"].on(date(2025, 2, 23)) == "10 days"
    assert framework.figures["standstill"].on(date(2023, 1, 1)) is None
    required = framework.roles[0].requires[0]
    assert (required.competency, required.level, required.from_day) == (
        "procurement-law",
        2,
        date(2027, 4, 1),
    )
