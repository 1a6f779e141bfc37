"""The network that an installation serves: its name, its words, its colours, its organisations.

It is read when the service starts, from `framework/network.yaml` of the folder of courses. A folder
without that file is that of the first network, the commercial staff of police and fire.
"""

from dataclasses import asdict, dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lms.content.documents import Id, Text
from lms.content.wording import N_

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Place = Annotated[int, Field(ge=0, le=30)]
CalculatorId = Literal["standstill", "threshold", "whole-life-cost", "saving"]
SHADES = {"teal-text": 0.75, "teal-hover": 0.74, "teal-dark": 0.54}
"""The darker shades of teal that the style sheet uses, and how much of it each keeps."""


@dataclass(frozen=True, kw_only=True)
class Colours:
    """The colours that a network may have of its own, all or none; the others carry a meaning and stay."""

    navy: Colour
    teal: Colour
    teal_edge: Colour
    bright: Colour
    pale_teal: Colour

    def changed(self) -> dict[str, str]:
        """The properties of the style sheet that are another colour here, shades of them included."""
        usual, own = asdict(USUAL), asdict(self)
        found = {name.replace("_", "-"): colour for name, colour in own.items() if colour != usual[name]}
        if "teal" in found:
            found |= {name: _mixed(self.teal, "#000000", part) for name, part in SHADES.items()}
        if {"teal-edge", "bright"} & set(found):
            found["teal-middle"] = _mixed(self.teal_edge, self.bright, 0.5)
        return found


USUAL = Colours(navy="#0b1f3a", teal="#005f6b", teal_edge="#007a87", bright="#5cc8cf", pale_teal="#e3f3f4")
"""Those that the style sheet has by itself."""


def _mixed(colour: str, other: str, part: float) -> str:
    """So much of a colour, and another for the rest."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one * part + two * (1 - part)):02x}" for one, two in pairs)


@dataclass(frozen=True, kw_only=True)
class Member:
    """An organisation of the network. A code puts it on the map of reports: at its tile, else apart.

    `tile` is column and row, from the left and from the top.
    """

    id: Id
    name: Title
    code: Code | None = None
    tile: Annotated[tuple[Place, ...], Field(min_length=2, max_length=2)] | None = None


@dataclass(frozen=True, kw_only=True)
class NetworkRegion:
    """A region, with the organisations that belong to it."""

    id: Id
    name: Name
    organisations: tuple[Member, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Words:
    """What pages say of this network where no word of all networks will do.

    `purpose` and `law` are sentences. `public_task` follows “for its public task of”; `organisation`,
    `organisations` and `apart` name those on the map and those that stand apart on it. `reference`
    says where work can be found, `never_named` who is not written about. Learning is used at work in an
    `occasion`, which stands in a `register` as an `entry`; `entry`, `work` and `initiative` are examples.
    """

    purpose: Text
    public_task: Text
    law: Text
    organisation: Name
    organisations: Name
    apart: Name
    reference: Name
    never_named: Name
    occasion: Name
    register: Name
    entry: Name
    work: Name
    initiative: Name


@dataclass(frozen=True, kw_only=True)
class Network:
    """All that a network says of itself; regions may be none, and then those of the first one are kept."""

    name: Annotated[Name, StringConstraints(max_length=40)]
    words: Words
    colours: Colours = USUAL
    calculators: tuple[CalculatorId, ...] = ()
    regions: Annotated[tuple[NetworkRegion, ...], Field(min_length=1)]


FIRST = Network(
    name="Commercial Learning",
    words=Words(
        purpose=N_("Learning, levels and evidence for people who buy for police forces and fire services."),
        public_task=N_("buying lawfully and well"),
        law=N_(
            "Each module explains the law as at the date that it shows, and says where Wales, Northern "
            "Ireland or Scotland differ. None is legal advice."
        ),
        organisation=N_("force"),
        organisations=N_("forces"),
        apart=N_("National forces"),
        reference=N_("contract reference"),
        never_named=N_("supplier"),
        occasion=N_("purchase"),
        register=N_("benefits register"),
        entry="BR-2026-0147",
        work=N_("Vehicle conversion tender"),
        initiative=N_("One contract platform"),
    ),
    calculators=("standstill", "threshold", "whole-life-cost", "saving"),
    regions=(),
)
"""The network of a folder that names none. Its regions and organisations lie in `lms/people`."""
