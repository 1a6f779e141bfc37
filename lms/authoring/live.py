"""A folder of courses that somebody is writing in: read again as its files are saved, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lms.authoring.previewing import Draft, Preview, preview
from lms.authoring.revisions import RevisionError, commit_of, revision
from lms.authoring.sides import Text, side_of_folder
from lms.content.advice.advising import advise_on_module
from lms.content.checking import Checked, check, check_module
from lms.content.documents import ModuleDocument
from lms.content.folder import FRAMEWORK, STANDARDS
from lms.content.framework import Framework
from lms.content.mistakes import in_order
from lms.content.opening import PictureFile, Reading
from lms.content.pictures import is_picture_name, read_picture
from lms.content.reading import read_module
from lms.content.references import Known
from lms.core import clock

Stamp = tuple[tuple[str, int, int], ...]
"""Names, times of change in nanoseconds, and sizes of files."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A module in the list: how many mistakes stop it, and how many things there are to think about."""

    course: str
    id: str
    title: str
    errors: int
    advice: int


@dataclass
class LiveFolder:
    """The folder, with what the last look at all of its files knew."""

    folder: Path
    _stamp: Stamp = ()
    _known: Known = field(default_factory=Known)
    _checked: Checked | None = None
    _before: Mapping[str, Text] | None = None

    def stamp(self) -> Stamp:
        """What changes when any file is saved."""
        found = []
        for path in sorted(self.folder.glob("*/*")):
            if path.is_file() and not path.name.startswith("."):
                stat = path.stat()
                found.append((f"{path.parent.name}/{path.name}", stat.st_mtime_ns, stat.st_size))
        return tuple(found)

    def listed(self) -> list[Listed]:
        """Every module with what was found in it, by course; all files are checked."""
        checked = self._look()
        framework = checked.passed_framework() or Framework()
        rows = []
        for module in checked.modules:
            errors = sum(1 for one in module.mistakes if one.severity == "error")
            advice = [] if errors else advise_on_module(module, framework, clock.today())
            title = module.document.title if module.document else module.id
            rows.append(Listed(module.path.split("/")[-2], module.id, title, errors, len(advice)))
        return rows

    @property
    def framework(self) -> Framework:
        """The framework, as far as its files hold."""
        return self._kept().passed_framework() or Framework()

    @property
    def courses_of(self) -> dict[str, str]:
        """The course of each module."""
        return {module.id: module.path.split("/")[-2] for module in self._kept().modules}

    def preview(self, course: str, module_id: str) -> Preview | None:
        """One module as its file has it now; of the others only what has changed is read."""
        path = self.folder / course / f"{module_id}.md"
        if course in {FRAMEWORK, STANDARDS} or path.parent.parent != self.folder or not path.is_file():
            return None
        checked = self._look(but=f"{course}/{module_id}.md")
        pictures = self.pictures(course)
        shown = f"{self.folder.name}/{course}/{module_id}.md"
        reading = read_module(path.read_bytes(), shown, module_id, course, pictures)
        check_module(reading, self._known)
        kept = next((one for one in checked.modules if one.path == shown), None)
        draft = self._draft(reading, kept, pictures, checked.passed_framework() or Framework())
        return preview(draft, self._committed().get(module_id))

    def pictures(self, course: str) -> dict[str, PictureFile]:
        """The pictures that lie in the folder of a course, by name."""
        found = sorted((self.folder / course).iterdir())
        return {
            file.name: PictureFile(*read_picture(file.name, file.read_bytes()))
            for file in found
            if is_picture_name(file.name) and file.is_file()
        }

    def _draft(
        self,
        reading: Reading[ModuleDocument],
        kept: Reading[ModuleDocument] | None,
        pictures: dict[str, PictureFile],
        framework: Framework,
    ) -> Draft:
        """The module with its own mistakes, and those between files that the last look found."""
        between = [one for one in kept.mistakes if one.code in _BETWEEN] if kept else []
        mistakes = [*reading.mistakes, *between]
        if not any(one.severity == "error" for one in mistakes):
            mistakes += advise_on_module(reading, framework, clock.today())
        return Draft(reading.id, reading.path, reading.source, reading.document, in_order(mistakes), pictures)

    def _look(self, but: str = "") -> Checked:
        """What a check of all files says; asked again when another file than this one was saved."""
        stamp = self.stamp()
        others = tuple(one for one in stamp if one[0] != but)
        if self._checked is None or others != tuple(one for one in self._stamp if one[0] != but):
            self._known = Known()
            self._checked = check(self.folder, self._known)
            self._stamp = stamp
        return self._checked

    def _kept(self) -> Checked:
        """The last look, for what a page only leads to."""
        return self._checked or self._look()

    def _committed(self) -> Mapping[str, Text]:
        """The modules as the last commit has them; none outside a Git repository."""
        if self._before is None:
            try:
                with revision(self.folder, commit_of(self.folder, "HEAD")) as snapshot:
                    self._before = side_of_folder(snapshot.folder).modules
            except RevisionError:
                self._before = {}
        return self._before


_BETWEEN = {"duplicate-module", "module-not-listed", "alias-taken", "prerequisite-cycle"}
