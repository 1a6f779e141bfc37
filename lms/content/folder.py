"""The files of a folder of courses: which there are, and each one read."""

from collections.abc import Iterator
from pathlib import Path

from lms.content.documents import CourseDocument, ModuleDocument, StandardDocument
from lms.content.framework_files import FRAMEWORK_FILES
from lms.content.lines import FILE_BYTES
from lms.content.mistakes import Mistake, Mistakes, Span, listed, near
from lms.content.network_files import NETWORK_FILE
from lms.content.opening import PictureFile, Reading
from lms.content.pictures import BYTES as PICTURE_BYTES
from lms.content.pictures import is_picture_name, read_picture
from lms.content.reading import read_course, read_module
from lms.content.rendering import Picture, slug
from lms.content.standards import read_standard

FRAMEWORK = "framework"
STANDARDS = "standards"
COURSE = "course.md"
FILES = (*FRAMEWORK_FILES, NETWORK_FILE)


class Folder:
    """The files of a folder of courses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stray: list[Mistake] = []
        self.pictures: dict[str, Picture] = {}

    def path(self, *names: str) -> str:
        """How messages name a file."""
        return "/".join((self.folder.name, *names))

    def texts(self, name: str) -> list[Path]:
        """The Markdown files of a folder; a name that can be no id is named and left out."""
        found = []
        for path in self.listed(name):
            if path.suffix != ".md" or path.is_dir():
                continue
            if slug(path.stem) == path.stem:
                found.append(path)
            else:
                self.note(self.path(name, path.name), "file-name", name=path.stem)
        return found

    def note(self, path: str, code: str, **values: str) -> None:
        """A mistake about a file as a whole."""
        mistakes = Mistakes(path)
        mistakes.add(code, Span(line=1), **values)
        self.stray += mistakes.found

    def data(self, *names: str, most: int = FILE_BYTES) -> bytes:
        """The bytes of a file, not many more than the most that it may have."""
        try:
            with self.folder.joinpath(*names).open("rb") as file:
                return file.read(most + 1)
        except OSError as error:
            self.note(self.path(*names), "unreadable", reason=error.strerror or type(error).__name__)
            return b""

    def framework(self) -> dict[str, bytes]:
        """The files of the framework and of the network by name; one that belongs to nothing is named."""
        found = {}
        for path in self.listed(FRAMEWORK):
            if path.name in FILES:
                found[path.name] = self.data(FRAMEWORK, path.name)
            elif path.suffix in {".yaml", ".yml"}:
                close = near(path.name, FILES)
                known = listed(FILES)
                place = self.path(FRAMEWORK, path.name)
                self.note(place, "framework-file", name=path.name, known=known, near=close)
        return found

    def listed(self, *names: str) -> list[Path]:
        """What a folder holds, in order; nothing when it is not there."""
        folder = self.folder.joinpath(*names)
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def courses(self) -> Iterator[str]:
        """The folders of courses."""
        for path in self.listed():
            if not path.is_dir() or path.name in {FRAMEWORK, STANDARDS} or path.name.startswith((".", "_")):
                continue
            if slug(path.name) == path.name:
                yield path.name
            else:
                self.note(self.path(path.name, COURSE), "file-name", name=path.name)

    def standard(self, path: Path) -> Reading[StandardDocument]:
        """One standard."""
        return read_standard(self.data(STANDARDS, path.name), self.path(STANDARDS, path.name), path.stem)

    def course(self, course: str) -> Reading[CourseDocument]:
        """The course.md of a folder."""
        path = self.path(course, COURSE)
        if (self.folder / course / COURSE).is_file():
            return read_course(self.data(course, COURSE), path, course)
        mistakes = Mistakes(path)
        mistakes.add("no-course", Span(line=1), course=course)
        return Reading(path, course, mistakes=mistakes.found)

    def modules(self, course: str) -> Iterator[Reading[ModuleDocument]]:
        """The modules of a folder."""
        beside: dict[str, PictureFile] = {}
        for file in self.listed(course):
            if is_picture_name(file.name) and file.is_file():
                data = self.data(course, file.name, most=PICTURE_BYTES)
                beside[file.name] = PictureFile(*read_picture(file.name, data))
        for file in self.texts(course):
            if file.name != COURSE:
                data = self.data(course, file.name)
                reading = read_module(data, self.path(course, file.name), file.stem, course, beside)
                for name in reading.document.pictures if reading.document else ():
                    self.pictures[beside[name].picture.hash] = beside[name].picture
                yield reading
