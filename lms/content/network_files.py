"""Reads the file of a network, and names what does not hold in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lms.content.frontmatter import Tree, read_yaml, validate
from lms.content.lines import FILE_BYTES, decode
from lms.content.mistakes import Mistake, Mistakes, as_text, in_order
from lms.content.network import FIRST, Colours, Member, Network
from lms.content.opening import text_of
from lms.core.settings import SettingsError

NETWORK_FILE = "network.yaml"
WHITE, MIST, GREY, PALE = "#ffffff", "#f1f6f7", "#45566b", "pale_teal"
TEXT, EDGE = 4.5, 3.0
DARKEST_CURVED = 0.04045
CONTRASTS = (
    ("navy", WHITE, TEXT), ("navy", MIST, TEXT), ("navy", PALE, TEXT), ("teal", WHITE, TEXT),
    ("teal", MIST, TEXT), ("teal", PALE, TEXT), ("teal_edge", WHITE, EDGE), ("bright", "navy", TEXT),
    (PALE, GREY, TEXT),
)  # fmt: skip
"""Which colours meet on pages, and how much they must differ: text, and edges that carry a meaning."""


@dataclass
class NetworkReading:
    """The network if its file holds, its mistakes, and the path and text of its file, if there is one."""

    network: Network | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    path: str = ""
    source: str = ""

    def whole(self) -> Network:
        """The network; raises SettingsError with every mistake of its file."""
        if self.network is None:
            words = [as_text(each, self.source) for each in self.mistakes]
            raise SettingsError("\n".join(["The file of the network does not hold:", *words]))
        return self.network


def network_of(courses: Path) -> NetworkReading:
    """The network whose courses lie in a folder."""
    file = courses / "framework" / NETWORK_FILE
    if not file.is_file():
        return NetworkReading(FIRST)
    with file.open("rb") as opened:
        return read_network(opened.read(FILE_BYTES + 1), f"{courses.name}/framework/{NETWORK_FILE}")


def read_network(data: bytes, path: str) -> NetworkReading:
    """A network from the bytes of its file; `path` is how messages name it."""
    mistakes = Mistakes(path)
    lines = decode(data, mistakes)
    tree = read_yaml(lines, mistakes) if lines is not None else None
    found = validate(Network, tree, mistakes) if tree is not None else None
    if found and tree:
        _check_colours(found.colours, tree, mistakes)
        _check_regions(found, tree, mistakes)
    whole = None if mistakes.has_errors() else found
    return NetworkReading(whole, in_order(mistakes.found), path, text_of(data))


def _check_colours(colours: Colours, tree: Tree, mistakes: Mistakes) -> None:
    for first, second, least in CONTRASTS:
        ground = getattr(colours, second, second)
        ratio = contrast(getattr(colours, first), ground)
        if ratio < least:
            words = {"first": first, "second": _named(second), "ratio": f"{ratio:.1f}", "least": least}
            mistakes.add("contrast", tree.span("colours", first), **words)


def _named(colour: str) -> str:
    return {WHITE: "white", MIST: f"the ground {MIST}", GREY: f"the text {GREY}"}.get(colour, colour)


def _check_regions(network: Network, tree: Tree, mistakes: Mistakes) -> None:
    members: list[tuple[Sequence[object], Member]] = [
        (("regions", number, "organisations", row), member)
        for number, region in enumerate(network.regions)
        for row, member in enumerate(region.organisations)
    ]
    _once([(("regions", row, "id"), each.id) for row, each in enumerate(network.regions)], tree, mistakes)
    _once([((*place, "id"), member.id) for place, member in members], tree, mistakes)
    _once([((*place, "code"), member.code) for place, member in members if member.code], tree, mistakes)
    taken: dict[tuple[int, ...], Member] = {}
    for place, member in members:
        if member.tile:
            span = tree.span(*place, "tile")
            if not member.code:
                mistakes.add("tile-without-code", span, id=member.id)
            elif taken.setdefault(member.tile, member) is not member:
                mistakes.add("tile-taken", span, id=taken[member.tile].id)


def _once(named: Iterable[tuple[Sequence[object], str]], tree: Tree, mistakes: Mistakes) -> None:
    first: dict[str, int] = {}
    for place, name in named:
        span = tree.span(*place)
        if name in first:
            mistakes.add("duplicate-id", span, id=name, first=first[name])
        first.setdefault(name, span.line)


def contrast(first: str, second: str) -> float:
    """How much two colours differ, from 1 to 21. Source: WCAG 2.2, contrast ratio."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= DARKEST_CURVED else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
