"""The bare page that the product is compared with: a log-in, one query of 20 rows, as many bytes.

Served as `granian --interface wsgi tools.bench.bare:app`, on the same database and the same server.
"""

import os

from flask import Flask, render_template
from flask_login import LoginManager, UserMixin, login_required
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DATABASE, SECRET, BYTES = "BENCH_DATABASE", "BENCH_SECRET", "BENCH_BYTES"
PEOPLE = "BENCH_PEOPLE"
"""Of how many people the page has a table of their levels as well; none unless it is set."""
ROWS = 20
TABLE = """<!DOCTYPE html><html lang="en-GB"><head><title>Bare</title></head><body><main><h1>Bare</h1>
<p>{{ current_user.name }}</p><table><tbody>{% for row in rows %}
<tr><td><a href="/{{ row.id }}">{{ row.name }}</a></td><td>{{ row.email }}</td></tr>{% endfor %}
</tbody></table>NUMBERS<p>PADDING</p></main></body></html>"""
NUMBERS = """<table><tbody>{% for person in people %}
<tr><th><a href="/{{ person.id }}">{{ person.name }}</a></th>{% for key in competencies %}
<td>{{ levels.get((person.id, key), 0) }}</td>{% endfor %}</tr>{% endfor %}</tbody></table>"""
COMPETENCIES, CELL_BYTES = 15, 11
ROW_BYTES = 100
"""About what a row adds to the page."""


class Base(DeclarativeBase):
    """The tables of the bare page."""


db = SQLAlchemy(model_class=Base)


class Row(UserMixin, Base):
    """A person of the demonstration: the rows of the page, and who has logged in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


class Level(Base):
    """A level that somebody has shown: the numbers of the table."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    competency_id: Mapped[str]
    level: Mapped[int]


def template(size: int, people: int = 0) -> str:
    """A template that renders to about so many bytes; most of a page of text stands still, as here."""
    rest = max(0, size - len(TABLE) - ROWS * ROW_BYTES - people * (ROW_BYTES + COMPETENCIES * CELL_BYTES))
    line = "Words of a page that no expression makes. "
    whole = TABLE.replace("NUMBERS", NUMBERS if people else "")
    return whole.replace("PADDING", (line * (rest // len(line) + 1))[:rest])


def numbers(people: int) -> dict[str, object]:
    """What the table of levels shows: people, competencies, and the highest level of each in each."""
    chosen = select(Row.id).order_by(Row.id.desc()).limit(people)
    found = select(Level.person_id, Level.competency_id, func.max(Level.level)).where(
        Level.person_id.in_(chosen)
    )
    rows = db.session.execute(found.group_by(Level.person_id, Level.competency_id)).all()
    return {
        "people": db.session.execute(select(Row.id, Row.name).where(Row.id.in_(chosen))).all(),
        "competencies": sorted({row[1] for row in rows})[:COMPETENCIES],
        "levels": {(row[0], row[1]): row[2] for row in rows},
    }


def create_bare_app(database: str, secret: str, size: int, people: int = 0) -> Flask:
    """Make the application; its one page is about `size` bytes long."""
    bare = Flask("bare")
    bare.config.update(SECRET_KEY=secret, SQLALCHEMY_DATABASE_URI=f"sqlite:///{database}")
    bare.jinja_loader = DictLoader({"page.html": template(size, people)})
    db.init_app(bare)
    manager = LoginManager(bare)

    @manager.user_loader
    def who(kept: str) -> Row | None:
        return db.session.get(Row, int(kept))

    @bare.get("/")
    @login_required
    def page() -> str:
        rows = db.session.scalars(select(Row).order_by(Row.id).limit(ROWS))
        return render_template("page.html", rows=rows, **(numbers(people) if people else {}))

    @bare.get("/healthz")
    def health() -> str:
        return "ok"

    return bare


def session_of(bare: Flask, person_id: int) -> str:
    """The value of a session’s cookie for a person who has logged in."""
    signer = bare.session_interface.get_signing_serializer(bare)  # type: ignore[attr-defined]
    return str(signer.dumps({"_user_id": str(person_id), "_fresh": True}))


app = (
    create_bare_app(
        os.environ[DATABASE], os.environ[SECRET], int(os.environ[BYTES]), int(os.environ.get(PEOPLE, "0"))
    )
    if DATABASE in os.environ
    else None
)
"""The served application; None where this module is only imported."""
