"""Choices of the gap report that a person keeps under names of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import delete, select, text, update

from lms.core import clock
from lms.core.database import db, writing
from lms.people.models import Person
from lms.reports.models import SavedView

MOST_VIEWS = 30
NAMES = text("SELECT id, name FROM saved_view WHERE person_id = :person")


class Fault(StrEnum):
    """Why a view is not kept."""

    TAKEN = "taken"
    FULL = "full"
    GONE = "gone"


class SavedViewError(Exception):
    """The view is not kept, or is there no more."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Named(NamedTuple):
    """A kept choice by its number and its name alone."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class View:
    """A kept choice; `choice` has the arguments of its address, as pairs."""

    id: int
    name: str
    choice: tuple[tuple[str, str], ...]
    at: datetime

    @property
    def arguments(self) -> dict[str, str]:
        """What its address asks for; without a day it is that of today."""
        return dict(self.choice)


def views_of(person_id: int) -> list[View]:
    """The views of a person, by name."""
    rows = db.session.execute(
        select(SavedView.id, SavedView.name, SavedView.choice, SavedView.at).where(
            SavedView.person_id == person_id
        )
    )
    found = [View(number, name, tuple(choice.items()), at) for number, name, choice, at in rows]
    return sorted(found, key=lambda view: (view.name.casefold(), view.id))


def names_of(person_id: int) -> tuple[Named, ...]:
    """The views of a person by name, for the page that is opened most and takes the shortest way."""
    found = (Named(number, name) for number, name in db.session.execute(NAMES, {"person": person_id}))
    return tuple(sorted(found, key=lambda view: view.name.casefold()))


def save(person_id: int, name: str, choice: Mapping[str, str]) -> int:
    """Keep a choice under a name; gives its number. Raises SavedViewError."""
    with writing():
        others = _locked(person_id)
        _demand_free(name, others)
        if len(others) >= MOST_VIEWS:
            raise SavedViewError(Fault.FULL)
        view = SavedView(person_id=person_id, name=name, choice=dict(choice), at=clock.now())
        db.session.add(view)
        db.session.flush()
        return view.id


def rename(person_id: int, number: int, name: str) -> None:
    """Give a view another name. Raises SavedViewError."""
    with writing():
        others = _locked(person_id)
        if number not in {each.id for each in others}:
            raise SavedViewError(Fault.GONE)
        _demand_free(name, [each for each in others if each.id != number])
        db.session.execute(update(SavedView).where(SavedView.id == number).values(name=name))


def remove(person_id: int, number: int) -> None:
    """Keep a view no longer; one that is gone already stays so."""
    with writing():
        db.session.execute(delete(SavedView).where(SavedView.id == number, SavedView.person_id == person_id))


def held_views(person_id: int) -> list[dict[str, Any]]:
    """The views of a person as plain values, the oldest first."""
    found = sorted(views_of(person_id), key=lambda view: view.id)
    return [{"name": each.name, "choice": each.arguments, "at": each.at.isoformat()} for each in found]


def _locked(person_id: int) -> list[View]:
    """The views of a person whom nobody else writes for meanwhile."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    return views_of(person_id)


def _demand_free(name: str, others: list[View]) -> None:
    if name.casefold() in {each.name.casefold() for each in others}:
        raise SavedViewError(Fault.TAKEN)
