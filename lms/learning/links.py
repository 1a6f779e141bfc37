"""Addresses for what texts refer to: modules, laws, clauses, competencies, terms and pictures."""

from collections.abc import Callable, Mapping

from flask import url_for
from markupsafe import Markup

from lms.content.catalogue import Catalogue
from lms.content.rendering import ASSET, linked

Linked = Callable[[str], Markup]
"""Turns stored HTML into that of a page, with the addresses of what it refers to."""


def linker(published: Catalogue, own: Mapping[str, Callable[[str], str | None]] | None = None) -> Linked:
    """What turns stored HTML into that of a page; a reference that leads nowhere keeps its words alone.

    `own` has addresses of a page’s own by scheme, for readers who may not open those of learners.
    """
    others = own or {ASSET: _of_asset}

    def address(scheme: str, target: str) -> str | None:
        if scheme in others:
            return others[scheme](target)
        found = _ADDRESSES.get(scheme)
        return found(published, target) if found else None

    def render(html: str) -> Markup:
        return Markup(linked(html, address))  # noqa: S704 the content room has cleaned it

    return render


def module_address(course: str, module: str) -> str:
    """The address that leads to where a person stopped in a module."""
    return url_for("learning.module", course=course, module=module)


def _of_module(published: Catalogue, target: str) -> str | None:
    module = published.module(published.resolve(target))
    return module_address(module.course, module.id) if module else None


def _of_law(published: Catalogue, target: str) -> str | None:
    return published.framework.law_address(target)


def _of_competency(_published: Catalogue, target: str) -> str | None:
    return url_for("learning.levels", _anchor=target)


def _of_clause(published: Catalogue, target: str) -> str | None:
    name, _, number = target.partition("/")
    standard = published.standard(name)
    clause = standard.clause(number) if standard else None
    return url_for("learning.standard", standard=name, _anchor=clause.anchor) if clause else None


def _of_term(published: Catalogue, target: str) -> str | None:
    return url_for("learning.glossary", _anchor=target) if target in published.framework.terms else None


def _of_calculator(_published: Catalogue, target: str) -> str | None:
    return url_for("learning.calculator", calculator=target)


def _of_asset(target: str) -> str | None:
    return url_for("learning.asset", hash_=target)


_ADDRESSES: dict[str, Callable[[Catalogue, str], str | None]] = {
    "module": _of_module,
    "law": _of_law,
    "competency": _of_competency,
    "clause": _of_clause,
    "term": _of_term,
    "calculator": _of_calculator,
}
