"""Takes pictures of the pages of the demonstration: those of the README, or any others for developers.

`make screenshots` renews docs/pictures/. For a look at more: `python -m tools.screenshots --all DIR`,
or `--page /record --as learner --width 390 --into DIR`.
"""

import argparse
import logging
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from lms.demonstration.views import ADDRESSES
from lms.people.appointments import find_person
from tests.support.browser import Visitor, launched, served
from tools.browser import find_browser
from tools.demonstration import application, copy_of_demonstration
from tools.png import smaller
from tools.steps import ROOT, SetUpError, say, stop_with_a_sentence

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 200_000
WIDTH = 1280
WIDTHS = (1280, 390)
COURSE = "/courses/supply-chain-risk"
MODULE = f"{COURSE}/assessing-a-supplier"
LEARNER, MANAGER, AUTHOR = "learner", "manager", "author"
REGION, NATION, ADMINISTRATOR = "region-lead", "national-lead", "administrator"


@dataclass(frozen=True, slots=True)
class Shot:
    """A page, who opens it (empty: anyone), the name of its picture, and how many pixels are enough of it."""

    name: str
    persona: str
    path: str
    height: int | None = None


README = (
    Shot("home", LEARNER, "/", 980),
    Shot("module", LEARNER, MODULE, 980),
    Shot("team", MANAGER, "/team", 1330),
    Shot("gaps", NATION, "/reports/gaps", 1300),
)
ALL = (
    Shot("door", "", "/login"),
    Shot("help", "", "/help"),
    Shot("accessibility", "", "/accessibility"),
    Shot("privacy", "", "/privacy"),
    Shot("levels", "", "/levels"),
    Shot("not-found", LEARNER, "/nowhere"),
    Shot("courses", LEARNER, "/courses/"),
    Shot("course", LEARNER, f"{COURSE}/"),
    Shot("check", LEARNER, f"{MODULE}/check"),
    Shot("paths", LEARNER, "/paths/"),
    Shot("path", LEARNER, "/paths/senior-buyer"),
    Shot("tools", LEARNER, "/tools/"),
    Shot("tool", LEARNER, "/tools/standstill?published=26/11/2026"),
    Shot("standard", MANAGER, "/standards/sourcing"),
    Shot("record", LEARNER, "/record"),
    Shot("record-seen", LEARNER, "/record/seen"),
    *README,
    Shot("manager-home", MANAGER, "/"),
    Shot("person", MANAGER, "/team/{learner}"),
    Shot("assess", MANAGER, "/team/{learner}/assess/procurement-law"),
    Shot("baseline", MANAGER, "/team/{learner}/baseline"),
    Shot("assign", MANAGER, "/team/assign"),
    Shot("assigned", MANAGER, "/team/assignments"),
    Shot("works", MANAGER, "/team/works"),
    Shot("delegation", MANAGER, "/team/delegation"),
    Shot("assessments", MANAGER, "/team/assessments"),
    Shot("weekly-mail", LEARNER, "/record/mail"),
    Shot("author-home", AUTHOR, "/"),
    Shot("desk", AUTHOR, "/authoring"),
    Shot("gaps-region-lead", REGION, "/reports/gaps"),
    Shot("gaps-by-organisation", REGION, "/reports/gaps?by=organisation&region=east-midlands"),
    Shot("gaps-by-role", NATION, "/reports/gaps?by=role"),
    Shot("saved-views", REGION, "/reports/views"),
    Shot("assessors", NATION, "/reports/assessors"),
    Shot("method", NATION, "/reports/method"),
    Shot("standards", NATION, "/reports/standards"),
    Shot("standard-region", REGION, "/reports/standards/sourcing"),
    Shot("administration", ADMINISTRATOR, "/administration"),
    Shot("administration-person", ADMINISTRATOR, "/administration/people/{learner}"),
    Shot("administration-organisation", ADMINISTRATOR, "/administration/organisations/aldermoor"),
)


class Camera:
    """Takes pictures of one application in one browser."""

    def __init__(self, visitor: Visitor, app: Flask) -> None:
        self.visitor = visitor
        with app.app_context():
            found = {key: find_person(address) for key, address in ADDRESSES.items()}
        self.people = {key: person.id for key, person in found.items() if person}

    def take(self, shot: Shot, width: int, file: Path, *, whole: bool = True) -> None:
        """Take one picture: of the whole page, or of as much as is enough."""
        path = shot.path.format(**self.people)
        page = self.visitor.page_at(width, path, person_id=self.people.get(shot.persona))
        page.wait_for_load_state("networkidle")
        if shot.height and not whole:
            page.set_viewport_size({"width": width, "height": shot.height})
        page.screenshot(path=file, full_page=whole, animations="disabled")
        page.context.close()
        say(f"{file.name:36} {file.stat().st_size // 1000:5} kB")


def take_readme(camera: Camera) -> None:
    """Renew the pictures of the README; raises SetUpError for one that is too big to commit."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for shot in README:
        file = PICTURES / f"{shot.name}.png"
        camera.take(shot, WIDTH, file, whole=False)
        file.write_bytes(smaller(file.read_bytes()))
        if file.stat().st_size > MOST_BYTES:
            message = f"{file.name} is over {MOST_BYTES // 1000} kB, also when it is written smaller."
            raise SetUpError(message)


def take_all(camera: Camera, folder: Path) -> None:
    """Every page that a persona begins with, at both widths."""
    folder.mkdir(parents=True, exist_ok=True)
    for shot in ALL:
        for width in WIDTHS:
            camera.take(shot, width, folder / f"{shot.name}-{width}.png")


def take_one(camera: Camera, arguments: argparse.Namespace) -> None:
    """One page as asked for."""
    folder = arguments.into or Path.cwd()
    folder.mkdir(parents=True, exist_ok=True)
    name = arguments.page.partition("?")[0].strip("/").replace("/", "-") or "home"
    shot = Shot(name, arguments.persona, arguments.page)
    camera.take(shot, arguments.width, folder / f"{name}-{arguments.width}.png")


def main() -> int:
    """Read the arguments, serve the demonstration in this process, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="DIR", help="the main pages of every persona")
    parser.add_argument("--page", metavar="PATH", help="one page")
    parser.add_argument("--as", dest="persona", default="", choices=["", *ADDRESSES], help="who opens it")
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--into", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            app = application(copy_of_demonstration(Path(scratch)))
            with launched(find_browser()) as browser, served(app) as address:
                camera = Camera(Visitor(browser, app, address), app)
                if arguments.page:
                    take_one(camera, arguments)
                elif arguments.all:
                    take_all(camera, arguments.all)
                else:
                    take_readme(camera)
    except SetUpError as error:
        return stop_with_a_sentence(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
