"""Fonts of papers: those of the pages, unpacked for the typesetter. `python -m tools.paper_fonts`."""

from pathlib import Path

from fontTools.ttLib import TTFont

from tools.steps import ROOT

FAMILY = "Atkinson Hyperlegible"
SOURCE = ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible" / "files"
TARGET = ROOT / "static" / "build" / "papers"
# The letters of Latin languages beyond the western ones lie in files of their own. The typesetter takes two
# files of one name for the same font, so these have another.
FAMILIES = {"latin": FAMILY, "latin-ext": f"{FAMILY} Extended"}
WEIGHTS = (400, 700)
FAMILY_NAMES = (1, 16)


def make_paper_fonts(target: Path = TARGET) -> None:
    """Unpack the fonts of the pages into files of their own."""
    target.mkdir(parents=True, exist_ok=True)
    for letters, family in FAMILIES.items():
        for weight in WEIGHTS:
            font = TTFont(SOURCE / f"atkinson-hyperlegible-{letters}-{weight}-normal.woff2")
            font.flavor = None
            for name in font["name"].names:
                if name.nameID in FAMILY_NAMES:
                    name.string = family
            font.save(target / f"{letters}-{weight}.ttf")


if __name__ == "__main__":
    make_paper_fonts()
