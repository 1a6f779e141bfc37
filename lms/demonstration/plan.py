"""Draws the invented nation: who works where, in which role, from when. Pure; the same for a seed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent
HISTORY = timedelta(days=912)
ONBOARDING_SPREAD = 420
GOOD, SPREAD = 0.68, 0.08
IN_PILLAR = 0.8

ROLES_OF_FORCE = {
    "buyer": 26,
    "procurement-assistant": 16,
    "senior-buyer": 14,
    "contract-manager": 18,
    "occasional-buyer": 12,
    "fleet-and-kit-buyer": 6,
    "supplier-manager": 5,
    "category-lead": 3,
}
ROLES_OF_FIRE = {"buyer": 40, "procurement-assistant": 20, "contract-manager": 25, "fleet-and-kit-buyer": 15}
PILLARS = (
    "operational-policing",
    "energy-estates-equipment",
    "people-professional-services",
    "information-technology",
)
TEAMS_OF_FORCE = ("Sourcing team", "Contracts and suppliers team", "Buying support team")
TEAM_OF_ROLE = {
    "buyer": 0,
    "senior-buyer": 0,
    "category-lead": 0,
    "contract-manager": 1,
    "supplier-manager": 1,
    "fleet-and-kit-buyer": 2,
    "procurement-assistant": 2,
    "occasional-buyer": 2,
}


@dataclass(slots=True)
class Member:
    """An invented person: the team is an index of the organisation's teams, 0 being the whole."""

    name: str
    email: str
    role: str
    team: int
    pillar: str | None
    since: date
    manages: bool = False
    skill: float = 0.5


@dataclass(slots=True)
class OrganisationPlan:
    """An organisation with its teams and first members, and the day on which it comes on board."""

    id: str
    name: str
    kind: str
    region: str
    onboarding: date
    teams: list[str]
    skill: float
    members: list[Member] = field(default_factory=list)


class Names:
    """Draws names so that no two people share an address."""

    def __init__(self, random: Random) -> None:
        kept = yaml.safe_load((FOLDER / "names.yaml").read_text(encoding="utf-8"))
        self._first, self._last = kept["first"], kept["last"]
        self._random = random
        self._used: set[str] = set()

    def draw(self, organisation: str) -> tuple[str, str]:
        """A name, and an address in the organisation that nobody else has."""
        while True:
            first, last = self._random.choice(self._first), self._random.choice(self._last)
            address = f"{first}.{last}@{organisation}.example".lower()
            if address not in self._used:
                self._used.add(address)
                return f"{first} {last}", address


def nation() -> dict[str, Any]:
    """The invented regions and organisations, as the file has them."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / "nation.yaml").read_text(encoding="utf-8"))
    return found


def draw(seed: int, people: int, today: date) -> list[OrganisationPlan]:
    """The organisations that are on board, with about so many people in all."""
    random = Random(seed)  # noqa: S311 an invented nation keeps no secret
    names = Names(random)
    kept = nation()
    absent = set(kept["not_on_board"])
    plans: list[OrganisationPlan] = []
    rows = [
        (row, kind, region["id"])
        for region in kept["regions"]
        for kind, key in (("force", "forces"), ("fire", "fire_services"))
        for row in region[key]
    ]
    rows += [(row, "national", "national") for row in kept["national"]]
    rows = [row for row in rows if row[0]["id"] not in absent]
    sizes = _sizes(random, [kind for _, kind, _ in rows], people)
    start = today - HISTORY
    regional: dict[str, float] = {}
    for (row, kind, region), size in zip(rows, sizes, strict=True):
        onboarding = start + timedelta(days=random.randrange(0, ONBOARDING_SPREAD))
        skill = GOOD + random.gauss(0, SPREAD) + regional.setdefault(region, random.gauss(0, SPREAD))
        plan = OrganisationPlan(row["id"], row["name"], kind, region, onboarding, _teams(kind), skill)
        plan.members = [_member(random, names, plan, index, size) for index in range(size)]
        plans.append(plan)
    return plans


def _sizes(random: Random, kinds: list[str], people: int) -> list[int]:
    """20 to 45 people in a force, 4 to 12 in a fire service, brought to the number wanted."""
    wished = [random.randint(4, 12) if kind == "fire" else random.randint(20, 45) for kind in kinds]
    factor = people / sum(wished)
    least = [4 if kind == "fire" else 6 for kind in kinds]
    return [max(low, round(size * factor)) for size, low in zip(wished, least, strict=True)]


def _teams(kind: str) -> list[str]:
    return ["Commercial team"] if kind == "fire" else ["Commercial team", *TEAMS_OF_FORCE]


def _member(random: Random, names: Names, plan: OrganisationPlan, index: int, size: int) -> Member:
    name, address = names.draw(plan.id)
    since = plan.onboarding - timedelta(days=random.randrange(60, 2_600))
    skill = min(0.97, max(0.25, random.gauss(plan.skill, SPREAD)))
    if index == 0:
        return Member(name, address, "head-of-commercial", 0, None, since, manages=True, skill=skill)
    if plan.kind == "fire":
        return Member(name, address, _drawn(random, ROLES_OF_FIRE), 0, None, since, skill=skill)
    if index <= len(TEAMS_OF_FORCE) and size > 2 * len(TEAMS_OF_FORCE):
        role = ("senior-buyer", "supplier-manager", "senior-buyer")[index - 1]
        return Member(name, address, role, index, random.choice(PILLARS), since, manages=True, skill=skill)
    role = _drawn(random, ROLES_OF_FORCE)
    pillar = random.choice(PILLARS) if random.random() < IN_PILLAR else None
    return Member(name, address, role, TEAM_OF_ROLE[role] + 1, pillar, since, skill=skill)


def _drawn(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]
