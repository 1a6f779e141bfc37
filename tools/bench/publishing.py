"""What it costs to check and publish many modules, beside rendering the same text and nothing else."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from markdown import Markdown

from lms import create_app
from lms.authoring.live import LiveFolder
from lms.authoring.publishing import Published, publish_courses
from lms.content import rendering
from lms.content.checking import check
from lms.core.migrations import bring_forward
from tests.support.application import settings_for
from tests.support.courses import FILES, MODULE, MODULE_PATH, replaced
from tests.support.courses import written as one_module
from tests.support.hostile import LARGE, WRITTEN
from tools.steps import SetUpError, say

MODULES, COURSES = 1_000, 20
MOST_TO_RENDERING, LEAST_TO_NOTHING = 3.0, 20.0
EXTENSIONS = ("tables", "footnotes", "abbr", "attr_list", "smarty", "fenced_code")
PARAGRAPHS = 6
PROSE = (
    "A force buys [what it needs](module:after-the-award) number {number} on a *Monday*, and counts "
    "**8 working days** from it. The buyer writes one line: which rules apply, why, and on which date. "
    "A second person counts again, and both dates stand in the file before anybody signs.\n"
)


def measured_publishing(scratch: Path, modules: int = MODULES) -> dict[str, Any]:
    """Publish so many modules in an empty SQLite database in this folder; seconds, and ratios to goals."""
    folder = written(scratch, modules)
    app = create_app(settings_for(f"sqlite:///{scratch / 'publishing.db'}"))
    with app.app_context():
        bring_forward()
    seconds = {
        "render": timed(lambda: rendered(folder)),
        "check": timed(lambda: check(folder)),
        "publish": published(app, folder, modules),
        "unchanged": min(published(app, folder, 0) for _ in range(3)),
    }
    changed = min(folder.glob("course-1/module-*.md"))
    changed.write_text(changed.read_text().replace("A second person", "Another person"))
    seconds["one changed"] = published(app, folder, 0)
    seconds["preview of a save"] = previewed(app, folder, changed)
    found = {
        "modules": modules,
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "publish_to_render": round(seconds["publish"] / seconds["render"], 2),
        "publish_to_unchanged": round(seconds["publish"] / seconds["unchanged"], 1),
        "check_to_preview": round(seconds["check"] / seconds["preview of a save"], 1),
    }
    found["worst text"], found["worst seconds"] = worst(scratch)
    say("\n".join(table(found)))
    return found


def worst(scratch: Path) -> tuple[str, float]:
    """Which of the texts that were written to harm, or are as large as may be, takes longest, in seconds."""
    hostile = {name: data for name, (data, _) in WRITTEN.items()} | LARGE
    taken = {}
    for name, data in hostile.items():
        folder = one_module(scratch / "hostile", {MODULE_PATH: data})
        taken[name] = round(timed(partial(check, folder)), 3)
    name = max(taken, key=lambda each: taken[each])
    return name, taken[name]


def table(found: dict[str, Any]) -> Iterator[str]:
    """The lines for a person at a terminal."""
    yield f"\n{'Publishing':28}{'seconds':>10}"
    yield from (f"{name:28}{value:>10,.2f}" for name, value in found["seconds"].items())
    ratio, least = found["publish_to_render"], found["publish_to_unchanged"]
    met = {True: "met", False: "NOT MET"}
    verdict = met[ratio <= MOST_TO_RENDERING]
    yield f"From nothing, {ratio:.1f} x rendering alone; goal {MOST_TO_RENDERING:g} x: {verdict}"
    yield f"Unchanged, 1/{least:.0f} of that; goal 1/{LEAST_TO_NOTHING:g}: {met[least >= LEAST_TO_NOTHING]}"
    seen = found["check_to_preview"]
    verdict = met[seen >= LEAST_TO_NOTHING]
    yield f"The slowest of hostile texts ({found['worst text']}): {found['worst seconds']:.2f} s"
    yield f"A preview after a save, 1/{seen:.0f} of a check; goal 1/{LEAST_TO_NOTHING:g}: {verdict}"


def previewed(app: Flask, folder: Path, module: Path) -> float:
    """The seconds from a save to what its page shows, of a folder that was looked at before."""
    live = LiveFolder(folder)
    with app.app_context():
        live.preview(module.parent.name, module.stem)
        module.write_text(module.read_text().replace("Another person", "Somebody else"))
        return timed(lambda: live.preview(module.parent.name, module.stem))


def written(scratch: Path, modules: int) -> Path:
    """A folder of courses in which every module has a text of its own."""
    folder = scratch / "courses"
    names: dict[int, list[str]] = {}
    for number in range(1, modules + 1):
        names.setdefault(1 + number % COURSES, []).append(f"module-{number}")
    for name, text in FILES.items():
        put(folder / name, text)
    for course, listed in names.items():
        course_folder = folder / f"course-{course}"
        put(
            course_folder / "course.md",
            FILES["awarding/course.md"].replace(
                "[standstill, after-the-award]", str(listed).replace("'", "")
            ),
        )
        put(course_folder / "days.svg", FILES["awarding/days.svg"])
        for name in listed:
            prose = "\n".join(PROSE.format(number=f"{name} {each}") for each in range(PARAGRAPHS))
            text = replaced(MODULE, "## Telling the bidders\n", f"{prose}\n## Telling the bidders\n")
            put(course_folder / f"{name}.md", text)
    return folder


def put(path: Path, text: str) -> None:
    """Write a file, and the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def rendered(folder: Path) -> None:
    """Turn the body of every module into HTML with the same extensions, and do nothing else."""
    markdown = Markdown(extensions=list(EXTENSIONS), output_format="html")
    for file in sorted(folder.glob("*/*.md")):
        markdown.reset()
        markdown.convert(file.read_text().split("\n---\n", 1)[1])


def published(app: Flask, folder: Path, least: int) -> float:
    """Publish, and give the seconds; a publication that does not do what is timed stops the bench."""
    done: list[Published] = []
    with app.app_context():
        seconds = timed(lambda: done.append(publish_courses(folder, by=None)))
    if done[0].problems or len(done[0].changes.new) < least:
        message = f"The generated courses were not published: {done[0].problems[:1]}"
        raise SetUpError(message)
    return seconds


def timed(action: Callable[[], object]) -> float:
    """How long something takes once, in seconds, with no text converted before."""
    rendering.rendered.cache_clear()
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
