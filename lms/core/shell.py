"""What every page shares: the entries of the navigation, and the mark of a view that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_babel import LazyString

OPEN = ""
View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Say that a view is open to anyone; what has neither this nor a permission is refused."""
    view.permission = OPEN  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One link of the navigation: where it leads, and the permission that shows it."""

    label: LazyString
    endpoint: str
    permission: str
    order: int

    @property
    def current(self) -> bool:
        """Whether the page that is being made belongs to this entry."""
        return request.blueprint == self.endpoint.partition(".")[0]


def register_navigation(app: Flask, entry: NavigationEntry) -> None:
    """Add an entry; the layout shows it to those who have its permission, in `order`."""
    entries: list[NavigationEntry] = app.extensions.setdefault("navigation", [])
    entries.append(entry)
    entries.sort(key=lambda each: each.order)


def navigation() -> list[NavigationEntry]:
    """All entries of the running application, in order."""
    entries: list[NavigationEntry] = current_app.extensions.get("navigation", [])
    return entries
