"""What a search over a thousand modules costs beside a bare Flask page, on SQLite and on PostgreSQL."""

import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import insert, text

from lms import create_app
from lms.content.catalogue import Catalogue, ModuleEntry
from lms.content.checking import check
from lms.content.documents import ModuleDocument, ModuleFront, Part, Source, to_json
from lms.content.models import Module, ModuleVersion
from lms.content.searching.finding import search
from lms.content.searching.indexing import follow
from lms.content.searching.words import WORD
from lms.core import clock
from lms.core.database import db, writing
from lms.core.migrations import bring_forward
from lms.core.settings import Settings
from tests.support import build
from tests.support.application import sign_in
from tests.support.postgres import running_server
from tools.bench import bare
from tools.bench.pages import cost
from tools.bench.serving import Request, page_rate, served
from tools.demonstration import SECRET
from tools.steps import ROOT, SetUpError, say

MODULES, PARTS, WORDS = 1_000, 5, 300
"""So many modules of so many parts of so many words: 1,500 words a module."""
SEED = 20261130
RARE = 0.05
"""The share of words that stand in few sections only."""
RARE_WORDS = 20_000
MOST_BARE_PAGES = 20
ROUNDS = 5
SECONDS = 0.8
ASKED = {
    "one word": "standstill",
    "a word of nearly every section": "contract",
    "a word half typed": "co",
    "three words": "contract award notice",
    "a sentence": "what must the buyer tell suppliers after the award of a contract",
    "a rare word": "rare7x",
    "the beginning of a thousand words": "rare7",
    "nothing to be found": "zebra crossing",
}


@dataclass(slots=True)
class Searched:
    """One question: what it finds, its statements and bytes, and by round how many bare pages it costs."""

    name: str
    found: int
    statements: int
    size: int
    pages: list[float] = field(default_factory=list)

    @property
    def meets(self) -> bool:
        """Whether the goal is met."""
        return statistics.median(self.pages) <= MOST_BARE_PAGES

    def as_json(self) -> dict[str, object]:
        """The median of all rounds."""
        return {
            "asked": self.name,
            "found": self.found,
            "statements": self.statements,
            "bytes": self.size,
            "bare_pages": round(statistics.median(self.pages), 2),
            "meets_goal": self.meets,
        }


def measured_search(scratch: Path) -> list[dict[str, Any]]:
    """Both databases, one after the other; prints a table of each."""
    database = scratch / "search.db"
    found = [_measured(f"sqlite:///{database}", database)]
    with running_server() as address:
        found.append(_measured(address, database))
    return found


def _measured(address: str, people: Path) -> dict[str, Any]:
    """Fill a database, serve it beside the bare page, which has the `people`, and ask in turns."""
    app = create_app(Settings(secret_key=SECRET, database_url=address, insecure_cookies=True))
    with app.app_context():
        bring_forward()
        person_id = build.person("Rowan Sample").id
        for number in range(bare.ROWS):
            build.person(f"Reader {number}")
        engine, seconds = db.engine.dialect.name, fill()
        db.session.remove()
        db.engine.dispose()
    requests = _requests(app, person_id)
    measured = list(_costs(app, requests))
    bare_app = bare.create_bare_app(str(people), SECRET, max(each.size for each in measured))
    bare_page = Request("/", bare.session_of(bare_app, 1))
    names = {bare.DATABASE: str(people), bare.SECRET: SECRET, bare.BYTES: str(measured[0].size)}
    product = {"LMS_SECRET_KEY": SECRET, "LMS_DATABASE_URL": address, "LMS_INSECURE_COOKIES": "1"}
    with served("tools.bench.bare:app", names) as bare_port, served("wsgi:app", product) as port:
        for number in range(ROUNDS + 1):
            for each in measured:
                rates = (
                    page_rate(bare_port, bare_page, SECONDS),
                    page_rate(port, requests[each.name], SECONDS),
                )
                if number:
                    each.pages.append(rates[0] / rates[1])
    with app.app_context():
        db.engine.dispose()  # the server waits for whoever is connected
    say(table(engine, seconds, measured))
    return {
        "database": engine,
        "modules": MODULES,
        "index_seconds": round(seconds, 1),
        "searches": [each.as_json() for each in measured],
    }


def _requests(app: Flask, person_id: int) -> dict[str, Request]:
    client = app.test_client()
    sign_in(client, person_id)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if cookie is None:
        message = "Nobody could be signed in."
        raise SetUpError(message)
    return {
        name: Request(f"/search?{urlencode({'q': typed})}", cookie.value) for name, typed in ASKED.items()
    }


def _costs(app: Flask, requests: Mapping[str, Request]) -> Iterator[Searched]:
    for name, request in requests.items():
        with app.app_context():
            total = search(ASKED[name]).total
        yield Searched(name, total, *cost(app, request, warm=True))


def table(engine: str, seconds: float, measured: Sequence[Searched]) -> str:
    """The results for a person at a terminal."""
    title = f"Search in {MODULES:,} modules, {engine}, indexed in {seconds:.0f} s"
    lines = [f"\n{title:52}{'found':>8}{'statements':>12}{'bytes':>9}{'bare pages':>12}"]
    lines += [
        f"{each.name:52}{each.found:>8,}{each.statements:>12}{each.size:>9,}"
        f"{statistics.median(each.pages):>12.1f}  {'met' if each.meets else 'NOT MET'}"
        for each in measured
    ]
    lines.append(f"Goal: no search costs more than {MOST_BARE_PAGES} bare pages.")
    return "\n".join(lines)


def fill() -> float:
    """Write a thousand modules and their index; gives the seconds that the index took."""
    chance = random.Random(SEED)  # noqa: S311 the same text in each run
    words, weights = vocabulary()
    documents = [module(number, chance, words, weights) for number in range(MODULES)]
    with writing():
        db.session.execute(insert(Module), [{"id": each.id} for each in documents])
        db.session.execute(insert(ModuleVersion), [version(each, no) for no, each in enumerate(documents, 1)])
        begun = time.perf_counter()
        follow(Catalogue(modules=tuple(entry(each, no) for no, each in enumerate(documents, 1))))
        seconds = time.perf_counter() - begun
    if db.engine.dialect.name == "postgresql":
        with writing():
            db.session.execute(text("ANALYZE"))  # a server does it by itself, a minute later
    return seconds


def version(document: ModuleDocument, number: int) -> dict[str, object]:
    """The row of a text."""
    return {
        "id": number,
        "module_id": document.id,
        "edition": 1,
        "hash": document.id,
        "document": to_json(document),
        "source": "",
        "published_at": clock.now(),
    }


def entry(document: ModuleDocument, number: int) -> ModuleEntry:
    """The module in the catalogue."""
    return ModuleEntry(
        **{one.name: getattr(document, one.name) for one in fields(ModuleFront)},
        id=document.id,
        course=document.course,
        version_id=number,
        published_at=clock.now(),
        edition_on=clock.today(),
        parts=(),
        check_minutes=1,
        question_count=0,
    )


def vocabulary() -> tuple[list[str], list[float]]:
    """The words of our own courses as often as they stand there, and rare ones."""
    checked = check(ROOT / "courses")
    counts = Counter(word for one in checked.passed_modules() for word in WORD.findall(one.source))
    total = sum(counts.values())
    rare = [f"rare{number}x" for number in range(RARE_WORDS)]
    common = [count / total * (1 - RARE) for count in counts.values()]
    return [*counts, *rare], [*common, *[RARE / RARE_WORDS] * RARE_WORDS]


def module(
    number: int, chance: random.Random, words: Sequence[str], weights: Sequence[float]
) -> ModuleDocument:
    """A module of random words."""

    def some(count: int) -> str:
        return " ".join(chance.choices(words, weights, k=count))

    parts = tuple(
        Part(slug=f"part-{each}", title=some(4), minutes=3, html=f"<h3>{some(3)}</h3>\n<p>{some(WORDS)}</p>")
        for each in range(PARTS)
    )
    return ModuleDocument(
        id=f"module-{number}",
        course="course",
        title=some(4),
        summary=some(12),
        minutes=20,
        law_at=date(2026, 11, 24),
        edition=1,
        ask=1,
        outcomes=(some(5),),
        pass_mark=80,
        review_by=date(2027, 11, 24),
        owner="an.author@example.org",
        sources=(Source(title="Our own practice"),),
        parts=parts,
        questions=(),
        check_minutes=1,
    )
