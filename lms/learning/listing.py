"""The entries of a record, one page of them at a time, with the addresses that lead among them."""

from collections.abc import Callable
from dataclasses import dataclass

from lms.learning.entries import Entry
from lms.learning.record import Record

ENTRIES_A_PAGE = 25
Address = Callable[[int, str], str]
"""Gives the address of a page of the entries, at an anchor."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the entries, of so many, and the addresses of pages and of entries."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    page_address: Callable[[int], str]
    entry_address: Callable[[int], str]


def listed(found: Record, wanted: int, address: Address) -> Listed:
    """The page that is wanted (from 1), or the nearest that there is."""
    pages = max(1, -(-len(found.entries) // ENTRIES_A_PAGE))
    number = min(max(wanted, 1), pages)
    places = found.places

    def entry_address(evidence_id: int) -> str:
        page, anchor = places[evidence_id] // ENTRIES_A_PAGE + 1, f"entry-{evidence_id}"
        return f"#{anchor}" if page == number else address(page, anchor)

    entries = found.entries[(number - 1) * ENTRIES_A_PAGE : number * ENTRIES_A_PAGE]
    return Listed(entries, number, pages, lambda page: address(page, "entries"), entry_address)
