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
JOINS = 0.09
NEARLY_ALL = 0.8
WISHED = {"force": (20, 45), "fire": (4, 12), "national": (20, 45)}
LEAST = {"force": 6, "fire": 4, "national": 6}

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


Place = tuple[dict[str, Any], str, str]
"""An organisation as the file has it, its kind and its region."""
LAST = len(TEAMS_OF_FORCE) + 1
"""The first index of a member who leads nothing."""


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
    """An organisation with its teams and people, and the day on which it comes on board.

    `members` are there on that day; `joiners` come later, each on the day from which they are there.
    """

    id: str
    name: str
    kind: str
    region: str
    onboarding: date
    teams: list[str]
    skill: float
    members: list[Member] = field(default_factory=list)
    joiners: list[Member] = field(default_factory=list)


class Names:
    """Draws names so that no two people share an address; nothing else is drawn from the same source."""

    def __init__(self, seed: int) -> None:
        kept = yaml.safe_load((FOLDER / "names.yaml").read_text(encoding="utf-8"))
        self._first, self._last = kept["first"], kept["last"]
        self._random = Random(f"{seed}/names")  # noqa: S311 an invented name keeps no secret
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
    names = Names(seed)
    start = today - HISTORY
    regional: dict[str, float] = {}
    plans: list[OrganisationPlan] = []
    for (row, kind, region), size in _sized(random, nation(), people):
        onboarding = start + timedelta(days=random.randrange(0, ONBOARDING_SPREAD))
        skill = GOOD + random.gauss(0, SPREAD) + regional.setdefault(region, random.gauss(0, SPREAD))
        plan = OrganisationPlan(row["id"], row["name"], kind, region, onboarding, _teams(kind), skill)
        plan.members = [_member(random, names, plan, index, size) for index in range(size)]
        plan.joiners = [_joiner(random, names, plan, today) for _ in range(size) if random.random() < JOINS]
        plans.append(plan)
    return plans


def _sized(random: Random, kept: dict[str, Any], people: int) -> list[tuple[Place, int]]:
    """The organisations on board, each with the size that brings all to the number wanted."""
    places = [place for place in _places(kept) if place[0]["id"] not in kept["not_on_board"]]
    wished = [random.randint(*WISHED[kind]) for _, kind, _ in places]
    order = random.sample(range(len(places)), len(places))
    order.sort(key=lambda place: places[place][0]["id"] not in kept["first"])
    on_board = order
    if people < NEARLY_ALL * sum(wished):
        on_board = order[: len(kept["first"])]
        while sum(wished[place] for place in on_board) < people:
            on_board.append(order[len(on_board)])
    factor = people / (1 + JOINS) / sum(wished[place] for place in on_board)
    return [
        (places[place], max(LEAST[places[place][1]], round(wished[place] * factor)))
        for place in sorted(on_board)
    ]


def _places(kept: dict[str, Any]) -> list[Place]:
    found = [
        (row, kind, region["id"])
        for region in kept["regions"]
        for kind, key in (("force", "forces"), ("fire", "fire_services"))
        for row in region[key]
    ]
    return found + [(row, "national", "national") for row in kept["national"]]


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


def _joiner(random: Random, names: Names, plan: OrganisationPlan, today: date) -> Member:
    """Somebody who comes after the organisation is on board."""
    member = _member(random, names, plan, LAST, LAST)
    member.since = plan.onboarding + timedelta(days=random.randrange(20, (today - plan.onboarding).days))
    return member


def _drawn(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]
