"""What every page shares: the entries of the navigation, and the mark of a view that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, request, url_for
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
        """Whether the page that is being made belongs to this entry: its room, or its part of a room."""
        room = self.endpoint.partition(".")[0]
        if request.blueprint != room:
            return False
        own = [entry for entry in navigation() if entry.endpoint.partition(".")[0] == room]
        if len(own) == 1:
            return True
        holding = [entry for entry in own if entry.holds_page]
        return bool(holding) and self == max(holding, key=lambda entry: len(url_for(entry.endpoint)))

    @property
    def holds_page(self) -> bool:
        """Whether the page that is being made lies at its address, or below it."""
        path, own = request.script_root + request.path, url_for(self.endpoint)
        return path == own if own == request.script_root + "/" else path.startswith(own)


def register_navigation(app: Flask, entry: NavigationEntry) -> None:
    """Add an entry; the layout shows it to those who have its permission, in `order`."""
    entries: list[NavigationEntry] = app.extensions.setdefault("navigation", [])
    entries.append(entry)
    entries.sort(key=lambda each: each.order)


def navigation() -> list[NavigationEntry]:
    """All entries of the running application, in order."""
    entries: list[NavigationEntry] = current_app.extensions.get("navigation", [])
    return entries
