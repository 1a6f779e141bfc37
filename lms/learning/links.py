"""Addresses for what texts refer to: modules, laws, competencies and pictures."""

from collections.abc import Callable

from flask import url_for
from markupsafe import Markup

from lms.content.catalogue import Catalogue
from lms.content.rendering import ASSET, linked

Linked = Callable[[str], Markup]
"""Turns stored HTML into that of a page, with the addresses of what it refers to."""


def linker(published: Catalogue) -> Linked:
    """What turns stored HTML into that of a page; a reference that leads nowhere keeps its words alone."""

    def address(scheme: str, target: str) -> str | None:
        match scheme:
            case "module":
                module = published.module(published.resolve(target))
                return module_address(module.course, module.id) if module else None
            case "law":
                return published.framework.law_address(target)
            case "competency":
                return url_for("learning.levels", _anchor=target)
            case _ if scheme == ASSET:
                return url_for("learning.asset", hash_=target)
            case _:
                return None

    def render(html: str) -> Markup:
        return Markup(linked(html, address))  # noqa: S704 the content room has cleaned it

    return render


def module_address(course: str, module: str) -> str:
    """The address that leads to where a person stopped in a module."""
    return url_for("learning.module", course=course, module=module)
