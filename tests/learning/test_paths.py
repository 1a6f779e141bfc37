"""The order of a path: a pure rule over an invented framework and catalogue."""

from dataclasses import replace

from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.documents import CourseDocument
from lms.content.framework import Competency, Framework
from lms.learning.paths import Path, path_of
from tests.support.catalogue import competency, module

FIRST = ("notices", "records", "dates")
SECOND = ("terms", "meetings", "limits")
LAW = competency("law", {1: ("notices",), 2: ("records", "terms")}, {3: ("terms", "limits")})
TALKS = competency("talks", {1: ("meetings",), 2: ("limits",)}, {3: ("limits",)})
DATA = competency("data", {1: ("dates",)})
BARE = competency("bare")


def entries(**changed: ModuleEntry) -> tuple[ModuleEntry, ...]:
    made = [replace(module(key), course="first") for key in FIRST]
    made += [replace(module(key), course="second") for key in SECOND]
    return tuple(changed.get(each.id, each) for each in made)


def catalogue_of(*competencies: Competency, modules: tuple[ModuleEntry, ...] | None = None) -> Catalogue:
    return Catalogue(
        framework=Framework(competencies=competencies),
        courses=tuple(
            CourseDocument(id=key, title=key, summary=key, modules=modules, html="")
            for key, modules in (("first", FIRST), ("second", SECOND))
        ),
        modules=entries() if modules is None else modules,
    )


def order(path: Path) -> list[str]:
    return [step.module.id for step in path.steps]


ALL = catalogue_of(LAW, TALKS, DATA, BARE)


def test_level_1_of_everything_comes_before_level_2() -> None:
    path = path_of({"law": 2, "talks": 2, "data": 2}, ALL)
    assert order(path) == ["notices", "dates", "meetings", "records", "terms", "limits"]
    assert [step.stage for step in path.steps] == [1, 1, 1, 2, 2, 2]
    assert [step.number for step in path.steps] == [1, 2, 3, 4, 5, 6]


def test_within_a_level_what_the_role_asks_most_of_comes_first() -> None:
    path = path_of({"law": 1, "talks": 2, "data": 1}, ALL)
    assert order(path) == ["meetings", "notices", "dates", "limits"]


def test_nothing_above_the_level_asked_and_nothing_that_is_not_asked_is_on_the_path() -> None:
    path = path_of({"law": 1, "talks": 0, "unknown": 3}, ALL)
    assert order(path) == ["notices"]
    assert path.required == {"law": 1}
    assert (path.minutes, path.reached, path.assessed) == (20, 1, ())


def test_what_a_module_builds_on_goes_before_it_also_when_no_level_needs_it() -> None:
    notices = replace(entries()[0], prerequisites=("limits", "terms"))
    path = path_of({"law": 1}, catalogue_of(LAW, TALKS, modules=entries(notices=notices)))
    assert order(path) == ["terms", "limits", "notices"]
    assert [step.before for step in path.steps] == [("notices",), ("notices",), ()]
    assert [bool(step.serves) for step in path.steps] == [False, False, True]
    assert path.minutes == 60


def test_modules_that_build_on_each_other_in_a_circle_come_to_an_end() -> None:
    notices = replace(entries()[0], prerequisites=("records",))
    records = replace(entries()[1], prerequisites=("notices",))
    path = path_of({"law": 1}, catalogue_of(LAW, modules=entries(notices=notices, records=records)))
    assert order(path) == ["records", "notices"]


def test_a_level_is_completed_by_the_last_of_its_modules_alone() -> None:
    path = path_of({"law": 2}, ALL)
    served = {
        step.module.id: [(each.level, each.of, each.completes) for each in step.serves] for step in path.steps
    }
    assert served == {"notices": [(1, 1, True)], "records": [(2, 2, False)], "terms": [(2, 2, True)]}


def test_a_module_of_several_competencies_stands_once_and_names_them_all() -> None:
    both = competency("both", {1: ("notices",), 2: ("notices", "records")})
    path = path_of({"law": 1, "both": 2}, catalogue_of(LAW, both))
    assert order(path) == ["notices", "records"]
    assert [(each.competency.id, each.level, each.completes) for each in path.steps[0].serves] == [
        ("law", 1, True),
        ("both", 1, True),
        ("both", 2, False),
    ]


def test_what_learning_does_not_reach_names_the_level_below_and_what_prepares_for_it() -> None:
    path = path_of({"law": 3, "talks": 1, "bare": 1}, ALL)
    law, bare = path.assessed
    assert (law.competency.id, law.level, law.learned) == ("law", 3, 2)
    assert [each.id for each in law.modules] == ["terms", "limits"]
    assert (bare.competency.id, bare.level, bare.learned, bare.modules) == ("bare", 1, 0, ())
    assert path.reached == 1
    assert "limits" not in order(path)
    prepared = {step.module.id: [each.competency.id for each in step.prepares] for step in path.steps}
    assert prepared == {"notices": [], "meetings": [], "records": [], "terms": ["law"]}


def test_a_module_that_is_not_published_is_left_out_and_its_level_needs_an_assessment() -> None:
    without = tuple(each for each in entries() if each.id != "terms")
    path = path_of({"law": 2}, catalogue_of(LAW, modules=without))
    assert order(path) == ["notices", "records"]
    assert path.missing == ("terms",)
    (law,) = path.assessed
    assert (law.level, law.learned, law.missing) == (2, 1, ("terms",))
    assert [each.completes for each in path.steps[1].serves] == [False]


def test_what_a_module_builds_on_and_is_not_published_is_left_out_and_said() -> None:
    notices = replace(entries()[0], prerequisites=("gone",))
    path = path_of({"law": 1}, catalogue_of(LAW, modules=entries(notices=notices)))
    assert (order(path), path.missing, path.assessed) == (["notices"], ("gone",), ())


def test_a_renamed_module_is_found_by_its_earlier_name() -> None:
    renamed = replace(entries()[0], id="all-notices", aliases=("notices",))
    path = path_of({"law": 1}, catalogue_of(LAW, modules=(renamed, *entries()[1:])))
    assert (order(path), path.missing) == (["all-notices"], ())


def test_a_role_that_asks_for_nothing_has_an_empty_path() -> None:
    path = path_of({}, ALL)
    assert (path.steps, path.assessed, path.missing, path.minutes, path.reached) == ((), (), (), 0, 0)
