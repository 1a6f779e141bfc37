"""Invented figures of one day: small nations of every shape, and some of the size that is meant."""

import random
from dataclasses import dataclass

from lms.competencies.suppression import Atom

ALL_ASKED = 15
ROLES = {  # how many of a hundred people have a role, and of how many competencies it is asked
    "occasional-buyer": (22, 6),
    "procurement-assistant": (13, 10),
    "buyer": (22, 15),
    "senior-buyer": (10, 15),
    "fleet-and-kit-buyer": (6, 15),
    "contract-manager": (14, 12),
    "supplier-manager": (5, 11),
    "category-lead": (6, 15),
    "regional-commercial-lead": (1, 14),
    "head-of-commercial": (1, 15),
}
PILLARS = (None, "operational", "energy", "people", "technology")
FORCES = (3, 5, 4, 5, 4, 6, 2, 5, 5, 4, 3)
FIRE_SERVICES = (4, 5, 4, 5, 5, 6, 1, 8, 6, 3, 0)
RATES = (0.18, 0.13, 0.25, 0.21, 0.18, 0.25, 0.09, 0.14, 0.32, 0.25, 0.31, 0.08, 0.26, 0.10, 0.18)


@dataclass(frozen=True)
class Nation:
    """The regions of its organisations, and a table of figures for each competency."""

    region_of: dict[str, str]
    competencies: list[dict[Atom, tuple[int, int]]]


def small_nation(seed: int) -> Nation:
    """One competency of a few organisations: sizes, shares and holes at random, none and all often."""
    chance = random.Random(seed)  # noqa: S311 - invented figures
    region_of = {f"force-{number}": f"region-{chance.randrange(3)}" for number in range(chance.randint(1, 6))}
    roles = [f"role-{number}" for number in range(chance.randint(1, 4))]
    pillars = [None, "energy", "technology"][: chance.randint(1, 3)]
    largest, filled = chance.choice([2, 3, 6, 12]), chance.choice([0.4, 0.7, 1.0])
    rate = chance.choice([0.0, 0.1, 0.3, 0.6, 1.0])
    figures: dict[Atom, tuple[int, int]] = {}
    cells = [(force, role, pillar) for force in region_of for role in roles for pillar in pillars]
    for cell in chance.sample(cells, min(len(cells), 22)):
        if chance.random() < filled:
            size = chance.randint(0, largest)
            figures[cell] = (size, sum(chance.random() < rate for _ in range(size)))
    return Nation(region_of, [figures])


def demonstration_size(seed: int) -> Nation:
    """46 forces of 20 to 45 people and 47 fire services of 4 to 12, 10 roles, 4 pillars, 15 competencies."""
    chance = random.Random(seed)  # noqa: S311 - invented figures
    region_of: dict[str, str] = {}
    people: list[Atom] = []
    for region, (forces, fire) in enumerate(zip(FORCES, FIRE_SERVICES, strict=True)):
        for number in range(forces + fire):
            organisation = f"{'force' if number < forces else 'fire'}-{region}-{number}"
            region_of[organisation] = f"region-{region}"
            count = chance.randint(20, 45) if number < forces else chance.randint(4, 12)
            people += [_person(chance, organisation, each, first=number == 0) for each in range(count)]
    effort = {organisation: chance.uniform(0.6, 1.5) for organisation in region_of}
    tables = []
    for place, rate in enumerate(RATES):
        figures: dict[Atom, tuple[int, int]] = {}
        for person in people:
            if (place * 7) % ALL_ASKED < ROLES[person[1]][1]:
                size, below = figures.get(person, (0, 0))
                figures[person] = (size + 1, below + (chance.random() < rate * effort[person[0]]))
        tables.append(figures)
    return Nation(region_of, tables)


def _person(chance: random.Random, organisation: str, number: int, *, first: bool) -> Atom:
    if number == 0:
        return organisation, "head-of-commercial", None
    if number == 1 and first:
        return organisation, "regional-commercial-lead", None
    roles = [role for role, (weight, _) in ROLES.items() if weight > 1]
    role = chance.choices(roles, [ROLES[role][0] for role in roles])[0]
    return organisation, role, chance.choices(PILLARS, (20, 30, 20, 15, 15))[0]
